package dev.iiswarden.examples;

import dev.iiswarden.Detector;
import dev.iiswarden.alert.Alert;
import dev.iiswarden.decode.Decoded;
import dev.iiswarden.decode.EventDecoder;
import dev.iiswarden.decode.EventDecoders;
import dev.iiswarden.event.Event;
import dev.iiswarden.read.LogReader;
import dev.iiswarden.read.LogRecord;
import dev.iiswarden.read.LogResults;
import dev.iiswarden.read.ParallelReader;
import dev.iiswarden.rules.Explanation;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** The shortest application: one log file in, alerts out, each with its reasons if asked for. */
final class LogFileDetection {
  private LogFileDetection() {}

  /** Where alerts go; the application's own. */
  interface Siem {
    /** Raises an alert. */
    void raise(String id, String severity, String json);
  }

  static void run(Path file, Siem siem) throws IOException {
    // @start region=log-file
    try (Detector detector =
        Detector.builder()
            .lateness(Duration.ofSeconds(35))
            .sink(alert -> siem.raise(alert.id(), alert.rule().severity(), alert.toJson()))
            .build()) {
      EventDecoder decoder = EventDecoders.auto();
      try (LogReader log = LogReader.open(file)) {
        for (LogRecord record = log.next(); record != null; record = log.next()) {
          detector.accept(decoder.decode(record));
        }
      }
    }
    // @end
  }

  static void runOnAllProcessors(List<Path> files, Detector detector) throws IOException {
    // @start region=log-files-in-parallel
    EventDecoder decoder = EventDecoders.auto();
    int threads = Runtime.getRuntime().availableProcessors();
    try (ParallelReader<Decoded> reader = ParallelReader.start(threads, decoder::decode)) {
      List<LogResults<Decoded>> logs = files.stream().map(reader::open).toList();
      for (LogResults<Decoded> log : logs) {
        log.forEach(detector::accept); // on this thread, in the order of the records
      }
    }
    // @end
  }

  static Map<Event, Explanation> reasons(Detector detector, Alert alert) {
    // @start region=alert-reasons
    Map<Event, Explanation> reasons = detector.rules().explain(alert.rule(), alert.evidence());
    // @end
    return reasons;
  }
}
