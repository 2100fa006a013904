package dev.iiswarden.examples;

import dev.iiswarden.Detector;
import dev.iiswarden.StateDirectory;
import dev.iiswarden.decode.EventDecoder;
import dev.iiswarden.decode.EventDecoders;
import dev.iiswarden.read.LogReader;
import dev.iiswarden.read.LogRecord;
import dev.iiswarden.sink.JsonLinesSink;
import java.io.IOException;
import java.nio.file.Path;

/** An application without a framework: a log file in, alerts out, and nothing lost on a restart. */
final class PlainApplication {
  private static final int RECORDS_BETWEEN_SAVES = 10_000;

  private PlainApplication() {}

  // @start region=plain
  /** Reads what has been added to a log file since the last run. */
  static void run(Path file, Path alerts, Path directory) throws IOException {
    EventDecoder decoder = EventDecoders.auto();
    try (JsonLinesSink sink = new JsonLinesSink(alerts);
        Detector detector = Detector.builder().sink(sink).build();
        StateDirectory state = StateDirectory.open(directory);
        LogReader log = LogReader.open(file)) {
      long done = state.restore(detector).map(Long::parseLong).orElse(-1L);
      int unsaved = 0;
      for (LogRecord record = log.next(); record != null; record = log.next()) {
        if (record.offset() > done) {
          detector.accept(decoder.decode(record));
          done = record.offset();
          unsaved++;
        }
        if (unsaved == RECORDS_BETWEEN_SAVES) {
          state.save(detector, Long.toString(done));
          unsaved = 0;
        }
      }
      state.save(detector, Long.toString(done)); // close() then evaluates what still waits
    }
  }

  // @end

  /** Names a log file, a file for alerts, and a directory for the state. */
  public static void main(String... arguments) throws IOException {
    run(Path.of(arguments[0]), Path.of(arguments[1]), Path.of(arguments[2]));
  }
}
