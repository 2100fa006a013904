package dev.iiswarden.simulation;

import dev.iiswarden.alert.Alert;
import dev.iiswarden.kafka.RepartitionTopic;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.kafka.streams.processor.TaskId;
import org.apache.kafka.streams.processor.api.Record;

/**
 * One run of the Kafka Streams topology: its real processors as tasks that read partitions in
 * memory, in processes that commit, die and hand tasks to each other. Records bear the time of
 * their arrival.
 */
final class KafkaSimulation {
  private static final Duration IDLE_AFTER = Duration.ofMinutes(1);
  private static final int PROCESSES = 2;
  private static final int MOST_CRASHES = 8;

  private final Faults faults;
  private final Plant plant;
  private final SimulatedFeed feed;
  private final SplittableRandom random;
  private final boolean exactlyOnce;
  private final TopologyProcessors topology;
  private final List<SimulatedLog> input = new ArrayList<>();
  private final List<SimulatedLog> hosts = new ArrayList<>();
  private final List<SimulatedTask<Object, byte[]>> decoding = new ArrayList<>();
  private final List<SimulatedTask<String, Object>> detecting = new ArrayList<>();
  private final List<SimulatedProcess> processes = new ArrayList<>();
  private final Map<String, Alert> alerts = new TreeMap<>();
  private final Map<String, Integer> times = new TreeMap<>();
  private final Verdict.Builder verdict = new Verdict.Builder();
  private final Producer producer;
  private Instant now = SimulatedFeed.START;
  private int crashes;

  KafkaSimulation(Faults faults, Plant plant) {
    this.faults = faults;
    this.plant = plant;
    feed = SimulatedFeed.of(faults);
    random = faults.random("kafka");
    exactlyOnce = !faults.has(Fault.AT_LEAST_ONCE);
    int inputs = 1 + random.nextInt(3);
    topology =
        new TopologyProcessors(
            settings -> {
              settings
                  .rules(SimulatedRules.same(random))
                  .lateness(plant == Plant.NO_LATENESS ? Duration.ZERO : SimulatedFeed.LATENESS)
                  .inputPartitions(inputs)
                  .deadLetterTopic("dead-letters");
              if (faults.has(Fault.IDLE_PARTITIONS)) {
                settings.idleAfter(IDLE_AFTER);
              }
            });
    for (int i = 0; i < PROCESSES; i++) {
      processes.add(new SimulatedProcess(exactlyOnce));
    }
    for (int i = 1 + random.nextInt(3); i > 0; i--) {
      hosts.add(new SimulatedLog());
    }
    for (int i = 0; i < inputs; i++) {
      input.add(new SimulatedLog());
      decoding.add(decodingTask(i));
    }
    for (int i = 0; i < hosts.size(); i++) {
      detecting.add(detectingTask(i));
    }
    producer = new Producer(faults, input);
  }

  private SimulatedTask<Object, byte[]> decodingTask(int partition) {
    return new SimulatedTask<>(
        new TaskId(0, partition),
        input.get(partition),
        topology::decode,
        entry -> new Record<>("", entry.content(), entry.timestamp()),
        this::repartition,
        null);
  }

  private void repartition(SimulatedTransaction transaction, Record<String, Object> record) {
    if (RepartitionTopic.isDeadLetter(record.value())) {
      return;
    }
    byte[] value = RepartitionTopic.serialize(record.value());
    for (int to : RepartitionTopic.partitions(record.key(), record.value(), hosts.size())) {
      transaction.write(() -> hosts.get(to).append(record.timestamp(), record.key(), value));
    }
  }

  private SimulatedTask<String, Object> detectingTask(int partition) {
    SimulatedLog changelog = new SimulatedLog();
    SplittableRandom evictions = faults.random("evictions");
    SplittableRandom lost = faults.random("planted");
    return new SimulatedTask<>(
        new TaskId(1, partition),
        hosts.get(partition),
        topology::detect,
        entry ->
            new Record<>(
                entry.key(), RepartitionTopic.deserialize(entry.content()), entry.timestamp()),
        this::publish,
        transaction ->
            new SimulatedStore(
                topology.store(),
                changelog,
                (key, value) -> {
                  if (plant != Plant.LOST_WRITE || lost.nextInt(20) > 0) {
                    transaction.write(() -> changelog.append(0, key, value));
                  }
                },
                evictions));
  }

  private void publish(SimulatedTransaction transaction, Record<String, Object> record) {
    Alert alert = (Alert) record.value();
    transaction.write(
        () -> {
          alerts.put(alert.id(), alert);
          times.merge(alert.id(), 1, Integer::sum);
        });
  }

  Verdict run() {
    tasks().forEach(task -> start(task, anyProcess(), false));
    for (Fed record : Planted.records(plant, faults, feed.records())) {
      now = record.arrival();
      producer.send(record);
      work();
    }
    now = now.plus(Duration.ofDays(3));
    tasks().forEach(task -> task.look(now));
    producer.end(now);
    drain();
    compare();
    return verdict.build();
  }

  private Stream<SimulatedTask<?, ?>> tasks() {
    return Stream.concat(decoding.stream(), detecting.stream());
  }

