package dev.iiswarden.inventory;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The path in an attribute that may also have arguments. */
final class ImagePath {
  /** {@code scriptProcessor} separates the arguments of FastCGI by a bar, CGI by a space. */
  private static final Pattern WITH_ARGUMENTS =
      Pattern.compile("(?i)\\.(?:dll|exe|com|bat|cmd|ps1)(?=[\\s|])");

  private ImagePath() {}

  static String in(String value) {
    String text = value.strip();
    if (text.startsWith("\"")) {
      int end = text.indexOf('"', 1);
      return end < 0 ? text.substring(1) : text.substring(1, end);
    }
    Matcher arguments = WITH_ARGUMENTS.matcher(text);
    if (arguments.find()) {
      return text.substring(0, arguments.end());
    }
    int bar = text.indexOf('|');
    return bar < 0 ? text : text.substring(0, bar).strip();
  }
}
