package dev.iiswarden.bench;

import dev.iiswarden.Detector;
import dev.iiswarden.engine.GateProbe;
import dev.iiswarden.event.Event;
import dev.iiswarden.rules.Rules;
import dev.iiswarden.testing.OrdinaryEvents;
import dev.iiswarden.testing.PlainConditions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Measures detection alone: events as objects, without the reading of records. */
final class ObjectsBench {
  private ObjectsBench() {}

  static void objects() {
    List<Event> events = OrdinaryEvents.facts(4_096, 100);
    GateProbe gate = new GateProbe(Rules.bundled());
    try (Detector atRest = Detector.builder().rules(Rules.baseQuery()).build();
        Detector open = Detector.builder().rules(Rules.baseQuery()).build();
        Detector oneHost =
            Detector.builder().rules(Rules.baseQuery()).lateness(Duration.ZERO).build()) {
      Instant start = events.get(0).getTimestamp();
      for (int host = 0; host < 100; host++) {
        open.accept(WebServerEvents.registration(WebServerEvents.host(host), start));
        open.accept(WebServerEvents.unrelated(WebServerEvents.host(host), start.plusSeconds(60)));
      }
      new Comparison("ordinary events as objects, refused", events.size())
          .with("hand-written Java", () -> Work.count(events, PlainConditions::any))
          .with("gate, all rules", () -> Work.count(events, gate::admits))
          .with("detector, no host open", () -> Work.accept(atRest, events))
          .with("detector, every host open", () -> Work.accept(open, events))
          .with("detector, no lateness", () -> Work.accept(oneHost, events))
          .print();
    }
  }

  static void relevant() {
    List<Event> none = WebServerEvents.stream(0);
    List<Event> few = WebServerEvents.stream(10_000);
    List<Event> many = WebServerEvents.stream(10);
    Duration lateness = Duration.ofSeconds(30);
    new Comparison(
            "streams with events some rule is interested in, on 100 hosts", WebServerEvents.PASS)
        .with("none", () -> pass(none, Duration.ZERO))
        .with("0.01 %, no lateness", () -> pass(few, Duration.ZERO))
        .with("0.01 %, 30 s of lateness", () -> pass(few, lateness))
        .with("10 %, no lateness", () -> pass(many, Duration.ZERO))
        .with("10 %, 30 s of lateness", () -> pass(many, lateness))
        .print();
  }

  private static long pass(List<Event> events, Duration lateness) {
    try (Detector detector =
        Detector.builder().rules(Rules.baseQuery()).lateness(lateness).build()) {
      return Work.accept(detector, events);
    }
  }

  /** Two threads, each with hosts of its own, do twice the work of one in how much more time? */
  static void threads() {
    List<Event> events = OrdinaryEvents.facts(4_096, 100);
    List<List<Event>> halves = List.of(new ArrayList<>(), new ArrayList<>());
    for (Event event : events) {
      halves.get(Math.floorMod(String.valueOf(event.getHost().getName()).hashCode(), 2)).add(event);
    }
    int times = 200;
    try (Detector detector = Detector.builder().rules(Rules.baseQuery()).build()) {
      new Comparison(
              "ordinary events as objects, from threads, "
                  + Runtime.getRuntime().availableProcessors()
                  + " processors",
              times * events.size())
          .byTheClock()
          .with("one thread", () -> together(times, List.of(events), e -> Work.accept(detector, e)))
          .with("two threads", () -> together(times, halves, e -> Work.accept(detector, e)))
          .with(
              "two threads, no detector",
              () -> together(times, halves, e -> Work.count(e, PlainConditions::any)))
          .with(
              "one thread, no detector",
              () -> together(times, List.of(events), e -> Work.count(e, PlainConditions::any)))
          .print();
    }
  }

  private static long together(int times, List<List<Event>> shares, Consumer<List<Event>> work) {
    List<Thread> threads = new ArrayList<>();
    for (List<Event> share : shares) {
      threads.add(
          new Thread(
              () -> {
                for (int i = 0; i < times; i++) {
                  work.accept(share);
                }
              }));
    }
    threads.forEach(Thread::start);
    for (Thread thread : threads) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }
    return times;
  }
}
