package dev.iiswarden.decode;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds the {@code Event} elements in a text: after a syslog header, in a SOAP envelope of Windows
 * Event Forwarding, in CDATA, and where the element itself has been escaped as text.
 */
final class XmlEvents {
  /** The start of an event, which has a {@code System} element before long. */
  private static final Pattern START = Pattern.compile("<((?:[A-Za-z_][\\w.-]*:)?)Event(?=[\\s>])");

  private static final int FARTHEST_SYSTEM = 600;
  private static final int MOST_ESCAPES = 3;

  private XmlEvents() {}

  /**
   * Returns the elements; the last one may be cut off.
   *
   * @throws MalformedRecordException if they come with a document type declaration
   */
  static List<String> in(String text) throws MalformedRecordException {
    if (text.startsWith("<") && text.contains("<!DOCTYPE")) {
      throw new MalformedRecordException("a document type declaration, which is not allowed");
    }
    String plain = text;
    for (int i = 0; i < MOST_ESCAPES; i++) {
      List<String> events = find(plain);
      if (!events.isEmpty() || !plain.contains("&lt;")) {
        return events;
      }
      plain = unescaped(plain);
    }
    return List.of();
  }

  private static List<String> find(String text) {
    List<String> events = new ArrayList<>();
    Matcher start = START.matcher(text);
    int from = 0;
    while (start.find(from)) {
      String prefix = start.group(1);
      if (!hasSystem(text, start.end(), String.valueOf(prefix))) {
        from = start.end();
        continue;
      }
      String endTag = "</" + prefix + "Event>";
      int end = text.indexOf(endTag, start.end());
      int next = end < 0 ? text.length() : end + endTag.length();
      events.add(text.substring(start.start(), next));
      from = next;
    }
    return events;
  }

  private static boolean hasSystem(String text, int from, String prefix) {
    // Look no farther: a text may have many starts without any such element.
    String near = text.substring(from, Math.min(text.length(), from + FARTHEST_SYSTEM));
    int next = near.indexOf('<');
    return next >= 0 && near.startsWith("<" + prefix + "System", next);
  }

  private static String unescaped(String text) {
    return text.replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&quot;", "\"")
        .replace("&apos;", "'")
        .replace("&#39;", "'")
        .replace("&#34;", "\"")
        .replace("&amp;", "&");
  }
}
