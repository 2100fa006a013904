package dev.iiswarden.cli;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandleProxies;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.IntConsumer;

/**
 * A request to end early, by SIGINT (Ctrl-C) or SIGTERM. The first signal lets the program finish
 * what it has begun, and the second ends it at once. Safe for use by several threads.
 */
final class Interruption {
  private static final int SIGNAL_EXIT = 128;
  private static final int INT = 2;
  private static final int TERM = 15;
  private static final int SECONDS_TO_STOP = 2;

  private final CountDownLatch ended = new CountDownLatch(1);
  private volatile boolean requested;
  private volatile int exitCode;

  private Interruption() {}

  /** Returns a request that the next signal makes. */
  static Interruption bySignal() {
    Interruption interruption = new Interruption();
    onFirstSignal(
        code -> {
          interruption.exitCode = code;
          interruption.request();
        });
    return interruption;
  }

  /**
   * Handles the first signal by an action, which must be quick. The second ends the program.
   *
   * @param action gets the exit code by which shells know the signal: 130 or 143
   */
  static void onFirstSignal(IntConsumer action) {
    AtomicBoolean second = new AtomicBoolean();
    IntConsumer handler =
        code -> {
          if (second.getAndSet(true)) {
            Runtime.getRuntime().halt(code);
          }
          action.accept(code);
        };
    handle("INT", () -> handler.accept(SIGNAL_EXIT + INT));
    handle("TERM", () -> handler.accept(SIGNAL_EXIT + TERM));
  }

  /**
   * By reflection, because the compiler warns of the class and no annotation turns that off. A JVM
   * without it ends at the first signal, as it does without a handler.
   */
  private static void handle(String name, Runnable action) {
    try {
      Class<?> signal = Class.forName("sun.misc.Signal");
      Class<?> handler = Class.forName("sun.misc.SignalHandler");
      MethodHandle run =
          MethodHandles.lookup()
              .findVirtual(Runnable.class, "run", MethodType.methodType(void.class))
              .bindTo(action);
      signal
          .getMethod("handle", signal, handler)
          .invoke(
              null,
              signal.getConstructor(String.class).newInstance(name),
              MethodHandleProxies.asInterfaceInstance(
                  handler, MethodHandles.dropArguments(run, 0, signal)));
    } catch (ReflectiveOperationException | IllegalArgumentException e) {
      // The platform keeps its own way of ending.
      return;
    }
  }

  /** Ends the reading. */
  void request() {
    requested = true;
    ended.countDown();
  }

  /** The exit code of the signal that came; 0 if none did. */
  int exitCode() {
    return exitCode;
  }

  /**
   * Ends the reading thread if the end is requested. Call it between records.
   *
   * @throws CancellationException if the end is requested
   */
  void check() {
    if (requested) {
      throw new CancellationException();
    }
  }

  /**
   * Reads until the input or the request ends it. The reading is done by another thread: one that
   * waits for standard input cannot be interrupted, and is left behind.
   *
   * @param reading calls {@link #check()} between records
   */
  void read(Runnable reading) throws InterruptedException {
    FutureTask<Boolean> task = new FutureTask<>(reading, true);
    Thread reader =
        new Thread(
            () -> {
              task.run();
              ended.countDown();
            },
            "iiswarden-reader");
    reader.setDaemon(true);
    reader.start();
    ended.await();
    try {
      task.get(SECONDS_TO_STOP, TimeUnit.SECONDS);
    } catch (TimeoutException e) {
      return;
    } catch (ExecutionException e) {
      if (e.getCause() instanceof Error error) {
        throw error;
      }
      if (!(e.getCause() instanceof CancellationException)
          && e.getCause() instanceof RuntimeException failure) {
        throw failure;
      }
    }
  }
}
