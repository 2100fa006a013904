package dev.iiswarden.sink;

import static dev.iiswarden.testing.RaisedAlerts.alerts;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.iiswarden.alert.Alert;
import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.Test;

class InMemorySinkTest {
  private final InMemorySink sink = new InMemorySink();

  @Test
  void alertsAreKeptInTheOrderInWhichTheyCame() {
    List<Alert> alerts = alerts("l", 3);
    alerts.forEach(sink::accept);
    assertEquals(alerts, sink.alerts());
  }

  @Test
  void whatWasAskedForDoesNotChangeAfterwards() {
    List<Alert> before = sink.alerts();
    sink.accept(alerts("l", 1).get(0));
    assertEquals(List.of(), before);
    assertThrows(UnsupportedOperationException.class, before::clear);
  }

  @Test
  void severalThreadsLoseNoAlert() throws Exception {
    List<Alert> alerts = alerts("l", 400);
    SeveralThreads.forEach(alerts, sink::accept);
    assertEquals(alerts.size(), sink.alerts().size());
    assertEquals(new HashSet<>(alerts), new HashSet<>(sink.alerts()));
  }
}
