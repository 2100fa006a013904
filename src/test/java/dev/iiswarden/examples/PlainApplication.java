package dev.iiswarden.examples;

import dev.iiswarden.Detector;
import dev.iiswarden.StateDirectory;
import dev.iiswarden.decode.EventDecoder;
import dev.iiswarden.decode.EventDecoders;
import dev.iiswarden.sink.JsonLinesSink;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.stream.Stream;

/**
 * An application without a framework: it reads lines, raises alerts, and loses nothing in a
 * restart.
 */
final class PlainApplication {
  private static final int LINES_BETWEEN_SAVES = 10_000;

  private PlainApplication() {}

  // @start region=plain
  /** Reads what has come to a log file since the last run. */
  static void run(Path log, Path alerts, Path directory) throws IOException {
    EventDecoder decoder = EventDecoders.auto();
    try (JsonLinesSink sink = new JsonLinesSink(alerts);
        Detector detector = Detector.builder().sink(sink).build();
        StateDirectory state = StateDirectory.open(directory);
        Stream<String> lines = Files.lines(log)) {
      long next = state.restore(detector).map(Long::parseLong).orElse(0L);
      Iterator<String> rest = lines.skip(next).iterator();
      while (rest.hasNext()) {
        detector.accept(decoder.decode(rest.next()));
        next++;
        if (next % LINES_BETWEEN_SAVES == 0) {
          state.save(detector, Long.toString(next));
        }
      }
      state.save(detector, Long.toString(next)); // and close() judges what still waits
    }
  }

  // @end

  /** Names a log file, a file for alerts, and a directory for the state. */
  public static void main(String... arguments) throws IOException {
    run(Path.of(arguments[0]), Path.of(arguments[1]), Path.of(arguments[2]));
  }
}
