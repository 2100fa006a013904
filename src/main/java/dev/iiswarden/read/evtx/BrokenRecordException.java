package dev.iiswarden.read.evtx;

/**
 * Thrown when a record cannot be rendered; the message says why, as a phrase. It never leaves the
 * package and has no stack trace, because a damaged log may raise it for every record.
 */
final class BrokenRecordException extends Exception {
  private static final long serialVersionUID = 1L;

  BrokenRecordException(String reason) {
    super(reason, null, false, false);
  }
}
