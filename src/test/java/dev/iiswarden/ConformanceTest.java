package dev.iiswarden;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.iiswarden.decode.EventDecoder;
import dev.iiswarden.decode.EventDecoders;
import dev.iiswarden.rules.Rule;
import dev.iiswarden.rules.Rules;
import dev.iiswarden.sink.InMemorySink;
import dev.iiswarden.testing.ExpectedAlert;
import dev.iiswarden.testing.Vector;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The base rules raise the alerts of the Elastic query they come from, case by case. */
class ConformanceTest {
  private static final Duration LATENESS = Duration.ofMinutes(15);
  private static final Rules RULES = Rules.baseQuery();
  private static final Rules ALL_RULES = Rules.bundled();
  private static final Rules INTERPRETED = Rules.fromDirectory(Path.of("rules-drl"));
  private static final List<String> IDS = RULES.all().stream().map(Rule::id).toList();

  static List<Vector> vectors() {
    return Vector.all();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("vectors")
  void raisesExactlyTheAlertsOf(Vector vector) {
    assertEquals(
        ExpectedAlert.multiset(vector.expected()), ExpectedAlert.multiset(raisedBy(RULES, vector)));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("vectors")
  void otherRulesBesideItChangeNothing(Vector vector) {
    assertEquals(
        ExpectedAlert.multiset(vector.expected()),
        ExpectedAlert.multiset(
            raisedBy(ALL_RULES, vector).stream()
                .filter(alert -> IDS.contains(alert.rule()))
                .toList()));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("vectorsForInterpretedRules")
  void interpretedRulesRaiseTheSameAlerts(Vector vector) {
    assertEquals(
        ExpectedAlert.multiset(raisedBy(ALL_RULES, vector)),
        ExpectedAlert.multiset(raisedBy(INTERPRETED, vector)));
  }

  /** All, but of the generated streams, which take seconds each, only the first. */
  static List<Vector> vectorsForInterpretedRules() {
    return vectors().stream()
        .filter(
            vector ->
                !vector.name().startsWith("generated-") || vector.name().equals("generated-00"))
        .toList();
  }

  private static List<ExpectedAlert> raisedBy(Rules rules, Vector vector) {
    InMemorySink sink = new InMemorySink();
    EventDecoder decoder = EventDecoders.auto();
    try (Detector detector =
        Detector.builder()
            .rules(rules)
            .lateness(LATENESS)
            .sink(sink)
            .onMalformed(ignored -> {})
            .build()) {
      for (int i = 0; i < vector.lines().size(); i++) {
        byte[] line = vector.lines().get(i).getBytes(StandardCharsets.UTF_8);
        detector.accept(decoder.decode(line, 0, line.length, i + 1L));
      }
    }
    return sink.alerts().stream().map(ExpectedAlert::of).toList();
  }

  @Test
  void allCasesAreThere() {
    assertTrue(vectors().size() >= 142, () -> "only " + vectors().size() + " cases");
    assertTrue(vectors().stream().mapToInt(vector -> vector.expected().size()).sum() > 8_000);
  }
}
