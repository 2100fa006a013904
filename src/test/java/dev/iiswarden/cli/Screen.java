package dev.iiswarden.cli;

import java.util.ArrayList;
import java.util.List;

/** What a terminal shows that was sent text, line feeds and carriage returns. */
public final class Screen {
  private Screen() {}

  /** The lines on it, without the blanks at their ends and the empty ones at its end. */
  public static String of(String sent) {
    List<String> lines = new ArrayList<>();
    for (String line : sent.split("\n", -1)) {
      StringBuilder shown = new StringBuilder();
      for (String part : line.split("\r", -1)) {
        shown.replace(0, Math.min(part.length(), shown.length()), part);
      }
      lines.add(shown.toString().stripTrailing());
    }
    return String.join("\n", lines).stripTrailing();
  }
}
