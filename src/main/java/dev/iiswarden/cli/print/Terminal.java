package dev.iiswarden.cli.print;

import java.io.IOException;
import org.jline.terminal.spi.SystemStream;
import org.jline.terminal.spi.TerminalProvider;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Help.Ansi;

/**
 * What is known of the terminal in which the program runs, if it does. Standard input, output and
 * error are asked one by one, for each may go elsewhere.
 */
public final class Terminal {
  /** The width of what is no terminal. */
  static final int UNLIMITED = Integer.MAX_VALUE;

  private static final int NARROWEST = 72;

  private final @Nullable TerminalProvider provider;

  private Terminal(@Nullable TerminalProvider provider) {
    this.provider = provider;
  }

  /** The terminal of this process. */
  public static Terminal find() {
    try {
      // Asks the system's own programs; the other providers bring native code.
      return new Terminal(TerminalProvider.load("exec"));
    } catch (IOException e) {
      // Without the provider nothing is known to be a terminal, and all is written in full.
      return new Terminal(null);
    }
  }

  /** Whether standard input is typed by a person. */
  public boolean isInput() {
    return provider != null && provider.isSystemStream(SystemStream.Input);
  }

  /** Whether standard output is shown on a terminal. */
  public boolean isOutput() {
    return provider != null && provider.isSystemStream(SystemStream.Output);
  }

  /** Whether standard error is shown on a terminal. */
  public boolean isError() {
    return provider != null && provider.isSystemStream(SystemStream.Error);
  }

  /** Whether it can do no more than show one line after the other. */
  public static boolean isDumb() {
    return "dumb".equals(System.getenv("TERM"));
  }

  /**
   * How many columns standard output has: {@code COLUMNS}, or what the terminal says; unlimited if
   * it does not say, and where output goes elsewhere.
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

  /** How many columns a line of text may take: a very narrow terminal has to break it. */
  public int columns() {
    return Math.max(width(), NARROWEST);
  }

  private static int columnsOfEnvironment() {
    String columns = System.getenv("COLUMNS");
    return columns != null && columns.matches("[1-9]\\d{0,4}") ? Integer.parseInt(columns) : 0;
  }

  /**
   * Whether output has colours. picocli knows what a terminal is, {@code NO_COLOR} and {@code
   * CLICOLOR_FORCE}; it does not know a terminal that shows colour codes as they are.
   */
  public static Ansi colours() {
    return isDumb() ? Ansi.OFF : Ansi.AUTO;
  }
}
