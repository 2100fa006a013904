package dev.iiswarden.alert;

/**
 * A receiver of incidents, for consumers that keep a case for each: it gets every alert that is not
 * suppressed together with its {@link Incident}, and is told whether the incident is new. A
 * detector gets its incident sinks from {@code DetectorBuilder.incidentSink}.
 *
 * <p>Threads, order and failure are as for {@link AlertSink}: the alerts come in order, one at a
 * time, and an alert is offered again if a method throws. If incidents were merged, {@link
 * Incident#merged()} names those that are part of another one now. After a crash and a restart, the
 * same alert may be sent again; then {@link #opened} may be called again for the same incident.
 */
public interface IncidentSink {

  /**
   * Takes the first alert of an incident that is not suppressed.
   *
   * @param incident the incident as it is known now
   * @throws RuntimeException if the alert could not be taken and must be offered again; an {@link
   *     Error} is treated in the same way
   */
  void opened(Incident incident, Alert alert);

  /**
   * Takes a further alert of an incident.
   *
   * @param incident the incident as it is known now, with this alert
   * @throws RuntimeException if the alert could not be taken and must be offered again; an {@link
   *     Error} is treated in the same way
   */
  void grown(Incident incident, Alert alert);

  /**
   * Blocks until everything taken is stored where it survives the end of the process. Only sinks
   * that hand on later need to implement it; by default it does nothing.
   *
   * @throws RuntimeException if something could not be handed on
   */
  default void flush() {}
}
