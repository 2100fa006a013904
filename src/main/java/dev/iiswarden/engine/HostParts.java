package dev.iiswarden.engine;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.iiswarden.engine.HostState.LoggedAction;
import dev.iiswarden.engine.HostState.ScriptPart;
import dev.iiswarden.event.Event;
import dev.iiswarden.event.EventJson;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A host in a store, in parts: its name and clocks, and one part for each waiting record, event,
 * fact, logged action and part of a script block. A change writes the parts that it concerns, so
 * its cost does not depend on how much a host holds, and no part is larger than a record. Not safe
 * for use by several threads.
 *
 * <p>The name of a part is the host's id, and for all but the first part a letter and a number:
 * {@code 00000000000000a7/e0000000000000003}.
 */
final class HostParts {
  private static final ObjectMapper JSON = EventJson.mapper();
  private static final char WAITING = 'w';
  private static final char EVENT = 'e';
  private static final char FACT = 'f';
  private static final char LOGGED = 'l';
  private static final char SCRIPT = 's';

  private final String id;
  private final IdentityHashMap<Event, Numbered> events = new IdentityHashMap<>();
  private final IdentityHashMap<Object, Long> facts = new IdentityHashMap<>();
  private final Map<LoggedAction, Long> logged = new HashMap<>();
  private final Map<ScriptPart, Long> scripts = new HashMap<>();
  private final Set<Long> waiting = new HashSet<>();
  private long numbers;

  /**
   * Creates a host of which nothing is stored.
   *
   * @param id distinguishes the host from others with the same short name
   */
  HostParts(long id) {
    this(number(id));
  }

  private HostParts(String id) {
    this.id = id;
  }

  private static String number(long number) {
    return String.format(Locale.ROOT, "%016x", number);
  }

  private String part(char kind, long number) {
    return id + '/' + kind + number(number);
  }

  /** Returns the id of the host that a part belongs to. */
  static String hostOf(String part) {
    int end = part.indexOf('/');
    return end < 0 ? part : part.substring(0, end);
  }

  /**
   * Returns the parts by which a host differs from what is stored; null for those to delete.
   *
   * @param changes what has begun or ceased to wait
   * @param lastArrival the highest number of any record so far
   */
  Map<String, byte @Nullable []> changes(
      HostState host, Map<Long, @Nullable WaitingRecord> changes, long lastArrival) {
    Map<String, byte @Nullable []> parts = new TreeMap<>();
    ObjectNode head = Snapshot.clockToJson(host);
    parts.put(id, StoredPart.seal(head.put("last_arrival", lastArrival)));
    changes.forEach((arrival, record) -> noteWaiting(arrival, record, parts));
    note(LOGGED, host.logged(), logged, parts);
    note(SCRIPT, host.scripts(), scripts, parts);
    noteFacts(host.facts(), parts);
    return parts;
  }

  private void noteWaiting(
      long arrival, @Nullable WaitingRecord record, Map<String, byte @Nullable []> parts) {
    if (record == null) {
      if (waiting.remove(arrival)) {
        parts.put(part(WAITING, arrival), null);
      }
      return;
    }
    waiting.add(arrival);
    ObjectNode json = JSON.createObjectNode();
    json.set("raised", JSON.valueToTree(record.raised()));
    ArrayNode facts = json.putArray("events");
    record.facts().forEach(event -> facts.add(EventJson.toJson(event)));
    parts.put(part(WAITING, arrival), StoredPart.seal(json));
  }

  /**
   * Notes values that are each stored as a part.
   *
   * @param stored the values that are stored, with the numbers of their parts
   */
  private <T> void note(
      char kind, List<T> values, Map<T, Long> stored, Map<String, byte @Nullable []> parts) {
    Set<T> present = new HashSet<>(values);
    for (Iterator<Map.Entry<T, Long>> each = stored.entrySet().iterator(); each.hasNext(); ) {
      Map.Entry<T, Long> one = each.next();
      if (!present.contains(one.getKey())) {
        each.remove();
        parts.put(part(kind, one.getValue()), null);
      }
    }
    for (T value : values) {
      if (!stored.containsKey(value)) {
        stored.put(value, ++numbers);
        parts.put(part(kind, numbers), StoredPart.seal(JSON.valueToTree(value)));
      }
    }
  }

  private void noteFacts(List<Object> present, Map<String, byte @Nullable []> parts) {
    Set<Object> kept = Collections.newSetFromMap(new IdentityHashMap<>());
    kept.addAll(present);
    for (Object fact : present) {
      if (!facts.containsKey(fact)) {
        FactJson.toJson(fact, event -> use(event, parts))
            .ifPresent(
                json -> {
                  facts.put(fact, ++numbers);
                  parts.put(part(FACT, numbers), StoredPart.seal(json));
                });
      }
    }
    for (Iterator<Map.Entry<Object, Long>> each = facts.entrySet().iterator(); each.hasNext(); ) {
      Map.Entry<Object, Long> one = each.next();
      if (!kept.contains(one.getKey())) {
        parts.put(part(FACT, one.getValue()), null);
        FactJson.eventsOf(one.getKey()).forEach(event -> release(event, parts));
        each.remove();
      }
    }
  }

