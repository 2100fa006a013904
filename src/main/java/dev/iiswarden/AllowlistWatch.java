package dev.iiswarden;

import dev.iiswarden.alert.Allowlist;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A watch that reloads a detector's allowlist whenever its file changes. Made by {@link #start}. If
 * the file contains an error, the detector keeps its current allowlist, the log says what is wrong
 * and in which line, and {@link #refused()} counts it. The file is checked in the same way as by a
 * {@link RulesWatch}, on a daemon thread of the watch's own. Safe for use by several threads.
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

  /** Starts to watch a file and loads its current content right away. */
  public static AllowlistWatch start(Path file, Detector detector) {
    AllowlistWatch watch = new AllowlistWatch(file, detector);
    watch.watch.start();
    return watch;
  }

  /** The number of times the detector was given an allowlist. */
  public long reloaded() {
    return watch.reloaded();
  }

  /** The number of times the file's content was rejected. */
  public long refused() {
    return watch.refused();
  }

  /** Stops watching. */
  @Override
  public void close() {
    watch.close();
  }
}
