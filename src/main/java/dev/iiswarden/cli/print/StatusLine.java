package dev.iiswarden.cli.print;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;

/**
 * The last line of a terminal, which shows how far the program is while other output goes on above
 * it: it is taken away before anything else is written, and comes back when that has ended its
 * line. Safe for use by several threads.
 */
public final class StatusLine {
  private final PrintStream terminal;
  private int shown;
  private boolean lineHasBegun;

  /** A line of a terminal, empty at first. */
  public StatusLine(PrintStream terminal) {
    this.terminal = terminal;
  }

  /** The stream, to be written to above the line. */
  public OutputStream above(OutputStream stream) {
    return new Above(stream);
  }

  /** Shows a text that fits into the line, unless something else is being written. */
  public synchronized void show(String text) {
    if (!lineHasBegun) {
      int columns = Fit.columns(text);
      terminal.print("\r" + text + " ".repeat(Math.max(0, shown - columns)));
      terminal.flush();
      shown = Math.max(columns, shown);
    }
  }

  /** Takes the line away. */
  public synchronized void clear() {
    if (shown > 0) {
      // Spaces, because not every terminal that shows a carriage return knows how to erase.
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
