package dev.iiswarden.cli;

import static dev.iiswarden.cli.Program.replay;
import static dev.iiswarden.testing.IisEvents.START;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.iiswarden.Counters;
import dev.iiswarden.Detector;
import dev.iiswarden.alert.Alert;
import dev.iiswarden.cli.Program.Ended;
import dev.iiswarden.decode.Decoded;
import dev.iiswarden.decode.EventDecoder;
import dev.iiswarden.decode.EventDecoders;
import dev.iiswarden.rules.Rules;
import dev.iiswarden.testing.EcsLines;
import dev.iiswarden.testing.OrdinaryEvents;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A replay is the same with any number of threads. */
class ReplayThreadsTest {
  private static final int[] NUMBERS = {2, 3, 8};

  @TempDir private Path directory;

  @AfterEach
  void noThreadIsLeft() {
    List<String> left =
        Thread.getAllStackTraces().keySet().stream()
            .map(Thread::getName)
            .filter(
                name ->
                    name.startsWith("iiswarden-reader") || name.startsWith("iiswarden-first-times"))
            .toList();
    assertEquals(List.of(), left);
  }

  /** Everything that a replay says and counts. */
  private record Account(
      List<String> alerts,
      String counters,
      String logs,
      List<String> problems,
      String printed,
      boolean failed,
      List<String> order) {}

  private Account account(int threads, List<String> inputs) {
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    List<Alert> alerts = new ArrayList<>();
    List<String> order = new ArrayList<>();
    LogFiles logs =
        LogFiles.find(
            inputs,
            EventDecoders.auto(),
            threads,
            new PrintStream(printed, true, StandardCharsets.UTF_8));
    Detector detector =
        Detector.builder()
            .rules(Rules.baseQuery())
            .sink(alerts::add)
            .onMalformed(lost -> order.add(lost.toString()))
            .build();
    try (detector) {
      logs.forEach(
          decoded -> {
            order.add(logs.current() + " " + decoded.outcome());
            detector.accept(decoded);
          });
    }
    return new Account(
        alerts.stream().map(Alert::toJson).toList(),
        counts(detector.counters()),
        logs.counts().toString(),
        logs.problems(),
        printed.toString(StandardCharsets.UTF_8),
        logs.failed(),
        order);
  }

  private static String counts(Counters counters) {
    return List.of(
            counters.events(),
            counters.relevant(),
            counters.alerts(),
            counters.late(),
            counters.duplicates(),
            counters.notOfInterest(),
            counters.unrecognised(),
            counters.withoutTime(),
            counters.malformed(),
            counters.withoutHost(),
            counters.suppressed())
        .toString();
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void everythingIsTheSame(long seed) throws IOException {
    writeLogs(new Random(seed));
    List<String> inputs = List.of(directory.toString(), directory.resolve("missing").toString());
    Account expected = account(1, inputs);
    assertFalse(expected.alerts().isEmpty());
    assertTrue(expected.problems().size() > 1, () -> expected.problems().toString());
    for (int threads : NUMBERS) {
      assertEquals(expected, account(threads, inputs), threads + " threads");
    }
  }

  /** Logs of the same and of following days, mixed, damaged, empty and cut off. */
  private void writeLogs(Random random) throws IOException {
    List<byte[]> ordinary = OrdinaryEvents.sysmonLines(400, 5);
    List<byte[]> xml = OrdinaryEvents.xmlLines(50, 5);
    int count = 3 + random.nextInt(10);
    for (int i = 0; i < count; i++) {
      StringBuilder text = new StringBuilder();
      int lines = random.nextInt(random.nextBoolean() ? 10 : 1_500);
      long second = random.nextInt(100_000);
      for (int line = 0; line < lines; line++) {
        second += random.nextInt(60);
        text.append(line(random, second, ordinary, xml)).append('\n');
      }
      boolean isCompressed = random.nextInt(3) == 0;
      byte[] bytes = isCompressed ? Logs.gzip(text.toString()) : Logs.utf8(text.toString());
      int length = random.nextInt(3) == 0 ? random.nextInt(bytes.length + 1) : bytes.length;
      Files.write(
          directory.resolve("log" + i + (isCompressed ? ".json.gz" : ".json")),
          Arrays.copyOf(bytes, length));
    }
    Files.write(directory.resolve("empty.log"), new byte[0]);
    Files.write(
        directory.resolve("cut.log.gz"),
        Arrays.copyOf(Logs.gzip(EcsLines.load("c", "CUT", START) + "\n"), 60));
    Logs.write(
        directory.resolve("alerts.log"),
        Logs.load("l"),
        Logs.REGISTRATION_THEN_DROP,
        "{\"x\":\"" + "y".repeat(300_000) + "\"}");
  }

  private static String line(Random random, long second, List<byte[]> ordinary, List<byte[]> xml) {
    String host = "WEB" + random.nextInt(4);
    return switch (random.nextInt(20)) {
      case 0 -> EcsLines.load("l" + second, host, START.plusSeconds(second));
      case 1 -> EcsLines.registration("r" + second, host, START.plusSeconds(second));
      case 2 -> EcsLines.drop("d" + second, host, START.plusSeconds(second));
      case 3 -> EcsLines.withoutId(EcsLines.load("", host, START.plusSeconds(second)));
      case 4 -> "{\"event\":{\"category\":[\"file\"]},\"cut";
      case 5 -> "{\"nothing\":\"known\"}";
      case 6 -> "no record at all";
      case 7 -> "";
      case 8 ->
          "[" + EcsLines.ordinary(host, START.plusSeconds(second)) + ",{\"nothing\":\"known\"}]";
      case 9 -> new String(xml.get(random.nextInt(xml.size())), StandardCharsets.UTF_8);
      case 10, 11 -> new String(ordinary.get(random.nextInt(400)), StandardCharsets.UTF_8);
      default -> EcsLines.ordinary(host, START.plusSeconds(second));
    };
  }

  /** Ended early, a run has counted what it has delivered, and what it was about to deliver. */
  @ParameterizedTest
  @ValueSource(ints = {1, 700, 2_000})
  void anInterruptedRunHasCountedTheSame(int delivered) throws IOException {
    writeLogs(new Random(1505));
    Logs.write(directory.resolve("long.log"), Logs.load("l").concat("\n").repeat(3_000));
    String expected = interrupted(1, delivered);
    for (int threads : NUMBERS) {
      assertEquals(expected, interrupted(threads, delivered), threads + " threads");
    }
  }

  private String interrupted(int threads, int delivered) {
    LogFiles logs = find(threads, EventDecoders.auto());
    AtomicInteger count = new AtomicInteger();
    assertThrows(
        CancellationException.class,
        () ->
            logs.forEach(
                decoded -> {
                  if (count.incrementAndGet() == delivered) {
                    throw new CancellationException();
                  }
                }));
    return logs.counts() + " " + logs.problems();
  }

  private LogFiles find(int threads, EventDecoder decoder) {
    return LogFiles.find(
        List.of(directory.toString()),
        decoder,
        threads,
        new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8));
  }

