package dev.iiswarden.decode;

import org.jspecify.annotations.Nullable;

/**
 * Text of a record that is read on first use. Records that are alike share it. Safe for use by
 * several threads.
 */
abstract class UnreadText {
  // Written without synchronisation: threads may read the text twice, and read the same.
  private @Nullable String text;

  /** Returns the text without the zeros that end a string in C. */
  final String get() {
    String known = text;
    if (known == null) {
      known = withoutEnd(read());
      text = known;
    }
    return known;
  }

  abstract String read();

  /** Whether the text begins as a record does, or with an escape. */
  abstract boolean mayHoldRecord();

  /** Cuts the zeros that end a string in C. */
  static String withoutEnd(String text) {
    int end = text.length();
    while (end > 0 && text.charAt(end - 1) == 0) {
      end--;
    }
    return end == text.length() ? text : text.substring(0, end);
  }

  static boolean beginsRecord(int first) {
    return first == '{' || first == '<' || first == '[' || first == '\\';
  }
}
