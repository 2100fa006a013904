package dev.iiswarden.cli.print;

import java.io.IOException;
import org.jline.terminal.spi.SystemStream;
import org.jline.terminal.spi.TerminalProvider;
import org.jspecify.annotations.Nullable;

/**
 * What the system's own programs say of the terminal. They are processes, and JLine, which asks
 * them, takes long to load: nothing here is used where it is known that there is no terminal.
 */
final class SystemTerminal {
  private static final @Nullable TerminalProvider PROVIDER = provider();

  private SystemTerminal() {}

  private static @Nullable TerminalProvider provider() {
    try {
      // This provider asks the system's own programs; the others need native code.
      return TerminalProvider.load("exec");
    } catch (IOException e) {
      // Without the provider no stream counts as a terminal, and all output is written in full.
      return null;
    }
  }

  /** Returns whether a stream is a terminal. */
  static boolean isStream(SystemStream stream) {
    return PROVIDER != null && PROVIDER.isSystemStream(stream);
  }

  /** Returns the number of columns of standard output; not positive if unknown. */
  static int columns() {
    return PROVIDER == null ? 0 : PROVIDER.systemStreamWidth(SystemStream.Output);
  }
}
