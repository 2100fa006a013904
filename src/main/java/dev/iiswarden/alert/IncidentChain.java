package dev.iiswarden.alert;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.iiswarden.event.Event;
import dev.iiswarden.event.EventJson;
import dev.iiswarden.event.HostFields;
import dev.iiswarden.event.WindowsPaths;
import dev.iiswarden.rules.Rule;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What is remembered of an incident: what links it to further alerts, and what its severity, score
 * and verdict follow from. All of it is bounded. Not safe for use by several threads.
 */
final class IncidentChain {
  /** The kind of its entries in a saved state. */
  static final String KIND = "incident";

  private static final int MOST_LINKS = 64;
  private static final int MOST_RULES = 64;
  private static final int MOST_DLLS = 16;
  private static final int MOST_MERGED = 16;
  private static final int LONGEST_PATH = 260;
  private static final int MOST_SCORE = 100;
  private static final int SCORE_OF_A_RULE = 5;
  private static final int SCORE_OF_A_LOW_RULE = 1;
  private static final int SCORE_OF_A_STAGE = 10;

  /** So many rules must agree before their alerts together weigh more than each. */
  private static final int RULES_OF_AN_INTRUSION = 3;

  private static final List<String> SEEN = List.of(IncidentStep.SEEN);

  private static final Set<String> STAGES_OF_AN_INTRUSION =
      Set.of("dropped", "registered", "loaded");

  /** The order of incidents by age, and by id among those of the same time. */
  static final Comparator<IncidentChain> OLDEST_FIRST =
      Comparator.<IncidentChain, Instant>comparing(chain -> chain.opened)
          .thenComparing(chain -> chain.id);

  private final String id;
  private final Instant opened;
  private HostFields host;
  private Instant first;
  private Instant last;
  private final Map<Long, IncidentLinks.Span> links = new LinkedHashMap<>();
  private final Map<String, RuleShare> rules = new TreeMap<>();
  private final Map<String, IncidentStep> steps = new TreeMap<>();
  private final Map<String, String> dlls = new TreeMap<>();
  private final Set<String> merged = new TreeSet<>();
  private @Nullable String shownFirst;

  /** What follows from rules and steps; null if these have changed since it was last asked for. */
  private @Nullable Assessment assessment;

  private IncidentChain(String id, Instant opened, HostFields host) {
    this.id = id;
    this.opened = opened;
    this.host = host;
    first = opened;
    last = opened;
  }

  /** Returns the incident that an alert opens, to which it still has to be added. */
  static IncidentChain openedBy(Alert alert) {
    AlertIdentity identity = alert.identity();
    Event first = identity.firstEvent();
    return new IncidentChain(
        Alert.digest(KIND, alert.hostKey(), identity.keyOfFirstEvent()),
        first.getTimestamp(),
        first.getHost());
  }

  String id() {
    return id;
  }

  Instant last() {
    return last;
  }

  String hostKey() {
    String key = host.getCorrelationKey();
    return key == null ? "" : key;
  }

  boolean isOn(HostFields other) {
    return host.isSameMachineAs(other);
  }

  /** The links by their digests; the caller must not change them. */
  Map<Long, IncidentLinks.Span> links() {
    return links;
  }

  /**
   * Adds all that an alert shows; adding it again changes nothing.
   *
   * @param index is told which links the incident gains and loses
   */
  void add(Alert alert, Map<Long, IncidentLinks.Span> itsLinks, LinkIndex index) {
    AlertWeight weight = AlertWeight.of(alert);
    Rule rule = alert.rule();
    host = host.moreTelling(alert.evidence().get(0).getHost());
    for (Event event : alert.evidence()) {
      extendTo(event.getTimestamp(), event.getTimestamp());
      event.kind().dlls(event).forEach(this::addDll);
    }
    itsLinks.forEach((link, span) -> addLink(link, span, index));
    forgetLinks(index);
    addShare(rule.id(), new RuleShare(weight, weight.score(alert), Set.copyOf(rule.stages())));
    for (String stage : rule.stages().isEmpty() ? SEEN : rule.stages()) {
      addStep(stage, IncidentStep.of(stage, weight, alert));
    }
  }

