package dev.iiswarden.cli;

import dev.iiswarden.alert.AllowlistException;
import dev.iiswarden.cli.print.Utf8;
import dev.iiswarden.kafka.AlertSerde;
import dev.iiswarden.kafka.LogTooLargeRecords;
import dev.iiswarden.kafka.StreamsDetection;
import dev.iiswarden.kafka.UseWallClockOnInvalidTimestamp;
import dev.iiswarden.rules.RulesException;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.Produced;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Reads event logs from Kafka topics and raises alerts until it is stopped. */
@Command(
    name = "stream",
    description = {
      "Reads event logs from a Kafka topic and writes alerts to another.",
      "",
      "It runs until it is stopped. Start as many processes as the hosts need: processes with the"
          + " same --application-id share the work, and when one ends, the others take over its"
          + " hosts."
    },
    exitCodeList = {
      "0:stopped by itself",
      "1:Kafka did not answer, or processing failed; start it again, nothing is lost",
      "2:wrong use, or invalid rules or an invalid allowlist",
      "130:stopped by Ctrl-C (SIGINT); a second one ends it at once",
      "143:stopped by SIGTERM; a second one ends it at once"
    })
final class StreamCommand implements Callable<Integer> {
  private static final Duration TO_CLOSE = Duration.ofSeconds(30);

  @Mixin private KafkaOptions kafka = new KafkaOptions();

  @Mixin private DetectionOptions detection = new DetectionOptions();

  @Mixin private AlertOptions alerting = new AlertOptions();

  @Option(
      names = "--input",
      required = true,
      paramLabel = "TOPIC",
      split = ",",
      description = "Topics of event logs, one record each, in any shape; keys do not matter.")
  private List<String> inputs = List.of();

  @Option(
      names = "--alerts",
      required = true,
      paramLabel = "TOPIC",
      description = "Topic for alerts as JSON, keyed by their ids.")
  private String alerts = "";

  @Option(
      names = "--dead-letters",
      paramLabel = "TOPIC",
      description =
          "Topic for records that are malformed, not recognised or have no time; without it a sample"
              + " of them is logged.")
  private @Nullable String deadLetters;

  @Option(
      names = "--rules-topic",
      paramLabel = "TOPIC",
      description =
          "Use the rules and allowlist of this compacted topic as soon as it has any (see"
              + " publish).")
  private @Nullable String rulesTopic;

  @Option(
      names = "--idle-after",
      paramLabel = "DURATION",
      converter = DurationConverter.class,
      defaultValue = "PT1M",
      description =
          "How long a partition may be without records before its time follows the wall clock"
              + " (default: ${DEFAULT-VALUE}).")
  private Duration idleAfter = Duration.ofMinutes(1);

  @Option(
      names = "--application-id",
      paramLabel = "ID",
      defaultValue = "iiswarden",
      description = "Id shared by all processes that share the work (default: ${DEFAULT-VALUE}).")
  private String applicationId = "iiswarden";

  @Option(
      names = "--state",
      paramLabel = "DIR",
      description = "Directory for open state, one per process (default: Kafka's own).")
  private @Nullable Path state;

  @Option(
      names = "--threads",
      paramLabel = "N",
      defaultValue = "1",
      description = "Number of threads that detect (default: ${DEFAULT-VALUE}).")
  private int threads = 1;

  @Option(
      names = "--exactly-once",
      description =
          "Lose no alert and write none twice, not even after a crash. Without it an alert may be"
              + " repeated, with the same id, and one under way during a crash may be missed.")
  private boolean exactlyOnce;

  private final PrintStream out = Utf8.out();
  private final PrintStream errors = Utf8.err();

  @Override
  public Integer call() throws InterruptedException {
    Properties properties = kafka.properties();
    StreamsBuilder builder = new StreamsBuilder();
    try {
      StreamsDetection.Builder settings = settings(builder);
      Map<String, Integer> partitions = kafka.partitions(properties, topics());
      settings.inputPartitions(
          inputs.stream().mapToInt(topic -> partitions.getOrDefault(topic, 1)).max().orElse(1));
      setTimestamps(properties, settings);
      settings
          .build()
          .detect(
              builder.stream(
                  inputs,
                  Consumed.with(Serdes.ByteArray(), Serdes.ByteArray())
                      .withTimestampExtractor(new UseWallClockOnInvalidTimestamp())))
          .to(alerts, Produced.with(Serdes.String(), new AlertSerde(alerting.format())));
      return run(builder, withDefaults(properties));
    } catch (RulesException | AllowlistException e) {
      errors.println(e.getMessage());
      return ExitCode.WRONG_USE;
    } catch (IOException | KafkaException e) {
      errors.println(e.getMessage());
      return ExitCode.FAILED;
    }
  }

