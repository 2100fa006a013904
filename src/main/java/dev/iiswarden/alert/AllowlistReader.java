package dev.iiswarden.alert;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads the file of an {@link Allowlist} and reports every error with its line. */
final class AllowlistReader {
  private static final Set<String> TEXTS = Set.of("id", "reason", "owner", "expires");
  private static final String SWITCH = "enabled";

  private final String name;
  private final List<String> problems = new ArrayList<>();
  private final List<AllowlistEntry> entries = new ArrayList<>();
  private final Set<String> ids = new HashSet<>();

  private AllowlistReader(String name) {
    this.name = name;
  }

  static List<AllowlistEntry> read(String name, byte[] content) {
    AllowlistReader reader = new AllowlistReader(name);
    try (JsonParser parser = factory(name).createParser(new ByteArrayInputStream(content))) {
      reader.read(parser);
    } catch (JsonProcessingException e) {
      long line = e.getLocation() == null ? 1 : e.getLocation().getLineNr();
      reader.complain(line, e.getOriginalMessage());
    } catch (IOException e) {
      reader.complain(1, e.toString());
    }
    if (!reader.problems.isEmpty()) {
      throw new AllowlistException(reader.problems);
    }
    return reader.entries;
  }

  private static JsonFactory factory(String name) {
    if (!name.endsWith(".yaml") && !name.endsWith(".yml")) {
      return new JsonFactory();
    }
    try {
      return YamlFactories.yaml();
    } catch (NoClassDefFoundError e) {
      AllowlistException missing =
          new AllowlistException(
              List.of(
                  name
                      + ": YAML needs com.fasterxml.jackson.dataformat:jackson-dataformat-yaml on"
                      + " the class path; add it, or write the allowlist as JSON"));
      missing.initCause(e);
      throw missing;
    }
  }

  private void complain(long line, String what) {
    problems.add(name + ":" + line + ": " + what);
  }

  private void read(JsonParser parser) throws IOException {
    JsonToken first = parser.nextToken();
    if (first == null) {
      return;
    }
    if (first != JsonToken.START_ARRAY) {
      complain(line(parser), "an allowlist must be a list of entries");
      return;
    }
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      if (parser.currentToken() == JsonToken.START_OBJECT) {
        readEntry(parser);
      } else {
        complain(
            line(parser),
            "an entry must have the fields id, reason, owner, expires and at least one condition");
        parser.skipChildren();
      }
    }
  }

  private static long line(JsonParser parser) {
    return parser.currentTokenLocation().getLineNr();
  }

  private void readEntry(JsonParser parser) throws IOException {
    final long line = line(parser);
    final int before = problems.size();
    Map<String, String> texts = new HashMap<>();
    Map<AllowlistField, List<String>> conditions = new EnumMap<>(AllowlistField.class);
    boolean enabled = true;
    LocalDate expires = null;
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String field = parser.currentName();
      long fieldLine = line(parser);
      parser.nextToken();
      if (field.equals(SWITCH)) {
        enabled = readSwitch(parser, fieldLine);
      } else if (TEXTS.contains(field)) {
        String text = readText(parser, field, fieldLine);
        texts.put(field, text);
        if (field.equals("expires")) {
          expires = date(text, fieldLine);
        }
      } else {
        readCondition(parser, field, fieldLine, conditions);
      }
    }
    String id = texts.getOrDefault("id", "");
    for (String needed : List.of("id", "reason", "owner", "expires")) {
      if (texts.getOrDefault(needed, "").isBlank()) {
        complain(line, "the entry" + (id.isEmpty() ? "" : " " + id) + " has no " + needed);
      }
    }
    if (!id.isEmpty() && !ids.add(id)) {
      complain(line, "duplicate entry id " + id);
    }
    if (conditions.isEmpty()) {
      complain(line, "the entry has no condition and would allow everything; " + knownFields());
    }
    if (enabled && problems.size() == before && expires != null) {
      entries.add(
          new AllowlistEntry(
              id,
              conditions,
              String.valueOf(texts.get("reason")),
              String.valueOf(texts.get("owner")),
              expires));
    }
  }

  private boolean readSwitch(JsonParser parser, long line) throws IOException {
    if (parser.currentToken() == JsonToken.VALUE_FALSE) {
      return false;
    }
    if (parser.currentToken() != JsonToken.VALUE_TRUE) {
      complain(line, "enabled must be true or false");
      parser.skipChildren();
    }
    return true;
  }

  private String readText(JsonParser parser, String field, long line) throws IOException {
    if (parser.currentToken().isScalarValue() && parser.currentToken() != JsonToken.VALUE_NULL) {
      return parser.getText();
    }
    complain(line, field + " must be a text");
    parser.skipChildren();
    return "";
  }

  private @Nullable LocalDate date(String text, long line) {
    try {
      return LocalDate.parse(text);
    } catch (DateTimeParseException e) {
      complain(line, "expires must be a day such as 2027-06-30, not '" + text + "'");
      return null;
    }
  }

  private void readCondition(
      JsonParser parser, String label, long line, Map<AllowlistField, List<String>> conditions)
      throws IOException {
    AllowlistField field = AllowlistField.named(label).orElse(null);
    if (field == null) {
      complain(line, "unknown field " + label + "; " + knownFields());
      parser.skipChildren();
      return;
    }
    List<String> values = new ArrayList<>();
    if (parser.currentToken() == JsonToken.START_ARRAY) {
      while (parser.nextToken() != JsonToken.END_ARRAY) {
        values.add(readText(parser, label, line));
      }
    } else {
      values.add(readText(parser, label, line));
    }
    if (values.isEmpty() || values.stream().anyMatch(String::isBlank)) {
      complain(line, label + " is empty: remove it, or list the allowed values");
    }
    conditions.put(field, List.copyOf(values));
  }

  private static String knownFields() {
    List<String> labels = new ArrayList<>();
    for (AllowlistField field : AllowlistField.values()) {
      labels.add(field.label());
    }
    return "the fields are " + String.join(", ", labels);
  }
}
