package dev.iiswarden.rules;

import dev.iiswarden.drl.Problem;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.kie.api.builder.Message;
import org.kie.api.builder.Results;

/**
 * Translates the rule compiler's errors into places in rule files. The compiler generates Java; for
 * an error in that Java it names a generated class and prints the class in a message of its own,
 * from which the rule can be identified.
 */
final class CompilerMessages {
  private static final Pattern RULE_AND_FILE =
      Pattern.compile("addRuleNames\\(\"((?:[^\"\\\\]|\\\\.)*)\", \"([^\"]*)\"");

  /** Generated classes are in a package of their own, below the package of their rules. */
  private static final Pattern GENERATED_CLASS =
      Pattern.compile("src/main/java/(.+)/P[0-9A-F]{2}/[^/]+$");

  /** This message follows every syntax error and adds nothing to it. */
  private static final String ECHO = "Parser returned a null Package";

  private static final String PRINTED_CLASS = "Java source of ";

  private final Map<String, String> printedClasses = new HashMap<>();

  private CompilerMessages() {}

  static List<Problem> toProblems(Results results) {
    List<Message> errors = results.getMessages(Message.Level.ERROR);
    CompilerMessages messages = new CompilerMessages();
    for (Message error : errors) {
      if (error.getText().startsWith(PRINTED_CLASS)) {
        messages.printedClasses.put(fileName(error.getPath()), error.getText());
      }
    }
    return errors.stream()
        .filter(error -> !error.getText().startsWith(PRINTED_CLASS))
        .filter(error -> !error.getText().startsWith(ECHO))
        .map(messages::toProblem)
        .distinct()
        .sorted(
            Comparator.comparing(Problem::file)
                .thenComparing(problem -> problem.line() == 0)
                .thenComparingInt(Problem::line))
        .toList();
  }

  private Problem toProblem(Message error) {
    String file = fileName(error.getPath());
    String reason = error.getText().strip();
    if (!file.endsWith(".java")) {
      // Columns count from zero; -1 and 0 mean unknown.
      return new Problem(
          file,
          Math.max(error.getLine(), 0),
          error.getColumn() > 0 ? error.getColumn() + 1 : 0,
          reason);
    }
    Matcher origin = RULE_AND_FILE.matcher(printedClasses.getOrDefault(file, ""));
    if (origin.find()) {
      return new Problem(
          fileName(origin.group(2)),
          0,
          0,
          "in a condition of rule \"" + origin.group(1) + "\": " + reason);
    }
    return new Problem(
        "", 0, 0, "in the consequence of a rule" + inPackage(error.getPath()) + ": " + reason);
  }

  private static String inPackage(String generated) {
    Matcher location = GENERATED_CLASS.matcher(generated);
    return location.find() ? " in package " + location.group(1).replace('/', '.') : "";
  }

  private static String fileName(@Nullable String path) {
    return path == null ? "" : path.substring(path.lastIndexOf('/') + 1);
  }
}
