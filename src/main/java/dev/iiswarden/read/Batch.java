package dev.iiswarden.read;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Consecutive records of a log, copied from the reader's buffer, and what was made of them. One
 * thread after another uses it: the one that reads, the one that works, the one that takes the
 * results. {@link Backlog} hands it on between them.
 */
final class Batch<T> {
  /** The number of records that a batch holds at most. */
  static final int MOST_RECORDS = 512;

  private final String log;
  private final int mostBytes;
  private byte[] bytes = {};
  private int filled;
  private int count;
  private final List<Place> places = new ArrayList<>();
  private final List<Result<T>> results = new ArrayList<>();
  private @Nullable Throwable failure;
  private boolean isLast;
  private boolean isWorked;

  /** Where a record is in the batch and in its log. */
  private record Place(int start, int length, long line, long offset, @Nullable String flaw) {}

  /**
   * What was made of a record.
   *
   * @param value the result; null if there is a failure
   * @param failure what the work threw
   * @param line where the record begins in its log
   */
  record Result<T>(@Nullable T value, @Nullable Throwable failure, long line) {}

  /**
   * Creates an empty batch.
   *
   * @param log the name of the log
   * @param mostBytes how many bytes of records it takes; a longer record has a batch of its own. If
   *     0, every record has.
   */
  Batch(String log, int mostBytes) {
    this.log = log;
    this.mostBytes = mostBytes;
  }

  /** Copies a record into the batch; false if there is no room for it. */
  boolean add(LogRecord record) {
    int length = record.length();
    if (count > 0 && (filled + length > mostBytes || isFull())) {
      return false;
    }
    if (filled + length > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.max(filled + length, Math.min(mostBytes, filled * 4)));
    }
    System.arraycopy(record.bytes(), record.start(), bytes, filled, length);
    places.add(
        new Place(filled, length, record.line(), record.offset(), record.flaw().orElse(null)));
    filled += length;
    count++;
    return true;
  }

  /** Whether no further record has room, however short it is. */
  boolean isFull() {
    return filled >= mostBytes || count == MOST_RECORDS;
  }

  /**
   * Marks the batch as the last one of its log.
   *
   * @param cause what ended the log; null at its regular end
   */
  void end(@Nullable Throwable cause) {
    isLast = true;
    failure = cause;
  }

  /** Whether it was read without a record. */
  boolean isEmpty() {
    return count == 0;
  }

  /** The number of bytes of its records. */
  int bytes() {
    return filled;
  }

  boolean isLast() {
    return isLast;
  }

  /** What ended the log after the records of this batch; null if nothing did. */
  @Nullable Throwable failure() {
    return failure;
  }

  /** Says that the results are complete; with the lock of the backlog held. */
  void setWorked() {
    isWorked = true;
  }

  /** Whether the results are complete; with the lock of the backlog held. */
  boolean isWorked() {
    return isWorked;
  }

  /** The results in the order of the records; complete once {@link #work} has returned. */
  List<Result<T>> results() {
    return results;
  }

  /**
   * Works on each record. A failure is a result like others: the records before it and after it
   * have theirs.
   *
   * @param isOver whether nobody wants the results any more
   */
  void work(Function<? super LogRecord, ? extends T> work, BooleanSupplier isOver) {
    for (Place place : places) {
      if (isOver.getAsBoolean()) {
        break;
      }
      results.add(result(work, place));
    }
    // What the work keeps it has copied.
    bytes = new byte[0];
    places.clear();
  }

  private Result<T> result(Function<? super LogRecord, ? extends T> work, Place place) {
    LogRecord record =
        new LogRecord(log, bytes, place.start, place.length, place.line, place.offset, place.flaw);
    try {
      return new Result<>(work.apply(record), null, place.line);
    } catch (Throwable e) { // thrown again where the result is taken
      return new Result<>(null, e, place.line);
    }
  }
}
