package dev.iiswarden.alert;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.iiswarden.event.Event;
import dev.iiswarden.event.Sha256;
import dev.iiswarden.rules.Rule;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The record that a rule has matched on a host. The detector makes alerts and hands them to {@link
 * AlertSink}s; {@link #of} makes one in tests of sinks. Immutable and safe for use by several
 * threads.
 *
 * <p>The JSON form is one object of the Elastic Common Schema ("ECS field reference"); {@code
 * docs/alerts.md} lists every field. Facts for which ECS has no field are in {@code iiswarden}. See
 * {@link AlertFormat} for other forms.
 */
public final class Alert {
  /** How much of a digest is in an id. */
  static final int ID_BYTES = 16;

  private final Rule rule;
  private final List<Event> evidence;

  private final AlertIdentity identity;
  private final AlertSubject subject;
  private final long repeats;
  private final @Nullable Suppression suppression;
  private final @Nullable Incident incident;
  private final boolean opensIncident;

  /**
   * Creates an alert for a match, as the detector does.
   *
   * @param evidence at least one event, in the order in which the rule names them
   * @throws IllegalArgumentException if there is no evidence
   */
  public static Alert of(Rule rule, List<Event> evidence) {
    if (evidence.isEmpty()) {
      throw new IllegalArgumentException("evidence is empty: an alert needs at least one event");
    }
    return new Alert(rule, List.copyOf(evidence), null);
  }

  private Alert(Rule rule, List<Event> evidence, @Nullable String id) {
    this(
        rule,
        evidence,
        new AlertIdentity(rule, evidence, id),
        new AlertSubject(rule, evidence),
        0,
        null,
        null,
        false);
  }

  private Alert(
      Rule rule,
      List<Event> evidence,
      AlertIdentity identity,
      AlertSubject subject,
      long repeats,
      @Nullable Suppression suppression,
      @Nullable Incident incident,
      boolean opensIncident) {
    this.rule = rule;
    this.evidence = evidence;
    this.identity = identity;
    this.subject = subject;
    this.repeats = repeats;
    this.suppression = suppression;
    this.incident = incident;
    this.opensIncident = opensIncident;
  }

  /** Returns this alert with the number of its repeats suppressed before it. */
  Alert withRepeats(long count) {
    return new Alert(
        rule, evidence, identity, subject, count, suppression, incident, opensIncident);
  }

  /** Returns this alert marked as suppressed. */
  Alert suppressedBy(Suppression reason) {
    return new Alert(rule, evidence, identity, subject, repeats, reason, incident, opensIncident);
  }

  /** Returns this alert as part of an incident. */
  Alert in(Incident one) {
    return new Alert(rule, evidence, identity, subject, repeats, suppression, one, opensIncident);
  }

  /** Returns this alert, marked if it is the first one of its incident that is shown. */
  Alert opening(boolean opens) {
    return new Alert(rule, evidence, identity, subject, repeats, suppression, incident, opens);
  }

  /** Whether this is the first alert of its incident that is shown. */
  boolean opensIncident() {
    return opensIncident;
  }

  /** Creates an alert about other alerts; its id is computed from the given texts. */
  static Alert about(Rule rule, List<Event> evidence, String... what) {
    return new Alert(rule, evidence, digest(what));
  }

  /**
   * The alert's id: 32 hexadecimal digits, the same whenever and wherever the same detection is
   * made. It is a digest of the rule's id, the host, and each evidence event's kind, time and
   * {@code event.id}, or all of its fields if the event has no id of its own.
   */
  public String id() {
    return identity.id();
  }

  /**
   * The incident to which the alert belongs, as it was known when the detector sent the alert:
   * consumers can use its id to show as one the several alerts that an intrusion raises. An alert
   * that was not sent by a detector, or that the allowlist suppressed, is an incident of its own.
   */
  public Incident incident() {
    return incident == null ? IncidentTracker.ofItsOwn(this) : incident;
  }

  /** What tells the alert from others. */
  AlertIdentity identity() {
    return identity;
  }

  /** What the alert is about. */
  AlertSubject subject() {
    return subject;
  }

  /** The rule that matched. */
  public Rule rule() {
    return rule;
  }

  /** The host's name as the evidence spells it; null if the evidence names no host. */
  public @Nullable String host() {
    return evidence.get(0).getHost().getName();
  }

  /** The part that all names of the host share; empty if the host has no name. */
  String hostKey() {
    String key = evidence.get(0).getHost().getCorrelationKey();
    return key == null ? "" : key;
  }

  /** The time of the last evidence event. */
  public Instant timestamp() {
    return evidence.get(evidence.size() - 1).getTimestamp();
  }

  /** The events that the rule matched, in the order in which the rule names them; at least one. */
  public List<Event> evidence() {
    return evidence;
  }

  /** How many repeats of the previous such alert were suppressed before this one. */
  public long repeats() {
    return repeats;
  }

  /** Why this alert was suppressed; null if it was not. */
  public @Nullable Suppression suppression() {
    return suppression;
  }

  /** The rule's name and the host, in one line. */
  public String summary() {
    return rule.name() + (host() == null ? "" : " on " + host());
  }

  /** Returns the alert as one line of JSON in ECS. */
  public String toJson() {
    return AlertFormat.ECS.toJson(this);
  }

  /** Returns the content of {@link #toJson()} as nested maps, lists and values. */
  public Map<String, Object> toMap() {
    return AlertFormat.ECS.toMap(this);
  }

  static String json(Map<String, Object> document) {
    try {
      return Json.WRITER.writeValueAsString(document);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("cannot write an alert as JSON", e);
    }
  }

  static String digest(String... texts) {
    return HexFormat.of().formatHex(sha256(texts), 0, ID_BYTES);
  }

  /** The first half of {@link #digest}, as a number. */
  static long shortDigest(String... texts) {
    return ByteBuffer.wrap(sha256(texts)).getLong();
  }

  private static byte[] sha256(String... texts) {
    MessageDigest digest = Sha256.begin();
    for (String text : texts) {
      EventIdentity.add(digest, text);
    }
    return digest.digest();
  }

  @Override
  public String toString() {
    return rule.severity() + " " + rule.id() + " on " + host() + " at " + timestamp() + " " + id();
  }

  /** Apart, because it takes long to load, and who only prints alerts does without it. */
  private static final class Json {
    static final ObjectMapper WRITER = new ObjectMapper();

    private Json() {}
  }
}
