package dev.iiswarden.decode;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.StreamReadConstraints;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Reads single strings of a JSON record that has already been tokenised and is therefore well
 * formed. Most strings are ASCII, with doubled backslashes of Windows paths as the only escapes.
 * They are read here, because starting Jackson for one string takes longer than reading it. Jackson
 * reads the others.
 */
final class JsonStrings {
  private static final int USUAL_LENGTH = 128;

  /** A string cannot be longer than the record, whose length was checked before. */
  private static final JsonFactory JSON =
      JsonFactory.builder()
          .streamReadConstraints(
              StreamReadConstraints.builder().maxStringLength(Integer.MAX_VALUE).build())
          .build();

  private JsonStrings() {}

  /**
   * Reads a string.
   *
   * @param json the well-formed record
   * @param quote the index of the string's opening quote
   */
  static String read(byte[] json, int quote) {
    int start = quote + 1;
    int end = start;
    while (json[end] != '"' && json[end] != '\\' && json[end] >= 0) {
      end++;
    }
    if (json[end] == '"') {
      return new String(json, start, end - start, StandardCharsets.ISO_8859_1);
    }
    String text = withoutEscapes(json, start, end);
    return text == null ? readWithJackson(json, quote) : text;
  }

  /**
   * Returns the string, or null if it holds anything but ASCII and escapes that stand for
   * themselves.
   *
   * @param plainTo the index of the first character that is not plain
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

  /**
   * Replaces bytes that are not UTF-8, which tokenising accepts in strings, with replacement
   * characters.
   */
  private static String readLeniently(byte[] json, int quote, IOException cause) {
    String text = new String(json, quote, json.length - quote, StandardCharsets.UTF_8);
    try (JsonParser parser = JSON.createParser(text)) {
      return parser.nextTextValue();
    } catch (IOException e) {
      e.addSuppressed(cause);
      throw new IllegalStateException(
          "cannot read a string that was well formed when the record was tokenised", e);
    }
  }

  private static String readWithJackson(byte[] json, int quote) {
    try (JsonParser parser = JSON.createParser(json, quote, json.length - quote)) {
      return parser.nextTextValue();
    } catch (IOException e) {
      return readLeniently(json, quote, e);
    }
  }
}
