package dev.iiswarden.read.evtx;

import java.nio.charset.Charset;

/**
 * Writes single values as text. The types are those of [MS-EVEN6], section 2.2.12.2 ("BinXml value
 * types"); {@link #ARRAY} added to a type means an array of it.
 */
final class ValueWriter {
  static final int NULL = 0x00;
  static final int STRING = 0x01;
  static final int ANSI_STRING = 0x02;
  static final int INT_8 = 0x03;
  static final int UINT_8 = 0x04;
  static final int INT_16 = 0x05;
  static final int UINT_16 = 0x06;
  static final int INT_32 = 0x07;
  static final int UINT_32 = 0x08;
  static final int INT_64 = 0x09;
  static final int UINT_64 = 0x0a;
  static final int REAL_32 = 0x0b;
  static final int REAL_64 = 0x0c;
  static final int BOOLEAN = 0x0d;
  static final int BINARY = 0x0e;
  static final int GUID = 0x0f;
  static final int SIZE = 0x10;
  static final int FILE_TIME = 0x11;
  static final int SYSTEM_TIME = 0x12;
  static final int SID = 0x13;
  static final int HEX_32 = 0x14;
  static final int HEX_64 = 0x15;
  static final int EVT_HANDLE = 0x20;
  static final int BINARY_XML = 0x21;
  static final int EVT_XML = 0x23;
  static final int ARRAY = 0x80;

  /** The bytes of a GUID in the order of its text: its first three numbers are little-endian. */
  private static final int[] GUID_ORDER = {3, 2, 1, 0, 5, 4, 7, 6, 8, 9, 10, 11, 12, 13, 14, 15};

  /** The code page of an ANSI string is not recorded; this is the one of western systems. */
  private static final String ANSI = ansi();

  private final byte[] bytes;
  private final JsonBuffer out;

  ValueWriter(Chunk chunk, JsonBuffer out) {
    bytes = chunk.bytes();
    this.out = out;
  }

  private static String ansi() {
    byte[] all = new byte[256];
    for (int i = 0; i < all.length; i++) {
      all[i] = (byte) i;
    }
    return new String(all, Charset.forName("windows-1252"));
  }

  /** Whether values of a type are JSON numbers or booleans, to be written without quotes. */
  static boolean isBare(int type) {
    return (type >= INT_8 && type <= UINT_64) || type == BOOLEAN;
  }

  /** Writes a value that lies in the chunk, without quotes. */
  void write(int type, int start, int size) throws BrokenRecordException {
    switch (type) {
      case NULL -> {}
      case STRING, EVT_XML -> out.utf16(bytes, start, withoutTrailingZeros(bytes, start, size));
      case ANSI_STRING -> ansi(start, size);
      case INT_8, INT_16, INT_32, INT_64 -> {
        int unused = Long.SIZE - Byte.SIZE * sizeOf(type, size);
        out.signed(unused == Long.SIZE ? 0 : number(type, start, size) << unused >> unused);
      }
      case UINT_8, UINT_16, UINT_32, UINT_64 -> out.unsigned(number(type, start, size));
      case REAL_32 ->
          out.put(Float.toString(Float.intBitsToFloat((int) number(type, start, size))));
      case REAL_64 -> out.put(Double.toString(Double.longBitsToDouble(number(type, start, size))));
      case BOOLEAN -> out.put(number(type, start, size) == 0 ? "false" : "true");
      case BINARY -> binary(start, size);
      case GUID -> guid(start, size);
      case SIZE, HEX_32, HEX_64, EVT_HANDLE -> {
        out.put("0x");
        out.hex(number(type, start, size));
      }
      case FILE_TIME -> Times.fileTime(number(type, start, size), out);
      case SYSTEM_TIME -> systemTime(start, size);
      case SID -> sid(start, size);
      default ->
          throw new BrokenRecordException(
              String.format("a value of the unknown type 0x%02x", type));
    }
  }

