package dev.iiswarden.kafka;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.iiswarden.event.Event;
import dev.iiswarden.event.EventJson;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serializer;

/** A serde for {@link HostRecord}s as JSON, in a topic that only this topology reads. */
final class HostRecordSerde implements Serde<HostRecord> {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String EVENTS = "events";
  private static final String ID = "id";
  private static final String HEARD = "heard";
  private static final String ORIGIN = "origin";
  private static final String MILLIS = "millis";

  @Override
  public Serializer<HostRecord> serializer() {
    return (topic, record) -> toBytes(record);
  }

  @Override
  public Deserializer<HostRecord> deserializer() {
    return (topic, bytes) -> fromBytes(bytes);
  }

  /** Returns a record as JSON. */
  static byte[] toBytes(HostRecord record) {
    ObjectNode json = JSON.createObjectNode();
    if (record instanceof HostRecord.Facts facts) {
      ArrayNode events = json.putArray(EVENTS);
      facts.events().forEach(event -> events.add(EventJson.toJson(event)));
      if (facts.id() != null) {
        json.put(ID, facts.id());
      }
    } else if (record instanceof HostRecord.Heard heard) {
      json.set(HEARD, EventJson.toJson(heard.host()));
      json.put(MILLIS, heard.time().toEpochMilli());
    } else if (record instanceof HostRecord.Progress progress) {
      json.put(ORIGIN, progress.origin()).put(MILLIS, progress.millis());
    } else {
      throw new SerializationException("only the other records go to the detecting tasks");
    }
    try {
      return JSON.writeValueAsBytes(json);
    } catch (JsonProcessingException e) {
      throw new SerializationException(e);
    }
  }

  private static HostRecord fromBytes(byte[] bytes) {
    try {
      JsonNode json = JSON.readTree(bytes);
      if (json.has(EVENTS)) {
        List<Event> events = new ArrayList<>();
        for (JsonNode event : json.get(EVENTS)) {
          events.add(EventJson.fromJson(event));
        }
        return new HostRecord.Facts(
            List.copyOf(events), json.has(ID) ? json.get(ID).asLong() : null);
      }
      if (json.has(HEARD)) {
        return new HostRecord.Heard(
            EventJson.hostFromJson(json.get(HEARD)),
            Instant.ofEpochMilli(json.required(MILLIS).asLong()));
      }
      return new HostRecord.Progress(
          json.required(ORIGIN).asText(), json.required(MILLIS).asLong());
    } catch (IOException | IllegalArgumentException e) {
      throw new SerializationException("not a record from a decoding task to a detecting task", e);
    }
  }
}
