package dev.iiswarden.read;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/**
 * A stream that says when a read may have to wait, because its source has nothing more to give at
 * once. Not safe for use by several threads.
 */
final class PromptStream extends FilterInputStream {
  private @Nullable Runnable beforeWaiting;

  PromptStream(InputStream in) {
    super(in);
  }

  /** Sets what is run on the reading thread before a read that may wait. */
  void beforeWaiting(Runnable action) {
    beforeWaiting = action;
  }

  @Override
  public int read() throws IOException {
    announce();
    return super.read();
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    announce();
    return super.read(bytes, offset, length);
  }

  private void announce() {
    if (beforeWaiting != null && mayWait()) {
      beforeWaiting.run();
    }
  }

  private boolean mayWait() {
    try {
      return in.available() == 0;
    } catch (IOException e) {
      // If something is wrong with the source, the read that follows says so.
      return true;
    }
  }
}
