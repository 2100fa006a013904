package dev.iiswarden.simulation;

import dev.iiswarden.alert.Alert;
import dev.iiswarden.decode.EventDecoder;
import dev.iiswarden.decode.EventDecoders;
import dev.iiswarden.testing.WindowsEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Function;

/**
 * What arrives in one run, in order of arrival: the events of some hosts, and what goes wrong on
 * their way.
 */
final class SimulatedFeed {
  /** The lateness of the detectors that are fed. */
  static final Duration LATENESS = Duration.ofSeconds(35);

  static final Instant START = Instant.parse("2026-03-01T03:00:00Z");

  /** The ceilings where a host is flooded. */
  static final int FACTS_PER_HOST = 100;

  static final int WAITING_PER_HOST = 30;

  private static final String FLOODED = "flooded";
  private static final int FLOOD = 70;

  private static final EventDecoder DECODER = EventDecoders.auto();
  private static final int MOST_DELAY_MILLIS = 30_000;
  private static final List<String> NO_EVENTS =
      List.of(
          "{ \"this record\": \"was cut off",
          "{\"a shape\":\"that nobody knows\"}",
          "<Event xmlns='http://schemas.microsoft.com/win/2004/08/events/event'><System>"
              + "<Provider Name='Microsoft-Windows-Sysmon'/><EventID>11</EventID>"
              + "<Channel>Microsoft-Windows-Sysmon/Operational</Channel>"
              + "<Computer>web01.corp.example</Computer></System><EventData>"
              + "<Data Name='TargetFilename'>C:\\inetpub\\filter.dll</Data></EventData></Event>");

  private final Faults faults;
  private final List<SimulatedHost> hosts = new ArrayList<>();
  private final List<Fed> records = new ArrayList<>();

  private SimulatedFeed(Faults faults) {
    this.faults = faults;
  }

  /** The feed of a run. */
  static SimulatedFeed of(Faults faults) {
    SimulatedFeed feed = new SimulatedFeed(faults);
    feed.addHosts();
    feed.addEvents();
    feed.addFlood();
    feed.addWrongClocks();
    feed.addDuplicates();
    feed.addNoise();
    feed.records.sort(Comparator.comparing(Fed::arrival));
    return feed;
  }

  /** All records, in order of arrival. */
  List<Fed> records() {
    return records;
  }

  /** What happened, in the order in which it happened, each event once. */
  List<Fed> inOrder() {
    return records.stream()
        .filter(record -> record.origin() == Fed.Origin.EVENT)
        .sorted(Comparator.comparing(Fed::time))
        .toList();
  }

  /** When the last record arrives. */
  Instant end() {
    return records.get(records.size() - 1).arrival();
  }

  private void addHosts() {
    SplittableRandom random = faults.random("hosts");
    SplittableRandom names = faults.random(Fault.CHANGING_NAMES);
    boolean shared = faults.has(Fault.SHARED_SHORT_NAMES);
    int count = 2 + random.nextInt(5);
    for (int i = 0; i < count; i++) {
      boolean shares = shared && i < 4;
      hosts.add(
          new SimulatedHost(
              shares ? "web" + i / 2 : "host" + i,
              shares && i % 2 == 1 ? "branch.example" : "corp.example",
              faults.has(Fault.CHANGING_NAMES) && !shares,
              START.plusMillis(random.nextInt(3_600_000)),
              random.split(),
              names.split()));
    }
  }

  private void addEvents() {
    SplittableRandom random = faults.random("events");
    SplittableRandom delays = faults.random(Fault.DISORDER);
    int count = 40 + random.nextInt(80);
    while (records.size() < count) {
      for (WindowsEvent event : hosts.get(random.nextInt(hosts.size())).next()) {
        int delay = delays.nextInt(MOST_DELAY_MILLIS);
        Fed fed = decoded(event, event.time(), Fed.Origin.EVENT);
        records.add(faults.has(Fault.DISORDER) ? fed.at(fed.arrival().plusMillis(delay)) : fed);
      }
    }
  }

  /** Whether an alert is on the host that is flooded. */
  static boolean isFlooded(Alert alert) {
    return String.valueOf(alert.host()).startsWith(FLOODED);
  }

  /** Many DLLs are written on one host within seconds, and some are loaded. */
  private void addFlood() {
    if (!faults.has(Fault.FLOODED_HOST)) {
      return;
    }
    SplittableRandom random = faults.random(Fault.FLOODED_HOST);
    SimulatedHost host =
        new SimulatedHost(
            FLOODED, "corp.example", false, START.plusSeconds(3_600), random.split(), random);
    for (int i = 0; i < FLOOD; i++) {
      for (WindowsEvent event : host.flood(i)) {
        Instant arrival = event.time().plusMillis(random.nextInt(MOST_DELAY_MILLIS));
        records.add(decoded(event, arrival, Fed.Origin.EVENT));
      }
    }
  }

  private void addWrongClocks() {
    addWrongClocks(
        Fault.CLOCK_HOURS_AHEAD, random -> Duration.ofMinutes(120 + random.nextInt(1_200)));
    addWrongClocks(Fault.CLOCK_YEARS_AHEAD, random -> Duration.ofDays(730));
    addWrongClocks(Fault.CLOCK_IN_2099, random -> Duration.ofDays(73 * 365));
    addWrongClocks(
        Fault.CLOCK_BACKWARDS,
        random ->
            random.nextBoolean()
                ? Duration.ofMinutes(-1 - random.nextInt(10_000))
                : Duration.ofDays(-30 * 365));
  }

  private void addWrongClocks(Fault fault, Function<SplittableRandom, Duration> error) {
    if (!faults.has(fault)) {
      return;
    }
    SplittableRandom random = faults.random(fault);
    List<Fed> events = inOrder();
    // One event of a host at most: two in a row would bear each other out.
    List<SimulatedHost> right = new ArrayList<>(hosts);
    for (int i = 1 + random.nextInt(4); i > 0 && !right.isEmpty(); i--) {
      Instant arrival = events.get(random.nextInt(events.size())).arrival();
      SimulatedHost host = right.remove(random.nextInt(right.size()));
      Instant wrong = arrival.plus(error.apply(random));
      records.add(decoded(host.ordinary(wrong), arrival, Fed.Origin.WRONG_CLOCK));
    }
  }

  private void addDuplicates() {
    if (!faults.has(Fault.DUPLICATES)) {
      return;
    }
    SplittableRandom random = faults.random(Fault.DUPLICATES);
    for (Fed event : List.copyOf(records)) {
      if (random.nextInt(8) == 0) {
        int delay = random.nextBoolean() ? random.nextInt(20_000) : random.nextInt(7_200_000);
        records.add(event.at(event.arrival().plusMillis(delay)).as(Fed.Origin.DUPLICATE));
      }
    }
  }

  private void addNoise() {
    if (!faults.has(Fault.NOISE)) {
      return;
    }
    SplittableRandom random = faults.random(Fault.NOISE);
    List<Fed> events = inOrder();
    for (int i = 0; i < 20; i++) {
      String line = NO_EVENTS.get(random.nextInt(NO_EVENTS.size()));
      Instant arrival = events.get(random.nextInt(events.size())).arrival();
      records.add(new Fed(arrival, line, DECODER.decode(line), Fed.Origin.NOISE));
    }
  }

  private static Fed decoded(WindowsEvent event, Instant arrival, Fed.Origin origin) {
    String line = event.xml();
    return new Fed(arrival, line, DECODER.decode(line), origin);
  }
}
