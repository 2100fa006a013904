package dev.iiswarden.bench;

import dev.iiswarden.decode.EventDecoder;
import dev.iiswarden.decode.EventDecoders;
import dev.iiswarden.read.LogReader;
import dev.iiswarden.read.LogRecord;
import dev.iiswarden.read.evtx.EvtxReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * Measures the reader of EVTX files of a directory, beside {@code evtxexport} of libevtx. Only
 * files of a mebibyte or more are read if there are any, so that the start of a process per file
 * does not count.
 */
final class EvtxBench {
  private static final int ROUNDS = 7;
  private static final int WARM_UP_ROUNDS = 3;
  private static final int LARGE = 1 << 20;

  private EvtxBench() {}

  /** Measures the directory that the system property {@code bench.evtx} names. */
  static void run() throws IOException {
    String name = System.getProperty("bench.evtx", "");
    if (name.isEmpty() || !Files.isDirectory(Path.of(name))) {
      System.out.printf("%nno EVTX files: name their directory with -Dbench.evtx=DIR%n");
      return;
    }
    List<Path> files = files(Path.of(name));
    List<byte[]> contents = new ArrayList<>();
    for (Path file : files) {
      contents.add(Files.readAllBytes(file));
    }
    EventDecoder decoder = EventDecoders.auto();
    List<Candidate> candidates =
        new ArrayList<>(
            List.of(
                new Candidate("reading", () -> read(contents)),
                new Candidate("reading and decoding", () -> decode(decoder, contents))));
    if (hasEvtxExport()) {
      candidates.add(new Candidate("evtxexport -f xml", () -> export(files)));
    } else {
      System.out.printf("%nevtxexport is not installed: left out%n");
    }
    print(name, files.size(), contents, candidates);
  }

  private static List<Path> files(Path directory) throws IOException {
    try (Stream<Path> paths = Files.walk(directory)) {
      List<Path> all = paths.filter(path -> path.toString().endsWith(".evtx")).sorted().toList();
      List<Path> large = all.stream().filter(path -> path.toFile().length() >= LARGE).toList();
      return large.isEmpty() ? all : large;
    }
  }

  private static long read(List<byte[]> files) throws IOException {
    long bytes = 0;
    for (byte[] file : files) {
      try (EvtxReader reader = new EvtxReader(new ByteArrayInputStream(file))) {
        while (reader.next()) {
          bytes += reader.length();
        }
      }
    }
    return bytes;
  }

  private static long decode(EventDecoder decoder, List<byte[]> files) throws IOException {
    long events = 0;
    for (byte[] file : files) {
      try (LogReader log = LogReader.of("log", new ByteArrayInputStream(file))) {
        for (LogRecord record = log.next(); record != null; record = log.next()) {
          events += decoder.decode(record).events().size();
        }
      }
    }
    return events;
  }

  private static boolean hasEvtxExport() {
    try {
      return wait(new ProcessBuilder("evtxexport", "-V")) == 0;
    } catch (IOException e) {
      return false;
    }
  }

  private static long export(List<Path> files) throws IOException {
    for (Path file : files) {
      // Damaged files make it fail half-way; what it did counts.
      wait(new ProcessBuilder("evtxexport", "-f", "xml", file.toString()));
    }
    return files.size();
  }

  private static int wait(ProcessBuilder command) throws IOException {
    Process process =
        command.redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD).start();
    try {
      return process.waitFor();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void print(
      String name, int files, List<byte[]> contents, List<Candidate> candidates)
      throws IOException {
    long records = 0;
    long bytes = 0;
    for (byte[] file : contents) {
      bytes += file.length;
      try (EvtxReader reader = new EvtxReader(new ByteArrayInputStream(file))) {
        while (reader.next()) {
          records++;
        }
      }
    }
    double[][] seconds = new double[candidates.size()][ROUNDS];
    for (int round = -WARM_UP_ROUNDS; round < ROUNDS; round++) {
      for (int i = 0; i < candidates.size(); i++) {
        long start = System.nanoTime();
        if (candidates.get(i).task().run() < 0) {
          throw new IllegalStateException(candidates.get(i).name() + " counted below zero");
        }
        if (round >= 0) {
          seconds[i][round] = (System.nanoTime() - start) / 1e9;
        }
      }
    }
    System.out.printf(
        Locale.ROOT,
        "%n%s: %,d EVTX files, %.1f MB, %,d records%n",
        name,
        files,
        bytes / 1e6,
        records);
    for (int i = 0; i < candidates.size(); i++) {
      double median = median(seconds[i]);
      System.out.printf(
          Locale.ROOT,
          "  %-28s %,10.0f records/s, %6.1f MB/s   takes %.2f times as long as the first%n",
          candidates.get(i).name(),
          records / median,
          bytes / 1e6 / median,
          median / median(seconds[0]));
    }
  }

  private static double median(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return sorted[sorted.length / 2];
  }

  /** One way of reading the files. */
  private record Candidate(String name, Task task) {}

  /** Reads all files once, and returns a count. */
  private interface Task {
    long run() throws IOException;
  }
}
