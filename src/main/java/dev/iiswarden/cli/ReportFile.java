package dev.iiswarden.cli;

import dev.iiswarden.Detector;
import dev.iiswarden.alert.Alert;
import dev.iiswarden.alert.AlertSink;
import dev.iiswarden.decode.Decoded;
import dev.iiswarden.event.Event;
import dev.iiswarden.event.EventFields;
import dev.iiswarden.report.HtmlReport;
import dev.iiswarden.report.ReportSummary;
import dev.iiswarden.rules.Rules;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.WeakHashMap;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** What {@code --report} writes: made as alerts come, written when all has been read. */
final class ReportFile implements AlertSink {
  private final Path file;
  private final AtomicReference<Rules> rules;
  private final HtmlReport report;

  /**
   * Where events were read that some rule may still speak of: by their field set, which copies of
   * an event have in common, and which compares by identity.
   */
  private final Map<EventFields, String> logs = new WeakHashMap<>();

  private @Nullable Instant first;
  private @Nullable Instant last;

  /**
   * A report that is to be written.
   *
   * @param rules that alerts come from at first
   * @param guides directories that may hold their guides
   */
  ReportFile(Path file, Rules rules, List<Path> guides) {
    this.file = file;
    this.rules = new AtomicReference<>(rules);
    report = new HtmlReport(this.rules::get, guides, event -> logs.get(event.getEvent()));
  }

  /** Why no file can be written there, known before all logs are read for nothing. */
  static @Nullable String refusal(Path file) {
    if (file.toString().equals("-")) {
      return "name a file, such as report.html";
    }
    Path directory = file.toAbsolutePath().getParent();
    if (Files.isDirectory(file)) {
      return "is a directory; name a file, such as " + file.resolve("report.html");
    }
    if (directory == null || !Files.isDirectory(directory)) {
      return "there is no directory " + directory;
    }
    if (Files.exists(file) && !Files.isRegularFile(file)) {
      return "is no ordinary file";
    }
    return Files.isWritable(directory) ? null : "permission denied for " + directory;
  }

  /** Notes when and where a log's events were, and under which rules they are judged. */
  void saw(Decoded decoded, String log, Detector detector) {
    Rules now = detector.rules();
    rules.set(now);
    if (now.isRelevant(decoded)) {
      decoded.events().forEach(event -> logs.put(event.getEvent(), log));
    }
    for (Event event : decoded.events()) {
      Instant time = event.getTimestamp();
      first = first == null || time.isBefore(first) ? time : first;
      last = last == null || time.isAfter(last) ? time : last;
    }
  }

  @Override
  public void accept(Alert alert) {
    report.accept(alert);
  }

  /**
   * Writes the page.
   *
   * @throws IOException if it cannot be written
   */
  void write(List<String> inputs, Detector detector, LogFiles logs) throws IOException {
    report.write(
        file,
        new ReportSummary(
            Main.version(),
            inputs,
            first,
            last,
            detector.counters(),
            logs.problems(),
            logs.moreProblems()));
  }

  @Override
  public String toString() {
    return file.toString();
  }
}