  private void setTimestamps(Properties properties, StreamsDetection.Builder settings)
      throws InterruptedException {
    try {
      if (kafka.haveLogAppendTime(properties, inputs)) {
        settings.logAppendTime();
      }
    } catch (IOException e) {
      errors.println(
          "the timestamps of the input count as set by producers, because the brokers do not say"
              + " whether it has LogAppendTime: "
              + e.getMessage());
    }
  }

  private List<String> topics() {
    List<String> topics = new ArrayList<>(inputs);
    topics.add(alerts);
    if (deadLetters != null) {
      topics.add(deadLetters);
    }
    if (rulesTopic != null) {
      topics.add(rulesTopic);
    }
    return topics;
  }

  private StreamsDetection.Builder settings(StreamsBuilder builder) {
    StreamsDetection.Builder settings =
        StreamsDetection.builder()
            .rules(detection.loadRules())
            .decoder(detection.decoder())
            .idleAfter(idleAfter);
    alerting.setLateness(settings::lateness);
    alerting.setAllowlist(settings::allowlist);
    alerting.setRepeats(
        settings::suppressRepeats, detection.areRulesBundled() && rulesTopic == null);
    if (deadLetters != null) {
      settings.deadLetterTopic(deadLetters);
    }
    if (rulesTopic != null) {
      settings.rulesTopic(builder, rulesTopic);
    }
    return settings;
  }

  private Properties withDefaults(Properties properties) {
    Properties all = new Properties();
    all.putAll(properties);
    all.putIfAbsent(StreamsConfig.APPLICATION_ID_CONFIG, applicationId);
    all.putIfAbsent(StreamsConfig.NUM_STREAM_THREADS_CONFIG, Integer.toString(threads));
    if (state != null) {
      all.putIfAbsent(StreamsConfig.STATE_DIR_CONFIG, state.toString());
    }
    if (exactlyOnce) {
      all.putIfAbsent(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.EXACTLY_ONCE_V2);
    }
    all.putIfAbsent(
        StreamsConfig.PRODUCTION_EXCEPTION_HANDLER_CLASS_CONFIG,
        LogTooLargeRecords.class.getName());
    all.putIfAbsent(
        LogTooLargeRecords.TOPICS_CONFIG,
        deadLetters == null ? alerts : alerts + "," + deadLetters);
    // What a producer has taken back is no event. Kafka's default is to read it.
    all.putIfAbsent(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    // Also read the records that were there before the first process started.
    all.putIfAbsent(StreamsConfig.consumerPrefix("auto.offset.reset"), "earliest");
    return all;
  }

  private int run(StreamsBuilder builder, Properties properties) throws InterruptedException {
    CountDownLatch ended = new CountDownLatch(1);
    AtomicBoolean failed = new AtomicBoolean();
    KafkaStreams streams = new KafkaStreams(builder.build(properties), properties);
    streams.setUncaughtExceptionHandler(
        failure -> {
          errors.println("processing failed: " + failure);
          failed.set(true);
          return StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
        });
    streams.setStateListener(
        (now, before) -> {
          if (now == KafkaStreams.State.RUNNING) {
            out.println("reading " + String.join(", ", inputs) + "; writing alerts to " + alerts);
          } else if (now == KafkaStreams.State.ERROR || now == KafkaStreams.State.NOT_RUNNING) {
            ended.countDown();
          }
        });
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(
                () -> {
                  streams.close(TO_CLOSE);
                  ended.countDown();
                },
                "iiswarden-shutdown"));
    // The first signal runs the hook above; exiting must not hold up the second.
    Interruption.onFirstSignal(
        code -> new Thread(() -> System.exit(code), "iiswarden-exit").start());
    streams.start();
    ended.await();
    streams.close(TO_CLOSE);
    return failed.get() ? ExitCode.FAILED : ExitCode.DONE;
  }
}
