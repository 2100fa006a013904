package dev.iiswarden;

import dev.iiswarden.rules.RulesDirectory;
import java.nio.file.Path;
import java.util.Map;

/**
 * Reloads a detector's rules whenever the rule files of a directory have changed. Files that do not
 * compile change nothing: the detector goes on with the rules it has, the log says what is wrong
 * and in which line, and {@link #refused()} counts it.
 *
 * <p>The files are looked at twice a second, by what is in them, so that it does not matter how
 * they are replaced or whether the file system tells of changes; a change is taken up when it has
 * stood still from one look to the next. This takes a daemon thread of its own, which ends with
 * {@link #close()} or when the detector is closed. Safe for use by several threads.
 */
public final class RulesWatch implements AutoCloseable {
  private final ContentWatch<Map<String, String>> watch;

  private RulesWatch(RulesDirectory directory, Detector detector) {
    watch =
        new ContentWatch<>(
            "iiswarden-rules-watch",
            "the rules in " + directory,
            detector.rules().files(),
            directory::read,
            files -> detector.reload(directory.compile(files)),
            detector::isClosed);
  }

  /**
   * Starts to watch. If the detector was not built with the rules that are in the directory now,
   * they are its first reload.
   *
   * <p>Whoever may write to a directory that is {@linkplain RulesDirectory#trusted() trusted} can
   * at any time do what the application can.
   */
  public static RulesWatch start(RulesDirectory directory, Detector detector) {
    RulesWatch watch = new RulesWatch(directory, detector);
    watch.watch.start();
    return watch;
  }

  /** Starts to watch the directory at a path, as {@link RulesDirectory#at} has it. */
  public static RulesWatch start(Path directory, Detector detector) {
    return start(RulesDirectory.at(directory), detector);
  }

  /** How many times the detector has been given new rules. */
  public long reloaded() {
    return watch.reloaded();
  }

  /** How many times what the directory held was refused. */
  public long refused() {
    return watch.refused();
  }

  /** Stops to watch, once a reload that is under way has ended. */
  @Override
  public void close() {
    watch.close();
  }
}
