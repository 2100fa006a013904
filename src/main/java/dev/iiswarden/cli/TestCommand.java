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

/** Runs the scenarios of a rules directory. */
@Command(
    name = "test",
    description = {
      "Runs the scenarios of a rules directory and reports which fail.",
      "",
      "It also reports the conditions that no scenario tests."
    },
    exitCodeList = {
      "0:all scenarios passed",
      "1:a scenario failed, or the report could not be written",
      "2:wrong use, no scenarios, or rules or scenarios with an error"
    })
final class TestCommand implements Callable<Integer> {
  private static final long MILLIS_BETWEEN_LOOKS = 50;

  @Parameters(
      arity = "0..1",
      paramLabel = "DIR",
      defaultValue = "rules-drl",
      description = "Rules directory (default: ${DEFAULT-VALUE}).")
  private Path directory = Path.of("rules-drl");

  @Option(
      names = "--scenarios",
      paramLabel = "DIR",
      description = "Scenario directory (default: the folder scenarios in DIR).")
  private @Nullable Path scenarios;

  @Option(
      names = "--junit",
      paramLabel = "FILE",
      description = "Also write the results to this file as JUnit XML.")
  private @Nullable Path junit;

  @Option(
      names = "--watch",
      description = "Run the scenarios again whenever a rule or a scenario changes.")
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
        out.println("Waiting for changes; stop with Ctrl-C.");
      }
      Thread.sleep(MILLIS_BETWEEN_LOOKS);
    }
    return ExitCode.DONE;
  }

  private Path scenarioDirectory() {
    return scenarios == null ? directory.resolve("scenarios") : scenarios;
  }

  /** The content of all rule and scenario files by name, without those that cannot be read. */
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
        errors.println("no scenarios in " + scenarioDirectory());
        return ExitCode.WRONG_USE;
      }
      ScenarioRunner runner = new ScenarioRunner(rules);
      runner.check(all);
      return report(rules, runner, all);
    } catch (RulesException | ScenarioException e) {
      errors.println(e.getMessage());
      return ExitCode.WRONG_USE;
    }
  }

  private int report(Rules rules, ScenarioRunner runner, List<Scenario> all) {
    long start = System.nanoTime();
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
    coverage.silentRules().forEach(rule -> out.println("fires in no scenario: " + rule));
    coverage.gaps().forEach(gap -> out.println("not tested: " + Printable.of(gap)));
    out.println(
        Ansi.AUTO.string(failed == 0 ? "@|bold,green passed|@: " : "@|bold,red FAILED|@: ")
            + String.format(
                Locale.ROOT,
                "%,d of %,d scenarios in %.1f s; %,d of %,d conditions were both met and not met",
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
