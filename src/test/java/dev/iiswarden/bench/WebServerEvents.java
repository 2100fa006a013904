package dev.iiswarden.bench;

import dev.iiswarden.event.Event;
import dev.iiswarden.event.FileEvent;
import dev.iiswarden.event.LibraryEvent;
import dev.iiswarden.event.RegistryEvent;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** The events of web servers in which the base query is interested, and one in which it is not. */
final class WebServerEvents {
  /** How many events {@link #stream} has. */
  static final int PASS = 200_000;

  private WebServerEvents() {}

  /** The name of one of many hosts. */
  static String host(int number) {
    return "HOST-" + number + ".corp.example";
  }

  /** A DLL is registered as an ISAPI filter, and the base query waits for it to appear. */
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

  /** The DLL appears. */
  static Event drop(String host, Instant time) {
    return FileEvent.builder()
        .timestamp(time)
        .computerName(host)
        .type("creation")
        .path("C:\\inetpub\\filter.dll")
        .extension("dll")
        .build();
  }

  /** The worker process loads a DLL from where any program can write. */
  static Event load(String host, Instant time) {
    return LibraryEvent.builder()
        .timestamp(time)
        .computerName(host)
        .processName("w3wp.exe")
        .path("C:\\ProgramData\\filter.dll")
        .name("filter.dll")
        .build();
  }

  /** Nothing that a rule asks for. */
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
      String host = host(i % 101);
      Instant time = start.plusMillis(i);
      events.add(every != 0 && i % every == 0 ? drop(host, time) : unrelated(host, time));
    }
    return events;
  }
}
