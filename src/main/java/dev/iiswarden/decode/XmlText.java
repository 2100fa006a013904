package dev.iiswarden.decode;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Removes from XML what XML forbids ("Extensible Markup Language (XML) 1.0", section 2.2, {@code
 * Char}). Windows writes the characters of a command line as they are, and whoever runs the command
 * chooses them: they must not hide the record.
 */
final class XmlText {
  private static final Pattern REFERENCE = Pattern.compile("&#(?:x(\\p{XDigit}{1,8})|(\\d{1,9}));");

  private XmlText() {}

  /** Returns the text without characters, and references to characters, that XML forbids. */
  static String allowed(String text) {
    StringBuilder allowed = new StringBuilder(text.length());
    Matcher reference = REFERENCE.matcher(text);
    int from = 0;
    while (reference.find()) {
      if (!isAllowed(codePoint(reference))) {
        allowed.append(text, from, reference.start());
        from = reference.end();
      }
    }
    allowed.append(text, from, text.length());
    return allowed
        .codePoints()
        .filter(XmlText::isAllowed)
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }

  private static int codePoint(Matcher reference) {
    String hexadecimal = reference.group(1);
    return hexadecimal == null
        ? Integer.parseInt(reference.group(2))
        : Integer.parseUnsignedInt(hexadecimal, 16);
  }

  private static boolean isAllowed(int c) {
    return c == '\t'
        || c == '\n'
        || c == '\r'
        || (c >= ' ' && c <= 0xD7FF)
        || (c >= 0xE000 && c <= 0xFFFD)
        || (c >= 0x10000 && c <= 0x10FFFF);
  }
}
