package dev.iiswarden.cli;

import dev.iiswarden.alert.AllowlistException;
import dev.iiswarden.cli.print.Utf8;
import dev.iiswarden.kafka.AlertSerde;
import dev.iiswarden.kafka.StreamsDetection;
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

/** Detects on a topic of a Kafka cluster until it is stopped. */
@Command(
    name = "stream",
    description = {
      "Reads event logs from a Kafka topic and writes alerts to another, until it is",
      "stopped. Start it as often as the hosts need: all with the same --application-id",
      "share the work, and one that ends leaves its hosts to the others."
    },
    mixinStandardHelpOptions = true,
    versionProvider = Main.Version.class,
    sortOptions = false,
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:it was stopped",
      "1:Kafka does not answer or does not go on; start it again, nothing is lost",
      "2:wrong use, or rules or an allowlist that are no good"
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
      description = "Event logs, a record each, in any shape; keys do not matter.")
  private List<String> inputs = List.of();

  @Option(
      names = "--alerts",
      required = true,
      paramLabel = "TOPIC",
      description = "Where alerts go, as JSON, by their ids.")
  private String alerts = "";

  @Option(
      names = "--dead-letters",
      paramLabel = "TOPIC",
      description = "Where records go that cannot be decoded; without it they are logged.")
  private @Nullable String deadLetters;

  @Option(
      names = "--rules-topic",
      paramLabel = "TOPIC",
      description =
          "Take rules and allowlist from this compacted topic as soon as there are any (see publish).")
  private @Nullable String rulesTopic;

  @Option(
      names = "--idle-after",
      paramLabel = "DURATION",
      converter = DurationConverter.class,
      defaultValue = "PT1M",
      description =
          "After how long without a record a partition's time goes on by the wall clock"
              + " (default: ${DEFAULT-VALUE}).")
  private Duration idleAfter = Duration.ofMinutes(1);

  @Option(
      names = "--application-id",
      paramLabel = "ID",
      defaultValue = "iiswarden",
      description = "The same for all processes that share the work (default: ${DEFAULT-VALUE}).")
  private String applicationId = "iiswarden";

  @Option(
      names = "--state",
      paramLabel = "DIR",
      description = "Where open state lies, one directory a process (default: Kafka's own).")
  private @Nullable Path state;

  @Option(
      names = "--threads",
      paramLabel = "N",
      defaultValue = "1",
      description = "How many threads detect (default: ${DEFAULT-VALUE}).")
  private int threads = 1;

  @Option(
      names = "--exactly-once",
      description =
          "No alert twice, not even after a crash; without it one may be, with the same id.")
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
      settings
          .build()
          .detect(builder.stream(inputs, Consumed.with(Serdes.ByteArray(), Serdes.ByteArray())))
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
    // Read from the beginning what was there before the first of its processes.
    all.putIfAbsent(StreamsConfig.consumerPrefix("auto.offset.reset"), "earliest");
    return all;
  }

  private int run(StreamsBuilder builder, Properties properties) throws InterruptedException {
    CountDownLatch ended = new CountDownLatch(1);
    AtomicBoolean failed = new AtomicBoolean();
    KafkaStreams streams = new KafkaStreams(builder.build(properties), properties);
    streams.setUncaughtExceptionHandler(
        failure -> {
          errors.println("cannot go on: " + failure);
          failed.set(true);
          return StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
        });
    streams.setStateListener(
        (now, before) -> {
          if (now == KafkaStreams.State.RUNNING) {
            out.println("reading " + String.join(", ", inputs) + ", alerts go to " + alerts);
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
    streams.start();
    ended.await();
    streams.close(TO_CLOSE);
    return failed.get() ? ExitCode.FAILED : ExitCode.DONE;
  }
}
