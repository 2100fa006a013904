package dev.iiswarden.sink;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;

/** Applies an action to each of many items, on four threads that start together. */
final class SeveralThreads {
  private static final int THREADS = 4;

  private SeveralThreads() {}

  static <T> void forEach(List<T> things, Consumer<T> action) throws Exception {
    CyclicBarrier start = new CyclicBarrier(THREADS);
    ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    try {
      List<Future<?>> parts = new ArrayList<>();
      for (int thread = 0; thread < THREADS; thread++) {
        int first = thread;
        parts.add(
            threads.submit(
                () -> {
                  start.await();
                  for (int i = first; i < things.size(); i += THREADS) {
                    action.accept(things.get(i));
                  }
                  return null;
                }));
      }
      for (Future<?> part : parts) {
        part.get();
      }
    } finally {
      threads.shutdown();
    }
  }
}
