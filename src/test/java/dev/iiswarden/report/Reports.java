package dev.iiswarden.report;

import dev.iiswarden.Detector;
import dev.iiswarden.decode.EventDecoders;
import dev.iiswarden.decode.Outcome;
import dev.iiswarden.event.Event;
import dev.iiswarden.rules.Rules;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Writes reports of events, as the replay command does. */
final class Reports {
  static final Path SAMPLE = Path.of("src/samples/web01.sysmon.ndjson");

  private Reports() {}

  /** Writes the report of the first sample log. */
  static void ofSample(Path file) throws IOException {
    List<String> lines = Files.readAllLines(SAMPLE);
    write(
        file,
        detector -> lines.forEach(line -> detector.accept(EventDecoders.auto().decode(line))));
  }

  /** Writes the report of events. */
  static void of(List<? extends Event> events, Path file) throws IOException {
    write(file, detector -> events.forEach(detector::accept));
  }

  /** Writes the report of events, with a limit on the alerts of a rule per host and hour. */
  static void withLimit(int most, List<? extends Event> events, Path file) throws IOException {
    write(file, most, detector -> events.forEach(detector::accept));
  }

  private static void write(Path file, Consumer<Detector> feed) throws IOException {
    write(file, Integer.MAX_VALUE, feed);
  }

  private static void write(Path file, int most, Consumer<Detector> feed) throws IOException {
    Rules rules = Rules.bundled();
    HtmlReport report = new HtmlReport(() -> rules, List.of(), event -> "web.ndjson");
    Detector detector =
        Detector.builder()
            .rules(rules)
            .mostAlertsPerHour(Integer.MAX_VALUE, most)
            .sink(report)
            .build();
    feed.accept(detector);
    detector.close();
    report.write(
        file,
        new ReportSummary(
            "0.0.0",
            List.of("web.ndjson"),
            null,
            null,
            detector.counters(),
            List.of(
                new LogCounts(
                    "<b>web.ndjson</b>", Map.of(Outcome.FACTS, 7L, Outcome.UNRECOGNISED, 1_234L))),
            List.of("web.ndjson:3: <script>alert(1)</script>"),
            0,
            false));
  }
}
