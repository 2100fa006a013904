package dev.iiswarden.bench;

import dev.iiswarden.Detector;
import dev.iiswarden.engine.GateProbe;
import dev.iiswarden.event.Event;
import dev.iiswarden.rules.Rules;
import dev.iiswarden.testing.OrdinaryEvents;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Measures how the cost of an event that no rule wants, and memory, grow with the number of rules.
 */
final class ScalingBench {
  private static final int[] RULES = {0, 100, 1_000};

  private ScalingBench() {}

  static void run() {
    List<Event> events = OrdinaryEvents.facts(4_096, 100);
    Comparison gate =
        new Comparison(
            "the gate and the number of rules, on ordinary events as objects", events.size());
    Comparison detector =
        new Comparison(
            "a detector and the number of rules, on ordinary events as objects", events.size());
    List<Detector> detectors = new ArrayList<>();
    StringBuilder memory = new StringBuilder();
    for (int number : RULES) {
      long before = Work.usedHeap();
      Rules rules = ManyRules.of(number);
      String name = rules.all().size() + " rules";
      GateProbe probe = new GateProbe(rules);
      Detector made = Detector.builder().rules(rules).build();
      detectors.add(made);
      gate.with(name, () -> Work.count(events, probe::admits));
      detector.with(name, () -> Work.accept(made, events));
      Work.accept(made, events);
      Work.count(events, probe::admits);
      memory.append(
          String.format(Locale.ROOT, "  %-28s %.1f MB%n", name, (Work.usedHeap() - before) / 1e6));
    }
    gate.print();
    detector.print();
    System.out.printf("%nheap of a rule set, with its text, a detector and two gates%n%s", memory);
    detectors.forEach(Detector::close);
  }
}
