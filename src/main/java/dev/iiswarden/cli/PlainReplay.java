package dev.iiswarden.cli;

import java.util.Arrays;
import java.util.List;

/**
 * {@code iiswarden replay FILE...} without an option, which is the usual command. It needs no
 * parser of options, and to load and set up one takes longer than to replay a small file. All else
 * is left to {@link Commands}, and what both can run, they run alike.
 */
final class PlainReplay {
  private static final String NAME = "replay";
  private static final String STANDARD_INPUT = "-";

  private PlainReplay() {}

  /** Whether the arguments are the command's name and at least one input. */
  static boolean isAskedForBy(String... arguments) {
    return arguments.length > 1
        && arguments[0].equals(NAME)
        && Arrays.stream(arguments).skip(1).allMatch(PlainReplay::isInput);
  }

  /** A parser may take everything else for an option, or for a file of arguments. */
  private static boolean isInput(String argument) {
    return argument.equals(STANDARD_INPUT)
        || !(argument.startsWith("-") || argument.startsWith("@"));
  }

  /** Runs the command and returns the program's exit code. */
  static int run(String... arguments) {
    try {
      return command(arguments).call();
    } catch (Exception e) {
      e.printStackTrace();
      return ExitCode.FAILED;
    }
  }

  /** The command, as it is when all of its options have their defaults. */
  static ReplayCommand command(String... arguments) {
    return new ReplayCommand(List.of(arguments).subList(1, arguments.length));
  }
}
