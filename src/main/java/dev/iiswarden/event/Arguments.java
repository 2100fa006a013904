package dev.iiswarden.event;

import java.util.ArrayList;
import java.util.List;

/**
 * The arguments in a command line, split as a Windows program splits it ("CommandLineToArgvW
 * function (shellapi.h)" and "Parsing C command-line arguments", Microsoft): at blanks outside
 * quotes. A backslash is an ordinary character unless it precedes a quotation mark.
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
    while (rest.hasNext()) {
      arguments.add(rest.next());
    }
    return arguments;
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
