package dev.iiswarden.bench;

import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.LongSupplier;

/**
 * Ways of doing the same work, measured in turns, round after round: what slows the machine down
 * for a while slows all of them down. Each figure is the median of its rounds, in CPU time of the
 * thread that does the work unless {@link #byTheClock} is asked for.
 */
final class Comparison {
  private static final int ROUNDS = 9;
  private static final int WARM_UP_ROUNDS = 4;
  private static final long ROUND_NANOS = 400_000_000L;

  private final String title;
  private final int events;
  private final List<Candidate> candidates = new ArrayList<>();
  private LongSupplier clock = ManagementFactory.getThreadMXBean()::getCurrentThreadCpuTime;

  /**
   * Creates a comparison without candidates.
   *
   * @param title what is compared
   * @param events how many events the task of each candidate goes over
   */
  Comparison(String title, int events) {
    this.title = title;
    this.events = events;
  }

  /** Measures the time that passes, for work that is done by several threads. */
  Comparison byTheClock() {
    clock = System::nanoTime;
    return this;
  }

  /** Adds a candidate; the first is what the others are compared with. */
  Comparison with(String name, LongSupplier task) {
    return with(name, task, Double.NaN);
  }

  /**
   * Adds a candidate with a goal.
   *
   * @param task goes over all events once
   * @param goal how many times as long as the first it may take; NaN for no goal
   */
  Comparison with(String name, LongSupplier task, double goal) {
    candidates.add(new Candidate(name, task, goal));
    return this;
  }

  /** Measures and prints a line a candidate. */
  void print() {
    double[][] nanos = new double[candidates.size()][ROUNDS];
    for (int round = -WARM_UP_ROUNDS; round < ROUNDS; round++) {
      for (int i = 0; i < nanos.length; i++) {
        double taken = time(candidates.get(i));
        if (round >= 0) {
          nanos[i][round] = taken;
        }
      }
    }
    System.out.printf("%n%s%n", title);
    for (int i = 0; i < nanos.length; i++) {
      Candidate candidate = candidates.get(i);
      System.out.printf(
          Locale.ROOT,
          "  %-28s %,12.0f events/s   takes %.2f times as long as the first%s%n",
          candidate.name(),
          1e9 / median(nanos[i]),
          median(ratios(nanos[i], nanos[0])),
          Double.isNaN(candidate.goal())
              ? ""
              : String.format(Locale.ROOT, " (goal %.2f)", candidate.goal()));
    }
  }

  private double time(Candidate candidate) {
    long start = System.nanoTime();
    long startOfWork = clock.getAsLong();
    long done = 0;
    do {
      // Looked at, so that no compiler can leave the work out.
      if (candidate.task().getAsLong() < 0) {
        throw new IllegalStateException(candidate.name() + " counted below zero");
      }
      done += events;
    } while (System.nanoTime() - start < ROUND_NANOS);
    return (double) (clock.getAsLong() - startOfWork) / done;
  }

  private static double[] ratios(double[] values, double[] bases) {
    double[] ratios = new double[values.length];
    Arrays.setAll(ratios, i -> values[i] / bases[i]);
    return ratios;
  }

  private static double median(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return sorted[sorted.length / 2];
  }

  /** One way of doing the work. */
  private record Candidate(String name, LongSupplier task, double goal) {}
}
