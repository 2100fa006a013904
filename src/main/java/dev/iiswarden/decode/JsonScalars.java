package dev.iiswarden.decode;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Reads single values of a JSON record that Jackson has tokenised before, and so found to be well
 * formed. Most are ASCII strings with no other escapes than the doubled backslashes of Windows
 * paths, or short integers, and are read here; Jackson reads the others.
 */
final class JsonScalars {
  private static final int MOST_DIGITS = 18;
  private static final int USUAL_LENGTH = 128;

  /** A string cannot be longer than the record, which has been let in already. */
  private static final JsonFactory JSON =
      JsonFactory.builder()
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxStringLength(Integer.MAX_VALUE)
                  .maxNumberLength(Integer.MAX_VALUE)
                  .build())
          .build();

  private JsonScalars() {}

  /**
   * Reads a value.
   *
   * @param json the well-formed record
   * @param at where in it the value begins
   * @return a {@code Long} for an integer that is one, for all else the text: what a string holds,
   *     the JSON text of numbers and booleans
   */
  static Object read(byte[] json, int at) {
    if (json[at] == '"') {
      return readString(json, at);
    }
    Long integer = shortInteger(json, at);
    return integer == null ? readAny(json, at) : integer;
  }

  private static String readString(byte[] json, int quote) {
    int start = quote + 1;
    int end = start;
    while (json[end] != '"' && json[end] != '\\' && json[end] >= 0) {
      end++;
    }
    if (json[end] == '"') {
      return new String(json, start, end - start, StandardCharsets.ISO_8859_1);
    }
    String text = withoutEscapes(json, start, end);
    return text == null ? readAny(json, quote).toString() : text;
  }

  /**
   * The string, or null if it holds more than ASCII and escapes that stand for themselves.
   *
   * @param plainTo where the first character stands that is not plain
   */
  private static @Nullable String withoutEscapes(byte[] json, int start, int plainTo) {
    byte[] text = Arrays.copyOfRange(json, start, Math.max(plainTo, start) + USUAL_LENGTH);
    int length = plainTo - start;
    int in = plainTo;
    for (byte next = json[in]; next != '"'; next = json[in]) {
      if (next == '\\') {
        next = json[++in];
        if (next != '\\' && next != '"' && next != '/') {
          return null;
        }
      } else if (next < 0) {
        return null;
      }
      if (length == text.length) {
        text = Arrays.copyOf(text, length * 2);
      }
      text[length++] = next;
      in++;
    }
    return new String(text, 0, length, StandardCharsets.ISO_8859_1);
  }

  /** The integer, or null if it is none, or too long to be sure of, or minus zero. */
  private static @Nullable Long shortInteger(byte[] json, int start) {
    int at = json[start] == '-' ? start + 1 : start;
    int firstDigit = at;
    long value = 0;
    while (json[at] >= '0' && json[at] <= '9') {
      if (at - firstDigit == MOST_DIGITS) {
        return null;
      }
      value = value * 10 + json[at++] - '0';
    }
    boolean fraction = json[at] == '.' || json[at] == 'e' || json[at] == 'E';
    if (at == firstDigit || fraction || (value == 0 && firstDigit > start)) {
      return null;
    }
    return firstDigit > start ? -value : value;
  }

  private static Object readAny(byte[] json, int at) {
    try (JsonParser parser = JSON.createParser(json, at, json.length - at)) {
      JsonToken token = parser.nextToken();
      boolean integer =
          token == JsonToken.VALUE_NUMBER_INT
              && parser.getNumberType() != JsonParser.NumberType.BIG_INTEGER
              && !parser.getText().equals("-0");
      return integer ? (Object) parser.getLongValue() : parser.getText();
    } catch (IOException e) {
      throw new IllegalStateException("a value that was well formed when it was tokenised", e);
    }
  }
}
