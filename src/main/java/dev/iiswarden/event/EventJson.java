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

/** Events as JSON with all their fields, to be read again by the same release or a later one. */
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

  /** Reads and writes facts and what consists of them; not to be configured further. */
  public static ObjectMapper mapper() {
    return JSON;
  }

  /**
   * An event as JSON; one that has been {@linkplain Event#placed placed}, so that nothing is
   * unread.
   */
  public static ObjectNode toJson(Event event) {
    ObjectNode json = JSON.createObjectNode();
    json.put("kind", event.kind().name());
    json.set("fields", JSON.valueToTree(event));
    return json;
  }

  /**
   * The event that {@link #toJson(Event)} has written.
   *
   * @throws JsonProcessingException if it is none
   * @throws IllegalArgumentException if it is of no known kind
   */
  public static Event fromJson(JsonNode json) throws JsonProcessingException {
    String kind = json.required("kind").asText();
    return JSON.treeToValue(
        json.required("fields"),
        EventKind.named(kind)
            .orElseThrow(() -> new IllegalArgumentException("there is no kind of event " + kind))
            .factClass());
  }

  /** A host's name as JSON. */
  public static JsonNode toJson(HostFields host) {
    return JSON.valueToTree(host);
  }

  /**
   * The name that {@link #toJson(HostFields)} has written.
   *
   * @throws JsonProcessingException if it is none
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

  /** All lists of events are of texts, and cannot be changed. */
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
