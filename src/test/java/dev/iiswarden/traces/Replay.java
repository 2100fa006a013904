package dev.iiswarden.traces;

import dev.iiswarden.Detector;
import dev.iiswarden.decode.Decoded;
import dev.iiswarden.decode.EventDecoder;
import dev.iiswarden.decode.EventDecoders;
import dev.iiswarden.read.LogReader;
import dev.iiswarden.read.LogRecord;
import dev.iiswarden.rules.Rules;
import dev.iiswarden.sink.InMemorySink;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Runs events through the rules as the command {@code replay} does, with its defaults, and holds
 * repeats of an alert back for a day.
 */
final class Replay {
  /** For how long a repeat of an alert is held back. */
  static final Duration REPEATS = Duration.ofDays(1);

  private final InMemorySink alerts = new InMemorySink();
  private final AtomicLong suppressed = new AtomicLong();
  private final AtomicLong lost = new AtomicLong();
  private final EventDecoder decoder = EventDecoders.auto();
  private final Detector detector;

  private Replay(Rules rules) {
    detector =
        Detector.builder()
            .rules(rules)
            .suppressRepeats(REPEATS)
            .sink(alerts)
            .suppressedSink(alert -> suppressed.incrementAndGet())
            .onMalformed(record -> lost.incrementAndGet())
            .build();
  }

  /** Runs a log file of any form, plain or gzip. */
  static Findings file(Rules rules, Path file) throws IOException {
    try (LogReader log = LogReader.open(file)) {
      Replay replay = new Replay(rules);
      for (LogRecord record = log.next(); record != null; record = log.next()) {
        for (Decoded decoded : replay.decoder.decode(record).records()) {
          replay.detector.accept(decoded);
        }
      }
      return replay.end();
    }
  }

  /** Runs the lines of a log, one record each. */
  static Findings lines(Rules rules, Iterable<String> lines) {
    Replay replay = new Replay(rules);
    for (String line : lines) {
      replay.detector.accept(replay.decoder.decode(line));
    }
    return replay.end();
  }

  private Findings end() {
    detector.close();
    return new Findings(
        alerts.alerts(), suppressed.get(), detector.counters().events(), lost.get());
  }
}
