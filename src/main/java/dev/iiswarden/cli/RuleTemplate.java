package dev.iiswarden.cli;

import dev.iiswarden.event.EventField;
import dev.iiswarden.event.EventKind;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a new rule begins as, by the kind of event it is about. The file {@code new-rule/KIND.txt}
 * has an example for a kind; a kind without one begins with its first field.
 */
final class RuleTemplate {
  /** The name of the file with the JSON Schema of scenarios. */
  static final String SCHEMA = "scenario.schema.json";

  private static final String SECTION = "== ";

  private final Map<String, String> parts = new LinkedHashMap<>();

  private RuleTemplate(EventKind kind, String example) {
    parts.put("kind", kind.name());
    parts.put("type", kind.factName());
    for (String section : example.split("(?m)^" + SECTION, -1)) {
      int end = section.indexOf('\n');
      if (end > 0) {
        String name = section.substring(0, end).strip();
        parts.put(name, section.substring(end + 1).indent(indentation(name)).stripTrailing());
      }
    }
  }

  /** How far the lines of a part are indented where templates have them. */
  private static int indentation(String part) {
    return switch (part) {
      case "conditions", "selection" -> 8;
      case "firing", "silent" -> 6;
      case "logsource" -> 4;
      default -> 0;
    };
  }

  /** The template of a rule about events of a kind. */
  static RuleTemplate of(EventKind kind) {
    String example = readIfPresent("new-rule/" + kind + ".txt");
    return new RuleTemplate(kind, example == null ? firstField(kind) : example);
  }

  /** The first text field that other kinds do not have, with a value that says it is an example. */
  private static String firstField(EventKind kind) {
    EventField field =
        kind.fields().stream()
            .filter(each -> each.type() == EventField.Type.TEXT)
            .filter(RuleTemplate::isOwn)
            .findFirst()
            .orElseGet(() -> kind.field("process.name").orElseThrow());
    return """
        == conditions
        like( %1$s, "*example*" )
        == firing
        %2$s: 'an example'
        == silent
        %2$s: 'something else'
        == sources
        Where events of the kind %3$s come from
        == eql
        any where %2$s : "*example*"
        == eventId
        0
        == logsource
        category: %3$s
        == selection
        %2$s|contains: 'example'
        """
        .formatted(field.property(), field.name(), kind);
  }

  private static boolean isOwn(EventField field) {
    return EventKind.all().stream().filter(kind -> kind.field(field.name()).isPresent()).count()
        < EventKind.all().size();
  }

  /**
   * A file as it begins.
   *
   * @param template the name of the template: {@code rule.drl.template}, {@code scenarios.yaml} or
   *     {@code guide.md}
   * @param given what else is filled in, by its name in the template
   */
  String fill(String template, Map<String, String> given) {
    Map<String, String> values = new LinkedHashMap<>(parts);
    values.putAll(given);
    String text = read("new-rule/" + template);
    for (Map.Entry<String, String> value : values.entrySet()) {
      text = text.replace('{' + value.getKey() + '}', value.getValue());
    }
    return text;
  }

  /** The JSON Schema of scenarios. */
  static String schema() {
    return read(SCHEMA);
  }

  private static String read(String name) {
    return Objects.requireNonNull(readIfPresent(name), name);
  }

  private static @Nullable String readIfPresent(String name) {
    try (InputStream in = RuleTemplate.class.getResourceAsStream(name)) {
      return in == null ? null : new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(name + " cannot be read", e);
    }
  }
}
