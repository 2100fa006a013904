package dev.iiswarden.decode;

/** A record that cannot be understood: what is wrong, and where. */
final class MalformedRecordException extends Exception {
  private static final long serialVersionUID = 1;

  private final int column;

  /**
   * A record that cannot be understood.
   *
   * @param column where in the record, in bytes from 1; 0 if it is about the record as a whole
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
