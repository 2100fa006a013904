package dev.iiswarden.cli;

import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.record.TimestampType;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The options of all commands that connect to Kafka. */
final class KafkaOptions {
  private static final String BOOTSTRAP = AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG;
  private static final int MILLIS_TO_ANSWER = 30_000;

  @SuppressWarnings("NullAway.Init")
  @Spec(Spec.Target.MIXEE)
  private CommandSpec command;

  @Option(
      names = "--bootstrap",
      paramLabel = "HOST:PORT,...",
      description = "Brokers to connect to first; --config may name them instead.")
  private @Nullable String bootstrap;

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description = "Kafka client properties, such as those for TLS and SASL; passed on unchanged.")
  private @Nullable Path config;

  KafkaOptions() {}

  /** The client properties. */
  Properties properties() {
    Properties properties = new Properties();
    if (config != null) {
      try (Reader file = Files.newBufferedReader(config, StandardCharsets.UTF_8)) {
        properties.load(file);
      } catch (IOException | IllegalArgumentException e) {
        throw new ParameterException(
            command.commandLine(), "--config: cannot read " + config + ": " + e.getMessage());
      }
    }
    if (bootstrap != null) {
      properties.setProperty(BOOTSTRAP, bootstrap);
    }
    if (properties.getProperty(BOOTSTRAP, "").isBlank()) {
      throw new ParameterException(
          command.commandLine(),
          "no brokers: name them with --bootstrap, for example --bootstrap localhost:9092");
    }
    return properties;
  }

  /**
   * The number of partitions of each topic.
   *
   * @throws IOException if the brokers do not answer or a topic does not exist; the message names
   *     it
   */
  Map<String, Integer> partitions(Properties properties, List<String> topics) throws IOException {
    try (Admin admin = admin(properties)) {
      Set<String> there = admin.listTopics().names().get();
      List<String> missing = new ArrayList<>(topics);
      missing.removeAll(there);
      if (!missing.isEmpty()) {
        throw new IOException(
            "there is no topic "
                + String.join(", ", missing)
                + "; create it, for example: kafka-topics.sh --bootstrap-server "
                + properties.getProperty(BOOTSTRAP)
                + " --create --topic "
                + missing.get(0));
      }
      Map<String, Integer> partitions = new HashMap<>();
      admin
          .describeTopics(topics)
          .allTopicNames()
          .get()
          .forEach((topic, description) -> partitions.put(topic, description.partitions().size()));
      return partitions;
    } catch (ExecutionException e) {
      throw new IOException(
          "the brokers at "
              + properties.getProperty(BOOTSTRAP)
              + " do not answer: "
              + (e.getCause() == null ? e : e.getCause()).getMessage(),
          e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    } catch (KafkaException e) {
      throw new IOException(
          (e.getMessage() + " " + (e.getCause() == null ? "" : e.getCause().getMessage())).strip(),
          e);
    }
  }

  private static Admin admin(Properties properties) {
    Properties ofAdmin = new Properties();
    ofAdmin.putAll(properties);
    ofAdmin.putIfAbsent(
        AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, Integer.toString(MILLIS_TO_ANSWER));
    ofAdmin.putIfAbsent(
        AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, Integer.toString(MILLIS_TO_ANSWER / 2));
    return Admin.create(ofAdmin);
  }

  /**
   * Whether brokers set the timestamps of the records of all these topics.
   *
   * @throws IOException if the brokers do not say, for instance because the user may not ask
   */
  boolean haveLogAppendTime(Properties properties, List<String> topics)
      throws IOException, InterruptedException {
    List<ConfigResource> resources =
        topics.stream().map(topic -> new ConfigResource(ConfigResource.Type.TOPIC, topic)).toList();
    try (Admin admin = admin(properties)) {
      return admin.describeConfigs(resources).all().get().values().stream()
          .map(config -> config.get(TopicConfig.MESSAGE_TIMESTAMP_TYPE_CONFIG))
          .allMatch(
              entry -> entry != null && TimestampType.LOG_APPEND_TIME.name.equals(entry.value()));
    } catch (ExecutionException e) {
      throw new IOException((e.getCause() == null ? e : e.getCause()).getMessage(), e);
    }
  }
}
