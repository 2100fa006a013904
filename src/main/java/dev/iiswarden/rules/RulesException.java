package dev.iiswarden.rules;

import dev.iiswarden.drl.Problem;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/** Thrown if rules cannot be loaded. The message names the file and line, and says why. */
public final class RulesException extends RuntimeException {

  RulesException(String message) {
    super(message);
  }

  RulesException(String message, Throwable cause) {
    super(message, cause);
  }

  RulesException(Path directory, List<Problem> problems) {
    super(
        "the rules in "
            + directory
            + " cannot be loaded:\n"
            + problems.stream()
                .map(problem -> "  " + describe(directory, problem))
                .collect(Collectors.joining("\n")));
  }

  static String describe(Path directory, Problem problem) {
    if (problem.file().isEmpty()) {
      return problem.reason();
    }
    return directory.resolve(problem.file())
        + ":"
        + (problem.line() > 0 ? problem.line() + ":" : "")
        + (problem.column() > 0 ? problem.column() + ":" : "")
        + " "
        + problem.reason();
  }
}