  /**
   * Returns the size of one value of a type in an array.
   *
   * @param size the size of the array; of a SID, up to the array's end
   */
  int sizeOf(int type, int start, int size) throws BrokenRecordException {
    return switch (type) {
      case SIZE -> size % Long.BYTES == 0 ? Long.BYTES : Integer.BYTES;
      case SID -> size < 8 ? Math.max(size, 1) : 8 + Integer.BYTES * (bytes[start + 1] & 0xff);
      case INT_8,
          UINT_8,
          INT_16,
          UINT_16,
          INT_32,
          UINT_32,
          INT_64,
          UINT_64,
          REAL_32,
          REAL_64,
          BOOLEAN,
          GUID,
          FILE_TIME,
          SYSTEM_TIME,
          HEX_32,
          HEX_64 ->
          width(type);
      default ->
          throw new BrokenRecordException(
              String.format("an array of the unknown type 0x%02x", type | ARRAY));
    };
  }

  private static int width(int type) {
    return switch (type) {
      case INT_8, UINT_8 -> 1;
      case INT_16, UINT_16 -> 2;
      case INT_32, UINT_32, REAL_32, BOOLEAN, HEX_32 -> 4;
      case GUID, SYSTEM_TIME -> 16;
      default -> 8;
    };
  }

  /** Returns the bytes of a number: those of its type, or fewer if it has fewer. */
  private static int sizeOf(int type, int size) {
    return Math.min(size, width(type));
  }

  private long number(int type, int start, int size) {
    long number = 0;
    for (int i = sizeOf(type, size) - 1; i >= 0; i--) {
      number = (number << Byte.SIZE) | (bytes[start + i] & 0xff);
    }
    return number;
  }

  /** Returns the size of UTF-16 text without the zero characters at its end. */
  static int withoutTrailingZeros(byte[] bytes, int start, int size) {
    int end = start + (size & ~1);
    while (end > start && bytes[end - 1] == 0 && bytes[end - 2] == 0) {
      end -= 2;
    }
    return end - start;
  }

  private void ansi(int start, int size) throws BrokenRecordException {
    int end = start + size;
    while (end > start && bytes[end - 1] == 0) {
      end--;
    }
    for (int i = start; i < end; i++) {
      out.character(ANSI.charAt(bytes[i] & 0xff));
    }
  }

  private void binary(int start, int size) throws BrokenRecordException {
    for (int i = 0; i < size; i++) {
      out.hexByte(bytes[start + i]);
    }
  }

  private void guid(int start, int size) throws BrokenRecordException {
    if (size < GUID_ORDER.length) {
      throw new BrokenRecordException("a GUID of only " + size + " bytes");
    }
    for (int i = 0; i < GUID_ORDER.length; i++) {
      if (i == 4 || i == 6 || i == 8 || i == 10) {
        out.put('-');
      }
      out.hexByte(bytes[start + GUID_ORDER[i]]);
    }
  }

  private void systemTime(int start, int size) throws BrokenRecordException {
    if (size < 16) {
      throw new BrokenRecordException("a SYSTEMTIME of only " + size + " bytes");
    }
    Times.systemTime(bytes, start, out);
  }

  /** Writes a security identifier ([MS-DTYP], section 2.4.2). */
  private void sid(int start, int size) throws BrokenRecordException {
    if (size < 8 || size < sizeOf(SID, start, size)) {
      throw new BrokenRecordException("a SID of only " + size + " bytes");
    }
    out.put("S-");
    out.unsigned(bytes[start] & 0xff);
    out.put('-');
    long authority = 0;
    for (int i = 2; i < 8; i++) {
      authority = (authority << Byte.SIZE) | (bytes[start + i] & 0xff);
    }
    out.unsigned(authority);
    int count = bytes[start + 1] & 0xff;
    for (int i = 0; i < count; i++) {
      out.put('-');
      out.unsigned(number(UINT_32, start + 8 + i * Integer.BYTES, Integer.BYTES));
    }
  }
}
