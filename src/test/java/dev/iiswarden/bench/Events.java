package dev.iiswarden.bench;

import dev.iiswarden.event.Event;
import dev.iiswarden.event.FileEvent;
import dev.iiswarden.event.RegistryEvent;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** The events that the parts of the benchmark feed. */
final class Events {
  /** How many events {@link #stream} has. */
  static final int PASS = 200_000;

  private Events() {}

  static Event registration(String host, Instant time) {
    return RegistryEvent.builder()
        .timestamp(time)
        .computerName(host)
        .type("change")
        .path("HKLM\\SYSTEM\\CurrentControlSet\\Services\\W3SVC\\Parameters\\FilterDLLs")
        .value("FilterDLLs")
        .dataStrings("C:\\inetpub\\filter.dll")
        .build();
  }

  static Event drop(String host, Instant time) {
    return FileEvent.builder()
        .timestamp(time)
        .computerName(host)
        .type("creation")
        .path("C:\\inetpub\\filter.dll")
        .extension("dll")
        .build();
  }

  static Event unrelated(String host, Instant time) {
    return FileEvent.builder().timestamp(time).computerName(host).build();
  }

  /**
   * A stream over a hundred hosts, a millisecond from event to event.
   *
   * @param every one of so many is a DLL that appears in an IIS folder; 0 for none
   */
  static List<Event> stream(int every) {
    Instant start = Instant.parse("2026-01-01T00:00:00Z");
    List<Event> events = new ArrayList<>(PASS);
    for (int i = 0; i < PASS; i++) {
      String host = "HOST-" + i % 101 + ".corp.example";
      Instant time = start.plusMillis(i);
      events.add(every != 0 && i % every == 0 ? drop(host, time) : unrelated(host, time));
    }
    return events;
  }
}
