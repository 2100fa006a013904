package dev.iiswarden.testing;

import dev.iiswarden.Detector;
import dev.iiswarden.StateDirectory;
import dev.iiswarden.decode.EventDecoder;
import dev.iiswarden.decode.EventDecoders;
import dev.iiswarden.rules.Rules;
import dev.iiswarden.sink.JsonLinesSink;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * An application that feeds a log to a detector and saves its state every few events, for tests
 * that kill and restart it. Arguments: {@code LOG STATE ALERTS}.
 */
public final class KilledFeed {
  private static final int EVENTS_BETWEEN_SAVES = 20;

  private KilledFeed() {}

  /** Continues from the last saved position. */
  public static void main(String[] args) throws Exception {
    List<String> lines = Files.readAllLines(Path.of(args[0]));
    EventDecoder decoder = EventDecoders.ecs();
    try (JsonLinesSink alerts = new JsonLinesSink(Path.of(args[2]));
        Detector detector =
            Detector.builder()
                .rules(Rules.baseQuery())
                .lateness(Duration.ofSeconds(60))
                .sink(alerts)
                .build();
        StateDirectory state = StateDirectory.open(Path.of(args[1]))) {
      int next = state.restore(detector).map(Integer::parseInt).orElse(0);
      while (next < lines.size()) {
        detector.accept(decoder.decode(lines.get(next)));
        next++;
        if (next % 10 == 0) {
          Thread.sleep(25); // Leaves time to kill the process in mid-stream.
        }
        if (next % EVENTS_BETWEEN_SAVES == 0) {
          state.save(detector, Integer.toString(next));
        }
      }
    }
  }
}
