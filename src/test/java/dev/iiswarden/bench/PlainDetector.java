package dev.iiswarden.bench;

import dev.iiswarden.event.Event;
import dev.iiswarden.event.FileEvent;
import dev.iiswarden.event.LibraryEvent;
import dev.iiswarden.event.RegistryEvent;
import dev.iiswarden.testing.PlainConditions;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The base query in plain Java, as one would write it by hand without a rule engine: the sequence
 * and the single event, host by host, with a buffer that puts events in order. It has no ceilings,
 * no snapshot, no reload, and believes every time. Not safe for use by several threads.
 */
final class PlainDetector {
  private static final long SPAN_MILLIS = 3_600_000;

  private final long latenessMillis;
  private final Consumer<PlainAlert> sink;
  private final Map<String, PlainHost> hosts = new HashMap<>();
  private long arrivals;

  /**
   * Creates a detector that has seen nothing.
   *
   * @param latenessMillis how long an event waits for those before it
   * @param sink gets the alerts
   */
  PlainDetector(long latenessMillis, Consumer<PlainAlert> sink) {
    this.latenessMillis = latenessMillis;
    this.sink = sink;
  }

  void accept(Event event) {
    arrivals++;
    boolean isRelevant = PlainConditions.any(event);
    if (!isRelevant && hosts.isEmpty()) {
      return;
    }
    String name = String.valueOf(event.getHost().getName());
    PlainHost host = hosts.get(name);
    if (host == null) {
      if (!isRelevant) {
        return;
      }
      host = new PlainHost();
      hosts.put(name, host);
    }
    if (isRelevant) {
      host.waiting.add(new Arrived(event, arrivals));
    }
    host.clock = Math.max(host.clock, event.getSessionTime());
    judgeUntil(host, host.clock - latenessMillis);
    if (host.waiting.isEmpty() && host.registered == null) {
      hosts.remove(name);
    }
  }

  void flush() {
    hosts.values().forEach(host -> judgeUntil(host, Long.MAX_VALUE));
  }

  private void judgeUntil(PlainHost host, long watermark) {
    for (Arrived next = host.waiting.peek();
        next != null && next.event.getSessionTime() < watermark;
        next = host.waiting.peek()) {
      judge(host, host.waiting.remove().event);
    }
    Event registered = host.registered;
    if (registered != null && registered.getSessionTime() + SPAN_MILLIS < watermark) {
      host.registered = null;
    }
  }

  private void judge(PlainHost host, Event event) {
    if (event instanceof RegistryEvent) {
      host.registered = event;
    } else if (event instanceof LibraryEvent) {
      sink.accept(new PlainAlert("w3wp-module-load", List.of(event)));
    } else if (event instanceof FileEvent) {
      Event registered = host.registered;
      if (registered != null
          && event.getTimestamp().isAfter(registered.getTimestamp())
          && event.getSessionTime() - registered.getSessionTime() <= SPAN_MILLIS) {
        host.registered = null;
        sink.accept(new PlainAlert("registry-then-file", List.of(registered, event)));
      }
    }
  }

  /**
   * What it raises.
   *
   * @param rule the id of the rule that it stands for
   * @param evidence the events
   */
  record PlainAlert(String rule, List<Event> evidence) {}

  private record Arrived(Event event, long arrival) {
    static final Comparator<Arrived> ORDER =
        Comparator.comparing((Arrived arrived) -> arrived.event.getTimestamp())
            .thenComparingLong(Arrived::arrival);
  }

  private static final class PlainHost {
    private final PriorityQueue<Arrived> waiting = new PriorityQueue<>(Arrived.ORDER);
    private long clock = Long.MIN_VALUE;
    private @Nullable Event registered;
  }
}
