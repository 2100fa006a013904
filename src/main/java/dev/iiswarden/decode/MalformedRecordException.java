package dev.iiswarden.decode;

/**
 * Thrown when a record cannot be decoded. The message says what is wrong; the column says where.
 */
final class MalformedRecordException extends Exception {
  private static final long serialVersionUID = 1;

  private final int column;

  /**
   * Creates an exception without a stack trace.
   *
   * @param column the position in the record, in bytes from 1; 0 if the error concerns the whole
   *     record
   */
  MalformedRecordException(String reason, int column) {
    super(reason, null, false, false);
    this.column = column;
  }

  MalformedRecordException(String reason) {
    this(reason, 0);
  }

  Decoded onLine(long line) {
    return Decoded.malformed(String.valueOf(getMessage()), line, column);
  }
}
