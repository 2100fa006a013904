package dev.iiswarden.bench;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import dev.iiswarden.Detector;
import dev.iiswarden.decode.EventDecoder;
import dev.iiswarden.decode.EventDecoders;
import dev.iiswarden.testing.OrdinaryEvents;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.LongSupplier;
import java.util.zip.GZIPInputStream;

/**
 * Measures decoding of JSON, and decoding with detection by all rules, beside Jackson tokenising
 * the same bytes and doing nothing else. The times are those that the processor spends on the
 * thread, so that other programs of the machine disturb them less.
 */
final class ReadingBench {
  private static final int ROUNDS = 9;
  private static final int WARM_UP_ROUNDS = 4;
  private static final int LINES = 20_000;
  private static final JsonFactory JSON = new JsonFactory();
  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  private ReadingBench() {}

  /**
   * Measures made-up lines and some logs.
   *
   * @param logs files, plain or .gz; those that are not there are left out
   */
  static void run(String[] logs) throws IOException {
    run("made-up Sysmon lines", OrdinaryEvents.sysmonLines(LINES, 100));
    run("made-up ECS lines, nested", OrdinaryEvents.ecsLines(LINES, 100));
    for (String log : logs) {
      if (Files.exists(Path.of(log))) {
        run(log, read(Path.of(log)));
      } else {
        System.out.printf("%n%s is not here: left out%n", log);
      }
    }
  }

  private static void run(String title, List<byte[]> lines) {
    EventDecoder decoder = EventDecoders.auto();
    try (Detector detector = Detector.builder().build()) {
      List<Candidate> candidates =
          List.of(
              new Candidate("Jackson tokenising alone", () -> tokenise(lines)),
              new Candidate("decoding", () -> decode(decoder, lines)),
              new Candidate("and detection, all rules", () -> detect(detector, decoder, lines)));
      double[][] nanos = new double[candidates.size()][ROUNDS];
      for (int round = -WARM_UP_ROUNDS; round < ROUNDS; round++) {
        for (int i = 0; i < candidates.size(); i++) {
          double taken = time(candidates.get(i)) / lines.size();
          if (round >= 0) {
            nanos[i][round] = taken;
          }
        }
      }
      print(title, lines, candidates, nanos);
    }
  }

  private static void print(
      String title, List<byte[]> lines, List<Candidate> candidates, double[][] nanos) {
    long bytes = lines.stream().mapToLong(line -> line.length).sum();
    System.out.printf(
        Locale.ROOT,
        "%n%s: %,d lines, %,d bytes a line%n",
        title,
        lines.size(),
        bytes / lines.size());
    for (double[] each : nanos) {
      Arrays.sort(each);
    }
    for (int i = 0; i < nanos.length; i++) {
      double median = nanos[i][ROUNDS / 2];
      System.out.printf(
          Locale.ROOT,
          "  %-28s %,8.0f ns a line, %,6.0f MB/s   takes %.2f times as long as the first (best: %.2f)%n",
          candidates.get(i).name(),
          median,
          1e3 * bytes / lines.size() / median,
          median / nanos[0][ROUNDS / 2],
          nanos[i][0] / nanos[0][0]);
    }
  }

  private static double time(Candidate candidate) {
    long start = THREADS.getCurrentThreadCpuTime();
    // Looked at, so that no compiler can leave the work out.
    if (candidate.task().getAsLong() < 0) {
      throw new IllegalStateException(candidate.name() + " counted below zero");
    }
    return THREADS.getCurrentThreadCpuTime() - start;
  }

  private static long tokenise(List<byte[]> lines) {
    long tokens = 0;
    for (byte[] line : lines) {
      try (JsonParser parser = JSON.createParser(line)) {
        while (parser.nextToken() != null) {
          tokens++;
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return tokens;
  }

  private static long decode(EventDecoder decoder, List<byte[]> lines) {
    long facts = 0;
    for (byte[] line : lines) {
      facts += decoder.decode(line).events().size();
    }
    return facts;
  }

  private static long detect(Detector detector, EventDecoder decoder, List<byte[]> lines) {
    for (byte[] line : lines) {
      detector.accept(decoder.decode(line));
    }
    return lines.size();
  }

  private static List<byte[]> read(Path file) throws IOException {
    List<byte[]> lines = new ArrayList<>();
    try (InputStream raw = Files.newInputStream(file);
        BufferedReader reader =
            new BufferedReader(
                new InputStreamReader(
                    file.toString().endsWith(".gz") ? new GZIPInputStream(raw) : raw,
                    StandardCharsets.UTF_8))) {
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        lines.add(line.getBytes(StandardCharsets.UTF_8));
      }
    }
    return lines;
  }

  /** One way of doing the same work; the task goes over all lines once. */
  private record Candidate(String name, LongSupplier task) {}
}
