package dev.iiswarden.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/**
 * Standard output whose reader may go away, as {@code head} does when it has seen enough. What is
 * written after that is discarded, because nobody misses it. All other failures, such as a full
 * disk, are reported. Safe for use by several threads.
 */
final class StandardOutput extends OutputStream {
  private static final Path DESCRIPTOR = Path.of("/proc/self/fd/1");

  private final OutputStream out = new FileOutputStream(FileDescriptor.out);
  private volatile boolean readerIsGone;

  /** Whether the reader has gone away. */
  boolean readerIsGone() {
    return readerIsGone;
  }

  @Override
  public void write(int b) throws IOException {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    if (readerIsGone) {
      return;
    }
    try {
      out.write(bytes, offset, length);
    } catch (IOException e) {
      if (!isOfPipe(e)) {
        throw e;
      }
      readerIsGone = true;
    }
  }

  /** The message may be in the user's language; then the descriptor tells whether it is a pipe. */
  private static boolean isOfPipe(IOException e) {
    String message = String.valueOf(e.getMessage()).toLowerCase(Locale.ROOT);
    if (message.contains("broken pipe") || message.contains("pipe is being closed")) {
      return true;
    }
    try {
      return Files.readSymbolicLink(DESCRIPTOR).toString().startsWith("pipe:");
    } catch (IOException | UnsupportedOperationException unknown) {
      return false;
    }
  }
}
