package dev.iiswarden.cli.print;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/**
 * Output streams in UTF-8, regardless of the terminal's locale. Safe for use by several threads.
 */
public final class Utf8 {
  private Utf8() {}

  /** Returns standard output. */
  public static PrintStream out() {
    return to(FileDescriptor.out);
  }

  /** Returns standard error. */
  public static PrintStream err() {
    return to(FileDescriptor.err);
  }

  /** Wraps another stream. */
  public static PrintStream to(OutputStream stream) {
    return new PrintStream(stream, true, StandardCharsets.UTF_8);
  }

  private static PrintStream to(FileDescriptor descriptor) {
    return to(new FileOutputStream(descriptor));
  }
}