  private SimulatedProcess anyProcess() {
    return processes.get(random.nextInt(processes.size()));
  }

  private void start(SimulatedTask<?, ?> task, SimulatedProcess process, boolean again) {
    process.tasks().add(task);
    task.start(process, again, now);
  }

  /** What all processes do until the next record arrives, and what happens to them. */
  private void work() {
    for (SimulatedTask<?, ?> task : tasks().toList()) {
      for (int i = speed(task); i > 0 && task.read(now); i--) {}
      task.look(now);
    }
    for (SimulatedProcess process : processes) {
      if (random.nextInt(4) == 0) {
        process.commit();
      }
    }
    if (happens(Fault.PROCESS_CRASH, 30) && crashes < MOST_CRASHES) {
      crash(anyProcess());
    }
    if (happens(Fault.REBALANCE, 20)) {
      rebalance();
    }
  }

  /** How many records a task reads now. */
  private int speed(SimulatedTask<?, ?> task) {
    if (!faults.has(Fault.UNEVEN_SPEED)) {
      return Integer.MAX_VALUE;
    }
    // For some time one task stands still, then another one.
    long stretch = now.getEpochSecond() / 900;
    boolean stands =
        new SplittableRandom(faults.seed() * 31 + stretch * 17 + tasks().toList().indexOf(task))
                .nextInt(3)
            == 0;
    return stands ? 0 : random.nextInt(4);
  }

  private boolean happens(Fault fault, int times) {
    return faults.has(fault) && random.nextInt(times) == 0;
  }

  private void crash(SimulatedProcess process) {
    crashes++;
    List<SimulatedTask<?, ?>> orphans =
        random.nextBoolean() ? process.crash() : process.crashInCommit();
    verdict.trace("process dies, with " + orphans);
    orphans.forEach(task -> start(task, anyProcess(), false));
  }

  /** A task moves to another process, or begins anew in its own. */
  private void rebalance() {
    List<SimulatedTask<?, ?>> all = tasks().toList();
    SimulatedTask<?, ?> task = all.get(random.nextInt(all.size()));
    SimulatedProcess from = task.process();
    SimulatedProcess to = anyProcess();
    from.commit();
    task.close();
    from.tasks().remove(task);
    start(task, to, from == to && random.nextBoolean());
    verdict.trace("rebalanced " + task);
  }

  /** Nothing happens any more: all is read to its end. */
  private void drain() {
    boolean hasRead = true;
    while (hasRead) {
      hasRead = false;
      for (SimulatedTask<?, ?> task : tasks().toList()) {
        while (task.read(now)) {
          hasRead = true;
        }
      }
      processes.forEach(SimulatedProcess::commit);
    }
  }

  private void compare() {
    Differences differences =
        new Differences(ReferenceRun.alerts(feed, SimulatedRules.BUNDLED), alerts, verdict);
    differences.report();
    if (exactlyOnce) {
      times.forEach((id, count) -> verdict.equal("deliveries of " + id, 1, count));
    }
  }

  /** Sends records to the partitions of the input. */
  private static final class Producer {
    private final SplittableRandom random;
    private final SplittableRandom ahead;
    private final boolean idles;
    private final boolean isAhead;
    private final List<SimulatedLog> input;
    private String wrongHost = "";

    Producer(Faults faults, List<SimulatedLog> input) {
      random = faults.random("producer");
      ahead = faults.random(Fault.RECORD_TIMESTAMP_AHEAD);
      idles = faults.has(Fault.IDLE_PARTITIONS);
      isAhead = faults.has(Fault.RECORD_TIMESTAMP_AHEAD);
      this.input = input;
    }

    void send(Fed record) {
      long time = record.arrival().toEpochMilli();
      int to = random.nextInt(input.size());
      if (idles) {
        // In each stretch of time only some partitions get anything.
        to %= 1 + (int) Math.floorMod(time / 1_200_000, (long) input.size());
      }
      if (isAhead && ahead.nextInt(5) == 0 && isOfTheWrongHost(record)) {
        time += Duration.ofHours(5).toMillis();
      }
      append(to, time, record.line());
    }

    /**
     * Whether the timestamp of a record may be wrong: one host's are, because those of two confirm
     * each other. A record has a wrong place among those of its own host then, so no rule is
     * interested in these.
     */
    private boolean isOfTheWrongHost(Fed record) {
      if (record.decoded().events().isEmpty()
          || SimulatedRules.BUNDLED.isRelevant(record.decoded())) {
        return false;
      }
      String key = String.valueOf(record.decoded().events().get(0).getHost().getCorrelationKey());
      if (wrongHost.isEmpty()) {
        wrongHost = key;
      }
      return key.equals(wrongHost);
    }

    /** Sends last records to each partition: of two hosts, because none advances it alone. */
    void end(Instant now) {
      for (String host : List.of("end", "last")) {
        String line =
            new SimulatedHost(host, "example", false, now, random.split(), random.split())
                .ordinary(now)
                .xml();
        for (int i = 0; i < input.size(); i++) {
          append(i, now.toEpochMilli(), line);
        }
      }
    }

    private void append(int to, long time, String line) {
      input.get(to).append(time, "", line.getBytes(StandardCharsets.UTF_8));
    }
  }
}
