package dev.iiswarden.scenario;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.iiswarden.alert.Alert;
import dev.iiswarden.rules.Rules;
import dev.iiswarden.rules.RulesDirectory;
import dev.iiswarden.rules.RulesException;
import dev.iiswarden.scenario.RuleMutants.Mutant;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Almost every mutation of a condition of a bundled rule makes a scenario fail. The test writes the
 * survivors to {@code target/surviving-mutants.txt}.
 */
class MutationTest {
  private static final Path RULES = Path.of("rules-drl");
  private static final Path SURVIVORS = Path.of("target", "surviving-mutants.txt");
  private static final double ENOUGH = 0.95;

  /** A rule file has a largest size. */
  private static final int MUTANTS_A_FILE = 40;

  /**
   * Whether the mutants are also compiled, which takes a minute, and must raise the same alerts.
   */
  private static final boolean COMPARES = Boolean.getBoolean("mutants.compiled");

  private static final String HEADER =
      """
      package mutants;
      import dev.iiswarden.event.*;
      import function dev.iiswarden.event.Eql.*;
      import function dev.iiswarden.event.WindowsPaths.*;
      import function dev.iiswarden.event.CodeSignatures.*;
      import function dev.iiswarden.event.CommandLines.*;
      import function dev.iiswarden.event.PowerShell.*;
      import function dev.iiswarden.event.IisComponents.*;
      """;

  /** Rules whose first stages are in other files. */
  private static final Map<String, List<String>> FIRST_STAGES =
      Map.ofEntries(
          Map.entry("drop-then-load", List.of("dropped-dlls")),
          Map.entry("drop-then-registration", List.of("dropped-dlls")),
          Map.entry("module-replaced", List.of("dropped-dlls")),
          Map.entry("unsigned-load-elsewhere", List.of("dropped-dlls")),
          Map.entry("site-drop-then-load", List.of("dropped-dlls", "deployments")),
          Map.entry("unsigned-site-load", List.of("dropped-dlls", "deployments")),
          Map.entry("site-deployment", List.of("deployments")),
          Map.entry("registration-then-drop", List.of("dropped-dlls", "registered-modules")),
          Map.entry("module-load-failure", List.of("registered-modules")),
          Map.entry("drop-by-worker-descendant", List.of("worker-descendants")),
          Map.entry("drop-by-worker-command", List.of("worker-descendants")),
          Map.entry("registration-by-worker-process", List.of("worker-descendants")));

  /** The rules whose scenarios test first stages that several rules share. */
  private static final Map<String, String> TESTS_OF_STAGES =
      Map.of(
          "drop-then-load", "dropped-dlls",
          "site-deployment", "deployments",
          "drop-by-worker-descendant", "worker-descendants");

  /** Rules that wait for facts from other rules. */
  private static final List<String> OF_REGISTRATIONS =
      List.of(
          "drop-then-registration",
          "registration-then-drop",
          "registration-unusual-image",
          "module-load-failure",
          "registration-by-worker-process");

  @TempDir private Path directory;

  private int total;
  private int refused;
  private final List<String> survivors = new ArrayList<>();

  @Test
  void mistakesInRulesAreFound() throws IOException {
    List<Path> files;
    try (Stream<Path> all = Files.list(RULES.resolve("scenarios"))) {
      files = all.filter(file -> file.toString().endsWith(".yaml")).sorted().toList();
    }
    for (Path file : files) {
      String id = file.getFileName().toString().replace(".yaml", "");
      tryMutantsOf(id, ScenarioFile.read(file));
    }
    Files.write(SURVIVORS, survivors);
    System.out.printf(
        "%d of %d mutants of rules survive all scenarios, see %s; %d more cannot be loaded%n",
        survivors.size(), total, SURVIVORS, refused);
    assertTrue(total > 400, () -> "only " + total + " mutants");
    assertTrue(survivors.size() <= total * (1 - ENOUGH), () -> String.join("\n", survivors));
  }

