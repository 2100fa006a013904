package dev.iiswarden.read.evtx;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** What a reader makes of a file. */
record Read(List<String> records, String end, long damagedChunks, long bytesSkipped) {
  /** Reads a file; a damaged record is its flaw, and the end is "end" or an exception's message. */
  static Read of(byte[] file) {
    List<String> records = new ArrayList<>();
    try (EvtxReader reader = new EvtxReader(new ByteArrayInputStream(file))) {
      String end = "end";
      try {
        while (reader.next()) {
          String flaw = reader.flaw();
          records.add(
              flaw != null
                  ? flaw
                  : new String(
                      reader.bytes(), reader.start(), reader.length(), StandardCharsets.UTF_8));
        }
      } catch (IOException e) {
        end = String.valueOf(e.getMessage());
      }
      return new Read(records, end, reader.damagedChunks(), reader.bytesSkipped());
    } catch (IOException e) {
      return new Read(records, String.valueOf(e.getMessage()), 0, 0);
    }
  }

  /** Reads a file that holds one record. */
  static String one(EvtxFiles file) {
    Read read = of(file.bytes());
    if (read.records().size() != 1) {
      throw new AssertionError(read.toString());
    }
    return read.records().get(0);
  }
}
