package dev.iiswarden.cli;

import dev.iiswarden.cli.print.Utf8;
import dev.iiswarden.event.EventKind;
import dev.iiswarden.event.FileEvent;
import dev.iiswarden.rules.Rule;
import dev.iiswarden.rules.Rules;
import dev.iiswarden.rules.RulesException;
import dev.iiswarden.scenario.Scenario;
import dev.iiswarden.scenario.ScenarioFile;
import dev.iiswarden.scenario.ScenarioResult;
import dev.iiswarden.scenario.ScenarioRunner;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Creates the files of a new rule. */
@Command(
    name = "new-rule",
    description = {
      "Creates a rule to start from, with scenarios and a guide.",
      "",
      "It writes the DRL with all metadata, a scenario in which the rule fires and one in which"
          + " it does not, and a guide for its alerts. Then it runs the scenarios. It never"
          + " overwrites a file. The texts are placeholders: check reports each one until you"
          + " replace it."
    },
    exitCodeList = {
      "0:the rule was created, and its scenarios passed",
      "1:a file could not be written, or a scenario failed",
      "2:wrong use, the rule or a file exists already, or the other rules cannot be loaded"
    })
final class NewRuleCommand implements Callable<Integer> {
  private static final Pattern ID = Pattern.compile("[a-z][a-z0-9]*(-[a-z0-9]+)*");
  private static final Pattern NAME = Pattern.compile("[^\"\\\\{}\\p{Cntrl}]{1,120}");

  @SuppressWarnings("NullAway.Init")
  @Spec
  private CommandSpec command;

  @Parameters(
      index = "0",
      paramLabel = "ID",
      description = "Id of the rule in alerts and file names, such as module-in-temp.")
  private String id = "";

  @Parameters(
      index = "1",
      arity = "0..1",
      paramLabel = "DIR",
      defaultValue = "rules-drl",
      description = "Directory to add the rule to (default: ${DEFAULT-VALUE}).")
  private Path directory = Path.of("rules-drl");

  @Option(
      names = "--name",
      paramLabel = "TEXT",
      description = "Title of its alerts, such as \"Module in a temporary folder\".")
  private @Nullable String name;

  @Option(
      names = "--kind",
      paramLabel = "KIND",
      defaultValue = "file",
      converter = KindConverter.class,
      completionCandidates = KindConverter.Names.class,
      description =
          "Kind of event that it matches: ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
  private EventKind kind = FileEvent.KIND;

  @Option(
      names = "--guides",
      paramLabel = "DIR",
      defaultValue = "docs/rules",
      description = "Directory for its guide (default: ${DEFAULT-VALUE}).")
  private Path guides = Path.of("docs/rules");

  private final PrintStream out = Utf8.out();
  private final PrintStream errors = Utf8.err();

  @Override
  public Integer call() {
    String title = title();
    try {
      Optional<Rule> same = rule();
      if (same.isPresent()) {
        errors.println("rule " + id + " exists already: " + same.get().name());
        return ExitCode.WRONG_USE;
      }
    } catch (RulesException e) {
      errors.println(e.getMessage());
      return ExitCode.WRONG_USE;
    } catch (IOException e) {
      errors.println("cannot read " + directory + ": " + e);
      return ExitCode.WRONG_USE;
    }
    Path scenarios = directory.resolve("scenarios").resolve(id + ".yaml");
    Path guide = guides.resolve(id + ".md");
    Map<String, String> given =
        Map.of(
            "id",
            id,
            "name",
            title,
            "guide",
            guide.toString().replace('\\', '/'),
            "schema",
            "scenario.schema.json");
    Map<Path, String> files = new LinkedHashMap<>();
    RuleTemplate template = RuleTemplate.of(kind);
    files.put(directory.resolve(id + ".drl"), template.rule(given));
    files.put(scenarios, template.scenarios(given));
    files.put(guide, template.guide(given));
    Path schema = directory.resolve("scenarios").resolve(RuleTemplate.SCHEMA);
    if (Files.notExists(schema)) {
      files.put(schema, RuleTemplate.schema());
    }
    try {
      write(files);
    } catch (FileAlreadyExistsException e) {
      errors.println(e.getFile() + " exists already; nothing was written");
      return ExitCode.WRONG_USE;
    } catch (IOException e) {
      errors.println("cannot write: " + e);
      return ExitCode.FAILED;
    }
    files.keySet().forEach(file -> out.println("wrote " + file));
    return play(scenarios);
  }

  private String title() {
    if (!ID.matcher(id).matches()) {
      throw new ParameterException(
          command.commandLine(),
          "'"
              + id
              + "' is not an id: use lower-case letters, digits and single hyphens, such as"
              + " module-in-temp");
    }
    String title =
        name == null
            ? id.substring(0, 1).toUpperCase(Locale.ROOT) + id.substring(1).replace('-', ' ')
            : name.strip();
    if (!NAME.matcher(title).matches()) {
      throw new ParameterException(
          command.commandLine(),
          "--name must be one line of at most 120 characters without quotes, backslashes or braces");
    }
    return title;
  }

  /** The existing rule with this id, if there is one. */
  private Optional<Rule> rule() throws IOException {
    if (!Files.isDirectory(directory)) {
      return Optional.empty();
    }
    try (Stream<Path> files = Files.list(directory)) {
      if (files.noneMatch(file -> file.toString().endsWith(".drl"))) {
        return Optional.empty();
      }
    }
    return Rules.fromDirectory(directory).all().stream()
        .filter(rule -> rule.id().equals(id))
        .findFirst();
  }

  /** Writes all files or none. */
  private static void write(Map<Path, String> files) throws IOException {
    List<Path> written = new ArrayList<>();
    try {
      for (Map.Entry<Path, String> file : files.entrySet()) {
        Path parent = file.getKey().toAbsolutePath().getParent();
        if (parent != null) {
          Files.createDirectories(parent);
        }
        Files.writeString(file.getKey(), "", StandardOpenOption.CREATE_NEW);
        written.add(file.getKey());
        Files.writeString(file.getKey(), file.getValue());
      }
    } catch (IOException e) {
      for (Path file : written) {
        Files.deleteIfExists(file);
      }
      throw e;
    }
  }

  private int play(Path scenarios) {
    ScenarioRunner runner = new ScenarioRunner(Rules.fromDirectory(directory));
    for (Scenario scenario : ScenarioFile.read(scenarios)) {
      ScenarioResult result = runner.run(scenario);
      if (!result.passed()) {
        errors.println(result.explanation());
        return ExitCode.FAILED;
      }
      out.println("passed: " + scenario.name());
    }
    out.println("Next, replace the placeholders. To list them: iiswarden check " + directory);
    out.println("To run the scenarios at every save: iiswarden test --watch " + directory);
    return ExitCode.DONE;
  }
}
