package dev.iiswarden.cli;

/** What the program's exit code says; each command's help says it in its own terms. */
final class ExitCode {
  /** All was done. */
  static final int DONE = 0;

  /** Something failed, or a check found something. */
  static final int FAILED = 1;

  /** The command line was wrong, or the rules it names cannot be used. */
  static final int WRONG_USE = 2;

  private ExitCode() {}
}
