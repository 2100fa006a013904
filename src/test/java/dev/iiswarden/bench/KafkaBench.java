package dev.iiswarden.bench;

import dev.iiswarden.Detector;
import dev.iiswarden.cli.Main;
import dev.iiswarden.decode.EventDecoder;
import dev.iiswarden.decode.EventDecoders;
import dev.iiswarden.testing.EcsLines;
import dev.iiswarden.testing.KafkaBroker;
import dev.iiswarden.testing.OrdinaryEvents;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What detection on Kafka Streams takes, with one process and with two, beside the detector alone
 * and beside Kafka Streams that only forwards; and how long a host's state takes to come back. The
 * broker, who fills the topic and all processes share this machine.
 */
final class KafkaBench {
  private static final int RECORDS = 600_000;
  private static final int PARTITIONS = 4;
  private static final int OPEN_HOSTS = 200_000;

  /** One in so many records is of interest to some rule. */
  private static final int RELEVANT = 1_000;

  private final KafkaBroker broker;
  private final Path directory;
  private final List<byte[]> lines = new ArrayList<>();

  /** Records that the processes of a run get through in a second of one processor. */
  private final Map<String, Double> perCore = new HashMap<>();

  private KafkaBench(KafkaBroker broker, Path directory) {
    this.broker = broker;
    this.directory = directory;
    List<byte[]> ordinary = OrdinaryEvents.sysmonLines(20_000, 100);
    Instant start = Instant.parse("2026-01-01T00:00:00Z");
    for (int i = 0; i < RECORDS; i++) {
      lines.add(
          i % RELEVANT == 0
              ? EcsLines.registration("r" + i, "HOST-" + i % 100, start.plusSeconds(i / RELEVANT))
                  .getBytes(StandardCharsets.UTF_8)
              : ordinary.get(i % ordinary.size()));
    }
  }

  static void runThroughput() throws IOException {
    withBroker(KafkaBench::throughput);
  }

  static void runRestore() throws IOException {
    withBroker(KafkaBench::restore);
  }

  private static void withBroker(Part part) throws IOException {
    try {
      KafkaBroker broker = KafkaBroker.start();
      try {
        part.run(new KafkaBench(broker, Files.createTempDirectory("kafka-bench")));
      } finally {
        broker.close();
      }
    } catch (IOException | RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new IOException(e);
    }
  }

  private interface Part {
    void run(KafkaBench bench) throws Exception;
  }

  private void throughput() throws Exception {
    System.out.printf(
        "%n%,d made-up Sysmon lines in %d partitions, one in %,d of interest%n",
        RECORDS, PARTITIONS, RELEVANT);
    double alone = print("detector alone, lines in memory", alone(), 0);
    print("Kafka Streams, forwarding, one process", streamed("forwarding", 1), alone);
    print("Kafka Streams, detecting, one process", streamed("one", 1), alone);
    print("Kafka Streams, detecting, two processes", streamed("two", 2), alone);
    System.out.printf(
        "  in a second of one processor, without broker and producer: forwarding %,.0f,"
            + " detecting %,.0f, with two processes %,.0f%n",
        perCore.get("forwarding"), perCore.get("one"), perCore.get("two"));
  }

  private static double print(String name, double perSecond, double first) {
    System.out.printf(
        "  %-42s %,11.0f events/s   takes %.2f times as long as the first%n",
        name, perSecond, first == 0 ? 1 : first / perSecond);
    return perSecond;
  }

  private double alone() {
    EventDecoder decoder = EventDecoders.auto();
    double best = 0;
    for (int round = 0; round < 4; round++) {
      try (Detector detector = Detector.builder().build()) {
        long start = System.nanoTime();
        lines.forEach(line -> detector.accept(decoder.decode(line)));
        best = Math.max(best, RECORDS * 1e9 / (System.nanoTime() - start));
      }
    }
    return best;
  }

  private double streamed(String name, int count) throws Exception {
    boolean forwards = name.equals("forwarding");
    String input = "in-" + name;
    String output = "out-" + name;
    broker.create(input, PARTITIONS, Map.of());
    broker.create(output, PARTITIONS, Map.of());
    List<Process> processes = new ArrayList<>();
    try {
      for (int i = 0; i < count; i++) {
        String state = directory.resolve(name + i).toString();
        processes.add(
            forwards
                ? java(Forwarding.class, state, broker.address(), name, input, output, state)
                : detection(name, input, output, state));
      }
      for (int i = 0; i < count; i++) {
        awaitRunning(directory.resolve(name + i).toString());
      }
      // Until both have their share.
      Thread.sleep(count == 1 ? 1_000 : 10_000);
      // Twice, for the first time everything is cold.
      fill(input, name, RECORDS);
      Duration before = cpu(processes);
      double perSecond = fill(input, name, 2L * RECORDS);
      perCore.put(name, RECORDS * 1e9 / cpu(processes).minus(before).toNanos());
      return perSecond;
    } finally {
      for (Process process : processes) {
        process.destroyForcibly().waitFor();
      }
    }
  }