  /** A decoder of the user's own that does not keep its promise. */
  private static final class Failing implements EventDecoder {
    private final RuntimeException failure = new IllegalStateException("of the test");

    @Override
    public String name() {
      return "failing";
    }

    @Override
    public Decoded decode(byte[] utf8, int offset, int length, long line) {
      if (line == 1_000) {
        throw failure;
      }
      return Decoded.nothing();
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 8})
  void aDecoderThatThrowsEndsTheRunAtItsRecord(int threads) throws IOException {
    Logs.write(directory.resolve("long.log"), "x\n".repeat(3_000));
    Failing decoder = new Failing();
    AtomicInteger count = new AtomicInteger();
    Consumer<Decoded> counting = decoded -> count.incrementAndGet();
    LogFiles logs = find(threads, decoder);
    assertSame(
        decoder.failure, assertThrows(IllegalStateException.class, () -> logs.forEach(counting)));
    assertEquals(999, count.get());
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 8})
  void whileTheStartsOfLogsAreSoughtADecoderThatThrowsEndsTheRun(int threads) throws IOException {
    Logs.write(directory.resolve("1.log"), "x");
    Logs.write(directory.resolve("2.log"), "x\n".repeat(1_000));
    Failing decoder = new Failing();
    LogFiles logs = find(threads, decoder);
    assertSame(
        decoder.failure,
        assertThrows(IllegalStateException.class, () -> logs.forEach(decoded -> {})));
  }

  /** The program as its users run it; only the time that it took differs. */
  @Test
  void theProgramWritesTheSame() throws Exception {
    Path input = Files.createDirectory(directory.resolve("in"));
    Path logs = Path.of("src/samples");
    Logs.write(input.resolve("more.log"), Logs.load("l"), "nothing", Logs.load("m"));
    List<String> expected = program(1, logs, input);
    for (int threads : new int[] {2, 8}) {
      assertEquals(expected, program(threads, logs, input), threads + " threads");
    }
  }

  private List<String> program(int threads, Path logs, Path more) throws Exception {
    Path alerts = directory.resolve("alerts" + threads);
    Path report = directory.resolve("report.html");
    Ended ended =
        replay("--threads", threads, "--format", "short", "--alerts", alerts)
            .and("--report", report, logs, more)
            .run()
            .with(0);
    String account = ended.err().replaceAll("in [\\d.]+ s \\([\\d,]+/s\\)", "");
    return List.of(ended.out(), account, Files.readString(alerts), Files.readString(report));
  }
}
