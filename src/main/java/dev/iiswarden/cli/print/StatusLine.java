package dev.iiswarden.cli.print;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;

/**
 * The last line of a terminal, which shows the program's progress while other output continues
 * above it. The line is removed before other output is written, and can be shown again after that
 * output has ended its line. Safe for use by several threads.
 */
public final class StatusLine {
  private final PrintStream terminal;
  private int shown;
  private boolean lineHasBegun;

  /** Creates an empty line. */
  public StatusLine(PrintStream terminal) {
    this.terminal = terminal;
  }

  /** Returns a stream that writes above the line to the given one. */
  public OutputStream above(OutputStream stream) {
    return new Above(stream);
  }

  /** Shows a text, which must fit into the line, unless other output has begun a line. */
  public synchronized void show(String text) {
    if (!lineHasBegun) {
      int columns = Fit.columns(text);
      terminal.print("\r" + text + " ".repeat(Math.max(0, shown - columns)));
      terminal.flush();
      shown = Math.max(columns, shown);
    }
  }

  /** Removes the line. */
  public synchronized void clear() {
    if (shown > 0) {
      // Spaces, because not every terminal that supports a carriage return can erase a line.
      terminal.print("\r" + " ".repeat(shown) + "\r");
      terminal.flush();
      shown = 0;
    }
  }

  private final class Above extends FilterOutputStream {
    Above(OutputStream stream) {
      super(stream);
    }

    @Override
    public void write(int b) throws IOException {
      write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      if (length > 0) {
        synchronized (StatusLine.this) {
          clear();
          out.write(bytes, offset, length);
          lineHasBegun = bytes[offset + length - 1] != '\n';
        }
      }
    }
  }
}
