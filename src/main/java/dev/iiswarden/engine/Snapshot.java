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
import dev.iiswarden.event.HostFields;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The open state of a detector, written as JSON Lines: a header line, a line for each thing that
 * delivery remembers, a line per host, and a last line with the number of lines and a checksum of
 * all of them, so that nothing is restored from a file that is truncated or damaged.
 *
 * <p>Each event is written once with all its fields. Facts, waiting records and pending sequences
 * refer to it by its number.
 *
 * @param position the place in the feed to which the state belongs; null if it was not saved with
 *     one
 * @param lastArrival the highest arrival number of any record
 * @param seen the records seen lately, see {@link SeenRecords}
 * @param delivery what the delivery of alerts remembers, one thing each
 * @param hosts all hosts with open state
 */
public record Snapshot(
    @Nullable String position,
    long lastArrival,
    List<Long> seen,
    List<JsonNode> delivery,
    List<HostState> hosts) {
  private static final String FORMAT = "iiswarden-snapshot";
  private static final int VERSION = 6;
  private static final String DELIVERY = "delivery";
  private static final String HOST = "host";

  private static final ObjectMapper JSON = EventJson.mapper();

  /** Writes the snapshot; flushes the stream and does not close it. */
  void write(OutputStream out) throws IOException {
    ChecksummedLines.Writer lines = new ChecksummedLines.Writer(out);
    ObjectNode head = JSON.createObjectNode();
    head.put("format", FORMAT).put("version", VERSION).put("last_arrival", lastArrival);
    head.put("position", position);
    ArrayNode records = head.putArray("seen");
    seen.forEach(records::add);
    lines.write(head);
    for (JsonNode remembered : delivery) {
      lines.write(JSON.createObjectNode().set(DELIVERY, remembered));
    }
    for (HostState host : hosts) {
      lines.write(toJson(host));
    }
    lines.end();
  }

  /**
   * Reads a snapshot to its end; does not close the stream.
   *
   * @throws IOException if it cannot be read, is not a snapshot, has another version, is truncated
   *     or damaged; the message says which
   */
  static Snapshot read(InputStream in) throws IOException {
    ChecksummedLines.Reader lines = new ChecksummedLines.Reader(in);
    JsonNode head = lines.first();
    if (!FORMAT.equals(head.path("format").asText())) {
      throw new IOException("this is not a snapshot of iiswarden");
    }
    if (head.path("version").asInt() != VERSION) {
      throw new IOException(
          "this snapshot has version "
              + head.path("version")
              + ", and this release of iiswarden reads version "
              + VERSION);
    }
    List<JsonNode> delivery = new ArrayList<>();
    List<HostState> hosts = new ArrayList<>();
    Set<String> names = new HashSet<>();
    for (JsonNode line = lines.next(); line != null; line = lines.next()) {
      if (line.has(DELIVERY)) {
        delivery.add(line.get(DELIVERY));
        continue;
      }
      try {
        hosts.add(fromJson(line));
      } catch (JsonProcessingException | RuntimeException e) {
        throw new IOException(
            "line " + lines.number() + " of the snapshot is damaged: " + e.getMessage(), e);
      }
      if (!names.add(line.required(HOST).toString())) {
        throw new IOException(
            "line " + lines.number() + " of the snapshot repeats host " + line.required(HOST));
      }
    }
    List<Long> seen = new ArrayList<>();
    head.path("seen").forEach(record -> seen.add(record.asLong()));
    return new Snapshot(
        head.path("position").textValue(),
        head.path("last_arrival").asLong(),
        seen,
        delivery,
        hosts);
  }

  private static ObjectNode toJson(HostState host) {
    IdentityHashMap<Event, Integer> numbers = new IdentityHashMap<>();
    ObjectNode json = clockToJson(host);
    ArrayNode events = json.putArray("events");
    ArrayNode facts = json.putArray("facts");
    for (Object fact : host.facts()) {
      FactJson.toJson(fact, event -> number(event, numbers, events)).ifPresent(facts::add);
    }
    ArrayNode waiting = json.putArray("waiting");
    for (WaitingRecord record : host.waiting()) {
      ObjectNode one = waiting.addObject();
      one.put("arrival", record.arrival()).set("raised", JSON.valueToTree(record.raised()));
      ArrayNode numbersOfRecord = one.putArray("events");
      record.facts().forEach(event -> numbersOfRecord.add(number(event, numbers, events)));
    }
    json.set("logged", JSON.valueToTree(host.logged()));
    json.set("scripts", JSON.valueToTree(host.scripts()));
    return json;
  }

  /** Returns a host's name and clocks as JSON. */
  static ObjectNode clockToJson(HostState host) {
    ObjectNode json = JSON.createObjectNode();
    json.set(HOST, JSON.valueToTree(host.name()));
    json.put("clock", host.clock()).put("ahead", host.ahead());
    json.put("arrived_at", host.arrivedAt()).put("now", host.now());
    return json;
  }

  private static int number(
      Event event, IdentityHashMap<Event, Integer> numbers, ArrayNode events) {
    Integer known = numbers.get(event);
    if (known != null) {
      return known;
    }
    events.add(EventJson.toJson(event));
    numbers.put(event, events.size() - 1);
    return events.size() - 1;
  }

  private static HostState fromJson(JsonNode json) throws JsonProcessingException {
    List<Event> events = new ArrayList<>();
    for (JsonNode event : json.required("events")) {
      events.add(EventJson.fromJson(event));
    }
    List<Object> facts = new ArrayList<>();
    for (JsonNode fact : json.required("facts")) {
      facts.add(FactJson.fromJson(fact, number -> events.get((int) number)));
    }
    List<WaitingRecord> waiting = new ArrayList<>();
    for (JsonNode record : json.required("waiting")) {
      List<Event> one = new ArrayList<>();
      record.required("events").forEach(number -> one.add(events.get(number.asInt())));
      waiting.add(
          new WaitingRecord(
              record.required("arrival").asLong(),
              List.copyOf(one),
              raised(record.required("raised"))));
    }
    List<LoggedAction> logged = new ArrayList<>();
    for (JsonNode action : json.required("logged")) {
      logged.add(JSON.treeToValue(action, LoggedAction.class));
    }
    List<ScriptPart> scripts = new ArrayList<>();
    for (JsonNode part : json.required("scripts")) {
      scripts.add(JSON.treeToValue(part, ScriptPart.class));
    }
    return hostState(json, facts, waiting, logged, scripts);
  }

  /** Returns the keys of the matches of a waiting record that have been handed over. */
  static @Nullable Set<String> raised(JsonNode json) {
    if (json.isNull()) {
      return null;
    }
    Set<String> keys = new HashSet<>();
    json.forEach(key -> keys.add(key.asText()));
    return keys;
  }

  /** Returns the state of a host whose name and clocks are in JSON. */
  static HostState hostState(
      JsonNode clock,
      List<Object> facts,
      List<WaitingRecord> waiting,
      List<LoggedAction> logged,
      List<ScriptPart> scripts)
      throws JsonProcessingException {
    return new HostState(
        JSON.treeToValue(clock.required(HOST), HostFields.class),
        clock.required("clock").asLong(),
        clock.required("ahead").asLong(),
        clock.required("arrived_at").asLong(),
        clock.required("now").asLong(),
        facts,
        waiting,
        logged,
        scripts);
  }
}
