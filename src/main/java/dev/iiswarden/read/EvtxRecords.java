package dev.iiswarden.read;

import dev.iiswarden.read.evtx.EvtxReader;
import java.io.IOException;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The records of an EVTX file. */
final class EvtxRecords implements Records {
  private final String name;
  private final EvtxReader records;

  EvtxRecords(String name, EvtxReader records) {
    this.name = name;
    this.records = records;
  }

  @Override
  public @Nullable LogRecord next() throws IOException {
    return records.next() ? new LogRecord(name, records) : null;
  }

  @Override
  public boolean hasLines() {
    return false;
  }

  @Override
  public long linesRead() {
    return records.number();
  }

  @Override
  public Optional<String> lost() {
    long chunks = records.damagedChunks();
    return chunks == 0
        ? Optional.empty()
        : Optional.of(
            String.format(
                Locale.ROOT,
                "%,d damaged %s: %,d bytes skipped",
                chunks,
                chunks == 1 ? "chunk" : "chunks",
                records.bytesSkipped()));
  }

  @Override
  public void close() throws IOException {
    records.close();
  }
}
