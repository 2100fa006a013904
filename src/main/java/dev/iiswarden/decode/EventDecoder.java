package dev.iiswarden.decode;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.iiswarden.read.LogRecord;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * Turns one record of some shape into facts. {@link EventDecoders} has the ones that come with
 * iiswarden; a shape of your own is added by implementing {@link #name()} and {@link
 * #decode(byte[], int, int, long)} and naming the class in {@code
 * META-INF/services/dev.iiswarden.decode.EventDecoder}, after which {@link EventDecoders#named}
 * finds it and the program's {@code --shape} accepts it.
 *
 * <p>A decoder never throws for what it is given: a record that holds no event of ours decodes to
 * nothing and a malformed one to an error, see {@link Decoded}. Implementations must be safe for
 * use by several threads.
 */
public interface EventDecoder {

  /** The name by which this decoder is chosen: lower-case letters, digits and hyphens. */
  String name();

  /**
   * Decodes one record.
   *
   * @param utf8 holds the record; not kept and not changed
   * @param offset where the record begins
   * @param length how many bytes it has
   * @param line the record's line in its input, from 1, to name events that have no id and errors;
   *     0 if it has none
   */
  Decoded decode(byte[] utf8, int offset, int length, long line);

  /** Decodes one record of a log; a flawed one is malformed. */
  default Decoded decode(LogRecord record) {
    return record
        .flaw()
        .map(flaw -> Decoded.malformed(flaw, record.line(), 0))
        .orElseGet(() -> decode(record.bytes(), record.start(), record.length(), record.line()));
  }

  /**
   * Decodes one record that has no line number.
   *
   * @param utf8 the record, which nobody may change while its facts are in use: they may read their
   *     fields from it when they are first asked for them. {@code Detector.accept} leaves nothing
   *     unread in what it keeps. Where an array is used again for the next record, take {@link
   *     #decode(byte[], int, int, long)}.
   */
  default Decoded decode(byte[] utf8) {
    return decode(utf8, 0, utf8.length, 0);
  }

  /** Decodes one record that has no line number. */
  default Decoded decode(String text) {
    return decode(text.getBytes(StandardCharsets.UTF_8));
  }

  /**
   * Decodes one record that has been parsed already, as nested or dotted maps, lists and values. By
   * default this takes the way through JSON text.
   */
  default Decoded decode(Map<String, ?> document) {
    return decode(new ObjectMapper().<JsonNode>valueToTree(document));
  }

  /**
   * Decodes one record that has been parsed already. By default this takes the way through JSON
   * text.
   */
  default Decoded decode(JsonNode document) {
    try {
      return decode(new ObjectMapper().writeValueAsBytes(document));
    } catch (JsonProcessingException e) {
      return Decoded.malformed("cannot be written as JSON: " + e.getOriginalMessage(), 0, 0);
    }
  }
}
