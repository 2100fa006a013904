package dev.iiswarden.event;

import java.util.ArrayList;
import java.util.List;

/** Splits a PowerShell script into its commands, and those into words without quotes. */
final class PowerShellWords {
  private PowerShellWords() {}

  static List<List<String>> commands(String script) {
    String read = new PowerShellReader(script).read();
    List<List<String>> commands = new ArrayList<>();
    List<String> words = new ArrayList<>();
    StringBuilder word = new StringBuilder();
    boolean inWord = false;
    boolean quoted = false;
    for (int i = 0; i < read.length(); i++) {
      char c = read.charAt(i);
      boolean ends = !quoted && ";|\n{}()&".indexOf(c) >= 0;
      if (c == '\'') {
        quoted = !quoted;
        inWord = true;
      } else if (ends || (!quoted && (c == ' ' || c == '\t'))) {
        if (inWord) {
          words.add(word.toString());
          word.setLength(0);
          inWord = false;
        }
        if (ends && !words.isEmpty()) {
          commands.add(words);
          words = new ArrayList<>();
        }
      } else {
        word.append(c);
        inWord = true;
      }
    }
    if (inWord) {
      words.add(word.toString());
    }
    if (!words.isEmpty()) {
      commands.add(words);
    }
    return commands;
  }
}
