package dev.iiswarden.metrics;

import static dev.iiswarden.testing.IisEvents.START;
import static dev.iiswarden.testing.IisEvents.drop;
import static dev.iiswarden.testing.IisEvents.load;
import static dev.iiswarden.testing.IisEvents.ordinary;
import static dev.iiswarden.testing.IisEvents.registration;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.iiswarden.Counters;
import dev.iiswarden.Detector;
import dev.iiswarden.decode.Decoded;
import dev.iiswarden.rules.Rules;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The meters have the values of the detector's counters. */
class DetectorMetricsTest {
  /** Meters whose names differ from those of their counters, in words. */
  private static final Map<String, String> NAMES =
      Map.of("open.hosts", "hosts.open", "open.facts", "facts.open");

  private final MeterRegistry registry = new SimpleMeterRegistry();

  @Test
  void metersAreTheCounters() throws InterruptedException {
    try (Detector detector =
        Detector.builder()
            .rules(Rules.baseQuery())
            .lateness(Duration.ZERO)
            .onMalformed(unused -> {})
            .sink(unused -> {})
            .build()) {
      new DetectorMetrics(detector, Tags.of("feed", "one")).bindTo(registry);
      assertEquals(0, registry.get("iiswarden.events").functionCounter().count());
      detector.accept(load("l", "WEB01", START));
      detector.accept(registration("r", "WEB01", START));
      detector.accept(registration("r", "WEB02", START));
      detector.accept(drop("d", "WEB01", START.plusSeconds(1)));
      detector.accept(ordinary("WEB01", START.plusSeconds(2)));
      detector.accept(Decoded.malformed("broken", 1, 1));
      detector.accept(Decoded.unrecognised("unknown", 2));
      detector.accept(Decoded.withoutTime("timeless", 3));
      detector.accept(Decoded.nothing());
      detector.accept(ordinary("OLD", Instant.EPOCH));
      // A registry that asks again within a second gets the previous values.
      Thread.sleep(1_100);

      Counters counters = detector.counters();
      assertEquals(10, count("events"));
      assertEquals(4, count("relevant"));
      assertEquals(2, count("alerts"));
      assertEquals(1, count("malformed"));
      assertEquals(1, count("unrecognised"));
      assertEquals(1, count("without.time"));
      assertEquals(1, count("not.of.interest"));
      assertEquals(1, count("past.dated"));
      assertEquals(0, count("without.host"));
      assertEquals(0, count("late"));
      assertEquals((double) counters.openHosts(), gauge("hosts.open"));
      assertEquals((double) counters.openFacts(), gauge("facts.open"));
      assertEquals(1, gauge("hosts.open"));
      var judging = registry.get("iiswarden.judging").tag("feed", "one").functionTimer();
      assertEquals(4, judging.count());
      assertEquals(
          (double) counters.judging().toNanos(), judging.totalTime(TimeUnit.NANOSECONDS), 0.5);
      var delivery = registry.get("iiswarden.delivery").functionTimer();
      assertEquals(2, delivery.count());
      assertTrue(delivery.totalTime(TimeUnit.NANOSECONDS) > 0);
    }
  }

  @Test
  void noCounterIsLeftOut() {
    try (Detector detector = Detector.builder().rules(Rules.baseQuery()).build()) {
      new DetectorMetrics(detector).bindTo(registry);
    }
    Set<String> expected =
        Arrays.stream(Counters.class.getMethods())
            .filter(method -> method.getDeclaringClass() == Counters.class)
            .filter(method -> !Modifier.isStatic(method.getModifiers()))
            .map(Method::getName)
            .filter(name -> !Set.of("equals", "hashCode", "toString").contains(name))
            .map(DetectorMetricsTest::meterName)
            .collect(Collectors.toCollection(TreeSet::new));
    Set<String> actual =
        registry.getMeters().stream()
            .map(meter -> meter.getId().getName())
            .collect(Collectors.toCollection(TreeSet::new));
    assertEquals(expected, actual);
  }

  private static String meterName(String counter) {
    String words = counter.replaceAll("([A-Z])", ".$1").toLowerCase(Locale.ROOT);
    return "iiswarden." + NAMES.getOrDefault(words, words);
  }

  private double count(String name) {
    return registry.get("iiswarden." + name).tag("feed", "one").functionCounter().count();
  }

  private double gauge(String name) {
    return registry.get("iiswarden." + name).tag("feed", "one").gauge().value();
  }
}
