package dev.iiswarden.kafka;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;

/** Divides a dead letter that is too large for its topic, because none of it may be lost. */
final class DeadLetterParts {
  /** With a key or headers of that size a part would have no room for the value. */
  private static final int LEAST_BYTES = RecordSize.MOST_BYTES / 10;

  private static final int PART_HEADER_BYTES = 60;

  private DeadLetterParts() {}

  /**
   * A dead letter or a part of one.
   *
   * @param headers those of the dead letter, and {@link DeadLetters#PART} if it is a part
   */
  record Part(HostRecord.Malformed letter, Headers headers) {}

  /** Returns the letter itself if it fits, otherwise its parts in order. */
  static List<Part> of(HostRecord.Malformed letter, Headers headers) {
    byte[] value = letter.record();
    int beside = RecordSize.of(headers) + (letter.key() == null ? 0 : letter.key().length);
    if (beside + value.length <= RecordSize.MOST_BYTES) {
      return List.of(new Part(letter, headers));
    }
    int size = Math.max(LEAST_BYTES, RecordSize.MOST_BYTES - beside - PART_HEADER_BYTES);
    int count = (value.length + size - 1) / size;
    List<Part> parts = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      byte[] some = Arrays.copyOfRange(value, i * size, Math.min(value.length, (i + 1) * size));
      Headers own = new RecordHeaders(headers);
      String number = (i + 1) + "/" + count;
      own.add(DeadLetters.PART, number.getBytes(StandardCharsets.UTF_8));
      parts.add(new Part(new HostRecord.Malformed(letter.key(), some), own));
    }
    return parts;
  }
}
