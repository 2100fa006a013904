package dev.iiswarden.bench;

import dev.iiswarden.Detector;
import dev.iiswarden.decode.EventDecoder;
import dev.iiswarden.decode.EventDecoders;
import dev.iiswarden.engine.GateProbe;
import dev.iiswarden.event.Event;
import dev.iiswarden.rules.Rules;
import dev.iiswarden.testing.OrdinaryEvents;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Measures what the rules beyond the base query cost, and what rules cost that are not compiled.
 */
final class RulesBench {
  private RulesBench() {}

  /** What the rules beyond the base query cost. */
  static void rules(String[] logs) throws IOException {
    List<Event> events = OrdinaryEvents.facts(4_096, 100);
    try (Detector base = Detector.builder().rules(Rules.baseQuery()).build();
        Detector all = Detector.builder().build()) {
      new Comparison("rules, on ordinary events as objects", events.size())
          .with("base query", () -> Work.accept(base, events))
          .with("all rules", () -> Work.accept(all, events))
          .print();
    }
    rules("rules, on made-up Sysmon lines", OrdinaryEvents.sysmonLines(20_000, 100));
    for (String log : logs) {
      if (Files.exists(Path.of(log))) {
        rules("rules, on " + log, LinesBench.read(Path.of(log)));
      }
    }
  }

  private static void rules(String title, List<byte[]> lines) {
    EventDecoder decoder = EventDecoders.auto();
    try (Detector base = Detector.builder().rules(Rules.baseQuery()).build();
        Detector all = Detector.builder().build()) {
      new Comparison(title, lines.size())
          .with("base query", () -> Work.detect(base, decoder, lines))
          .with("all rules", () -> Work.detect(all, decoder, lines))
          .print();
    }
  }

  /** What interpreted rules cost beside the same rules compiled. */
  static void interpreter() throws IOException {
    List<Event> events = OrdinaryEvents.facts(4_096, 100);
    GateProbe gate = new GateProbe(Rules.bundled());
    GateProbe interpretedGate = new GateProbe(Rules.fromDirectory(Path.of("rules-drl")));
    try (Detector compiled = Detector.builder().rules(Rules.bundled()).build();
        Detector interpreted =
            Detector.builder().rules(Rules.fromDirectory(Path.of("rules-drl"))).build()) {
      new Comparison("compiled and interpreted rules, on ordinary events as objects", events.size())
          .with("detector, compiled", () -> Work.accept(compiled, events))
          .with("detector, interpreted", () -> Work.accept(interpreted, events))
          .with("gate, compiled", () -> Work.count(events, gate::admits))
          .with("gate, interpreted", () -> Work.count(events, interpretedGate::admits))
          .print();
    }
    InterpreterBench.run();
  }
}
