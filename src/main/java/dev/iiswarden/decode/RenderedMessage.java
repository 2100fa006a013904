package dev.iiswarden.decode;

import java.util.Iterator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads an event's values from its text as Windows renders it: one {@code label: value} a line, or
 * all of them in one line where a collector has joined the lines. The text of a script block event
 * is the script itself between two lines, which are recognised in any language by their numbers.
 */
final class RenderedMessage {
  /** {@code Creating Scriptblock text (1 of 2):}. */
  private static final Pattern SCRIPT_BLOCK =
      Pattern.compile("[^(（]{3,80}[(（](\\d{1,9})\\D{1,20}(\\d{1,9})[^)）]{0,20}[)）]\\h?[:：]?\\s*");

  /** {@code ScriptBlock ID: } and the id; in other languages the id must be a GUID. */
  private static final Pattern SCRIPT_BLOCK_ID =
      Pattern.compile(
          "(?:ScriptBlock ID[:：]\\s*(?<id>\\S+)"
              + "|[^:：]{3,60}[:：]\\s*(?<guid>\\p{XDigit}{8}(?:-\\p{XDigit}{4}){3}-\\p{XDigit}{12}))\\s*");

  /** The end of the same in one line: the script's id. */
  private static final Pattern JOINED_ID =
      Pattern.compile(
          "\\s([^:：]{3,60})[:：]\\s{0,9}(\\p{XDigit}{8}(?:-\\p{XDigit}{4}){3}-\\p{XDigit}{12})(?=\\s|$)");

  private static final Pattern JOINED_PATH =
      Pattern.compile("\\s{1,9}[^:：\\s]{2,20}\\h?[:：](.*)|\\s*");

  private static final int SHORTEST_LABEL = 3;

  private RenderedMessage() {}

  /** Adds the values in a text. Values that are there already stay. */
  static void read(String text, FieldValues values) {
    Iterator<String> lines = text.lines().iterator();
    if (!lines.hasNext()) {
      return;
    }
    String first = lines.next();
    if (readJoinedScriptBlock(first, values)) {
      return;
    }
    Matcher script = SCRIPT_BLOCK.matcher(first);
    if (script.matches() && lines.hasNext()) {
      addFirst(values, Field.MESSAGE_NUMBER, String.valueOf(script.group(1)));
      addFirst(values, Field.MESSAGE_TOTAL, String.valueOf(script.group(2)));
      readScriptBlock(lines, values);
    } else if (lines.hasNext()) {
      readLine(first, values);
      lines.forEachRemaining(line -> readLine(line, values));
    } else {
      readJoined(text, values);
    }
  }

  /** Reads a script block whose lines have been joined; false if it is none. */
  private static boolean readJoinedScriptBlock(String text, FieldValues values) {
    Matcher head = SCRIPT_BLOCK.matcher(text);
    if (!head.lookingAt()) {
      return false;
    }
    int end = -1;
    String id = "";
    String path = "";
    Matcher ids = JOINED_ID.matcher(text).region(head.end(), text.length());
    Matcher paths = JOINED_PATH.matcher(text);
    // The script itself may have the like, so the last one counts.
    while (ids.find()) {
      if (paths.region(ids.end(), text.length()).matches()) {
        end = ids.end(1) - SHORTEST_LABEL - 1;
        while (!Character.isWhitespace(text.charAt(end)) && end > ids.start()) {
          end--;
        }
        id = String.valueOf(ids.group(2));
        path = paths.group(1) == null ? "" : String.valueOf(paths.group(1)).strip();
      }
    }
    if (end < 0) {
      return false;
    }
    addFirst(values, Field.MESSAGE_NUMBER, String.valueOf(head.group(1)));
    addFirst(values, Field.MESSAGE_TOTAL, String.valueOf(head.group(2)));
    addFirst(values, Field.SCRIPT_BLOCK_TEXT, text.substring(head.end(), end).strip());
    addFirst(values, Field.SCRIPT_BLOCK_ID, id);
    addFirst(values, Field.SCRIPT_PATH, path);
    return true;
  }

  private static void readLine(String line, FieldValues values) {
    int colon = colon(line);
    Field field = colon < 0 ? null : MessageLabels.field(strip(line.substring(0, colon)));
    if (field != null) {
      addFirst(values, field, line.substring(colon + 1).strip());
    }
  }

  /** French has a no-break space before the colon. */
  private static String strip(String label) {
    return label.replace('\u00A0', ' ').replace('\u202F', ' ').strip();
  }

  private static int colon(String line) {
    int narrow = line.indexOf(':');
    int wide = line.indexOf('：');
    return narrow < 0 || (wide >= 0 && wide < narrow) ? wide : narrow;
  }

  private static void readJoined(String text, FieldValues values) {
    Matcher label = MessageLabels.any().matcher(text);
    Field field = null;
    int start = 0;
    while (label.find()) {
      addJoined(values, field, text.substring(start, label.start()));
      field = MessageLabels.field(String.valueOf(label.group(1)));
      start = label.end();
    }
    addJoined(values, field, text.substring(start));
  }

  private static void addJoined(FieldValues values, @Nullable Field field, String value) {
    if (field != null) {
      addFirst(values, field, value.strip());
    }
  }

  private static void readScriptBlock(Iterator<String> lines, FieldValues values) {
    StringBuilder text = new StringBuilder();
    while (lines.hasNext()) {
      String line = lines.next();
      Matcher id = SCRIPT_BLOCK_ID.matcher(line);
      if (id.matches()) {
        String english = id.group("id");
        addFirst(
            values,
            Field.SCRIPT_BLOCK_ID,
            english == null ? String.valueOf(id.group("guid")) : english);
      } else if (!values.has(Field.SCRIPT_BLOCK_ID)) {
        text.append(line).append('\n');
      } else if (colon(line) >= 0) {
        addFirst(values, Field.SCRIPT_PATH, line.substring(colon(line) + 1).strip());
      }
    }
    addFirst(values, Field.SCRIPT_BLOCK_TEXT, text.toString().strip());
  }

  /**
   * Adds a value unless the field has one. A later value under the same label belongs to another
   * section, or an intruder has invented it.
   */
  static void addFirst(FieldValues values, Field field, String value) {
    if (!value.isEmpty() && !values.has(field)) {
      values.add(field, value);
    }
  }
}
