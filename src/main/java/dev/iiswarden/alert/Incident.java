package dev.iiswarden.alert;

import java.time.Instant;
import java.util.List;

/**
 * What is known about an incident when an alert is sent: a chain of alerts on one host that share a
 * DLL, a process, a registration or an event of their evidence. See {@link Alert#incident()};
 * {@code docs/alerts.md} says what links alerts, and how severity, score and verdict follow from
 * them. Immutable and safe for use by several threads.
 *
 * @param id 32 hexadecimal digits, the same for all alerts of the incident. It is a digest of the
 *     host's name and the first event of the evidence of the alert that opened the incident, so it
 *     is the same wherever and whenever the events are read
 * @param severity {@code low}, {@code medium} or {@code high}
 * @param score from 0 to 100
 * @param verdict what happened, as one sentence without a full stop; at most 400 characters. It
 *     contains names from the events as they were sent
 * @param stages which of {@code dropped}, {@code registered}, {@code loaded} and {@code used} the
 *     alerts show, in this order
 * @param first the time of the earliest event of the evidence
 * @param last the time of the latest event of the evidence
 * @param dlls the DLLs that the alerts are about, as the events spell them; at most 16
 * @param merged the ids of incidents that this one has taken in because an alert belonged to both;
 *     at most 16
 */
public record Incident(
    String id,
    String severity,
    int score,
    String verdict,
    List<String> stages,
    Instant first,
    Instant last,
    List<String> dlls,
    List<String> merged) {

  /** Creates an incident and copies the lists. */
  public Incident {
    stages = List.copyOf(stages);
    dlls = List.copyOf(dlls);
    merged = List.copyOf(merged);
  }
}
