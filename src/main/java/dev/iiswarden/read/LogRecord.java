package dev.iiswarden.read;

import dev.iiswarden.read.evtx.EvtxReader;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One record of a log, with its place. {@link LogReader#next()} creates it. It is valid until the
 * next call of that method, because its bytes lie in the reader's buffer. A {@link ParallelReader}
 * hands it to the work; then it is valid until the work returns. Not safe for use by several
 * threads.
 */
public final class LogRecord {
  private final String log;
  private final byte[] bytes;
  private final int start;
  private final int length;
  private final long line;
  private final long offset;
  private final @Nullable String flaw;

  LogRecord(String log, RecordReader at) {
    this(log, at.bytes(), at.start(), at.length(), at.line(), at.offset(), at.flaw());
  }

  LogRecord(String log, EvtxReader at) {
    this(log, at.bytes(), at.start(), at.length(), at.number(), at.offset(), at.flaw());
  }

  LogRecord(
      String log,
      byte[] bytes,
      int start,
      int length,
      long line,
      long offset,
      @Nullable String flaw) {
    this.log = log;
    this.bytes = bytes;
    this.start = start;
    this.length = length;
    this.line = line;
    this.offset = offset;
    this.flaw = flaw;
  }

  /** Returns the name of the log, as given to the reader. */
  public String log() {
    return log;
  }

  /**
   * Returns the array that contains the record as UTF-8, from {@link #start()}. Do not change it.
   */
  public byte[] bytes() {
    return bytes;
  }

  /** Returns the index in {@link #bytes()} at which the record begins. */
  public int start() {
    return start;
  }

  /** Returns the length of the record in bytes. */
  public int length() {
    return length;
  }

  /**
   * Returns the line on which the record begins, from 1; in an EVTX file, which has no lines, the
   * number of the record.
   */
  public long line() {
    return line;
  }

  /**
   * Returns the offset of the record: the number of bytes before it in the log, after
   * decompression. In a log in UTF-16 it counts the bytes of the same text in UTF-8.
   */
  public long offset() {
    return offset;
  }

  /** Returns the reason why the record is incomplete, as a phrase; empty if it is complete. */
  public Optional<String> flaw() {
    return Optional.ofNullable(flaw);
  }

  /** Returns a copy of the record as text. */
  public String text() {
    return new String(bytes, start, length, StandardCharsets.UTF_8);
  }

  /** Returns the record's place, {@code log:line}. */
  @Override
  public String toString() {
    return log + ":" + line;
  }
}