  /** What processes have used of processors so far. */
  private static Duration cpu(List<Process> processes) {
    return processes.stream()
        .map(process -> process.info().totalCpuDuration().orElse(Duration.ZERO))
        .reduce(Duration.ZERO, Duration::plus);
  }

  private double fill(String input, String group, long end) throws Exception {
    long start = System.nanoTime();
    for (int i = 0; i < RECORDS; i++) {
      broker.sendLater(input, i % PARTITIONS, lines.get(i));
    }
    broker.flush();
    while (broker.consumed(group, input) < end) {
      Thread.sleep(50);
    }
    return RECORDS * 1e9 / (System.nanoTime() - start);
  }

  private Process detection(String application, String input, String output, String state)
      throws IOException {
    Path config = directory.resolve("client.properties");
    Files.writeString(config, "commit.interval.ms=500\nsession.timeout.ms=6000\n");
    return java(
        Main.class,
        state,
        "stream",
        "--bootstrap",
        broker.address(),
        "--config",
        config.toString(),
        "--application-id",
        application,
        "--input",
        input,
        "--alerts",
        output,
        "--state",
        state);
  }

  private static Process java(Class<?> main, String log, String... arguments) throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home", ""), "bin", "java").toString(),
                "-Xmx512m",
                "-XX:+UseSerialGC",
                "-Dorg.slf4j.simpleLogger.defaultLogLevel=error",
                "-cp",
                System.getProperty("java.class.path", ""),
                main.getName()));
    command.addAll(List.of(arguments));
    return new ProcessBuilder(command)
        .redirectOutput(Path.of(log + ".out").toFile())
        .redirectError(Path.of(log + ".err").toFile())
        .start();
  }

  private static void awaitRunning(String log) throws Exception {
    while (!Files.readString(Path.of(log + ".out")).contains("reading ")) {
      Thread.sleep(20);
    }
  }

  /** A process whose disk is gone takes its hosts up from the changelog. */
  private void restore() throws Exception {
    String name = "restored";
    broker.create("in-" + name, PARTITIONS, Map.of());
    broker.create("out-" + name, PARTITIONS, Map.of());
    long empty = millisToRun(name, "empty");
    Process first = detection(name, "in-" + name, "out-" + name, state(name, "first"));
    awaitRunning(state(name, "first"));
    Instant now = Instant.parse("2026-01-01T00:00:00Z");
    for (int host = 0; host < OPEN_HOSTS; host++) {
      String line = EcsLines.registration("r" + host, "WEB" + host, now);
      broker.sendLater("in-" + name, host % PARTITIONS, line.getBytes(StandardCharsets.UTF_8));
    }
    broker.flush();
    String changelog = name + "-iiswarden-hosts-changelog";
    while (broker.consumed(name, "in-" + name) < OPEN_HOSTS) {
      Thread.sleep(50);
    }
    // A record later in every partition, so that all that is held is judged.
    Thread.sleep(11_000);
    for (int partition = 0; partition < PARTITIONS; partition++) {
      String line = EcsLines.ordinary("LAST" + partition, now.plusSeconds(60));
      broker.sendLater("in-" + name, partition, line.getBytes(StandardCharsets.UTF_8));
    }
    broker.flush();
    long before = -1;
    for (long records = broker.records(changelog); records != before; ) {
      before = records;
      Thread.sleep(3_000);
      records = broker.records(changelog);
    }
    first.destroyForcibly().waitFor();
    long bytes = broker.bytesOfLatest(changelog);
    long restored = millisToRun(name, "again");
    System.out.printf(
        "%n%,d hosts with one open fact each: %,d records in the changelog, %,d bytes a host%n"
            + "  a process without its disk is ready after %.1f s, where one without hosts took %.1f s%n",
        OPEN_HOSTS, before, bytes / OPEN_HOSTS, restored / 1e3, empty / 1e3);
  }

  private String state(String name, String which) {
    return directory.resolve(name + "-" + which).toString();
  }

  /** In milliseconds. */
  private long millisToRun(String name, String which) throws Exception {
    // The group forgets who was killed.
    Thread.sleep(8_000);
    long start = System.nanoTime();
    Process process = detection(name, "in-" + name, "out-" + name, state(name, which));
    awaitRunning(state(name, which));
    long millis = Duration.ofNanos(System.nanoTime() - start).toMillis();
    process.destroyForcibly().waitFor();
    Thread.sleep(8_000);
    return millis;
  }
}
