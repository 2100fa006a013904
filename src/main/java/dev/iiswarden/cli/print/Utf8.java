package dev.iiswarden.cli.print;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/** The program's output, in UTF-8 whatever the terminal's locale says. */
public final class Utf8 {
  private Utf8() {}

  /** Standard output. */
  public static PrintStream out() {
    return to(FileDescriptor.out);
  }

  /** Standard error. */
  public static PrintStream err() {
    return to(FileDescriptor.err);
  }

  /** Another stream. */
  public static PrintStream to(OutputStream stream) {
    return new PrintStream(stream, true, StandardCharsets.UTF_8);
  }

  private static PrintStream to(FileDescriptor descriptor) {
    return to(new FileOutputStream(descriptor));
  }
}
