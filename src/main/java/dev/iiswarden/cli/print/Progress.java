package dev.iiswarden.cli.print;

import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.util.Locale;
import java.util.function.LongSupplier;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarConsumer;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jspecify.annotations.Nullable;

/**
 * A progress bar on a terminal, with the rate and the time left, for a run of more than a second.
 * It counts the bytes of files as they are stored, so for a compressed file fewer than its content
 * has. If the size of the input is unknown, it shows only the rate. Made by {@link #over}. Not safe
 * for use by several threads.
 */
public final class Progress implements AutoCloseable {
  private static final int MILLIS_BETWEEN_UPDATES = 250;
  private static final long NANOS_TO_BE_LONG = 1_000_000_000;
  private static final int EVENTS_BETWEEN_UPDATES = 200;
  private static final int MOST_COLUMNS = 80;
  private static final long MIB = 1 << 20;

  private final LongSupplier bytesRead;
  private final ProgressBar bar;
  private int events;

  /**
   * Creates a bar.
   *
   * @param totalBytes the bytes of all inputs; -1 if unknown
   */
  public Progress(long totalBytes, LongSupplier bytesRead, StatusLine line, int columns) {
    this.bytesRead = bytesRead;
    bar =
        new ProgressBarBuilder()
            .setTaskName("replay")
            .setInitialMax(totalBytes)
            .setUnit(" MiB", MIB)
            .showSpeed(new DecimalFormat("0.0", DecimalFormatSymbols.getInstance(Locale.ROOT)))
            .setStyle(ProgressBarStyle.ASCII)
            .setUpdateIntervalMillis(MILLIS_BETWEEN_UPDATES)
            .continuousUpdate()
            .setConsumer(new Display(line, Math.min(columns, MOST_COLUMNS)))
            .build();
  }

  /**
   * Returns a bar; null if there is no terminal to show it or the input is short or typed by hand.
   *
   * @param totalBytes the bytes of all inputs; -1 if unknown
   * @param readsStandardInput whether one of the inputs is standard input
   */
  public static @Nullable Progress over(
      long totalBytes,
      boolean readsStandardInput,
      LongSupplier bytesRead,
      Terminal terminal,
      StatusLine line) {
    boolean isShort = totalBytes >= 0 && totalBytes < MIB;
    boolean isTyped = readsStandardInput && terminal.isInput();
    return isShort || isTyped || Terminal.isDumb() || !terminal.isOutput() || !terminal.isError()
        ? null
        : new Progress(totalBytes, bytesRead, line, terminal.width());
  }

  /** Reports that an event was read. */
  public void update() {
    if (++events % EVENTS_BETWEEN_UPDATES == 0) {
      bar.stepTo(bytesRead.getAsLong());
    }
  }

  /** Removes the bar. */
  @Override
  public void close() {
    bar.close();
  }

  /** Shows the bar in a status line, above which other output is written. */
  private static final class Display implements ProgressBarConsumer {
    private final StatusLine line;
    private final int columns;
    private final long start = System.nanoTime();

    Display(StatusLine line, int columns) {
      this.line = line;
      this.columns = columns;
    }

    @Override
    public int getMaxRenderedLength() {
      // A terminal may wrap to the next line after its last column.
      return columns - 1;
    }

    @Override
    public void accept(String rendered) {
      if (System.nanoTime() - start >= NANOS_TO_BE_LONG) {
        line.show(rendered);
      }
    }

    @Override
    public void close() {
      line.clear();
    }
  }
}
