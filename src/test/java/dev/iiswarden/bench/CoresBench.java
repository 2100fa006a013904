package dev.iiswarden.bench;

import dev.iiswarden.Detector;
import dev.iiswarden.decode.Decoded;
import dev.iiswarden.decode.EventDecoder;
import dev.iiswarden.decode.EventDecoders;
import dev.iiswarden.read.LogReader;
import dev.iiswarden.read.LogRecord;
import dev.iiswarden.read.LogResults;
import dev.iiswarden.read.ParallelReader;
import dev.iiswarden.testing.OrdinaryEvents;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;

/**
 * Measures what a second thread gains when logs are read, decoded and held against all rules. Two
 * threads that read a half each and decode it, without an order and a detector, show what the
 * machine can give. On a machine that others use, elapsed time says little; the processor time of
 * the busiest thread is what elapses where each thread has a processor of its own.
 */
final class CoresBench {
  private static final int ROUNDS = 15;
  private static final int WARM_UP_ROUNDS = 6;
  private static final int LINES = 100_000;
  private static final int HALVES = 2;
  private static final int SMALL_LOGS = 500;
  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  private CoresBench() {}

  static void run() throws IOException {
    Path directory = Files.createTempDirectory("cores");
    try {
      List<byte[]> json = OrdinaryEvents.sysmonLines(LINES, 100);
      compare("made-up Sysmon lines in one log", directory, json, HALVES, false);
      compare("the same, compressed", directory, json, HALVES, true);
      compare("the same in " + SMALL_LOGS + " logs", directory, json, SMALL_LOGS, false);
      compare("XML in one log", directory, OrdinaryEvents.xmlLines(LINES / 4, 100), HALVES, false);
    } finally {
      try (Stream<Path> files = Files.walk(directory)) {
        for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(file);
        }
      }
    }
  }

  private static void compare(
      String title, Path directory, List<byte[]> lines, int parts, boolean isCompressed)
      throws IOException {
    String name = Integer.toHexString(title.hashCode());
    List<Path> split = new ArrayList<>();
    for (int i = 0; i < parts; i++) {
      List<byte[]> part = lines.subList(i * lines.size() / parts, (i + 1) * lines.size() / parts);
      split.add(write(directory.resolve(name + "-" + i), part, isCompressed));
    }
    List<Path> logs =
        parts == HALVES ? List.of(write(directory.resolve(name), lines, isCompressed)) : split;
    print(
        title,
        lines.size(),
        new Candidate("one thread", () -> detect(logs, 1)),
        new Candidate("two threads", () -> detect(logs, 2)),
        new Candidate("splitting alone", () -> split(logs)),
        new Candidate("reading and decoding alone", () -> decode(split)),
        new Candidate("the same by two, unordered", () -> decodeByTwo(split)));
  }

  private static Path write(Path file, List<byte[]> lines, boolean isCompressed)
      throws IOException {
    try (OutputStream raw = Files.newOutputStream(file);
        OutputStream out = isCompressed ? new GZIPOutputStream(raw, 1 << 16) : raw) {
      for (byte[] line : lines) {
        out.write(line);
        out.write('\n');
      }
    }
    return file;
  }

  private static long detect(List<Path> files, int threads) throws IOException {
    EventDecoder decoder = EventDecoders.auto();
    long start = THREADS.getCurrentThreadCpuTime();
    try (Detector detector = Detector.builder().build();
        ParallelReader<Decoded> reader = ParallelReader.start(threads, decoder::decode)) {
      for (LogResults<Decoded> log : files.stream().map(reader::open).toList()) {
        log.forEach(detector::accept);
      }
      return Math.max(THREADS.getCurrentThreadCpuTime() - start, busiestReader());
    }
  }

  /** The processor time of the reader's busiest thread; 0 without threads. */
  private static long busiestReader() {
    long most = 0;
    for (ThreadInfo thread : THREADS.getThreadInfo(THREADS.getAllThreadIds())) {
      if (thread != null && thread.getThreadName().startsWith("iiswarden-reader-")) {
        most = Math.max(most, THREADS.getThreadCpuTime(thread.getThreadId()));
      }
    }
    return most;
  }

  private static long split(List<Path> files) throws IOException {
    long start = THREADS.getCurrentThreadCpuTime();
    long bytes = 0;
    for (Path file : files) {
      try (LogReader log = LogReader.open(file)) {
        for (LogRecord record = log.next(); record != null; record = log.next()) {
          bytes += record.length();
        }
      }
    }
    return require(bytes, start);
  }

  private static long decode(List<Path> files) throws IOException {
    EventDecoder decoder = EventDecoders.auto();
    long start = THREADS.getCurrentThreadCpuTime();
    long facts = 0;
    for (Path file : files) {
      try (LogReader log = LogReader.open(file)) {
        for (LogRecord record = log.next(); record != null; record = log.next()) {
          facts += decoder.decode(record).events().size();
        }
      }
    }
    return require(facts, start);
  }

  /** Looks at a result, so that no compiler can leave the work out. */
  private static long require(long result, long start) {
    if (result == 0) {
      throw new IllegalStateException("nothing was read");
    }
    return THREADS.getCurrentThreadCpuTime() - start;
  }

  private static long decodeByTwo(List<Path> files) {
    int half = files.size() / 2;
    AtomicLong ofOther = new AtomicLong();
    Thread other =
        new Thread(() -> ofOther.set(decodeUnchecked(files.subList(half, files.size()))));
    other.start();
    long own = decodeUnchecked(files.subList(0, half));
    try {
      other.join();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
    return Math.max(own, ofOther.get());
  }

  private static long decodeUnchecked(List<Path> files) {
    try {
      return decode(files);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** One way of reading the logs once. */
  private record Candidate(String name, Task task) {}

  private interface Task {
    /** Returns the processor time of the busiest thread in nanoseconds. */
    long run() throws IOException;
  }

  private static void print(String title, int records, Candidate... candidates) throws IOException {
    double[][] elapsed = new double[candidates.length][ROUNDS];
    double[][] busiest = new double[candidates.length][ROUNDS];
    for (int round = -WARM_UP_ROUNDS; round < ROUNDS; round++) {
      for (int i = 0; i < candidates.length; i++) {
        long start = System.nanoTime();
        long used = candidates[i].task().run();
        if (round >= 0) {
          elapsed[i][round] = System.nanoTime() - start;
          busiest[i][round] = used;
        }
      }
    }
    System.out.printf("%n%s%n", title);
    for (int i = 0; i < candidates.length; i++) {
      System.out.printf(
          Locale.ROOT,
          "  %-28s %,12.0f records/s, %.2f times the first; the busiest thread uses %.2f us a"
              + " record, the first %.2f times as much%n",
          candidates[i].name(),
          1e9 * records / least(elapsed[i]),
          least(elapsed[0]) / least(elapsed[i]),
          median(busiest[i]) / 1e3 / records,
          median(busiest[0]) / median(busiest[i]));
    }
  }

  private static double least(double[] values) {
    return Arrays.stream(values).min().orElseThrow();
  }

  private static double median(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return sorted[sorted.length / 2];
  }
}
