package dev.iiswarden.read.evtx;

import java.util.HashSet;
import java.util.Set;

/**
 * Finds the records of a chunk.
 *
 * <p>If the checksums hold, the records are those before the free space. What lies behind is left
 * over from earlier use of the chunk.
 *
 * <p>If a checksum does not hold, the chunk was copied while Windows wrote to it, or it is damaged.
 * Records follow each other without gaps, so the walk goes on behind what the header calls free
 * while the next record has the next number. Where a record ought to be and is none, the walk looks
 * for the next place that has the mark of a record, a size, and the same size at its end. Each
 * record number is returned once, because older copies may lie in the free space (libevtx, section
 * "Recovery").
 */
final class RecordWalk {
  /** The smallest record: mark, size, number, time, and the copy of the size. */
  private static final int SMALLEST = 28;

  private static final int MARK = 0x00002a2a;
  private static final int CONTENT = 24;

  private final Chunk chunk;
  private final Set<Long> seen = new HashSet<>();
  private boolean intact;
  private boolean damaged;
  private boolean scanning;
  private int free;
  private int end;
  private int next;
  private long skipped;
  private int start;
  private int size;
  private long id;

  RecordWalk(Chunk chunk) {
    this.chunk = chunk;
  }

  /** Starts on the chunk's present content. */
  void begin() {
    seen.clear();
    damaged = false;
    scanning = false;
    skipped = 0;
    start = -1;
    if (chunk.hasMagic()) {
      boolean intactHeader = chunk.hasIntactHeader();
      intact = intactHeader && chunk.hasIntactRecords();
      next = Chunk.FIRST_RECORD;
      free = chunk.freeSpace();
      if (free < next || free > Chunk.SIZE) {
        free = chunk.length();
        damaged = true;
      }
      end = intact ? endOfIntact() : chunk.length();
    } else {
      intact = false;
      next = 0;
      end = chunk.isBlankFrom(0) ? 0 : chunk.length();
      free = end;
      damaged = end > 0;
      scanning = damaged;
    }
  }

  /**
   * In files that were saved from the Event Viewer, the free space may begin at the chunk's end.
   */
  private int endOfIntact() {
    int last = chunk.lastRecord();
    return last >= Chunk.FIRST_RECORD && last < free && isRecord(last, free)
        ? last + sizeAt(last)
        : free;
  }

  /** Leaves the chunk: there is nothing more to find in it. */
  void end() {
    next = 0;
    end = 0;
    damaged = false;
    skipped = 0;
  }

  /** Advances to the next record; false at the end of the chunk. */
  boolean next() {
    while (next < end) {
      if (isRecord(next, end)) {
        long found = longAt(next + 8);
        if (next >= free && !scanning && start >= 0 && found != id + 1) {
          // Left over from earlier use.
          return false;
        }
        int at = next;
        next += sizeAt(at);
        if (intact || seen.add(found)) {
          start = at;
          size = next - at;
          id = found;
          return true;
        }
      } else if (!scan()) {
        next = end;
        return false;
      }
    }
    return false;
  }

  /** Moves on to the next place that looks like a record, if there is any before the end. */
  private boolean scan() {
    int gap = next;
    int limit = scanning ? end : Math.min(end, free);
    if (gap >= limit) {
      return false;
    }
    int at = gap + 1;
    while (at < limit && !isRecord(at, limit)) {
      at++;
    }
    if (intact && at >= limit) {
      return false;
    }
    damaged = true;
    skipped += at - gap;
    next = at;
    return at < limit;
  }

  private boolean isRecord(int at, int limit) {
    if (at > limit - SMALLEST || intAt(at) != MARK) {
      return false;
    }
    int length = sizeAt(at);
    return length >= SMALLEST && length <= limit - at && intAt(at + length - 4) == length;
  }

  private int sizeAt(int record) {
    return intAt(record + 4);
  }

  private int intAt(int at) {
    byte[] bytes = chunk.bytes();
    return (bytes[at] & 0xff)
        | (bytes[at + 1] & 0xff) << 8
        | (bytes[at + 2] & 0xff) << 16
        | bytes[at + 3] << 24;
  }

  private long longAt(int at) {
    return (intAt(at) & 0xffffffffL) | (long) intAt(at + 4) << 32;
  }

  /** Returns the offset of the record in the chunk. */
  int start() {
    return start;
  }

  /** Returns the offset of the record's binary XML. */
  int content() {
    return start + CONTENT;
  }

  /** Returns the offset at which the record's binary XML ends at the latest. */
  int contentEnd() {
    return start + size - Integer.BYTES;
  }

  /** Returns the number that Windows gave to the record. */
  long id() {
    return id;
  }

  /** Whether the chunk has no valid header or a place without a record, as far as it was walked. */
  boolean isDamaged() {
    return damaged;
  }

  /** Returns the number of bytes in which no record was found. */
  long skipped() {
    return skipped;
  }

  /**
   * Whether records are missing because the chunk is cut off; to be asked after its last record.
   */
  boolean isCutOff() {
    return chunk.length() < Chunk.SIZE
        && chunk.length() > 0
        && (chunk.length() < Chunk.FIRST_RECORD
            || free > chunk.length()
            || !chunk.isBlankFrom(Math.min(next, chunk.length())));
  }
}