  private void addStep(String stage, IncidentStep step) {
    IncidentStep known = steps.get(stage);
    IncidentStep all = known == null ? step : known.with(step);
    if (!all.equals(known)) {
      steps.put(stage, all);
      assessment = null;
    }
  }

  /** Takes in another incident, which is no more. */
  void takeIn(IncidentChain other, LinkIndex index) {
    extendTo(other.first, other.last);
    host = host.moreTelling(other.host);
    other.links.forEach((link, span) -> addLink(link, span, index));
    other.rules.forEach(this::addShare);
    other.steps.forEach(this::addStep);
    other.dlls.values().forEach(this::addDll);
    addMerged(other.merged);
    if (other.shownFirst != null) {
      addMerged(Set.of(other.id));
    }
  }

  private void extendTo(Instant from, Instant to) {
    first = from.isBefore(first) ? from : first;
    last = to.isAfter(last) ? to : last;
  }

  private void addLink(Long link, IncidentLinks.Span span, LinkIndex index) {
    // Removed and put again, so that the links are in the order of their last use.
    IncidentLinks.Span known = links.remove(link);
    links.put(link, known == null ? span : known.union(span));
    if (known == null) {
      index.add(link, this);
    }
  }

  /** Forgets the links that have gone longest without use. */
  private void forgetLinks(LinkIndex index) {
    while (links.size() > MOST_LINKS) {
      Long oldest = links.keySet().iterator().next();
      links.remove(oldest);
      index.remove(oldest, this);
    }
  }

  private void addShare(String rule, RuleShare share) {
    RuleShare known = rules.get(rule);
    if (known == null ? rules.size() < MOST_RULES : !known.includes(share)) {
      rules.put(rule, known == null ? share : known.with(share));
      assessment = null;
    }
  }

  private void addDll(String path) {
    if (dlls.size() >= MOST_DLLS) {
      return;
    }
    String canonical = WindowsPaths.canonicalPath(path);
    if (canonical.length() <= LONGEST_PATH) {
      dlls.putIfAbsent(canonical, path);
    }
  }

  private void addMerged(Set<String> ids) {
    ids.stream().filter(one -> merged.size() < MOST_MERGED).forEach(merged::add);
  }

  /**
   * Notes that an alert is shown, and returns whether it is the first one of the incident. It is so
   * again if the same alert is raised again after a crash.
   */
  boolean isOpenedByShowing(Alert alert) {
    shownFirst = shownFirst == null ? alert.id() : shownFirst;
    return shownFirst.equals(alert.id());
  }

  /** The incident as it is known now. */
  Incident incident() {
    Assessment known = assessment;
    if (known == null) {
      known = new Assessment(severity(), score(), Verdict.of(steps.values()), stages());
      assessment = known;
    }
    return new Incident(
        id,
        known.severity,
        known.score,
        known.verdict,
        known.stages,
        first,
        last,
        List.copyOf(dlls.values()),
        List.copyOf(merged));
  }

  private List<String> stages() {
    return Rule.STAGES.stream()
        .filter(stage -> rules.values().stream().anyMatch(rule -> rule.stages.contains(stage)))
        .toList();
  }

  private String severity() {
    List<RuleShare> grave =
        rules.values().stream().filter(rule -> rule.weight != AlertWeight.LOW).toList();
    Set<String> shown = new TreeSet<>();
    grave.forEach(rule -> shown.addAll(rule.stages));
    boolean isIntrusion =
        grave.size() >= RULES_OF_AN_INTRUSION && shown.containsAll(STAGES_OF_AN_INTRUSION);
    if (isIntrusion || grave.stream().anyMatch(rule -> rule.weight == AlertWeight.HIGH)) {
      return "high";
    }
    return grave.isEmpty() ? "low" : "medium";
  }

