package dev.iiswarden.event;

import java.util.ArrayList;
import java.util.List;

/**
 * The arguments in a command line, split as a Windows program splits it ("CommandLineToArgvW
 * function (shellapi.h)" and "Parsing C command-line arguments", Microsoft): at blanks outside
 * quotes. A backslash is an ordinary character unless it precedes a quotation mark. Inside quotes,
 * a pair of quotation marks stands for one, as in programs built since 2008.
 *
 * <p>{@code cmd.exe} takes its carets away before it runs a command, so in its own command line
 * they are taken away here.
 */
final class Arguments {
  private final String line;
  private int at;

  private Arguments(String line) {
    this.line = line;
  }

  /** Returns the arguments without quotes, and without the name of the program before them. */
  static List<String> in(String commandLine) {
    List<String> all = withProgram(commandLine);
    return all.subList(1, all.size());
  }

  /** Returns the name of the program, which may be empty, and the arguments, without quotes. */
  static List<String> withProgram(String commandLine) {
    Arguments rest = new Arguments(commandLine);
    rest.skipProgram();
    List<String> arguments = new ArrayList<>();
    arguments.add(commandLine.substring(0, rest.at).replace("\"", ""));
    if (isProgram(arguments.get(0), "cmd") && commandLine.indexOf('^', rest.at) >= 0) {
      rest = new Arguments(CommandShell.withoutCarets(commandLine.substring(rest.at)));
    }
    rest.readAll(arguments);
    return arguments;
  }

  /** Returns the words of a command inside a shell's line, the program first, without quotes. */
  static List<String> words(String command) {
    List<String> words = new ArrayList<>();
    new Arguments(command).readAll(words);
    return words;
  }

  /** Returns whether the program of a command line is PowerShell or the command shell. */
  static boolean startsWithShell(String commandLine) {
    Arguments line = new Arguments(commandLine);
    line.skipProgram();
    String program = commandLine.substring(0, line.at).replace("\"", "");
    return isProgram(program, "cmd") || PowerShellCommandLine.isPowerShell(program);
  }

  /** Returns whether a path or name of a program is this one, with or without {@code .exe}. */
  static boolean isProgram(String path, String name) {
    int start = Math.max(path.lastIndexOf('\\'), path.lastIndexOf('/')) + 1;
    int length = path.length() - start;
    return path.regionMatches(true, start, name, 0, name.length())
        && (length == name.length()
            || (length == name.length() + 4
                && path.regionMatches(true, start + name.length(), ".exe", 0, 4)));
  }

  private void readAll(List<String> arguments) {
    while (hasNext()) {
      arguments.add(next());
    }
  }

  /** In the name of the program, a backslash never escapes a quotation mark. */
  private void skipProgram() {
    boolean quoted = false;
    while (at < line.length() && (quoted || !isBlank())) {
      quoted ^= line.charAt(at) == '"';
      at++;
    }
  }

  private boolean hasNext() {
    while (at < line.length() && isBlank()) {
      at++;
    }
    return at < line.length();
  }

  private String next() {
    StringBuilder argument = new StringBuilder();
    boolean quoted = false;
    while (at < line.length() && (quoted || !isBlank())) {
      char c = line.charAt(at);
      if (c == '\\') {
        readBackslashes(argument);
      } else if (c == '"' && quoted && line.startsWith("\"", at + 1)) {
        argument.append('"');
        at += 2;
      } else {
        if (c == '"') {
          quoted = !quoted;
        } else {
          argument.append(c);
        }
        at++;
      }
    }
    return argument.toString();
  }

  /**
   * Reads a run of backslashes. Before a quotation mark, each pair of them stands for one, and a
   * single one makes the mark an ordinary character.
   */
  private void readBackslashes(StringBuilder argument) {
    int start = at;
    while (at < line.length() && line.charAt(at) == '\\') {
      at++;
    }
    int count = at - start;
    if (at == line.length() || line.charAt(at) != '"') {
      argument.append(line, start, at);
      return;
    }
    argument.append(line, start, start + count / 2);
    if (count % 2 == 1) {
      argument.append('"');
      at++;
    }
  }

  private boolean isBlank() {
    return line.charAt(at) == ' ' || line.charAt(at) == '\t';
  }
}
