package dev.iiswarden.cli.print;

import java.io.IOException;
import org.jline.terminal.spi.SystemStream;
import org.jline.terminal.spi.TerminalProvider;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Help.Ansi;

/**
 * The terminal in which the program runs, if any. Standard input, output and error are checked one
 * by one, because each may be redirected. Made by {@link #find}. Safe for use by several threads.
 */
public final class Terminal {
  /** The width if output does not go to a terminal. */
  static final int UNLIMITED = Integer.MAX_VALUE;

  private static final int NARROWEST = 72;

  private final @Nullable TerminalProvider provider;

  private Terminal(@Nullable TerminalProvider provider) {
    this.provider = provider;
  }

  /** Returns the terminal of this process. */
  public static Terminal find() {
    try {
      // This provider asks the system's own programs; the others need native code.
      return new Terminal(TerminalProvider.load("exec"));
    } catch (IOException e) {
      // Without the provider no stream counts as a terminal, and all output is written in full.
      return new Terminal(null);
    }
  }

  /** Returns whether standard input is a terminal. */
  public boolean isInput() {
    return provider != null && provider.isSystemStream(SystemStream.Input);
  }

  /** Returns whether standard output is a terminal. */
  public boolean isOutput() {
    return provider != null && provider.isSystemStream(SystemStream.Output);
  }

  /** Returns whether standard error is a terminal. */
  public boolean isError() {
    return provider != null && provider.isSystemStream(SystemStream.Error);
  }

  /**
   * Returns whether the terminal can only show one line after another ({@code TERM} is {@code
   * dumb}).
   */
  public static boolean isDumb() {
    return "dumb".equals(System.getenv("TERM"));
  }

  /**
   * The number of columns of standard output: {@code COLUMNS}, or the width that the terminal
   * reports; unlimited if it reports none or output is redirected.
   */
  public int width() {
    if (!isOutput()) {
      return UNLIMITED;
    }
    int columns = columnsOfEnvironment();
    if (columns <= 0 && provider != null) {
      columns = provider.systemStreamWidth(SystemStream.Output);
    }
    return columns <= 0 ? UNLIMITED : columns;
  }

  /** The number of columns for a line of text; a very narrow terminal has to wrap it. */
  public int columns() {
    return Math.max(width(), NARROWEST);
  }

  private static int columnsOfEnvironment() {
    String columns = System.getenv("COLUMNS");
    return columns != null && columns.matches("[1-9]\\d{0,4}") ? Integer.parseInt(columns) : 0;
  }

  /**
   * Returns whether to use colours. picocli detects terminals and honours {@code NO_COLOR} and
   * {@code CLICOLOR_FORCE}, but does not detect a terminal that prints colour codes as text.
   */
  public static Ansi colours() {
    return isDumb() ? Ansi.OFF : Ansi.AUTO;
  }
}
