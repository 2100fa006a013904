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
 * A progress bar on a terminal, with the rate and the time left, for what takes longer than a
 * second. It counts the bytes of the files as they are stored, which of a compressed file is less
 * than what is in it; where the end of the input is not known, there is the rate alone.
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
   * A bar.
   *
   * @param totalBytes -1 if they are not known
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
   * A bar if there is somebody to see it and something to see; otherwise null.
   *
   * @param totalBytes of all inputs; -1 if they are not known
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

  /** Says that an event was read. */
  public void update() {
    if (++events % EVENTS_BETWEEN_UPDATES == 0) {
      bar.stepTo(bytesRead.getAsLong());
    }
  }

  /** Takes the bar away. */
  @Override
  public void close() {
    bar.close();
  }

  /** Shows the bar in a line that others write above. */
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
      // A terminal that shows something in its last column may go on to the next line.
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
