package dev.iiswarden.event;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Finds the script in a command line of PowerShell ("about_PowerShell_exe" and "about_Pwsh",
 * Microsoft): the arguments after {@code -Command}, which is the default, or the text of {@code
 * -EncodedCommand}, which is UTF-16LE in Base64.
 */
final class PowerShellCommandLine {
  private static final String ENCODED = "encodedcommand";
  private static final String COMMAND = "command";

  /** How often an encoded command may start another one. */
  private static final int MOST_LAYERS = 4;

  private PowerShellCommandLine() {}

  /** Returns a script, or the script in a command line, as PowerShell reads it. */
  static String read(String text) {
    List<String> words = Arguments.startsWithShell(text) ? Arguments.withProgram(text) : List.of();
    int shell = shell(words);
    return readLayers(shell < 0 ? text : script(words, shell));
  }

  private static String readLayers(String script) {
    StringBuilder read = new StringBuilder();
    String layer = script;
    for (int i = 0; i < MOST_LAYERS && !layer.isEmpty(); i++) {
      PowerShellReader reader = new PowerShellReader(layer);
      String one = reader.read();
      read.append(read.isEmpty() ? "" : "\n").append(one);
      layer = String.join("\n", reader.encoded());
      if (!layer.isEmpty()) {
        read.append('\n').append(layer);
      }
    }
    return read.toString();
  }

  /** Returns the place of PowerShell among the words of a command line, or -1. */
  static int shell(List<String> words) {
    if (words.isEmpty()) {
      return -1;
    }
    if (isPowerShell(words.get(0))) {
      return 0;
    }
    if (Arguments.isProgram(words.get(0), "cmd")) {
      for (int i = 1; i < words.size(); i++) {
        if (isPowerShell(words.get(i))) {
          return i;
        }
      }
    }
    return -1;
  }

  static boolean isPowerShell(String program) {
    return Arguments.isProgram(program, "powershell") || Arguments.isProgram(program, "pwsh");
  }

  /** Returns the script that the arguments after the program contain, options included. */
  static String script(List<String> words, int shell) {
    List<String> script = new ArrayList<>();
    boolean isCommand = false;
    for (int i = shell + 1; i < words.size(); i++) {
      String word = words.get(i);
      String decoded = isCommand || i + 1 == words.size() ? null : decode(word, words.get(i + 1));
      if (decoded != null) {
        script.add(word + "\n" + decoded + "\n");
        i++;
      } else if (!isCommand && isParameter(word, COMMAND, "c")) {
        isCommand = true;
        script.add(word + " ;");
      } else {
        script.add(word);
      }
    }
    return String.join(" ", script);
  }

  /** Returns the script if these are {@code -EncodedCommand} and its value; null otherwise. */
  static @Nullable String decode(String option, String value) {
    if (!isParameter(option, ENCODED, "e") && !option.equalsIgnoreCase("-ec")) {
      return null;
    }
    try {
      byte[] bytes = Base64.getDecoder().decode(value.replaceAll("\\s", ""));
      return bytes.length < 2 ? null : new String(bytes, StandardCharsets.UTF_16LE);
    } catch (IllegalArgumentException notBase64) {
      return null;
    }
  }

  /** Returns whether the word is the parameter or an abbreviation of it that is long enough. */
  private static boolean isParameter(String word, String name, String shortest) {
    if (word.length() < 2 || Option.SIGNS.indexOf(word.charAt(0)) < 0) {
      return false;
    }
    String given = word.substring(1).toLowerCase(Locale.ROOT);
    return name.startsWith(given) && given.startsWith(shortest);
  }
}
