package dev.iiswarden.event;

import com.fasterxml.jackson.annotation.JsonAutoDetect.Visibility;
import com.fasterxml.jackson.annotation.PropertyAccessor;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.ser.std.ToStringSerializer;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Writes events as JSON with all their fields, and reads them back in the same release or a later
 * one. Safe for use by several threads.
 */
public final class EventJson {
  private static final ObjectMapper JSON =
      JsonMapper.builder()
          .visibility(PropertyAccessor.ALL, Visibility.NONE)
          .visibility(PropertyAccessor.FIELD, Visibility.ANY)
          .visibility(PropertyAccessor.CREATOR, Visibility.ANY)
          .disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET)
          .addModule(
              new SimpleModule()
                  .addSerializer(Instant.class, ToStringSerializer.instance)
                  .addDeserializer(Instant.class, new InstantReader())
                  .addDeserializer(List.class, new TextsReader()))
          .build();

  private EventJson() {}

  /**
   * The mapper that reads and writes facts and types made of them. It must not be configured
   * further.
   */
  public static ObjectMapper mapper() {
    return JSON;
  }

  /**
   * Returns an event as JSON. The event must have been {@linkplain Event#placed placed}, so that no
   * field is unread.
   */
  public static ObjectNode toJson(Event event) {
    ObjectNode json = JSON.createObjectNode();
    json.put("kind", event.kind().name());
    json.set("fields", JSON.valueToTree(event));
    return json;
  }

  /**
   * Returns the event that {@link #toJson(Event)} has written.
   *
   * @throws JsonProcessingException if the JSON is not an event
   * @throws IllegalArgumentException if the kind of event is unknown
   */
  public static Event fromJson(JsonNode json) throws JsonProcessingException {
    String kind = json.required("kind").asText();
    return JSON.treeToValue(
        json.required("fields"),
        EventKind.named(kind)
            .orElseThrow(() -> new IllegalArgumentException("unknown kind of event: " + kind))
            .factClass());
  }

  /** Returns a host's name as JSON. */
  public static JsonNode toJson(HostFields host) {
    return JSON.valueToTree(host);
  }

  /**
   * Returns the name that {@link #toJson(HostFields)} has written.
   *
   * @throws JsonProcessingException if the JSON is not a host's name
   */
  public static HostFields hostFromJson(JsonNode json) throws JsonProcessingException {
    return JSON.treeToValue(json, HostFields.class);
  }

  private static final class InstantReader extends StdDeserializer<Instant> {
    private static final long serialVersionUID = 1;

    InstantReader() {
      super(Instant.class);
    }

    @Override
    public Instant deserialize(JsonParser parser, DeserializationContext context)
        throws IOException {
      return Instant.parse(parser.getText());
    }
  }

  /** Reads lists as immutable lists of texts: events have no others. */
  @SuppressWarnings("rawtypes")
  private static final class TextsReader extends StdDeserializer<List> {
    private static final long serialVersionUID = 1;

    TextsReader() {
      super(List.class);
    }

    @Override
    public List deserialize(JsonParser parser, DeserializationContext context) throws IOException {
      List<String> texts = new ArrayList<>();
      parser.<JsonNode>readValueAsTree().forEach(text -> texts.add(text.asText()));
      return List.copyOf(texts);
    }
  }
}
