package dev.iiswarden.cli;

import dev.iiswarden.Detector;
import dev.iiswarden.alert.Alert;
import dev.iiswarden.alert.AlertSink;
import dev.iiswarden.cli.print.RunSummary;
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
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.WeakHashMap;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** The report of {@code --report}: collected as alerts are raised, written at the end. */
final class ReportFile implements AlertSink {
  private final Path file;
  private final AtomicReference<Rules> rules;
  private final HtmlReport report;

  /**
   * The log of each event that an alert may still contain. The key is the event's field set, which
   * copies of an event share and which compares by identity.
   */
  private final Map<EventFields, String> logs = new WeakHashMap<>();

  private @Nullable Instant first;
  private @Nullable Instant last;

  /**
   * Prepares a report.
   *
   * @param rules the rules in use at the start
   * @param guides directories that may hold the rules' guides
   */
  ReportFile(Path file, Rules rules, List<Path> guides) {
    this.file = file;
    this.rules = new AtomicReference<>(rules);
    report = new HtmlReport(this.rules::get, guides, event -> logs.get(event.getEvent()));
  }

  /** Why the file cannot be written, checked before any log is read; null if it can. */
  static @Nullable String refusal(Path file) {
    if (file.toString().equals("-")) {
      return "name a file, such as report.html";
    }
    Path directory = file.toAbsolutePath().getParent();
    if (Files.isDirectory(file)) {
      return "it is a directory; name a file, such as " + file.resolve("report.html");
    }
    if (directory == null || !Files.isDirectory(directory)) {
      return "there is no directory " + directory;
    }
    if (Files.exists(file) && !Files.isRegularFile(file)) {
      return "it is not a regular file";
    }
    return Files.isWritable(directory) ? null : "permission denied for " + directory;
  }

  /** Records the log and time of events, and the rules that evaluate them. */
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
   * @param interrupted whether the run ended before its input did
   * @throws IOException if it cannot be written
   */
  void write(List<String> inputs, Detector detector, LogFiles logs, boolean interrupted)
      throws IOException {
    List<String> problems = new ArrayList<>(logs.problems());
    problems.addAll(RunSummary.warnings(detector.counters()));
    report.write(
        file,
        new ReportSummary(
            Main.version(),
            inputs,
            first,
            last,
            detector.counters(),
            logs.counts(),
            problems,
            logs.moreProblems(),
            interrupted));
  }

  @Override
  public String toString() {
    return file.toString();
  }
}
