package dev.iiswarden.kafka;

import dev.iiswarden.decode.Decoded;
import dev.iiswarden.decode.EventDecoder;
import dev.iiswarden.read.LogReader;
import dev.iiswarden.read.LogRecord;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Decodes messages, each with one or several records: one after the other, or in one document. Safe
 * for use by several threads.
 */
final class MessageDecoder {
  private final EventDecoder decoder;

  MessageDecoder(EventDecoder decoder) {
    this.decoder = decoder;
  }

  /** Returns the result for each record of a message. An empty message is one malformed record. */
  List<Decoded> decode(byte[] message) {
    List<Decoded> records = new ArrayList<>(1);
    try (LogReader reader = LogReader.of(message)) {
      for (LogRecord record = reader.next(); record != null; record = reader.next()) {
        Decoded decoded =
            record.length() == message.length ? decoder.decode(message) : part(record);
        records.addAll(decoded.records());
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read a message in memory", e);
    }
    return records.isEmpty() ? decoder.decode(message).records() : records;
  }

  /**
   * Decodes a part of a message without its line, because events are not named after their place in
   * a message.
   */
  private Decoded part(LogRecord record) {
    return record.flaw().isPresent()
        ? decoder.decode(record)
        : decoder.decode(record.bytes(), record.start(), record.length(), 0);
  }
}
