package dev.iiswarden.read;

import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The records of a text log. */
final class TextRecords implements Records {
  private final String name;
  private final RecordReader records;

  TextRecords(String name, RecordReader records) {
    this.name = name;
    this.records = records;
  }

  @Override
  public @Nullable LogRecord next() throws IOException {
    return records.next() ? new LogRecord(name, records) : null;
  }

  @Override
  public boolean hasLines() {
    return true;
  }

  @Override
  public long linesRead() {
    return records.linesRead();
  }

  @Override
  public Optional<String> lost() {
    return Optional.empty();
  }

  @Override
  public void close() throws IOException {
    records.close();
  }
}
