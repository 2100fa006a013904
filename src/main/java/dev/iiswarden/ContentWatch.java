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
 * Looks at files twice a second, by what is in them, and hands on what has changed once it has
 * stood still from one look to the next. This takes a daemon thread.
 *
 * @param <T> what is in the files, comparable by {@code equals}
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

  /** What has been taken up or refused last. */
  private @Nullable T settled;

  /** What the last look found, null if nothing; a change is waited for until it is found twice. */
  private @Nullable T lastSeen;

  /** How many looks in a row have found nothing that could be read. */
  private long unreadable;

  /**
   * A watch that has not begun yet.
   *
   * @param threadName the name of its thread
   * @param what is watched, for the log
   * @param settled what is in use already
   * @param read says what is in the files; throws if they cannot be read
   * @param take makes use of it; throws if it is no good
   * @param isOver whether there is no use for it any more
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

  /** Stops to watch, once what is being taken up is in use. */
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
    } catch (RuntimeException e) {
      // Once is no news: the files may be in the course of being replaced.
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
    } catch (RuntimeException e) {
      if (!isOver.getAsBoolean()) {
        refuse(e);
      }
    }
  }

  private void refuse(RuntimeException reason) {
    refused.incrementAndGet();
    LOG.error(
        "what was in use before is kept, because {} are no good: {}", what, reason.toString());
  }
}
