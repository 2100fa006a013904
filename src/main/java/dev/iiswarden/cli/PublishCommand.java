package dev.iiswarden.cli;

import dev.iiswarden.alert.AllowlistException;
import dev.iiswarden.cli.print.Utf8;
import dev.iiswarden.kafka.RulesPublisher;
import dev.iiswarden.rules.RulesDirectory;
import dev.iiswarden.rules.RulesException;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.Callable;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Publishes rules or an allowlist to all running {@code stream} processes. */
@Command(
    name = "publish",
    description = {
      "Publishes rules or an allowlist to all running stream processes.",
      "",
      "It writes them to a compacted topic, from which all processes of stream --rules-topic take"
          + " them. It does not publish invalid rules or an invalid allowlist."
    },
    exitCodeList = {
      "0:published",
      "1:Kafka did not accept it",
      "2:wrong use, or invalid rules or an invalid allowlist"
    })
final class PublishCommand implements Callable<Integer> {

  @SuppressWarnings("NullAway.Init")
  @Spec
  private CommandSpec command;

  @Mixin private KafkaOptions kafka = new KafkaOptions();

  @Option(
      names = "--rules-topic",
      required = true,
      paramLabel = "TOPIC",
      description = "Topic to publish to; it must have cleanup.policy=compact.")
  private String topic = "";

  @Option(names = "--rules", paramLabel = "DIR", description = "Rules directory to publish.")
  private @Nullable Path rules;

  @Option(
      names = "--rules-key",
      paramLabel = "FILE",
      description =
          "Publish the rules only if they are signed with the private key for this public key or"
              + " certificate (PEM).")
  private @Nullable Path rulesKey;

  @Option(names = "--allowlist", paramLabel = "FILE", description = "Allowlist to publish.")
  private @Nullable Path allowlist;

  private final PrintStream out = Utf8.out();
  private final PrintStream errors = Utf8.err();

  @Override
  public Integer call() {
    if (rules == null && allowlist == null) {
      throw new ParameterException(
          command.commandLine(), "nothing to publish: name --rules DIR, --allowlist FILE, or both");
    }
    Properties properties = kafka.properties();
    try {
      kafka.partitions(properties, List.of(topic));
      publish(properties);
      return ExitCode.DONE;
    } catch (RulesException | AllowlistException | IllegalArgumentException e) {
      errors.println(e.getMessage());
      return ExitCode.WRONG_USE;
    } catch (IOException | KafkaException | IllegalStateException e) {
      errors.println(e.getMessage());
      return ExitCode.FAILED;
    }
  }

  private void publish(Properties properties) throws IOException {
    Properties ofProducer = new Properties();
    ofProducer.putAll(properties);
    ofProducer.put("acks", "all");
    try (KafkaProducer<String, byte[]> producer =
            new KafkaProducer<>(ofProducer, new StringSerializer(), new ByteArraySerializer());
        KafkaConsumer<String, byte[]> consumer =
            new KafkaConsumer<>(
                properties, new StringDeserializer(), new ByteArrayDeserializer())) {
      RulesPublisher publisher = new RulesPublisher(producer, consumer, topic);
      if (rules != null) {
        RulesDirectory directory = RulesDirectory.at(rules);
        directory = rulesKey == null ? directory : directory.signedBy(rulesKey);
        out.println("published rules, version " + publisher.publishRules(directory.read()));
      }
      if (allowlist != null) {
        out.println(
            "published allowlist, version "
                + publisher.publishAllowlist(
                    String.valueOf(allowlist.getFileName()), Files.readString(allowlist)));
      }
    }
  }
}
