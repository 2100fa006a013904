package dev.iiswarden.cli;

import dev.iiswarden.cli.print.Printable;
import dev.iiswarden.cli.print.Utf8;
import dev.iiswarden.rules.Rules;
import dev.iiswarden.rules.RulesException;
import dev.iiswarden.scenario.Coverage;
import dev.iiswarden.scenario.JunitReport;
import dev.iiswarden.scenario.Scenario;
import dev.iiswarden.scenario.ScenarioException;
import dev.iiswarden.scenario.ScenarioFile;
import dev.iiswarden.scenario.ScenarioResult;
import dev.iiswarden.scenario.ScenarioRunner;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Plays scenarios against a directory of rules. */
@Command(
    name = "test",
    description = {
      "Plays the scenarios beside a directory of rules against these rules, and",
      "says which did not come out as expected, and which conditions of which",
      "rules no scenario has put to the test."
    },
    mixinStandardHelpOptions = true,
    versionProvider = Main.Version.class,
    sortOptions = false,
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:all scenarios came out as expected",
      "1:some did not, or the report could not be written",
      "2:wrong use, no scenario, or rules or scenarios that cannot be read"
    })
final class TestCommand implements Callable<Integer> {
  private static final long MILLIS_BETWEEN_LOOKS = 50;

  @Parameters(
      arity = "0..1",
      paramLabel = "DIR",
      defaultValue = "rules-drl",
      description = "The rules (default: ${DEFAULT-VALUE}).")
  private Path directory = Path.of("rules-drl");

  @Option(
      names = "--scenarios",
      paramLabel = "DIR",
      description = "The scenarios, if not in the folder scenarios of the rules.")
  private @Nullable Path scenarios;

  @Option(
      names = "--junit",
      paramLabel = "FILE",
      description = "Write the results as JUnit XML to this file as well.")
  private @Nullable Path junit;

  @Option(names = "--watch", description = "Play again whenever a rule or a scenario has changed.")
  private boolean watch;

  private final PrintStream out = Utf8.out();
  private final PrintStream errors = Utf8.err();

  @Override
  public Integer call() throws InterruptedException {
    if (!watch) {
      return play();
    }
    Map<String, String> played = Map.of();
    while (!out.checkError()) {
      Map<String, String> found = content();
      if (!found.equals(played)) {
        played = found;
        play();
        out.println("Waiting for a change; end with Ctrl-C.");
      }
      Thread.sleep(MILLIS_BETWEEN_LOOKS);
    }
    return ExitCode.DONE;
  }

  private Path scenarioDirectory() {
    return scenarios == null ? directory.resolve("scenarios") : scenarios;
  }

  /** All files that matter, by name; what cannot be read is not there. */
  private Map<String, String> content() {
    Map<String, String> content = new TreeMap<>();
    for (Path root : List.of(directory, scenarioDirectory())) {
      try (Stream<Path> files = Files.walk(root)) {
        for (Path file : files.filter(Files::isRegularFile).toList()) {
          content.put(file.toString(), Files.readString(file));
        }
      } catch (IOException | UncheckedIOException e) {
        content.put(root.toString(), e.toString());
      }
    }
    return content;
  }

  private int play() {
    try {
      Rules rules = Rules.fromDirectory(directory);
      List<Scenario> all = ScenarioFile.readAll(scenarioDirectory());
      if (all.isEmpty()) {
        errors.println("there is no scenario in " + scenarioDirectory());
        return ExitCode.WRONG_USE;
      }
      return report(rules, all);
    } catch (RulesException | ScenarioException e) {
      errors.println(e.getMessage());
      return ExitCode.WRONG_USE;
    }
  }

  private int report(Rules rules, List<Scenario> all) {
    long start = System.nanoTime();
    ScenarioRunner runner = new ScenarioRunner(rules);
    Coverage coverage = new Coverage(rules);
    List<ScenarioResult> results = new ArrayList<>();
    for (Scenario scenario : all) {
      ScenarioResult result = runner.run(scenario);
      results.add(result);
      coverage.add(result);
      if (!result.passed()) {
        out.println(Ansi.AUTO.string("@|bold,red FAILED|@  ") + Printable.of(scenario.name()));
        result.explanation().lines().forEach(line -> out.println("  " + Printable.of(line)));
      }
    }
    long failed = results.stream().filter(result -> !result.passed()).count();
    coverage.silentRules().forEach(rule -> out.println("no scenario in which it fires: " + rule));
    coverage.gaps().forEach(gap -> out.println("not put to the test: " + Printable.of(gap)));
    out.println(
        Ansi.AUTO.string(failed == 0 ? "@|bold,green passed|@: " : "@|bold,red FAILED|@: ")
            + String.format(
                Locale.ROOT,
                "%,d of %,d scenarios in %.1f s; %,d of %,d conditions were met and not met",
                all.size() - failed,
                all.size(),
                (System.nanoTime() - start) / 1e9,
                coverage.covered(),
                coverage.conditions()));
    return writeJunit(results) && failed == 0 ? ExitCode.DONE : ExitCode.FAILED;
  }

  private boolean writeJunit(List<ScenarioResult> results) {
    if (junit != null) {
      try {
        JunitReport.write(junit, results);
      } catch (IOException e) {
        errors.println("--junit: " + e.getMessage());
        return false;
      }
    }
    return true;
  }
}
