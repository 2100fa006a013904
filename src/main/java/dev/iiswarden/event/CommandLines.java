package dev.iiswarden.event;

import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Functions for rule conditions on the arguments in a command line. They read it as the program
 * does: arguments are separated by blanks, a text in quotes belongs to one argument, and the name
 * of the program is not an argument.
 *
 * <p>A missing command line meets no condition. All functions take time linear in the length of the
 * command line. Safe for use by several threads.
 */
public final class CommandLines {
  /** The hyphen, the slash and the dashes that programs accept for them, as in Sigma's windash. */
  private static final String SIGNS = "-/\u2013\u2014\u2015";

  private static final int MOST_SIGNS = 2;

  private CommandLines() {}

  /**
   * Returns whether one of the arguments matches one of the patterns as a whole: EQL's {@code
   * process.args : ("pattern", ...)}. Case and wildcards are as in {@link Eql#like(String,
   * String...)}.
   *
   * <p>Example: {@code hasArgument( process.commandLine, "install", "add" )}
   */
  public static boolean hasArgument(@Nullable String commandLine, String... patterns) {
    if (commandLine == null) {
      return false;
    }
    Wildcards wildcards = Wildcards.of(patterns);
    return Arguments.in(commandLine).stream().anyMatch(wildcards::matches);
  }

  /**
   * Returns whether one of the arguments is one of the options, alone or with a value: {@code /i},
   * {@code -i}, {@code --i}, {@code /i:value} and {@code -i=value} are the option {@code i}, in any
   * letter case. A slash or hyphens before an option in the rule make no difference.
   *
   * <p>Example: {@code hasOption( process.commandLine, "i" )}
   */
  public static boolean hasOption(@Nullable String commandLine, String... options) {
    return commandLine != null
        && Arguments.in(commandLine).stream()
            .filter(argument -> signs(argument) > 0)
            .map(CommandLines::name)
            .anyMatch(name -> isAnyOf(name, options));
  }

  /**
   * Returns the command line as the program reads it, the name of the program included: without
   * quotes, and with one blank between arguments. {@code appcmd "install" "module"} becomes {@code
   * appcmd install module}. Null if the command line is missing.
   *
   * <p>Example: {@code like( unquoted( process.commandLine ), "* install *module*" )}
   */
  public static @Nullable String unquoted(@Nullable String commandLine) {
    return commandLine == null ? null : String.join(" ", Arguments.withProgram(commandLine));
  }

  private static boolean isAnyOf(String name, String... options) {
    return !name.isEmpty()
        && Stream.of(options)
            .anyMatch(option -> name.equalsIgnoreCase(option.substring(signs(option))));
  }

  /** The name of an option, without the signs before it and the value after it. */
  private static String name(String argument) {
    int start = signs(argument);
    int end = start;
    while (end < argument.length() && argument.charAt(end) != ':' && argument.charAt(end) != '=') {
      end++;
    }
    return argument.substring(start, end);
  }

  private static int signs(String argument) {
    int count = 0;
    while (count < Math.min(argument.length(), MOST_SIGNS)
        && SIGNS.indexOf(argument.charAt(count)) >= 0) {
      count++;
    }
    return count;
  }
}