  private int score() {
    RuleShare gravest =
        rules.values().stream()
            .max(Comparator.comparingInt(RuleShare::score).thenComparing(RuleShare::weight))
            .orElseThrow();
    int score = gravest.score - gravest.scoreOfAFurtherRule();
    for (RuleShare rule : rules.values()) {
      score += rule.scoreOfAFurtherRule();
    }
    score += SCORE_OF_A_STAGE * Math.max(0, stages().size() - 1);
    return Math.min(score, MOST_SCORE);
  }

  ObjectNode toJson() {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("kind", KIND).put("id", id).put("opened", opened.toString());
    json.set("host", EventJson.mapper().valueToTree(host));
    json.put("first", first.toString()).put("last", last.toString());
    ArrayNode spans = json.putArray("links");
    links.forEach(
        (link, span) ->
            spans.addArray().add(Long.toHexString(link)).add(span.first()).add(span.last()));
    ObjectNode shares = json.putObject("rules");
    rules.forEach((rule, share) -> shares.set(rule, share.toJson()));
    ArrayNode told = json.putArray("steps");
    steps.values().forEach(step -> told.add(step.toJson()));
    ArrayNode paths = json.putArray("dlls");
    dlls.values().forEach(paths::add);
    ArrayNode ids = json.putArray("merged");
    merged.forEach(ids::add);
    return json.put("shown_first", shownFirst);
  }

  /** Reads what {@link #toJson()} wrote. */
  static IncidentChain fromJson(JsonNode json) throws JsonProcessingException {
    IncidentChain chain =
        new IncidentChain(
            json.required("id").asText(),
            Instant.parse(json.required("opened").asText()),
            EventJson.mapper().treeToValue(json.required("host"), HostFields.class));
    chain.first = Instant.parse(json.required("first").asText());
    chain.last = Instant.parse(json.required("last").asText());
    for (JsonNode link : json.required("links")) {
      chain.links.put(
          Long.parseUnsignedLong(link.required(0).asText(), 16),
          new IncidentLinks.Span(link.required(1).asLong(), link.required(2).asLong()));
    }
    for (Map.Entry<String, JsonNode> share : json.required("rules").properties()) {
      chain.rules.put(share.getKey(), RuleShare.fromJson(share.getValue()));
    }
    for (JsonNode step : json.required("steps")) {
      IncidentStep told = IncidentStep.fromJson(step);
      chain.steps.put(told.stage(), told);
    }
    json.required("dlls").forEach(path -> chain.addDll(path.asText()));
    json.required("merged").forEach(one -> chain.merged.add(one.asText()));
    chain.shownFirst = json.path("shown_first").asText(null);
    return chain;
  }

  private record Assessment(String severity, int score, String verdict, List<String> stages) {}

  /**
   * What the alerts of one rule contribute.
   *
   * @param weight the greatest weight of an alert
   * @param score the greatest risk score of an alert
   * @param stages what the rule shows
   */
  private record RuleShare(AlertWeight weight, int score, Set<String> stages) {
    RuleShare with(RuleShare other) {
      Set<String> all = new TreeSet<>(stages);
      all.addAll(other.stages);
      return new RuleShare(
          weight.compareTo(other.weight) >= 0 ? weight : other.weight,
          Math.max(score, other.score),
          all);
    }

    /** Whether another share adds nothing. */
    boolean includes(RuleShare other) {
      return weight.compareTo(other.weight) >= 0
          && score >= other.score
          && stages.containsAll(other.stages);
    }

    int scoreOfAFurtherRule() {
      return weight == AlertWeight.LOW ? SCORE_OF_A_LOW_RULE : SCORE_OF_A_RULE;
    }

    ObjectNode toJson() {
      ObjectNode json = JsonNodeFactory.instance.objectNode();
      json.put("weight", weight.name()).put("score", score);
      ArrayNode names = json.putArray("stages");
      new TreeSet<>(stages).forEach(names::add);
      return json;
    }

    static RuleShare fromJson(JsonNode json) {
      Set<String> stages = new TreeSet<>();
      json.required("stages").forEach(stage -> stages.add(stage.asText()));
      return new RuleShare(
          AlertWeight.valueOf(json.required("weight").asText()),
          json.required("score").asInt(),
          stages);
    }
  }
}
