package dev.iiswarden.cli;

/** The program's exit codes; each command's help explains them in its own terms. */
final class ExitCode {
  /** Everything was done. */
  static final int DONE = 0;

  /** Something failed, or a check found something. */
  static final int FAILED = 1;

  /** The command line was wrong, or the rules that it names cannot be used. */
  static final int WRONG_USE = 2;

  /** The reader of standard output has gone away: 128 and SIGPIPE, as shells say it. */
  static final int READER_GONE = 141;

  private ExitCode() {}
}
