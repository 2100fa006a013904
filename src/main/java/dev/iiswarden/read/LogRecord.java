package dev.iiswarden.read;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One record of a log, with its place. Made by {@link LogReader#next()} and valid until that is
 * called again, because the bytes lie in the reader's buffer. Not safe for use by several threads.
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
    this.log = log;
    bytes = at.bytes();
    start = at.start();
    length = at.length();
    line = at.line();
    offset = at.offset();
    flaw = at.flaw();
  }

  /** The name of the log, as it was given to the reader. */
  public String log() {
    return log;
  }

  /** The array that contains the record as UTF-8, from {@link #start()}; not to be changed. */
  public byte[] bytes() {
    return bytes;
  }

  /** Where in {@link #bytes()} the record begins. */
  public int start() {
    return start;
  }

  /** How many bytes the record has. */
  public int length() {
    return length;
  }

  /** The line on which the record begins, from 1. */
  public long line() {
    return line;
  }

  /** How many bytes of the log, after decompression, precede the record. */
  public long offset() {
    return offset;
  }

  /** Why this is not a whole record, as a phrase; empty if it is one. */
  public Optional<String> flaw() {
    return Optional.ofNullable(flaw);
  }

  /** A copy of the record as text. */
  public String text() {
    return new String(bytes, start, length, StandardCharsets.UTF_8);
  }

  /** The record's place: {@code log:line}. */
  @Override
  public String toString() {
    return log + ":" + line;
  }
}
