package dev.iiswarden.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Reads the metric tables and alert rules of the operations guide, and the output of a scrape. */
public final class AlertRules {
  private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());
  private static final Path GUIDE = Path.of("docs", "operations.md");
  private static final Pattern METRIC = Pattern.compile("\\b[a-z]+(?:_[a-z]+)+\\b");
  private static final Pattern TYPE = Pattern.compile("(?m)^# TYPE (\\S+) (\\S+)$");
  private static final Pattern SAMPLE = Pattern.compile("(?m)^([a-z_]+)[ {]");
  private static final Pattern ALERT = Pattern.compile("`(Iiswarden[A-Za-z]+)`: ");

  private AlertRules() {}

  /** The metrics of a scrape, by the names that its samples begin with. */
  public static Stream<String> families(String scrape) {
    return TYPE.matcher(scrape).results().map(type -> type.group(1));
  }

  /** The names of all samples of a scrape. */
  public static Stream<String> samples(String scrape) {
    return SAMPLE.matcher(scrape).results().map(sample -> sample.group(1));
  }

  /** The first column of the table under a heading. */
  public static List<String> metricsInTable(String heading) {
    List<String> rows = Readme.rowsUnder(GUIDE, heading);
    return rows.subList(2, rows.size()).stream().map(row -> row.split("`", -1)[1]).toList();
  }

  /** The alerts named in the table under a heading. */
  public static Set<String> alertsInTable(String heading) {
    Set<String> alerts = new TreeSet<>();
    for (String row : Readme.rowsUnder(GUIDE, heading)) {
      ALERT.matcher(row).results().map(alert -> alert.group(1)).forEach(alerts::add);
    }
    return alerts;
  }

  /**
   * The rules of a file of Prometheus.
   *
   * @throws IllegalArgumentException if a rule is incomplete
   */
  public static List<JsonNode> parse(String yaml) throws IOException {
    List<JsonNode> rules = new ArrayList<>();
    for (JsonNode group : YAML.readTree(yaml).get("groups")) {
      for (JsonNode rule : group.get("rules")) {
        if (!rule.path("expr").isTextual()
            || !rule.at("/labels/severity").isTextual()
            || !rule.at("/annotations/summary").isTextual()) {
          throw new IllegalArgumentException("half a rule: " + rule);
        }
        rules.add(rule);
      }
    }
    return rules;
  }

  /** The names of the alerts of a file of Prometheus. */
  public static Set<String> names(String yaml) throws IOException {
    Set<String> names = new TreeSet<>();
    for (JsonNode rule : parse(yaml)) {
      names.add(rule.path("alert").asText());
    }
    return names;
  }

  /** The metrics that a rule queries, except these. */
  public static Set<String> metricsOtherThan(Set<String> there, JsonNode rule) {
    Set<String> others = new TreeSet<>();
    METRIC
        .matcher(rule.get("expr").asText())
        .results()
        .map(MatchResult::group)
        .forEach(others::add);
    if (others.isEmpty()) {
      throw new IllegalArgumentException("a rule about nothing: " + rule);
    }
    others.removeAll(there);
    return others;
  }
}
