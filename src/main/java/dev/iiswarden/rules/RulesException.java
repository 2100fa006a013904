package dev.iiswarden.rules;

import dev.iiswarden.drl.Problem;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/** Thrown if rules cannot be loaded. The message names the file and line, and says why. */
public final class RulesException extends RuntimeException {

  RulesException(String message) {
    super(Problem.printable(message));
  }

  RulesException(String message, Throwable cause) {
    super(Problem.printable(message), cause);
  }

  RulesException(Path directory, List<Problem> problems) {
    super(
        "the rules "
            + (directory.toString().isEmpty() ? "" : "in " + directory + " ")
            + "cannot be loaded:\n"
            + problems.stream()
                .map(problem -> "  " + describe(directory, problem))
                .collect(Collectors.joining("\n")));
  }

  /** Unlike a path, this takes any name: one that is refused may be none. */
  private static String fileIn(Path directory, String name) {
    String parent = directory.toString();
    return parent.isEmpty() ? name : parent + directory.getFileSystem().getSeparator() + name;
  }

  static String describe(Path directory, Problem problem) {
    if (problem.file().isEmpty()) {
      return problem.reason();
    }
    return fileIn(directory, problem.file())
        + ":"
        + (problem.line() > 0 ? problem.line() + ":" : "")
        + (problem.column() > 0 ? problem.column() + ":" : "")
        + " "
        + problem.reason();
  }
}
