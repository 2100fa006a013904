package dev.iiswarden;

import dev.iiswarden.alert.Allowlist;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Gives a detector the allowlist of a file whenever the file has changed. A file in which anything
 * is wrong changes nothing: the detector goes on with the allowlist it has, the log says what is
 * wrong and in which line, and {@link #refused()} counts it. It looks as a {@link RulesWatch} does,
 * and takes a daemon thread of its own. Safe for use by several threads.
 */
public final class AllowlistWatch implements AutoCloseable {
  private final ContentWatch<String> watch;

  private AllowlistWatch(Path file, Detector detector) {
    watch =
        new ContentWatch<>(
            "iiswarden-allowlist-watch",
            "the entries in " + file,
            null,
            () -> read(file),
            text ->
                detector.allow(
                    Allowlist.parse(file.toString(), text.getBytes(StandardCharsets.UTF_8))),
            detector::isClosed);
  }

  private static String read(Path file) {
    try {
      return new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read the allowlist " + file, e);
    }
  }

  /** Starts to watch; what is in the file now is taken up at once. */
  public static AllowlistWatch start(Path file, Detector detector) {
    AllowlistWatch watch = new AllowlistWatch(file, detector);
    watch.watch.start();
    return watch;
  }

  /** How many times the detector has been given an allowlist. */
  public long reloaded() {
    return watch.reloaded();
  }

  /** How many times what the file held was refused. */
  public long refused() {
    return watch.refused();
  }

  /** Stops to watch. */
  @Override
  public void close() {
    watch.close();
  }
}