  private void tryMutantsOf(String id, List<Scenario> scenarios) throws IOException {
    String rule = Files.readString(RULES.resolve(id + ".drl"));
    StringBuilder first = new StringBuilder();
    for (String stage : FIRST_STAGES.getOrDefault(id, List.of())) {
      first.append(Files.readString(RULES.resolve(stage + ".drl")));
    }
    List<String> what = new ArrayList<>();
    List<String> drl = new ArrayList<>();
    for (Mutant mutant : RuleMutants.of(rule)) {
      add(first + mutant.text(), mutant, drl, what);
    }
    String tested = TESTS_OF_STAGES.get(id);
    if (tested != null) {
      for (Mutant mutant : RuleMutants.of(Files.readString(RULES.resolve(tested + ".drl")))) {
        add(mutant.text() + rule, mutant, drl, what);
      }
    }
    Path rules = Files.createDirectories(directory.resolve(id));
    for (int i = 0; i < drl.size(); i += MUTANTS_A_FILE) {
      List<String> some = drl.subList(i, Math.min(drl.size(), i + MUTANTS_A_FILE));
      Files.writeString(rules.resolve("mutants" + i + ".drl"), HEADER + String.join("\n", some));
    }
    if (OF_REGISTRATIONS.contains(id)) {
      copyRegistrations(rules);
    }
    total += what.size();
    Rules interpreted = Rules.fromDirectory(rules);
    if (COMPARES) {
      assertCompiledAlike(scenarios, interpreted, RulesDirectory.at(rules).trusted().compile());
    }
    survivors.addAll(survivors(id, scenarios, what, interpreted));
  }

  private static void assertCompiledAlike(
      List<Scenario> scenarios, Rules interpreted, Rules compiled) {
    ScenarioRunner one = new ScenarioRunner(interpreted);
    ScenarioRunner other = new ScenarioRunner(compiled);
    for (Scenario scenario : scenarios) {
      assertEquals(
          ids(other.alerts(scenario.events())), ids(one.alerts(scenario.events())), scenario::name);
    }
  }

  private static List<String> ids(List<Alert> alerts) {
    return alerts.stream().map(alert -> alert.rule().id() + " " + alert.id()).toList();
  }

  /** Adds a mutant, unless it is refused as soon as it is loaded, which is sooner than any test. */
  private void add(String text, Mutant mutant, List<String> drl, List<String> what) {
    String renamed = RuleMutants.renamed(text, what.size());
    try {
      Rules.fromFiles(Map.of("mutant.drl", HEADER + renamed));
      drl.add(renamed);
      what.add(mutant.what());
    } catch (RulesException e) {
      refused++;
    }
  }

  private static void copyRegistrations(Path to) throws IOException {
    try (Stream<Path> files = Files.list(RULES)) {
      for (Path file : files.toList()) {
        String name = file.getFileName().toString();
        if (name.matches(
            "registration-(appcmd|cmdlet|script-block|configuration-log|registry|gac)\\.drl")) {
          Files.copy(file, to.resolve(name));
        }
      }
    }
  }

  private static List<String> survivors(
      String id, List<Scenario> scenarios, List<String> what, Rules rules) {
    boolean[] found = new boolean[what.size()];
    ScenarioRunner runner = new ScenarioRunner(rules);
    for (Scenario scenario : scenarios) {
      List<Alert> alerts = runner.alerts(scenario.events());
      for (int i = 0; i < found.length; i++) {
        String mutant = id + "-m" + i;
        found[i] |=
            !ScenarioRunner.failures(
                    scenario.file(),
                    scenario.expectations().stream().map(one -> of(mutant, one)).toList(),
                    alerts)
                .isEmpty();
      }
    }
    List<String> survivors = new ArrayList<>();
    for (int i = 0; i < found.length; i++) {
      if (!found[i]) {
        survivors.add(id + ": " + what.get(i).replaceAll("\\s+", " "));
      }
    }
    return survivors;
  }

  private static Expectation of(String rule, Expectation one) {
    return new Expectation(one.line(), rule, one.count(), one.host(), one.evidence());
  }
}
