package dev.iiswarden.inventory;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Inventories as JSON Lines: an ECS document for each component, with its details under {@code
 * iiswarden.inventory}. The line of a component is a state ({@code event.kind}), which decoders
 * read as an event that no rule takes for a registration. The line of a change is an event, which
 * they read like those of {@link Inventory#since}. Safe for use by several threads.
 */
public final class InventoryJson {
  private static final int DEEPEST = 50;
  private static final ObjectMapper JSON =
      new ObjectMapper(
          JsonFactory.builder()
              .streamReadConstraints(
                  StreamReadConstraints.builder().maxNestingDepth(DEEPEST).build())
              .build());

  private InventoryJson() {}

  /** Returns the line of a component of an inventory, without a line break. */
  public static String line(Inventory inventory, Component component, Image image) {
    return line(inventory, component, image, null);
  }

  /** Returns the line of a change of an inventory, without a line break. */
  public static String line(Inventory inventory, Change change, Image image) {
    return line(inventory, change.component(), image, change);
  }

  private static String line(
      Inventory inventory, Component component, Image image, @Nullable Change change) {
    ObjectNode json = JSON.createObjectNode();
    json.put("@timestamp", inventory.time().toString());
    ObjectNode event = json.putObject("event");
    event.put("kind", change == null ? "state" : "event");
    event.putArray("category").add("configuration");
    event
        .putArray("type")
        .add(change == null ? "info" : change.oldValue() == null ? "creation" : "change");
    event.put("provider", Inventory.PROVIDER);
    if (change != null) {
      event.put("code", Inventory.CODE);
    }
    event.put("action", Inventory.ACTION);
    if (inventory.host() != null) {
      json.putObject("host").put("name", inventory.host());
    }
    ObjectNode iis = json.putObject("iis");
    iis.put("physical_path", component.file());
    iis.put("effective_location_path", component.location());
    iis.put("configuration", component.configuration());
    if (change != null && change.oldValue() != null) {
      iis.put("old_value", change.oldValue());
    }
    iis.put("new_value", component.value());
    describe(json.putObject("iiswarden").putObject("inventory"), component, image);
    return json.toString();
  }

  private static void describe(ObjectNode json, Component component, Image image) {
    json.put("kind", component.kind().jsonName());
    json.put("name", component.name());
    json.put("line", component.line());
    json.put("own", component.isOwn());
    ArrayNode concerns = json.putArray("concerns");
    component.concerns().forEach(concern -> concerns.add(concern.jsonName()));
    String path = component.image();
    if (path != null) {
      ObjectNode file = json.putObject("image");
      file.put("path", path);
      file.put("presence", image.presence().name().toLowerCase(Locale.ROOT));
      if (image.sha256() != null) {
        file.put("sha256", image.sha256());
      }
      // Nothing here verifies signatures.
      file.put("signature", "unknown");
    }
  }

  /** Whether a file has JSON rather than XML, in UTF-8 or UTF-16. */
  public static boolean isJson(byte[] content) {
    for (byte one : content) {
      // UTF-16 has zero bytes, and both may have a byte order mark, whose bytes are negative.
      if (one > ' ') {
        return one == '{';
      }
    }
    return false;
  }

  /**
   * Reads lines that {@link #line} has written, of any number of hosts.
   *
   * @param name the name of the file, for messages
   * @return an inventory for each host, with the time of its latest line and the components of all;
   *     empty if there are no lines
   * @throws InventoryException if a line is none of an inventory
   */
  public static List<Inventory> read(String name, byte[] content) throws InventoryException {
    Map<String, Lines> hosts = new LinkedHashMap<>();
    int number = 0;
    String text = content.length == 0 ? "" : ConfigurationText.decode(name, content);
    for (String line : text.split("\n", -1)) {
      number++;
      if (!line.isBlank()) {
        readLine(name, number, line, hosts);
      }
    }
    return hosts.values().stream().map(Lines::inventory).toList();
  }

  /**
   * Reads lines from a stream, see {@link #read(String, byte[])}.
   *
   * @throws IOException if the stream cannot be read, or has more than 64 MiB
   */
  public static List<Inventory> read(String name, InputStream in) throws IOException {
    return read(name, Inventory.bytes(name, in));
  }

  private static void readLine(String name, int number, String line, Map<String, Lines> hosts)
      throws InventoryException {
    JsonNode json;
    try {
      json = JSON.readTree(line);
    } catch (JsonProcessingException e) {
      throw new InventoryException(
          name, number, "not valid JSON: the line is cut off or damaged; make the inventory again");
    }
    JsonNode kind = json.at("/iiswarden/inventory/kind");
    JsonNode host = json.at("/host/name");
    try {
      Instant time = Instant.parse(json.at("/@timestamp").asText());
      Component component =
          new Component(
              ComponentKind.valueOf(kind.asText().toUpperCase(Locale.ROOT)),
              json.at("/iiswarden/inventory/name").asText(),
              required(json, "/iis/configuration"),
              required(json, "/iis/new_value"),
              json.at("/iis/effective_location_path").asText(),
              json.at("/iis/physical_path").asText(),
              json.at("/iiswarden/inventory/line").asInt());
      hosts.computeIfAbsent(host.asText(), Lines::new).add(time, component);
    } catch (IllegalArgumentException | DateTimeException e) {
      throw new InventoryException(
          name,
          number,
          "no line of an inventory; name what iiswarden inventory --json has written");
    }
  }

  private static String required(JsonNode json, String place) {
    JsonNode value = json.at(place);
    if (!value.isTextual()) {
      throw new IllegalArgumentException(place);
    }
    return value.asText();
  }

  /** The lines of one host. */
  private static final class Lines {
    private final String host;
    private final List<Component> components = new ArrayList<>();
    private Instant latest = Instant.MIN;

    Lines(String host) {
      this.host = host;
    }

    void add(Instant time, Component component) {
      components.add(component);
      latest = time.isAfter(latest) ? time : latest;
    }

    Inventory inventory() {
      return Inventory.of(host.isEmpty() ? null : host, latest, components);
    }
  }
}
