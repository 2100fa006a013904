package dev.iiswarden.cli.print;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jline.terminal.spi.SystemStream;
import picocli.CommandLine.Help.Ansi;

/**
 * The terminal in which the program runs, if any. Standard input, output and error are checked one
 * by one, because each may be redirected. Made by {@link #find}. Safe for use by several threads.
 */
public final class Terminal {
  /** The width if output does not go to a terminal. */
  static final int UNLIMITED = Integer.MAX_VALUE;

  private static final int NARROWEST = 72;
  private static final Path NOTHING = Path.of("/dev/null");

  private Terminal() {}

  /** Returns the terminal of this process. */
  public static Terminal find() {
    return new Terminal();
  }

  /** Returns whether standard input is a terminal. */
  public boolean isInput() {
    return !isSurelyNone(0) && SystemTerminal.isStream(SystemStream.Input);
  }

  /** Returns whether standard output is a terminal. */
  public boolean isOutput() {
    return !isSurelyNone(1) && SystemTerminal.isStream(SystemStream.Output);
  }

  /** Returns whether standard error is a terminal. */
  public boolean isError() {
    return !isSurelyNone(2) && SystemTerminal.isStream(SystemStream.Error);
  }

  /**
   * Whether a stream is a pipe or a file, which Linux tells without a program's help.
   *
   * @param descriptor the number of the stream
   */
  private static boolean isSurelyNone(int descriptor) {
    Path link = Path.of("/proc/self/fd/" + descriptor);
    try {
      return Files.readSymbolicLink(link).toString().startsWith("pipe:")
          || Files.isRegularFile(link)
          || Files.isSameFile(link, NOTHING);
    } catch (IOException | UnsupportedOperationException unknown) {
      return false;
    }
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
    if (columns <= 0) {
      columns = SystemTerminal.columns();
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
