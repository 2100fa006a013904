package dev.iiswarden.event;

import java.util.ArrayList;
import java.util.List;

/**
 * Reads the commands in a command line of {@code cmd.exe} ("cmd" and "Command shell overview",
 * Microsoft): a caret outside quotes makes the next character an ordinary one, and {@code &},
 * {@code |}, {@code &&} and {@code ||} separate commands.
 */
final class CommandShell {
  private CommandShell() {}

  /** Returns the text as the shell passes it on. */
  static String withoutCarets(String text) {
    if (text.indexOf('^') < 0) {
      return text;
    }
    StringBuilder plain = new StringBuilder(text.length());
    boolean quoted = false;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '^' && !quoted) {
        i++;
        if (i < text.length()) {
          plain.append(text.charAt(i));
        }
      } else {
        quoted ^= c == '"';
        plain.append(c);
      }
    }
    return plain.toString();
  }

  /** Returns the commands after {@code /c} or {@code /k}; none if there is no such option. */
  static List<String> commands(String commandLine) {
    int start = afterSwitch(commandLine);
    if (start < 0) {
      return List.of();
    }
    String rest = commandLine.substring(start).strip();
    if (rest.length() > 1 && rest.startsWith("\"") && rest.endsWith("\"") && !isOneWord(rest)) {
      rest = rest.substring(1, rest.length() - 1);
    }
    return split(rest);
  }

  private static boolean isOneWord(String quoted) {
    return quoted.indexOf(' ') < 0 && quoted.indexOf('"', 1) == quoted.length() - 1;
  }

  private static int afterSwitch(String line) {
    boolean quoted = false;
    for (int i = 0; i + 1 < line.length(); i++) {
      char c = line.charAt(i);
      quoted ^= c == '"';
      if (c == '/' && !quoted && "ckrCKR".indexOf(line.charAt(i + 1)) >= 0) {
        return i + 2;
      }
    }
    return -1;
  }

  private static List<String> split(String text) {
    List<String> commands = new ArrayList<>();
    StringBuilder command = new StringBuilder();
    boolean quoted = false;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      quoted ^= c == '"';
      if (c == '^' && !quoted) {
        i++;
        if (i < text.length()) {
          command.append(text.charAt(i));
        }
      } else if (!quoted && "&|()\r\n".indexOf(c) >= 0) {
        addTo(commands, command);
      } else {
        command.append(c);
      }
    }
    addTo(commands, command);
    return commands;
  }

  private static void addTo(List<String> commands, StringBuilder command) {
    String text = command.toString().strip();
    command.setLength(0);
    if (!text.isEmpty()) {
      commands.add(text.startsWith("@") ? text.substring(1) : text);
    }
  }
}
