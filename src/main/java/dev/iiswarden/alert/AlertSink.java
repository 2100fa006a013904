package dev.iiswarden.alert;

/**
 * A receiver of alerts, and the one interface that an embedder implements. The package {@code
 * dev.iiswarden.sink} has ready implementations. A detector gets its sinks from {@code
 * DetectorBuilder.sink} and {@code suppressedSink}.
 *
 * <p><b>Threads.</b> The detector calls a sink on the thread that passed in the event which
 * completed the detection, after releasing its locks. A slow sink therefore delays that caller, but
 * not detection on other hosts; {@code QueuedSink} removes that delay, too. A detector never calls
 * the same sink from two threads at a time. A sink may call {@code Detector.counters()}, but must
 * not call {@code accept}, {@code flush} or {@code close} of the detector that calls it.
 *
 * <p><b>Failure.</b> When {@link #accept} returns, the alert counts as delivered and is not sent
 * again. When it throws, the detector keeps that alert and the ones after it in order, counts them
 * in {@code Counters.undelivered()}, logs the first failure of each kind, and tries again before
 * the next alert, at {@code Detector.flush()} and at {@code Detector.close()}. Other sinks are not
 * affected. Alerts that a sink has not taken when the detector closes are logged in full and thrown
 * as {@link UndeliveredAlertsException}. After a crash in the middle of {@code accept} and a
 * restart, the same alert may be sent again, with the same {@link Alert#id()}.
 */
@FunctionalInterface
public interface AlertSink {

  /**
   * Takes an alert.
   *
   * @throws RuntimeException if the alert could not be taken and must be offered again; an {@link
   *     Error} is treated in the same way
   */
  void accept(Alert alert);

  /**
   * Blocks until every accepted alert is stored where it survives the end of the process. Only
   * sinks that hand alerts on later, such as {@code QueuedSink}, need to implement it; by default
   * it does nothing.
   *
   * @throws RuntimeException if an accepted alert could not be handed on
   */
  default void flush() {}
}
