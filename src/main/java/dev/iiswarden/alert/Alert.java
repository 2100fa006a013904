package dev.iiswarden.alert;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.iiswarden.event.Event;
import dev.iiswarden.rules.Rule;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A rule has matched on a host. Immutable and safe for use by several threads.
 *
 * <p>The JSON form is one object of the Elastic Common Schema ("ECS field reference"); {@code
 * docs/alerts.md} lists every field. What ECS has no field for lies in {@code iiswarden}. See
 * {@link AlertFormat} for other forms.
 */
public final class Alert {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int ID_BYTES = 16;

  private final Rule rule;
  private final List<Event> evidence;
  private final String id;
  private final long repeats;
  private final @Nullable Suppression suppression;

  /**
   * An alert, as the detector makes it of a match.
   *
   * @param evidence at least one event, in the order the rule names them
   * @throws IllegalArgumentException if there is no evidence
   */
  public static Alert of(Rule rule, List<Event> evidence) {
    if (evidence.isEmpty()) {
      throw new IllegalArgumentException("an alert needs evidence");
    }
    return new Alert(rule, List.copyOf(evidence), identify(rule, evidence), 0, null);
  }

  private Alert(
      Rule rule, List<Event> evidence, String id, long repeats, @Nullable Suppression suppression) {
    this.rule = rule;
    this.evidence = evidence;
    this.id = id;
    this.repeats = repeats;
    this.suppression = suppression;
  }

  /** The same alert, with the number of repeats of it that were held back before. */
  Alert withRepeats(long count) {
    return new Alert(rule, evidence, id, count, suppression);
  }

  /** The same alert, with what held it back. */
  Alert suppressedBy(Suppression reason) {
    return new Alert(rule, evidence, id, repeats, reason);
  }

  /** An alert that speaks of others: its id follows from what it speaks of. */
  static Alert about(Rule rule, List<Event> evidence, String... what) {
    return new Alert(rule, evidence, digest(what), 0, null);
  }

  /**
   * The same for the same detection wherever and whenever it is made: 32 hexadecimal digits from
   * the rule's id, the host, and each evidence event's kind, time and {@code event.id}, or all of
   * its fields if it came without an id.
   */
  public String id() {
    return id;
  }

  /**
   * The same for all alerts of one host within one hour of event time, by the clock: so that the
   * several rules that one intrusion sets off can be shown as one. 32 hexadecimal digits from the
   * host's name, letter case and domain aside, and the hour. What goes on over the full hour is two
   * incidents, and alerts that name no host are of one.
   */
  public String incident() {
    return digest("incident", hostKey(), timestamp().truncatedTo(ChronoUnit.HOURS).toString());
  }

  /** The rule that matched. */
  public Rule rule() {
    return rule;
  }

  /** The host, as the evidence names it; null if it does not. */
  public @Nullable String host() {
    return evidence.get(0).getHost().getName();
  }

  /** What all names of the host have in common; empty if it has none. */
  String hostKey() {
    String key = evidence.get(0).getHost().getCorrelationKey();
    return key == null ? "" : key;
  }

  /** When it happened: the time of the last evidence event. */
  public Instant timestamp() {
    return evidence.get(evidence.size() - 1).getTimestamp();
  }

  /** The events the rule matched on, in the order the rule names them; at least one. */
  public List<Event> evidence() {
    return evidence;
  }

  /** How many alerts that repeat the one before were held back since then. */
  public long repeats() {
    return repeats;
  }

  /** What held this alert back; null if nothing did. */
  public @Nullable Suppression suppression() {
    return suppression;
  }

  /** What the alert says, in one line. */
  public String summary() {
    return rule.name() + (host() == null ? "" : " on " + host());
  }

  /** The alert as one line of JSON in ECS. */
  public String toJson() {
    return AlertFormat.ECS.toJson(this);
  }

  /** The alert as nested maps, lists and values: what {@link #toJson()} writes. */
  public Map<String, Object> toMap() {
    return AlertFormat.ECS.toMap(this);
  }

  static String json(Map<String, Object> document) {
    try {
      return JSON.writeValueAsString(document);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("an alert cannot be written as JSON", e);
    }
  }

  private static String digest(String... texts) {
    MessageDigest digest = sha256();
    for (String text : texts) {
      add(digest, text);
    }
    return HexFormat.of().formatHex(digest.digest(), 0, ID_BYTES);
  }

  private static String identify(Rule rule, List<Event> evidence) {
    MessageDigest digest = sha256();
    add(digest, rule.id());
    add(digest, evidence.get(0).getHost().getName());
    for (Event event : evidence) {
      add(digest, event.getClass().getSimpleName());
      add(digest, ownTime(event).toString());
      add(digest, event.getEvent().hasOwnId() ? event.getEvent().getId() : content(event));
    }
    return HexFormat.of().formatHex(digest.digest(), 0, ID_BYTES);
  }

  /** What an event is judged as may differ from one run to the next; what it says does not. */
  private static Instant ownTime(Event event) {
    Instant reported = event.getReportedTimestamp();
    return reported == null ? event.getTimestamp() : reported;
  }

  /** Length first, so that no two lists of texts look alike. */
  private static void add(MessageDigest digest, @Nullable String text) {
    byte[] bytes = text == null ? new byte[0] : text.getBytes(StandardCharsets.UTF_8);
    String head = (text == null ? "-" : "") + bytes.length + ":";
    digest.update(head.getBytes(StandardCharsets.US_ASCII));
    digest.update(bytes);
  }

  /** All that the event says but its place in the input, which another copy of the log changes. */
  private static String content(Event event) {
    Map<String, Object> fields = new TreeMap<>(event.toMap());
    fields.put("@timestamp", ownTime(event).toString());
    if (fields.get("event") instanceof Map<?, ?> own) {
      Map<Object, Object> withoutId = new LinkedHashMap<>(own);
      withoutId.remove("id");
      fields.put("event", withoutId);
    }
    return fields.toString();
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  @Override
  public String toString() {
    return rule.severity() + " " + rule.id() + " on " + host() + " at " + timestamp() + " " + id;
  }
}
