package dev.iiswarden.alert;

import static dev.iiswarden.testing.IisEvents.START;
import static dev.iiswarden.testing.IisEvents.load;
import static dev.iiswarden.testing.RaisedAlerts.eventId;
import static dev.iiswarden.testing.RaisedAlerts.eventIds;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.iiswarden.Detector;
import dev.iiswarden.DetectorBuilder;
import dev.iiswarden.rules.Rules;
import dev.iiswarden.sink.InMemorySink;
import dev.iiswarden.testing.CapturedLog;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A sink that fails loses no alert, gets none twice, and does not affect other sinks. */
class SinkFailureTest {
  private static final Rules RULES = Rules.baseQuery();

  private final InMemorySink healthy = new InMemorySink();
  private final Refusing refusing = new Refusing();
  private final CapturedLog log = new CapturedLog();

  @AfterEach
  void releaseTheLog() {
    log.close();
  }

  @Test
  void aSinkThatThrowsStopsNoOther() {
    Detector detector = detector(refusing, healthy);
    raise(detector, 1, 3);
    assertEquals(List.of("1", "2", "3"), eventIds(healthy.alerts()));
    assertThrows(UndeliveredAlertsException.class, detector::close);
  }

  @Test
  void anErrorOfASinkIsARefusalLikeAnyOther() {
    List<String> taken = new ArrayList<>();
    Detector detector =
        Detector.builder()
            .rules(RULES)
            .lateness(Duration.ZERO)
            .sink(
                alert -> {
                  throw new StackOverflowError();
                })
            .sink(alert -> taken.add(eventId(alert)))
            .build();
    detector.accept(load("a", "WEB", START));
    UndeliveredAlertsException left =
        assertThrows(UndeliveredAlertsException.class, detector::close);
    assertEquals(List.of("a"), taken);
    assertInstanceOf(StackOverflowError.class, left.getCause());
  }

  @Test
  void aSinkThatThrowsStopsNeitherDetectionNorItsCaller() {
    Detector detector = detector(refusing);
    raise(detector, 1, 3);
    assertEquals(3, detector.counters().alerts());
    assertThrows(UndeliveredAlertsException.class, detector::close);
  }

  @Test
  void whatIsRefusedIsOfferedAgainBeforeTheNextAlert() {
    try (Detector detector = detector(refusing)) {
      raise(detector, 1, 1);
      refusing.reason = null;
      raise(detector, 2, 2);
      assertEquals(List.of("1", "1", "2"), refusing.offered);
    }
  }

  @Test
  void alertsBehindARefusedOneWaitForIt() {
    try (Detector detector = detector(refusing)) {
      raise(detector, 1, 3);
      assertEquals(List.of("1", "1", "1"), refusing.offered);
      refusing.reason = null;
    }
    assertEquals(List.of("1", "2", "3"), refusing.taken);
  }

  @Test
  void whatIsRefusedIsOfferedAgainAtFlush() {
    try (Detector detector = detector(refusing)) {
      raise(detector, 1, 2);
      refusing.reason = null;
      detector.flush();
      assertEquals(List.of("1", "2"), refusing.taken);
    }
  }

  @Test
  void whatIsRefusedIsOfferedAgainAtClose() {
    Detector detector = detector(refusing);
    raise(detector, 1, 2);
    refusing.reason = null;
    detector.close();
    assertEquals(List.of("1", "2"), refusing.taken);
  }

  @Test
  void aSinkThatKeepsFailingAndRecoveringGetsEachAlertExactlyOnce() {
    try (Detector detector = detector(refusing)) {
      for (int number = 1; number <= 12; number++) {
        refusing.reason = number % 3 == 0 ? null : new IllegalStateException("busy");
        raise(detector, number, number);
      }
      assertEquals(IntStream.rangeClosed(1, 12).mapToObj(String::valueOf).toList(), refusing.taken);
    }
  }

  @Test
  void aSinkMayRefuseInTheMiddleOfABacklog() {
    try (Detector detector = detector(refusing)) {
      raise(detector, 1, 3);
      refusing.reason = null;
      refusing.neverTake = "2";
      detector.flush();
      assertEquals(List.of("1"), refusing.taken);
      assertEquals(2, detector.counters().undelivered());
      refusing.neverTake = "";
    }
    assertEquals(List.of("1", "2", "3"), refusing.taken);
  }

  @Test
  void whatIsRefusedIsCountedForEachSink() {
    Refusing other = new Refusing();
    try (Detector detector = detector(refusing, healthy, other)) {
      raise(detector, 1, 2);
      assertEquals(4, detector.counters().undelivered());
      other.reason = null;
      detector.flush();
      assertEquals(2, detector.counters().undelivered());
      refusing.reason = null;
      detector.flush();
      assertEquals(0, detector.counters().undelivered());
    }
  }

