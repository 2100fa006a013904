package dev.iiswarden.read.evtx;

import java.io.IOException;
import java.io.InputStream;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/**
 * The bytes of one chunk, reused for the next. All offsets are from the start of the chunk, as in
 * the format (libevtx, section "Chunk").
 */
final class Chunk {
  /** The size of a chunk in bytes. */
  static final int SIZE = 1 << 16;

  /** The offset of the first record. */
  static final int FIRST_RECORD = 512;

  private static final long MAGIC = 0x006b6e6843666c45L; // ElfChnk and a zero byte
  private static final int CHECKED_HEADER = 120;
  private static final int REST_OF_HEADER = 128;
  private static final VarHandle SHORT =
      MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private final byte[] bytes = new byte[SIZE];
  private final CRC32 crc = new CRC32();
  private int length;

  /**
   * Reads the next chunk of a stream, or what is left of it.
   *
   * @return the exception that ended the stream, after which the bytes before it are here; null if
   *     there was none
   */
  @Nullable IOException fill(InputStream in) {
    length = 0;
    try {
      while (length < SIZE) {
        int read = in.read(bytes, length, SIZE - length);
        if (read < 0) {
          return null;
        }
        length += read;
      }
      return null;
    } catch (IOException e) {
      return e;
    }
  }

  /** Returns the bytes, of which the first {@link #length()} are valid. */
  byte[] bytes() {
    return bytes;
  }

  /** Returns the number of bytes: {@link #SIZE}, or fewer where the file is cut off. */
  int length() {
    return length;
  }

  boolean hasMagic() {
    return length >= FIRST_RECORD && (long) LONG.get(bytes, 0) == MAGIC;
  }

  /** Returns the offset of the last record that the header knows of; any number if damaged. */
  int lastRecord() {
    return (int) INT.get(bytes, 44);
  }

  /** Returns the offset at which the records end as far as the header knows. */
  int freeSpace() {
    return (int) INT.get(bytes, 48);
  }

  /** Whether the header is as it was written. */
  boolean hasIntactHeader() {
    crc.reset();
    crc.update(bytes, 0, CHECKED_HEADER);
    crc.update(bytes, REST_OF_HEADER, FIRST_RECORD - REST_OF_HEADER);
    return (int) crc.getValue() == (int) INT.get(bytes, 124);
  }

  /** Whether the records are those that were there when the header was written. */
  boolean hasIntactRecords() {
    int end = freeSpace();
    if (end < FIRST_RECORD || end > length) {
      return false;
    }
    crc.reset();
    crc.update(bytes, FIRST_RECORD, end - FIRST_RECORD);
    return (int) crc.getValue() == (int) INT.get(bytes, 52);
  }

  /** Whether all bytes from an offset to the end are zero. */
  boolean isBlankFrom(int start) {
    int at = start;
    while (at <= length - Long.BYTES) {
      if ((long) LONG.get(bytes, at) != 0) {
        return false;
      }
      at += Long.BYTES;
    }
    while (at < length) {
      if (bytes[at] != 0) {
        return false;
      }
      at++;
    }
    return true;
  }

  /** Returns the unsigned byte at an offset. */
  int u8(int at) throws BrokenRecordException {
    require(at, Byte.BYTES);
    return bytes[at] & 0xff;
  }

  int u16(int at) throws BrokenRecordException {
    require(at, Short.BYTES);
    return (short) SHORT.get(bytes, at) & 0xffff;
  }

  int i32(int at) throws BrokenRecordException {
    require(at, Integer.BYTES);
    return (int) INT.get(bytes, at);
  }

  long i64(int at) throws BrokenRecordException {
    require(at, Long.BYTES);
    return (long) LONG.get(bytes, at);
  }

  private void require(int at, int size) throws BrokenRecordException {
    if (at < 0 || at > length - size) {
      throw new BrokenRecordException("it refers to a place outside its chunk");
    }
  }
}
