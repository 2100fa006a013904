package dev.iiswarden.read;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** Results are the same with any number of threads, and in the same order. */
class ParallelReaderProperties {
  private static final List<String> RECORDS =
      List.of(
          "{\"EventID\":1,\"a\":\"</Event>\"}",
          "<Event><System/></Event>",
          "<Event><System/></Event><Event><Data>second on its line</Data></Event>",
          "<Event>\n  <Data>\u00e4\n { x }</Data>\n\n</Event>",
          "03/04/2026 05:12:07 PM\nLogName=Security\nMessage=a\n\n\tb:\tc",
          "{\n \"a\": 1,\n \"b\": [ { \"c\": 2 } ]\n}",
          "[{\"a\":1},{\"a\":2},\n{\"a\":3}]",
          "{\"cut off\": [",
          "neither this",
          "throws",
          "",
          "   ");

  @Property(tries = 60)
  void resultsAreTheSameWithAnyNumberOfThreads(@ForAll long seed) throws IOException {
    Random random = new Random(seed);
    List<byte[]> logs = new ArrayList<>();
    int count = 1 + random.nextInt(random.nextInt(12) == 0 ? 60 : 6);
    for (int i = 0; i < count; i++) {
      logs.add(log(random));
    }
    List<String> expected = read(logs, 1, seed);
    for (int threads : new int[] {2, 3, 8}) {
      assertEquals(expected, read(logs, threads, seed), threads + " threads");
    }
    assertEquals(0, ReaderThreads.alive());
  }

  private static byte[] log(Random random) throws IOException {
    StringBuilder text = new StringBuilder();
    int records = random.nextInt(random.nextBoolean() ? 5 : 2_000);
    boolean isTable = random.nextInt(8) == 0;
    if (isTable) {
      text.append("EventID,Computer,Message\n");
    }
    for (int i = 0; i < records; i++) {
      if (isTable) {
        text.append("13,WEB01,\"a \"\"quoted\"\"\ncell ").append(i).append("\"\n");
      } else if (random.nextInt(500) == 0) {
        // Longer than a batch, and sometimes than the part in which a long line is handed on.
        text.append("{\"x\":\"")
            .append("y".repeat((random.nextInt(8) == 0 ? 1_500 : 200) << 10))
            .append("\"}\n");
      } else {
        text.append(RECORDS.get(random.nextInt(RECORDS.size()))).append('\n');
      }
    }
    byte[] bytes =
        text.toString()
            .getBytes(random.nextInt(10) == 0 ? StandardCharsets.UTF_16 : StandardCharsets.UTF_8);
    if (random.nextInt(3) > 0) {
      return bytes;
    }
    ByteArrayOutputStream compressed = new ByteArrayOutputStream();
    try (OutputStream gzip = new GZIPOutputStream(compressed)) {
      gzip.write(bytes);
    }
    int length = compressed.size();
    return Arrays.copyOf(
        compressed.toByteArray(), random.nextBoolean() ? length : random.nextInt(length));
  }

  /** Takes the results of the logs in turns that depend on the seed only. */
  private static List<String> read(List<byte[]> contents, int threads, long seed)
      throws IOException {
    List<String> all = new ArrayList<>();
    Random random = new Random(seed);
    boolean isInTurns = random.nextBoolean();
    try (ParallelReader<String> reader =
        ParallelReader.start(threads, ParallelReaderProperties::describe)) {
      List<LogResults<String>> logs = new ArrayList<>();
      for (int i = 0; i < contents.size(); i++) {
        byte[] content = contents.get(i);
        String name = "log" + i;
        logs.add(reader.open(name, () -> LogReader.of(name, new ByteArrayInputStream(content))));
      }
      while (!logs.isEmpty()) {
        LogResults<String> log = logs.get(isInTurns ? random.nextInt(logs.size()) : 0);
        if (!take(log, 1 + random.nextInt(300), all)) {
          logs.remove(log);
        }
      }
    }
    return all;
  }

  /** Takes results of a log; false if there are no more. */
  private static boolean take(LogResults<String> log, int count, List<String> all) {
    for (int i = 0; i < count; i++) {
      try {
        if (!log.next()) {
          all.add(log.name() + " ends after " + log.linesRead() + ", lines " + log.hasLines());
          return false;
        }
        all.add(log.name() + ":" + log.line() + " " + log.value());
      } catch (IllegalArgumentException e) {
        all.add(log.name() + ":" + log.line() + " " + e.getMessage());
      } catch (IOException e) {
        all.add(log.name() + " breaks off: " + e + lines(log));
        return false;
      }
    }
    return true;
  }

  private static String lines(LogResults<String> log) {
    return " after " + log.linesRead() + log.lost();
  }

  private static String describe(LogRecord record) {
    String text = record.text();
    if (text.equals("throws")) {
      throw new IllegalArgumentException("thrown at " + record);
    }
    return record + "@" + record.offset() + " " + record.flaw() + " " + text.hashCode();
  }
}