  @Test
  void closeHandsOverWhatIsRefusedToTheEndAndWhy() {
    Detector detector = detector(refusing);
    raise(detector, 1, 2);
    UndeliveredAlertsException undelivered =
        assertThrows(UndeliveredAlertsException.class, detector::close);
    assertEquals(List.of("1", "2"), eventIds(undelivered.alerts()));
    assertSame(refusing.reason, undelivered.getCause());
    assertTrue(undelivered.toString().contains("the queue is full"), undelivered::toString);
  }

  @Test
  void closeHandsOverWhatEachSinkRefused() {
    Refusing other = new Refusing();
    Detector detector = detector(refusing, healthy, other);
    raise(detector, 1, 1);
    UndeliveredAlertsException undelivered =
        assertThrows(UndeliveredAlertsException.class, detector::close);
    assertEquals(List.of("1", "1"), eventIds(undelivered.alerts()));
  }

  @Test
  void alertsThatCloseRaisesCanBeRefusedToo() {
    Detector detector = Detector.builder().rules(RULES).sink(refusing).sink(healthy).build();
    raise(detector, 1, 1);
    assertEquals(List.of(), refusing.offered);
    UndeliveredAlertsException undelivered =
        assertThrows(UndeliveredAlertsException.class, detector::close);
    assertEquals(List.of("1"), eventIds(undelivered.alerts()));
    assertEquals(List.of("1"), eventIds(healthy.alerts()));
  }

  @Test
  void aDetectorThatCouldNotDeliverIsClosedNonetheless() {
    Detector detector = detector(refusing);
    raise(detector, 1, 1);
    assertThrows(UndeliveredAlertsException.class, detector::close);
    detector.close();
    assertThrows(IllegalStateException.class, () -> raise(detector, 2, 2));
    assertEquals(0, detector.counters().undelivered());
  }

  @Test
  void aCauseIsLoggedOnceHoweverOftenItStrikes() {
    try (Detector detector = detector(refusing)) {
      raise(detector, 1, 5);
      assertEquals(1, log.lines("ERROR", "its alerts are kept").size());
      assertEquals(1, log.lines("the queue is full").size());
      refusing.reason = null;
    }
  }

  @Test
  void anotherCauseIsLoggedAsWell() {
    try (Detector detector = detector(refusing)) {
      raise(detector, 1, 2);
      refusing.reason = new IllegalArgumentException("too large");
      raise(detector, 3, 4);
      assertEquals(2, log.lines("ERROR", "its alerts are kept").size());
      assertEquals(1, log.lines("too large").size());
      refusing.reason = null;
    }
  }

  @Test
  void afterARecoveryTheCauseIsLoggedAgain() {
    try (Detector detector = detector(refusing)) {
      raise(detector, 1, 1);
      refusing.recover(detector);
      refusing.reason = new IllegalStateException("the queue is full");
      raise(detector, 2, 2);
      assertEquals(2, log.lines("the queue is full").size());
      refusing.reason = null;
    }
  }

  @Test
  void whatIsRefusedToTheEndIsLoggedInFull() {
    Detector detector = detector(refusing);
    raise(detector, 1, 2);
    UndeliveredAlertsException undelivered =
        assertThrows(UndeliveredAlertsException.class, detector::close);
    for (Alert alert : undelivered.alerts()) {
      assertEquals(1, log.lines("ERROR", alert.toJson()).size());
    }
  }

  private static Detector detector(AlertSink... sinks) {
    DetectorBuilder builder = Detector.builder().rules(RULES).lateness(Duration.ZERO);
    for (AlertSink sink : sinks) {
      builder.sink(sink);
    }
    return builder.build();
  }

  /** Raises alerts on events with these numbers as ids, in this order. */
  private static void raise(Detector detector, int first, int last) {
    for (int number = first; number <= last; number++) {
      detector.accept(load(String.valueOf(number), "WEB", START.plusSeconds(number)));
    }
  }

  /** A sink that refuses every alert while it has a reason. */
  private static final class Refusing implements AlertSink {
    private @Nullable RuntimeException reason = new IllegalStateException("the queue is full");
    private String neverTake = "";
    private final List<String> offered = new ArrayList<>();
    private final List<String> taken = new ArrayList<>();

    @Override
    public void accept(Alert alert) {
      String id = eventId(alert);
      offered.add(id);
      if (reason != null) {
        throw reason;
      }
      if (id.equals(neverTake)) {
        throw new IllegalArgumentException("not " + id);
      }
      taken.add(id);
    }

    void recover(Detector detector) {
      reason = null;
      detector.flush();
    }
  }
}
