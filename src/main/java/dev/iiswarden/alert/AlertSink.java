package dev.iiswarden.alert;

import dev.iiswarden.Counters;
import dev.iiswarden.Detector;

/**
 * Where alerts go. The one interface an embedder implements; {@code dev.iiswarden.sink} has ready
 * ones.
 *
 * <p><b>Threads.</b> A sink is called on the thread that brought the event which completed the
 * detection, after the detector has let go of its locks: a slow sink delays that caller, not the
 * detection on other hosts; {@code QueuedSink} takes that delay away, too. One detector never calls
 * the same sink from two threads at a time. A sink may call {@link Detector#counters()}, but must
 * not call {@code accept}, {@code flush} or {@code close} of the detector that calls it.
 *
 * <p><b>Failure.</b> A sink that returns has the alert; it is never sent again. A sink that throws
 * does not have it: the detector keeps the alert and those after it in order, counts them in {@link
 * Counters#undelivered()}, logs the first failure of each kind, and tries again before the next
 * alert, at {@link Detector#flush()} and at {@link Detector#close()}. Other sinks are not affected.
 * What a sink has not taken when the detector closes is logged in full and thrown as {@link
 * UndeliveredAlertsException}. A crash between the sink's taking an alert and its return means that
 * the alert may come again after a restart: {@link Alert#id()} tells.
 */
@FunctionalInterface
public interface AlertSink {

  /**
   * Takes an alert.
   *
   * @throws RuntimeException if the alert could not be taken and shall be offered again; an error
   *     counts as that, too
   */
  void accept(Alert alert);

  /**
   * Returns when every alert that was accepted is where it survives the end of the process. For
   * sinks that hand alerts on by themselves, such as {@code QueuedSink}; the others need not
   * implement it.
   *
   * @throws RuntimeException if some alerts could not be handed on
   */
  default void flush() {}
}
