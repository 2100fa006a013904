package dev.iiswarden.bench;

import dev.iiswarden.Detector;
import dev.iiswarden.decode.EventDecoder;
import dev.iiswarden.event.Event;
import java.util.List;
import java.util.function.Predicate;

/** Goes over events or records once, in one way or another. Each returns how many there were. */
final class Work {
  private Work() {}

  static long count(List<Event> events, Predicate<Event> condition) {
    long found = 0;
    for (Event event : events) {
      if (condition.test(event)) {
        found++;
      }
    }
    return found;
  }

  static long accept(Detector detector, List<Event> events) {
    for (Event event : events) {
      detector.accept(event);
    }
    return events.size();
  }

  static long decode(EventDecoder decoder, List<byte[]> lines) {
    long facts = 0;
    for (byte[] line : lines) {
      facts += decoder.decode(line).events().size();
    }
    return facts;
  }

  static long detect(Detector detector, EventDecoder decoder, List<byte[]> lines) {
    for (byte[] line : lines) {
      detector.accept(decoder.decode(line));
    }
    return lines.size();
  }

  static long usedHeap() {
    Runtime runtime = Runtime.getRuntime();
    for (int i = 0; i < 4; i++) {
      System.gc();
    }
    return runtime.totalMemory() - runtime.freeMemory();
  }
}
