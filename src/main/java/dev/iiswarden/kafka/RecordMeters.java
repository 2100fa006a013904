package dev.iiswarden.kafka;

import dev.iiswarden.decode.Decoded;
import dev.iiswarden.decode.Outcome;
import java.util.EnumMap;
import java.util.Map;
import org.apache.kafka.common.metrics.Sensor;
import org.apache.kafka.streams.processor.api.ProcessingContext;

/** The meters of a decoding task. Together they account for every record that it has read. */
final class RecordMeters {
  private final Sensor events;
  private final Map<Outcome, Sensor> byOutcome = new EnumMap<>(Outcome.class);
  private final Sensor relevant;
  private final Sensor withoutHost;
  private final Sensor pastDated;
  private final Sensor futureDated;
  private final Sensor deadLetters;

  RecordMeters(ProcessingContext context) {
    events = Meters.of(context, "events");
    byOutcome.put(Outcome.NOT_OF_INTEREST, Meters.of(context, "not-of-interest"));
    byOutcome.put(Outcome.UNRECOGNISED, Meters.of(context, "unrecognised"));
    byOutcome.put(Outcome.NO_TIME, Meters.of(context, "without-time"));
    byOutcome.put(Outcome.MALFORMED, Meters.of(context, "malformed"));
    relevant = Meters.of(context, "relevant");
    withoutHost = Meters.of(context, "without-host");
    pastDated = Meters.of(context, "past-dated");
    futureDated = Meters.of(context, "future-dated");
    deadLetters = Meters.of(context, "dead-letters");
  }

  void record(Decoded record) {
    events.record();
    Sensor outcome = byOutcome.get(record.outcome());
    if (outcome != null) {
      outcome.record();
    }
  }

  void relevant() {
    relevant.record();
  }

  void withoutHost() {
    withoutHost.record();
  }

  void pastDated() {
    pastDated.record();
  }

  void futureDated() {
    futureDated.record();
  }

  void deadLetter() {
    deadLetters.record();
  }
}
