package dev.iiswarden.engine;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.iiswarden.engine.HostState.LoggedAction;
import dev.iiswarden.event.Event;
import dev.iiswarden.event.EventJson;
import dev.iiswarden.event.HostFields;
import dev.iiswarden.event.ModuleRegistration;
import dev.iiswarden.event.PendingSequence;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;

/**
 * The open state of hosts, written as JSON Lines: a header line, a line per host, and a last line
 * with the number of hosts, so that a truncated snapshot is never taken for a whole one.
 *
 * <p>Each event is written once with all its fields. Facts, waiting records and pending sequences
 * refer to it by its number.
 *
 * @param lastArrival the highest arrival number of any record
 * @param seen the records seen lately, see {@link SeenRecords}
 * @param hosts all hosts with open state
 */
record Snapshot(long lastArrival, List<Long> seen, List<HostState> hosts) {
  private static final String FORMAT = "iiswarden-snapshot";
  private static final int VERSION = 4;

  private static final ObjectMapper JSON = EventJson.mapper();

  /** Writes the snapshot; flushes the stream and does not close it. */
  void write(OutputStream out) throws IOException {
    ObjectNode head = JSON.createObjectNode();
    head.put("format", FORMAT).put("version", VERSION).put("last_arrival", lastArrival);
    ArrayNode records = head.putArray("seen");
    seen.forEach(records::add);
    writeLine(out, head);
    for (HostState host : hosts) {
      writeLine(out, toJson(host));
    }
    writeLine(out, JSON.createObjectNode().put("hosts", hosts.size()));
    out.flush();
  }

  private static void writeLine(OutputStream out, JsonNode line) throws IOException {
    out.write(JSON.writeValueAsBytes(line));
    out.write('\n');
  }

  /**
   * Reads a snapshot to its end; does not close the stream.
   *
   * @throws IOException if it cannot be read, is not a snapshot, has another version or is
   *     truncated; the message says which
   */
  static Snapshot read(InputStream in) throws IOException {
    BufferedReader lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
    JsonNode head = readLine(lines, 1);
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
    List<HostState> hosts = new ArrayList<>();
    for (JsonNode line = readLine(lines, 2); ; line = readLine(lines, hosts.size() + 2)) {
      if (line.has("hosts")) {
        if (line.path("hosts").asInt() != hosts.size()) {
          throw new IOException("the snapshot is damaged: hosts are missing");
        }
        List<Long> seen = new ArrayList<>();
        head.path("seen").forEach(record -> seen.add(record.asLong()));
        return new Snapshot(head.path("last_arrival").asLong(), seen, hosts);
      }
      try {
        hosts.add(fromJson(line));
      } catch (JsonProcessingException | RuntimeException e) {
        throw new IOException(
            "line " + (hosts.size() + 2) + " of the snapshot is damaged: " + e.getMessage(), e);
      }
    }
  }

  private static JsonNode readLine(BufferedReader lines, int number) throws IOException {
    String line = lines.readLine();
    if (line == null) {
      throw new IOException("the snapshot was cut short after line " + (number - 1));
    }
    try {
      return JSON.readTree(line);
    } catch (JsonProcessingException e) {
      throw new IOException(
          number == 1
              ? "this is not a snapshot of iiswarden"
              : "line " + number + " of the snapshot is damaged: " + e.getOriginalMessage(),
          e);
    }
  }

  private static ObjectNode toJson(HostState host) {
    IdentityHashMap<Event, Integer> numbers = new IdentityHashMap<>();
    ObjectNode json = JSON.createObjectNode();
    json.set("host", JSON.valueToTree(host.name()));
    json.put("clock", host.clock()).put("now", host.now());
    ArrayNode events = json.putArray("events");
    ArrayNode facts = json.putArray("facts");
    for (Object fact : host.facts()) {
      if (fact instanceof Event event) {
        facts.addObject().put("event", number(event, numbers, events));
      } else if (fact instanceof PendingSequence pending) {
        ObjectNode sequence = facts.addObject();
        sequence.put("sequence", pending.getName()).put("key", pending.getKey());
        ArrayNode soFar = sequence.putArray("events");
        pending.getEvents().forEach(event -> soFar.add(number(event, numbers, events)));
      } else if (fact instanceof ModuleRegistration registration) {
        ObjectNode registered = facts.addObject();
        registered.put("event", number(registration.getEvent(), numbers, events));
        registration.getDlls().forEach(registered.putArray("registers")::add);
      }
    }
    ArrayNode waiting = json.putArray("waiting");
    for (List<Event> record : host.waiting()) {
      ArrayNode numbersOfRecord = waiting.addArray();
      record.forEach(event -> numbersOfRecord.add(number(event, numbers, events)));
    }
    json.set("logged", JSON.valueToTree(host.logged()));
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
      facts.add(fact(fact, events));
    }
    List<List<Event>> waiting = new ArrayList<>();
    for (JsonNode record : json.required("waiting")) {
      List<Event> one = new ArrayList<>();
      record.forEach(number -> one.add(events.get(number.asInt())));
      waiting.add(List.copyOf(one));
    }
    List<LoggedAction> logged = new ArrayList<>();
    for (JsonNode action : json.required("logged")) {
      logged.add(JSON.treeToValue(action, LoggedAction.class));
    }
    return new HostState(
        JSON.treeToValue(json.required("host"), HostFields.class),
        json.required("clock").asLong(),
        json.required("now").asLong(),
        facts,
        waiting,
        logged);
  }

  private static Object fact(JsonNode json, List<Event> events) {
    if (json.has("sequence")) {
      List<Event> soFar = new ArrayList<>();
      json.required("events").forEach(number -> soFar.add(events.get(number.asInt())));
      return new PendingSequence(
          json.get("sequence").asText(), json.path("key").textValue(), soFar);
    }
    Event event = events.get(json.required("event").asInt());
    if (json.has("registers")) {
      List<String> dlls = new ArrayList<>();
      json.get("registers").forEach(dll -> dlls.add(dll.asText()));
      return ModuleRegistration.of(event, dlls);
    }
    return event;
  }
}
