package dev.iiswarden;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A watch on the content of files. It reads the files twice a second on a daemon thread, and hands
 * on new content once two reads in a row have returned the same.
 *
 * @param <T> the content of the files, comparable by {@code equals}
 */
final class ContentWatch<T> implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ContentWatch.class);
  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(500);

  private final String what;
  private final Supplier<T> read;
  private final Consumer<T> take;
  private final BooleanSupplier isOver;
  private final Thread thread;
  private final AtomicLong reloaded = new AtomicLong();
  private final AtomicLong refused = new AtomicLong();

  /** The content that was applied or rejected last. */
  private @Nullable T settled;

  /**
   * The content of the last read, null if it failed; a change is applied when two reads return it.
   */
  private @Nullable T lastSeen;

  /** The number of failed reads in a row. */
  private long unreadable;

  /**
   * Creates a watch that has not started yet.
   *
   * @param threadName the name of its thread
   * @param what the name of the watched content, for the log
   * @param settled the content that is in use already; null if none
   * @param read returns the content of the files; throws if they cannot be read
   * @param take applies new content; throws if it is invalid
   * @param isOver whether the watch is no longer needed
   */
  ContentWatch(
      String threadName,
      String what,
      @Nullable T settled,
      Supplier<T> read,
      Consumer<T> take,
      BooleanSupplier isOver) {
    this.what = what;
    this.settled = settled;
    this.read = read;
    this.take = take;
    this.isOver = isOver;
    thread = new Thread(this::watch, threadName);
    thread.setDaemon(true);
  }

  void start() {
    thread.start();
  }

  long reloaded() {
    return reloaded.get();
  }

  long refused() {
    return refused.get();
  }

  /** Stops watching, after a reload in progress has ended. */
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
      while (!isOver.getAsBoolean()) {
        look();
        Thread.sleep(BETWEEN_LOOKS.toMillis());
      }
    } catch (InterruptedException e) {
      LOG.debug("no longer watching {}", what);
    }
  }

  private void look() {
    T content;
    try {
      content = read.get();
    } catch (RuntimeException | Error e) {
      // One failure is not reported: the files may just be being replaced.
      lastSeen = null;
      unreadable++;
      if (unreadable == 2) {
        refuse(e);
      }
      return;
    }
    boolean isStill = content.equals(lastSeen);
    lastSeen = content;
    unreadable = 0;
    if (isStill && !content.equals(settled)) {
      settled = content;
      take(content);
    }
  }

  private void take(T content) {
    try {
      take.accept(content);
      reloaded.incrementAndGet();
      LOG.info("now using {}", what);
    } catch (RuntimeException | Error e) {
      // Without this thread, no later change would be noticed, and nobody would be told.
      if (!isOver.getAsBoolean()) {
        refuse(e);
      }
    }
  }

  private void refuse(Throwable reason) {
    refused.incrementAndGet();
    LOG.error(
        "what was in use before is kept, because {} are no good: {}", what, reason.toString());
  }
}
