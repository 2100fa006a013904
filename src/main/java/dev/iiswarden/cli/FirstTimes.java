package dev.iiswarden.cli;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.Stream;

/** Looks into many logs for the times of their first events, several logs at a time. */
final class FirstTimes {
  private final List<LogSource> sources;
  private final Function<LogSource, Instant> first;
  private final List<CompletableFuture<Instant>> times;
  private final AtomicInteger next = new AtomicInteger();

  private FirstTimes(List<LogSource> sources, Function<LogSource, Instant> first) {
    this.sources = sources;
    this.first = first;
    times = Stream.generate(CompletableFuture<Instant>::new).limit(sources.size()).toList();
  }

  /**
   * Returns the time of each log, in the order of the logs.
   *
   * @param threads the number of threads, the calling one among them; the others are daemons and
   *     have ended when this returns or throws
   * @param first finds the time of one log, on any thread. What it throws for the first of the logs
   *     for which it throws is thrown here.
   */
  static List<Instant> of(
      List<LogSource> sources, int threads, Function<LogSource, Instant> first) {
    FirstTimes times = new FirstTimes(sources, first);
    List<Thread> others = new ArrayList<>();
    for (int i = 1; i < Math.min(threads, sources.size()); i++) {
      Thread other = new Thread(times::find, "iiswarden-first-times-" + i);
      other.setDaemon(true);
      others.add(other);
      other.start();
    }
    times.find();
    others.forEach(FirstTimes::join);
    return times.times.stream().map(FirstTimes::time).toList();
  }

  private void find() {
    for (int i = next.getAndIncrement(); i < sources.size(); i = next.getAndIncrement()) {
      try {
        times.get(i).complete(first.apply(sources.get(i)));
      } catch (Throwable e) { // thrown again on the calling thread
        times.get(i).completeExceptionally(e);
        // All logs before this one have been begun.
        next.set(sources.size());
      }
    }
  }

  private static void join(Thread thread) {
    try {
      thread.join();
    } catch (InterruptedException e) {
      // What the thread still looks for is waited for all the same.
      Thread.currentThread().interrupt();
    }
  }

  private static Instant time(CompletableFuture<Instant> future) {
    try {
      return future.join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      if (e.getCause() instanceof Error cause) {
        throw cause;
      }
      throw e;
    }
  }
}
