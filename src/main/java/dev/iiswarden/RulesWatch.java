package dev.iiswarden;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

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
  private static final Logger LOG = LoggerFactory.getLogger(RulesWatch.class);
  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(500);

  private final Path directory;
  private final Detector detector;
  private final Thread thread;
  private final AtomicLong reloaded = new AtomicLong();
  private final AtomicLong refused = new AtomicLong();

  /** What has been taken up or refused last. */
  private Map<String, String> settled;

  /** What the last look found, null if nothing; a change is waited for until it is found twice. */
  private @Nullable Map<String, String> lastSeen;

  /** How many looks in a row have found nothing that could be read. */
  private long unreadable;

  private RulesWatch(Path directory, Detector detector) {
    this.directory = directory;
    this.detector = detector;
    settled = detector.rules().files();
    thread = new Thread(this::watch, "iiswarden-rules-watch");
    thread.setDaemon(true);
  }

  /**
   * Starts to watch. If the detector was not built with the rules that are in the directory now,
   * they are its first reload.
   *
   * @param directory as for {@link Rules#fromDirectory}, whose warning about whom to trust holds
   *     all the more for a directory that is read again and again
   */
  public static RulesWatch start(Path directory, Detector detector) {
    RulesWatch watch = new RulesWatch(directory, detector);
    watch.thread.start();
    return watch;
  }

  /** How many times the detector has been given new rules. */
  public long reloaded() {
    return reloaded.get();
  }

  /** How many times what the directory held was refused. */
  public long refused() {
    return refused.get();
  }

  /** Stops to watch, once a reload that is under way has ended. */
  @Override
  public void close() {
    thread.interrupt();
    if (Thread.currentThread() == thread) {
      return;
    }
    boolean interrupted = false;
    while (thread.isAlive()) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private void watch() {
    try {
      while (!detector.isClosed()) {
        look();
        Thread.sleep(BETWEEN_LOOKS.toMillis());
      }
    } catch (InterruptedException e) {
      LOG.debug("no longer watching {}", directory);
    }
  }

  private void look() {
    try {
      Map<String, String> files = Rules.readFiles(directory);
      boolean isStill = files.equals(lastSeen);
      lastSeen = files;
      unreadable = 0;
      if (isStill && !files.equals(settled)) {
        settled = files;
        take(files);
      }
    } catch (RulesException e) {
      // Once is no news: the directory may be in the course of being replaced.
      lastSeen = null;
      unreadable++;
      if (unreadable == 2) {
        refuse(String.valueOf(e.getMessage()));
      }
    }
  }

  private void take(Map<String, String> files) {
    try {
      detector.reload(Rules.compile(directory, files));
      reloaded.incrementAndGet();
      LOG.info("now using the rules that are in {}", directory);
    } catch (RulesException e) {
      refuse(String.valueOf(e.getMessage()));
    } catch (RuntimeException e) {
      if (!detector.isClosed()) {
        refuse(e.toString());
      }
    }
  }

  private void refuse(String reason) {
    refused.incrementAndGet();
    LOG.error(
        "the rules are left as they are, because those in {} are no good: {}", directory, reason);
  }
}