  private long use(Event event, Map<String, byte @Nullable []> parts) {
    Numbered known = events.get(event);
    if (known == null) {
      known = new Numbered(++numbers);
      events.put(event, known);
      parts.put(part(EVENT, numbers), StoredPart.seal(EventJson.toJson(event)));
    }
    known.uses++;
    return known.number;
  }

  private void release(Event event, Map<String, byte @Nullable []> parts) {
    Numbered known = events.get(event);
    if (known != null && --known.uses == 0) {
      events.remove(event);
      parts.put(part(EVENT, known.number), null);
    }
  }

  /** Returns the deletion of everything that is stored. */
  Map<String, byte @Nullable []> deletion() {
    Map<String, byte @Nullable []> parts = new TreeMap<>();
    parts.put(id, null);
    waiting.forEach(arrival -> parts.put(part(WAITING, arrival), null));
    events.values().forEach(event -> parts.put(part(EVENT, event.number), null));
    facts.values().forEach(number -> parts.put(part(FACT, number), null));
    logged.values().forEach(number -> parts.put(part(LOGGED, number), null));
    scripts.values().forEach(number -> parts.put(part(SCRIPT, number), null));
    return parts;
  }

  /**
   * Reads the parts of one host.
   *
   * @param parts the host's parts, as they were saved
   * @throws IOException if a part is damaged or missing; the message says which
   */
  static Loaded read(String id, Map<String, byte[]> parts) throws IOException {
    Map<String, JsonNode> opened = new TreeMap<>();
    for (Map.Entry<String, byte[]> part : parts.entrySet()) {
      try {
        opened.put(part.getKey(), StoredPart.open(part.getValue()));
      } catch (IOException e) {
        throw new IOException("part " + part.getKey() + ": " + e.getMessage(), e);
      }
    }
    JsonNode head = opened.remove(id);
    if (head == null) {
      throw new IOException("part " + id + " is missing");
    }
    try {
      return new HostParts(id).read(head, opened);
    } catch (JsonProcessingException | RuntimeException e) {
      throw new IOException("host " + id + ": " + e.getMessage(), e);
    }
  }

  private Loaded read(JsonNode head, Map<String, JsonNode> parts) throws JsonProcessingException {
    Map<Long, Event> eventsByNumber = new HashMap<>();
    List<WaitingRecord> records = new ArrayList<>();
    List<LoggedAction> actions = new ArrayList<>();
    List<ScriptPart> scriptParts = new ArrayList<>();
    List<Object> held = new ArrayList<>();
    long lastArrival = head.required("last_arrival").asLong();
    // By name, so that events are read before the facts that contain them.
    for (Map.Entry<String, JsonNode> part : parts.entrySet()) {
      char kind = part.getKey().charAt(id.length() + 1);
      long number = Long.parseUnsignedLong(part.getKey().substring(id.length() + 2), 16);
      JsonNode json = part.getValue();
      switch (kind) {
        case EVENT -> {
          Event event = EventJson.fromJson(json);
          eventsByNumber.put(number, event);
          events.put(event, new Numbered(number));
        }
        case FACT -> {
          Object fact = FactJson.fromJson(json, eventsByNumber::get);
          facts.put(fact, number);
          held.add(fact);
          FactJson.eventsOf(fact).forEach(this::countUse);
        }
        case LOGGED -> {
          LoggedAction action = JSON.treeToValue(json, LoggedAction.class);
          logged.put(action, number);
          actions.add(action);
        }
        case SCRIPT -> {
          ScriptPart script = JSON.treeToValue(json, ScriptPart.class);
          scripts.put(script, number);
          scriptParts.add(script);
        }
        default -> {
          List<Event> record = new ArrayList<>();
          for (JsonNode event : json.required("events")) {
            record.add(EventJson.fromJson(event));
          }
          waiting.add(number);
          lastArrival = Math.max(lastArrival, number);
          records.add(
              new WaitingRecord(
                  number, List.copyOf(record), Snapshot.raised(json.required("raised"))));
        }
      }
      numbers = kind == WAITING ? numbers : Math.max(numbers, number);
    }
    return new Loaded(
        this, Snapshot.hostState(head, held, records, actions, scriptParts), lastArrival);
  }

  private void countUse(Event event) {
    Numbered known = events.get(event);
    if (known != null) {
      known.uses++;
    }
  }

  /**
   * A host that was read.
   *
   * @param parts what is stored of it
   * @param state its state
   * @param lastArrival the highest number of any record when it was saved
   */
  record Loaded(HostParts parts, HostState state, long lastArrival) {}

  /** The number of a stored event, and how many stored facts contain it. */
  private static final class Numbered {
    private final long number;
    private int uses;

    Numbered(long number) {
      this.number = number;
    }
  }
}
