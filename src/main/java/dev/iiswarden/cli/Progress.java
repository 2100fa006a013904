package dev.iiswarden.cli;

import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jspecify.annotations.Nullable;

/** A progress bar on standard error, for long input on a terminal; otherwise nothing. */
final class Progress implements AutoCloseable {
  private static final long LONG_INPUT = 64L << 20;
  private static final int EVENTS_BETWEEN_UPDATES = 10_000;

  private final LogFiles logs;
  private final @Nullable ProgressBar bar;
  private int events;

  private Progress(LogFiles logs, @Nullable ProgressBar bar) {
    this.logs = logs;
    this.bar = bar;
  }

  @SuppressWarnings("SystemConsoleNull") // on JDK 22 to 24 a redirected program has a console, too
  static Progress over(LogFiles logs, boolean quiet) {
    if (quiet || System.console() == null || logs.totalBytes() < LONG_INPUT) {
      return new Progress(logs, null);
    }
    return new Progress(
        logs,
        new ProgressBarBuilder()
            .setTaskName("replay")
            .setInitialMax(logs.totalBytes())
            .setUnit(" MiB", 1 << 20)
            .setStyle(ProgressBarStyle.ASCII)
            .setUpdateIntervalMillis(250)
            .build());
  }

  void update() {
    if (bar != null && ++events % EVENTS_BETWEEN_UPDATES == 0) {
      bar.stepTo(logs.bytesRead());
    }
  }

  @Override
  public void close() {
    if (bar != null) {
      bar.stepTo(logs.bytesRead());
      bar.close();
    }
  }
}
