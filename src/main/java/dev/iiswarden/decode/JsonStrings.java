package dev.iiswarden.decode;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.StreamReadConstraints;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Reads single strings of a JSON record that Jackson has tokenised before, and so found to be well
 * formed. Most are ASCII with no other escapes than the doubled backslashes of Windows paths, and
 * are read here, because to start Jackson for one string takes longer than to read it; Jackson
 * reads the others.
 */
final class JsonStrings {
  private static final int USUAL_LENGTH = 128;

  /** A string cannot be longer than the record, which has been let in already. */
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
   * @param quote where in it the string begins
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

  /** Bytes that are no UTF-8, which tokenising lets pass in strings, become replacement signs. */
  private static String readLeniently(byte[] json, int quote, IOException cause) {
    String text = new String(json, quote, json.length - quote, StandardCharsets.UTF_8);
    try (JsonParser parser = JSON.createParser(text)) {
      return parser.nextTextValue();
    } catch (IOException e) {
      e.addSuppressed(cause);
      throw new IllegalStateException("a string that was well formed when it was tokenised", e);
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
