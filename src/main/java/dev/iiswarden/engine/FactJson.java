package dev.iiswarden.engine;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.iiswarden.event.Event;
import dev.iiswarden.event.EventJson;
import dev.iiswarden.event.ModuleRegistration;
import dev.iiswarden.event.PendingSequence;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.LongFunction;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * Writes the facts that rules hold as JSON, and reads them back. Several facts can contain the same
 * event, so a fact refers to its events by number.
 */
final class FactJson {
  private static final ObjectMapper JSON = EventJson.mapper();

  private FactJson() {}

  /**
   * Returns a fact as JSON; empty if it is of a kind that does not outlive its session.
   *
   * @param numbers gives the number of an event
   */
  static Optional<JsonNode> toJson(Object fact, ToLongFunction<Event> numbers) {
    ObjectNode json = JSON.createObjectNode();
    if (fact instanceof Event event) {
      json.put("event", numbers.applyAsLong(event));
    } else if (fact instanceof PendingSequence pending) {
      json.put("sequence", pending.getName()).put("key", pending.getKey());
      ArrayNode soFar = json.putArray("events");
      pending.getEvents().forEach(event -> soFar.add(numbers.applyAsLong(event)));
    } else if (fact instanceof ModuleRegistration registration) {
      json.put("event", numbers.applyAsLong(registration.getEvent()));
      registration.getDlls().forEach(json.putArray("registers")::add);
    } else {
      return Optional.empty();
    }
    return Optional.of(json);
  }

  /** Returns the events that a fact contains. */
  static List<Event> eventsOf(Object fact) {
    if (fact instanceof Event event) {
      return List.of(event);
    }
    if (fact instanceof PendingSequence pending) {
      return pending.getEvents();
    }
    return fact instanceof ModuleRegistration registration
        ? List.of(registration.getEvent())
        : List.of();
  }

  /**
   * Returns the fact that {@link #toJson} has written.
   *
   * @param events gives the event of a number; null if there is none
   * @throws JsonProcessingException if the JSON is not a fact
   */
  static Object fromJson(JsonNode json, LongFunction<@Nullable Event> events)
      throws JsonProcessingException {
    if (json.has("sequence")) {
      List<Event> soFar = new ArrayList<>();
      for (JsonNode number : json.required("events")) {
        soFar.add(event(number, events));
      }
      return new PendingSequence(
          json.get("sequence").asText(), json.path("key").textValue(), soFar);
    }
    Event event = event(json.required("event"), events);
    if (json.has("registers")) {
      List<String> dlls = new ArrayList<>();
      json.get("registers").forEach(dll -> dlls.add(dll.asText()));
      return ModuleRegistration.of(event, dlls);
    }
    return event;
  }

  private static Event event(JsonNode number, LongFunction<@Nullable Event> events) {
    Event event = events.apply(number.asLong());
    if (event == null) {
      throw new IllegalArgumentException("event " + number + " is missing");
    }
    return event;
  }
}
