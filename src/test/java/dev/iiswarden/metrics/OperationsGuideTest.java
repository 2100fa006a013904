package dev.iiswarden.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.iiswarden.Detector;
import dev.iiswarden.rules.Rules;
import dev.iiswarden.testing.AlertRules;
import dev.iiswarden.testing.Readme;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The operations guide lists all meters, and its alert rules use no others. */
class OperationsGuideTest {
  private static final Path GUIDE = Path.of("docs", "operations.md");

  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);

  @BeforeEach
  void bind() {
    try (Detector detector = Detector.builder().rules(Rules.baseQuery()).build()) {
      new DetectorMetrics(detector).bindTo(registry);
    }
  }

  @Test
  void theTableHasEveryMeterAsPrometheusNamesIt() {
    Set<String> there =
        AlertRules.families(registry.scrape()).collect(Collectors.toCollection(TreeSet::new));
    assertEquals(there, new TreeSet<>(AlertRules.metricsInTable("Metrics")));
    assertEquals(24, there.size());
  }

  @Test
  void theAlertRulesAskForMetersThereAre() throws IOException {
    Set<String> samples =
        AlertRules.samples(registry.scrape()).collect(Collectors.toCollection(TreeSet::new));
    for (JsonNode rule : AlertRules.parse(Readme.block(GUIDE, "yaml", "name: iiswarden\n"))) {
      assertEquals(Set.of(), AlertRules.metricsOtherThan(samples, rule), rule::toString);
    }
  }

  @Test
  void everyAlertOfTheTableIsARuleAndTheOtherWayRound() throws IOException {
    assertEquals(
        AlertRules.names(Readme.block(GUIDE, "yaml", "name: iiswarden\n")),
        new TreeSet<>(AlertRules.alertsInTable("Metrics")));
  }

  /** A reader who searches the guide for a line of the log finds it. */
  @Test
  void theMessagesOfTheTableAreThoseOfTheCode() throws IOException {
    StringBuilder code = new StringBuilder();
    try (Stream<Path> sources = Files.walk(Path.of("src", "main", "java"))) {
      for (Path source : sources.filter(path -> path.toString().endsWith(".java")).toList()) {
        code.append(Files.readString(source));
      }
    }
    List<String> rows = Readme.rowsUnder("Logs");
    assertTrue(rows.size() > 5, rows::toString);
    for (String row : rows.subList(2, rows.size())) {
      String message = row.split("`", -1)[1];
      assertTrue(code.indexOf(message) >= 0, () -> "nothing logs '" + message + "'");
    }
  }
}
