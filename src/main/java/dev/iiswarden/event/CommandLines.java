package dev.iiswarden.event;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
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

  /** A drive, a folder and a name: shorter paths say little. */
  private static final int SHORTEST_PATH = 6;

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
            .anyMatch(argument -> Option.isAnyOf(argument, options));
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

  /**
   * Returns whether the arguments that are not options contain words that match these patterns, one
   * directly after the other. Case and wildcards are as in {@link Eql#like(String, String...)}.
   *
   * <p>Example: {@code hasWords( process.commandLine, "install", "module*" )}
   */
  public static boolean hasWords(@Nullable String commandLine, String... patterns) {
    if (commandLine == null || patterns.length == 0) {
      return false;
    }
    List<String> words =
        Arguments.in(commandLine).stream().filter(argument -> !Option.isOption(argument)).toList();
    for (int from = 0; from + patterns.length <= words.size(); from++) {
      int matched = 0;
      while (matched < patterns.length && Eql.like(words.get(from + matched), patterns[matched])) {
        matched++;
      }
      if (matched == patterns.length) {
        return true;
      }
    }
    return false;
  }

  /**
   * Returns the values of these options, in the order of the command line: of {@code /image:X},
   * {@code -image:X}, {@code /image=X} and, if no value is attached, of the next word. The
   * attributes in brackets of {@code appcmd.exe} are options too: {@code /+[name='x',path='X']},
   * {@code /[name='x'].image:X}. The list is empty if there is none.
   *
   * <p>Example: {@code pathLike( optionValues( process.commandLine, "image" ), "?:\\Users\\*" )}
   */
  public static List<String> optionValues(@Nullable String commandLine, String... options) {
    if (commandLine == null) {
      return List.of();
    }
    List<String> values = new ArrayList<>();
    List<String> arguments = Arguments.in(commandLine);
    for (int i = 0; i < arguments.size(); i++) {
      String next = i + 1 < arguments.size() ? arguments.get(i + 1) : null;
      Option.addValues(values, arguments.get(i), next, options);
    }
    return values;
  }

  /**
   * Returns the file that commands of {@code cmd.exe} or PowerShell write under a new name by
   * copying, moving, renaming, downloading or creating it: {@code cmd /c ren D:\lib\m.tmp m.dll}
   * writes {@code D:\lib\m.dll}. Of several files, it is the first DLL or, if there is none, the
   * first file.
   *
   * <p>Example: {@code pathLike( writtenFile( process.commandLine ), "*.dll" )}
   *
   * @return the path as the commands spell it; null if no such command is there or its target is
   *     unknown
   */
  public static @Nullable String writtenFile(@Nullable String commandLine) {
    return commandLine == null ? null : FileCommands.writtenFile(commandLine);
  }

  /**
   * Returns whether a command line asks another program to start a process, as {@code schtasks
   * /create}, {@code sc create} or {@code wmic process call create} do: it contains the command
   * line of that process, or the path of a file that the process was given.
   *
   * <p>Example: {@code asksFor( $waiting.last.process.commandLine, process.commandLine )}
   *
   * @param commandLine the command line that may ask
   * @param started the command line of the process that was started
   * @return false if either is missing
   */
  public static boolean asksFor(@Nullable String commandLine, @Nullable String started) {
    if (commandLine == null || started == null || started.isBlank()) {
      return false;
    }
    String asking = plain(commandLine);
    String whole = plain(started);
    if (whole.contains(" ") && asking.contains(whole)) {
      return true;
    }
    return Arguments.withProgram(started).stream()
        .map(CommandLines::plain)
        .filter(CommandLines::isPath)
        .filter(path -> !path.startsWith("c:\\windows\\system32\\"))
        .anyMatch(asking::contains);
  }

  private static String plain(String commandLine) {
    return commandLine.replace("\"", "").replace("\\\\", "\\").toLowerCase(Locale.ROOT).strip();
  }

  private static boolean isPath(String argument) {
    return argument.length() >= SHORTEST_PATH
        && (argument.startsWith(":\\", 1) || argument.startsWith("\\"));
  }
}
