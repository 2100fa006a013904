package dev.iiswarden.cli;

import static dev.iiswarden.cli.Program.replayBaseQuery;
import static dev.iiswarden.testing.IisEvents.START;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.iiswarden.cli.Program.Ended;
import dev.iiswarden.testing.EcsLines;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How a replay ends before its input does, and in which order it shows alerts. */
class ReplayEndingTest {
  private static final int SECONDS_TO_REACT = 60;

  @TempDir private Path directory;
  private Path out = Path.of("");
  private Path err = Path.of("");

  @BeforeEach
  void nameFiles() {
    out = directory.resolve("out");
    err = directory.resolve("err");
  }

  @ParameterizedTest
  @CsvSource({"INT, 130, 2", "TERM, 143, 1", "TERM, 143, 2"})
  void aSignalEndsTheReadingAndWritesEverything(String signal, int exitCode, int threads)
      throws Exception {
    assumeTrue(
        !signal.equals("INT") || !ignoresInterrupts(),
        "this process was started in the background, so its children ignore SIGINT");
    Path report = Files.writeString(directory.resolve("report.html"), "of an earlier run");
    Process process =
        replayBaseQuery("--report", report, "--threads", threads, "-").start(out, err);
    feedAndWaitForTheFirst(process);
    signal(process, signal);

    assertTrue(process.waitFor(SECONDS_TO_REACT, TimeUnit.SECONDS), "does not end");
    assertEquals(exitCode, process.exitValue(), () -> read(err));
    assertTrue(read(err).startsWith("interrupted after 3 events"), () -> read(err));
    assertEquals(2, read(out).lines().filter(line -> line.contains("  alert ")).count());
    assertTrue(read(out).contains("3 events"), () -> read(out));
    assertTrue(read(report).startsWith("<!DOCTYPE html>"));
  }

  @Test
  void theSecondSignalEndsAtOnce() throws Exception {
    // Nobody reads this pipe, so the run cannot finish what it has begun.
    Path full = directory.resolve("pipe");
    assumeTrue(
        new ProcessBuilder("mkfifo", full.toString()).start().waitFor() == 0, "no named pipes");
    Process unread = new ProcessBuilder("sh", "-c", "exec sleep 600 < " + full).start();
    try {
      String[] many = new String[3_000];
      for (int i = 0; i < many.length; i++) {
        many[i] = EcsLines.load("l" + i, "WEB01", START.plusSeconds(100L * i));
      }
      Path log = Logs.write(directory.resolve("many.ndjson"), many);
      Process stuck = replayBaseQuery("--format", "json", log).start(full, err);
      Thread.sleep(5_000);
      signal(stuck, "TERM");
      Thread.sleep(500);
      assertTrue(stuck.isAlive(), () -> read(err));
      signal(stuck, "TERM");
      assertTrue(stuck.waitFor(SECONDS_TO_REACT, TimeUnit.SECONDS), "does not end");
      assertEquals(143, stuck.exitValue());
    } finally {
      unread.destroyForcibly();
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 8})
  void aLiveFeedDelaysAlertsByTheLatenessOnly(int threads) throws Exception {
    Process process =
        replayBaseQuery("--format", "json", "--threads", threads, "-").start(out, err);
    feedAndWaitForTheFirst(process);
    process.getOutputStream().close();
    assertEquals(0, process.waitFor());
    assertEquals(2, read(out).lines().count());
  }

  @Test
  void alertsOfAllHostsComeInTheOrderOfTheirTimes() throws Exception {
    StringBuilder one = new StringBuilder();
    StringBuilder other = new StringBuilder();
    for (int i = 0; i < 40; i++) {
      (i % 3 == 0 ? one : other)
          .append(EcsLines.load("l" + i, "WEB" + (i * 7 % 13), START.plusSeconds(i * 20L)))
          .append('\n');
    }
    Path first = Files.writeString(directory.resolve("1.ndjson"), one);
    Path second = Files.writeString(directory.resolve("2.ndjson"), other);
    for (String lateness : List.of("35s", "0s", "15m")) {
      Path alerts = directory.resolve("alerts-" + lateness);
      Ended ended =
          replayBaseQuery("--format", "json", "--lateness", lateness, "--alerts", alerts)
              .and(second, first)
              .run()
              .with(0);
      assertInOrder(40, ended.out().lines().toList());
      assertInOrder(40, Files.readAllLines(alerts));
    }
  }

  @Test
  void suppressedAlertsComeInTheSameOrder() throws Exception {
    StringBuilder log = new StringBuilder();
    for (int i = 0; i < 30; i++) {
      log.append(EcsLines.load("l" + i, "WEB" + (i * 7 % 5), START.plusSeconds(i * 20L)))
          .append('\n');
    }
    Path file = Files.writeString(directory.resolve("1.ndjson"), log);
    Path suppressed = directory.resolve("suppressed");
    replayBaseQuery("--suppressed", suppressed, "--suppress-repeats", "1h", file).run().with(0);
    assertInOrder(25, Files.readAllLines(suppressed));
  }

  private static void assertInOrder(int count, List<String> lines) {
    List<String> times =
        Ended.parse(lines.stream()).stream()
            .map(alert -> alert.at("/@timestamp").asText())
            .toList();
    assertEquals(count, times.size());
    assertEquals(times.stream().sorted().toList(), times);
  }

  /** Two alerts, of which the first is out of the reach of any late event. */
  private void feedAndWaitForTheFirst(Process process) throws IOException, InterruptedException {
    OutputStream in = process.getOutputStream();
    in.write(
        String.join(
                "\n",
                EcsLines.load("first", "WEB01", START),
                EcsLines.ordinary("WEB01", START.plusSeconds(60)),
                EcsLines.load("second", "WEB01", START.plusSeconds(61)),
                "")
            .getBytes(StandardCharsets.UTF_8));
    in.flush();
    for (int i = 0; read(out).isEmpty(); i++) {
      assertTrue(i < SECONDS_TO_REACT * 10, () -> "no alert: " + read(err));
      assertTrue(process.isAlive(), () -> read(err));
      Thread.sleep(100);
    }
    assertFalse(read(out).contains("second"));
    // The third line is behind the alert that is shown, and is read meanwhile.
    Thread.sleep(500);
  }

  /** Whether SIGINT is ignored, which a shell sets for jobs in the background. */
  private static boolean ignoresInterrupts() throws IOException {
    Path status = Path.of("/proc/self/status");
    return Files.exists(status)
        && Files.readAllLines(status).stream()
            .filter(line -> line.startsWith("SigIgn:"))
            .anyMatch(line -> (Long.parseUnsignedLong(line.substring(7).strip(), 16) & 2) != 0);
  }

  private static void signal(Process process, String name)
      throws IOException, InterruptedException {
    assertEquals(
        0, new ProcessBuilder("kill", "-" + name, "" + process.pid()).start().waitFor(), name);
  }

  private static String read(Path file) {
    try {
      return Files.exists(file) ? Files.readString(file) : "";
    } catch (IOException e) {
      return e.toString();
    }
  }
}
