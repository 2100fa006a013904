package dev.iiswarden.kafka;

import dev.iiswarden.Detector;
import dev.iiswarden.alert.Alert;
import dev.iiswarden.alert.Allowlist;
import dev.iiswarden.decode.Decoded;
import dev.iiswarden.event.Event;
import dev.iiswarden.rules.Rules;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.streams.processor.api.ProcessingContext;
import org.jspecify.annotations.Nullable;

/**
 * Evaluates relevant records that are too large for the topic to the detecting tasks, each by
 * itself where it was decoded. Such a record takes part in no sequence and counts as dropped, as
 * one does that exceeds {@link dev.iiswarden.DetectorBuilder#mostCharactersPerEvent}.
 */
final class LoneRecords implements AutoCloseable {
  private final ProcessingContext context;
  private final RuleSource source;
  private final Duration mostAhead;
  private final List<Alert> raised = new ArrayList<>();
  private @Nullable Task task;
  private long timestamp;

  /** What the first such record creates: most tasks never see one. */
  private record Task(
      Detector detector, DetectionMeters meters, Rules rules, Allowlist allowlist) {}

  LoneRecords(ProcessingContext context, RuleSource source, Duration mostAhead) {
    this.context = context;
    this.source = source;
    this.mostAhead = mostAhead;
  }

  /**
   * Evaluates a record.
   *
   * @param arrival its timestamp, in milliseconds since 1970
   * @return its alerts
   */
  List<Alert> judge(List<Event> facts, long arrival) {
    timestamp = arrival;
    Task now = currentTask();
    now.detector().accept(Decoded.of(facts));
    now.meters().update(now.detector().counters());
    List<Alert> alerts = List.copyOf(raised);
    raised.clear();
    alerts.forEach(alert -> now.meters().alert());
    return alerts;
  }

  private Task currentTask() {
    Task before = task;
    Rules rules = source.current();
    Allowlist allowlist = source.allowlist();
    if (before != null && rules == before.rules() && allowlist == before.allowlist()) {
      return before;
    }
    Task after = before == null ? begin(rules, allowlist) : change(before, rules, allowlist);
    task = after;
    return after;
  }

  private Task begin(Rules rules, Allowlist allowlist) {
    Detector detector =
        Detector.builder()
            .lateness(Duration.ZERO)
            .mostCharactersPerEvent(1)
            .mostAhead(mostAhead, () -> Instant.ofEpochMilli(timestamp))
            .rules(rules)
            .allowlist(allowlist)
            .sink(raised::add)
            .build();
    return new Task(detector, new DetectionMeters(context, detector.counters()), rules, allowlist);
  }

  private static Task change(Task before, Rules rules, Allowlist allowlist) {
    before.detector().reload(rules);
    before.detector().allow(allowlist);
    return new Task(before.detector(), before.meters(), rules, allowlist);
  }

  @Override
  public void close() {
    if (task != null) {
      task.detector().close();
    }
  }
}
