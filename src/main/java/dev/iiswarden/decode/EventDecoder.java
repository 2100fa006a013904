package dev.iiswarden.decode;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.iiswarden.read.LogRecord;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * A decoder turns one record of some shape into facts. {@link EventDecoders} provides the decoders
 * that come with iiswarden. To add a shape, implement {@link #name()} and {@link #decode(byte[],
 * int, int, long)} and name the class in {@code
 * META-INF/services/dev.iiswarden.decode.EventDecoder}. Then {@link EventDecoders#named} finds it
 * and the program's {@code --shape} accepts it.
 *
 * <p>A decoder never throws because of its input. A record without an event of interest decodes to
 * nothing and a malformed record to an error, see {@link Decoded}. Implementations must be safe for
 * use by several threads.
 */
public interface EventDecoder {

  /** Returns the name that selects this decoder: lower-case letters, digits and hyphens. */
  String name();

  /**
   * Decodes one record.
   *
   * @param utf8 the array that contains the record; neither kept nor changed
   * @param offset the index of the record's first byte
   * @param length the number of bytes in the record
   * @param line the record's line in its input, from 1, which identifies events without an id and
   *     appears in errors; 0 if there is none
   */
  Decoded decode(byte[] utf8, int offset, int length, long line);

  /**
   * Decodes one record of a log. A {@linkplain LogRecord#flaw() flawed} record is malformed, unless
   * it can be decoded all the same. A record that is lost has the log's name and its own text in
   * the result.
   */
  default Decoded decode(LogRecord record) {
    Decoded decoded = decode(record.bytes(), record.start(), record.length(), record.line());
    if (decoded.malformed().isEmpty()) {
      return decoded;
    }
    return record
        .flaw()
        .map(flaw -> Decoded.malformed(flaw, record.line(), 0))
        .orElse(decoded)
        .withText(record::text)
        .in(record.log());
  }

  /**
   * Decodes one record without a line number.
   *
   * @param utf8 the record. Do not change the array while the facts are in use, because they may
   *     read fields from it on first access. After {@code Detector.accept} the detector no longer
   *     needs the array. To reuse an array for the next record, call {@link #decode(byte[], int,
   *     int, long)}.
   */
  default Decoded decode(byte[] utf8) {
    return decode(utf8, 0, utf8.length, 0);
  }

  /** Decodes one record without a line number. */
  default Decoded decode(String text) {
    return decode(text.getBytes(StandardCharsets.UTF_8));
  }

  /**
   * Decodes one parsed record, given as nested or dotted maps, lists and values. The default
   * implementation converts it to JSON text.
   */
  default Decoded decode(Map<String, ?> document) {
    return decode(new ObjectMapper().<JsonNode>valueToTree(document));
  }

  /** Decodes one parsed record. The default implementation converts it to JSON text. */
  default Decoded decode(JsonNode document) {
    try {
      return decode(new ObjectMapper().writeValueAsBytes(document));
    } catch (JsonProcessingException e) {
      return Decoded.malformed(
          "the document cannot be written as JSON: " + e.getOriginalMessage(), 0, 0);
    }
  }
}
