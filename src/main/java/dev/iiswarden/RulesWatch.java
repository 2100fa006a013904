package dev.iiswarden;

import dev.iiswarden.rules.RulesDirectory;
import java.nio.file.Path;
import java.util.Map;

/**
 * A watch that reloads a detector's rules whenever the rule files of a directory change. Made by
 * {@link #start(Path, Detector)}. If the files cannot be loaded, the detector keeps its current
 * rules, the log says what is wrong and in which line, and {@link #refused()} counts it.
 *
 * <p>The watch compares the content of the files twice a second, so it does not matter how they are
 * replaced or whether the file system reports changes. A change is loaded once two reads in a row
 * return the same content. The watch runs on a daemon thread of its own, which ends with {@link
 * #close()} or when the detector is closed. Safe for use by several threads.
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
   * Starts to watch a directory. If the detector was built with other rules than the directory
   * holds now, the watch reloads them first.
   *
   * <p>Anyone who can write to a {@linkplain RulesDirectory#trusted() trusted} directory can at any
   * time run code with the application's permissions.
   */
  public static RulesWatch start(RulesDirectory directory, Detector detector) {
    RulesWatch watch = new RulesWatch(directory, detector);
    watch.watch.start();
    return watch;
  }

  /** Starts to watch the directory at a path, opened by {@link RulesDirectory#at}. */
  public static RulesWatch start(Path directory, Detector detector) {
    return start(RulesDirectory.at(directory), detector);
  }

  /** The number of times the detector was given new rules. */
  public long reloaded() {
    return watch.reloaded();
  }

  /** The number of times the directory's content was rejected. */
  public long refused() {
    return watch.refused();
  }

  /** Stops watching, after a reload in progress has ended. */
  @Override
  public void close() {
    watch.close();
  }
}
