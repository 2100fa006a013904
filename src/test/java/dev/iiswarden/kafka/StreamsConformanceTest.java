package dev.iiswarden.kafka;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.iiswarden.decode.Decoded;
import dev.iiswarden.decode.EventDecoder;
import dev.iiswarden.decode.EventDecoders;
import dev.iiswarden.rules.Rules;
import dev.iiswarden.testing.ExpectedAlert;
import dev.iiswarden.testing.Story;
import dev.iiswarden.testing.Vector;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** On Kafka Streams the base rules raise the alerts of the Elastic query, case by case. */
class StreamsConformanceTest {
  private static final Rules RULES = Rules.baseQuery();
  private static final Instant ARRIVAL = Instant.parse("2026-11-01T00:00:00Z");
  private static final String ORDINARY = Story.begin().wrote("C:\\a.txt").lines().get(0);

  @TempDir private Path state;

  static List<Vector> vectors() {
    return Vector.all();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("vectors")
  void raisesExactlyTheAlertsOf(Vector vector) {
    try (TestTopology topology =
        new TestTopology(
            state,
            (builder, detection) ->
                detection
                    .rules(RULES)
                    .decoder(new LineCounting())
                    .lateness(Duration.ofMinutes(15))
                    .mostAhead(Duration.ofDays(10_000)))) {
      for (String line : vector.lines()) {
        topology.pipe(line, ARRIVAL);
      }
      // No host alone advances the partition by an hour.
      topology.pipe(ORDINARY, ARRIVAL.plus(Duration.ofHours(1)));
      topology.pipe(ORDINARY.replace("WEB01", "OTHER"), ARRIVAL.plus(Duration.ofHours(1)));
      assertEquals(
          ExpectedAlert.multiset(vector.expected()),
          ExpectedAlert.multiset(topology.alerts.stream().map(ExpectedAlert::of).toList()));
    }
  }

  /** The cases identify events without an id by their lines. */
  private static final class LineCounting implements EventDecoder {
    private long lines;

    @Override
    public String name() {
      return "line-counting";
    }

    @Override
    public Decoded decode(byte[] utf8, int offset, int length, long line) {
      lines++;
      return EventDecoders.auto().decode(utf8, offset, length, lines);
    }
  }
}
