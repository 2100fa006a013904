package dev.iiswarden.kafka;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import dev.iiswarden.testing.AlertRules;
import dev.iiswarden.testing.Readme;
import dev.iiswarden.testing.Story;
import io.micrometer.core.instrument.binder.kafka.KafkaStreamsMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.kafka.common.Metric;
import org.apache.kafka.common.MetricName;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The operations guide lists the meters of a task, and its alert rules use no others. */
class StreamsMetersTest {
  private static final Path GUIDE = Path.of("docs", "operations.md");
  private static final String HEADING = "On Kafka Streams";

  @TempDir private Path state;

  /**
   * Returns the metrics of a topology without a broker, bound as an application would bind them.
   */
  private static final class Streams extends KafkaStreams {
    private final Map<MetricName, Metric> metrics;

    Streams(Map<MetricName, Metric> metrics) {
      super(topology(), properties());
      this.metrics = metrics;
    }

    private static org.apache.kafka.streams.Topology topology() {
      StreamsBuilder builder = new StreamsBuilder();
      builder.stream("unused").to("nowhere");
      return builder.build();
    }

    private static Properties properties() {
      Properties properties = new Properties();
      properties.put("application.id", "unused");
      properties.put("bootstrap.servers", "localhost:1");
      return properties;
    }

    @Override
    public Map<MetricName, ? extends Metric> metrics() {
      return metrics;
    }
  }

  private Set<String> metricsOfATask() {
    PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    try (TestTopology topology = new TestTopology(state, (builder, detection) -> {})) {
      topology.pipe(Story.begin().wrote("C:\\a.txt").lines().get(0), Instant.EPOCH);
      try (Streams streams = new Streams(new HashMap<>(topology.driver.metrics()));
          KafkaStreamsMetrics meters = new KafkaStreamsMetrics(streams)) {
        meters.bindTo(registry);
        return AlertRules.samples(registry.scrape())
            .filter(name -> name.contains("iiswarden") && name.endsWith("_total"))
            .collect(Collectors.toCollection(TreeSet::new));
      }
    }
  }

  @Test
  void theTableHasEveryMeterAsPrometheusNamesIt() {
    assertEquals(metricsOfATask(), new TreeSet<>(AlertRules.metricsInTable(HEADING)));
  }

  @Test
  void theAlertRulesAskForMetersThereAreAndAreThoseOfTheTable() throws IOException {
    String rules = Readme.block(GUIDE, "yaml", "name: iiswarden-streams\n");
    Set<String> there = metricsOfATask();
    for (JsonNode rule : AlertRules.parse(rules)) {
      assertEquals(Set.of(), AlertRules.metricsOtherThan(there, rule), rule::toString);
    }
    assertEquals(AlertRules.names(rules), AlertRules.alertsInTable(HEADING));
  }
}
