package dev.iiswarden;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.iiswarden.event.Event;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A rule has matched on a host. Immutable and safe for use by several threads.
 *
 * <p>The JSON form, one object, ECS names:
 *
 * <pre>
 * "@timestamp"         when it happened: the time of the last evidence event
 * "event.kind"         "alert"
 * "event.id"           the alert's id, see {@link #id()}
 * "rule.id", "rule.name", "rule.description", "rule.author", "rule.version", "rule.reference"
 * "rule.severity", "rule.confidence", "rule.false_positives"
 * "threat.framework"   "MITRE ATT&amp;CK"
 * "threat.tactic", "threat.technique"   each with "id" and "name"
 * "host.name"          as sent; null if the evidence names no host
 * "evidence"           the events in order, each as ECS with its own "event.id"; one that was
 *                      dated too far in the future has what it said in "labels.reported_timestamp"
 * </pre>
 */
public final class Alert {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int ID_BYTES = 16;

  private final Rule rule;
  private final List<Event> evidence;
  private final String id;

  Alert(Rule rule, List<Event> evidence) {
    this.rule = rule;
    this.evidence = List.copyOf(evidence);
    this.id = identify(rule, this.evidence);
  }

  /**
   * The same for the same detection wherever and whenever it is made: 32 hexadecimal digits from
   * the rule's id, the host, and each evidence event's kind, time and {@code event.id}, or all of
   * its fields if it came without an id.
   */
  public String id() {
    return id;
  }

  /** The rule that matched. */
  public Rule rule() {
    return rule;
  }

  /** The host, as the evidence names it; null if it does not. */
  public @Nullable String host() {
    return evidence.get(0).getHost().getName();
  }

  /** When it happened: the time of the last evidence event. */
  public Instant timestamp() {
    return evidence.get(evidence.size() - 1).getTimestamp();
  }

  /** The events the rule matched on, in the order the rule names them; at least one. */
  public List<Event> evidence() {
    return evidence;
  }

  /** The alert as one line of JSON. */
  public String toJson() {
    try {
      return JSON.writeValueAsString(toMap());
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("alert " + id + " cannot be written as JSON", e);
    }
  }

  /** The alert as nested maps, lists and values: what {@link #toJson()} writes. */
  public Map<String, Object> toMap() {
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("@timestamp", timestamp().toString());
    document.put("event", fields("kind", "alert", "id", id));
    document.put("rule", describeRule());
    document.put("threat", describeThreat());
    document.put("host", fields("name", host()));
    document.put("evidence", evidence.stream().map(Event::toMap).toList());
    return document;
  }

  private Map<String, Object> describeRule() {
    Map<String, Object> description = new LinkedHashMap<>();
    description.put("id", rule.id());
    description.put("name", rule.name());
    description.put("description", rule.description());
    description.put("severity", rule.severity());
    description.put("confidence", rule.confidence());
    description.put("reference", rule.references());
    description.put("false_positives", rule.falsePositives());
    description.put("author", rule.author());
    description.put("version", rule.version());
    return description;
  }

  private Map<String, Object> describeThreat() {
    Map<String, Object> description = new LinkedHashMap<>();
    description.put("framework", "MITRE ATT&CK");
    description.put("tactic", idAndName(rule.tactic()));
    description.put("technique", idAndName(rule.technique()));
    return description;
  }

  private static Map<String, @Nullable Object> idAndName(String text) {
    int blank = text.indexOf(' ');
    return blank < 0
        ? fields("id", text, "name", "")
        : fields("id", text.substring(0, blank), "name", text.substring(blank + 1));
  }

  /** In this order: the same alert is the same text. */
  private static Map<String, @Nullable Object> fields(@Nullable String... namesAndValues) {
    Map<String, @Nullable Object> fields = new LinkedHashMap<>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      fields.put(String.valueOf(namesAndValues[i]), namesAndValues[i + 1]);
    }
    return fields;
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
