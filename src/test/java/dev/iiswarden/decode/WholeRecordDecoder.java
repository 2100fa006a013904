package dev.iiswarden.decode;

import dev.iiswarden.event.FileEvent;
import java.nio.charset.StandardCharsets;
import java.time.Instant;

/** A decoder that a user of the library might add: it makes the whole record the path of a file. */
public final class WholeRecordDecoder implements EventDecoder {

  /** The constructor for the service loader. */
  public WholeRecordDecoder() {}

  @Override
  public String name() {
    return "whole-record";
  }

  @Override
  public Decoded decode(byte[] utf8, int offset, int length, long line) {
    return Decoded.of(
        FileEvent.builder()
            .timestamp(Instant.EPOCH)
            .line(line)
            .path(new String(utf8, offset, length, StandardCharsets.UTF_8))
            .build());
  }
}
