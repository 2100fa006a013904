package dev.iiswarden.cli;

import dev.iiswarden.event.EventField;
import dev.iiswarden.event.EventKind;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a new rule begins as, by the kind of event it is about. The file {@code new-rule/KIND.txt}
 * has an example for a kind; a kind without one begins with its first field.
 *
 * <p>Templates mark what the author has to replace: {@code {{text}}} if the text itself says with
 * what, otherwise {@code {{text|with what}}}.
 */
final class RuleTemplate {
  /** The name of the file with the JSON Schema of scenarios. */
  static final String SCHEMA = "scenario.schema.json";

  private static final String SECTION = "== ";
  private static final String RULE = "rule.drl.template";
  private static final String SCENARIOS = "scenarios.yaml";
  private static final String GUIDE = "guide.md";
  private static final Pattern PLACEHOLDER = Pattern.compile("\\{\\{(.+?)(?:\\|([^|}]+))?}}");

  private final Map<String, String> parts = new LinkedHashMap<>();

  private RuleTemplate(EventKind kind, String example) {
    parts.put("kind", kind.name());
    parts.put("type", kind.factName());
    parts.put("stage", stage(kind));
    for (String section : example.split("(?m)^" + SECTION, -1)) {
      int end = section.indexOf('\n');
      if (end > 0) {
        String name = section.substring(0, end).strip();
        parts.put(name, section.substring(end + 1).indent(indentation(name)).stripTrailing());
      }
    }
  }

  /** What such an event usually shows of an intrusion. */
  private static String stage(EventKind kind) {
    return switch (kind.group()) {
      case "file" -> "dropped";
      case "library" -> "loaded";
      case "process" -> "used";
      default -> "registered";
    };
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
        like( %1$s, {{"*example*"|which values to match}} )
        == firing
        %2$s: {{'an example'|what the rule is for}}
        == silent
        %2$s: {{'something else'|what is similar, but harmless}}
        == sources
        {{Where events of the kind %3$s come from}}
        == eql
        any where %2$s : {{"*example*"|which values to match}}
        == eventId
        0
        == logsource
        category: %3$s
        == selection
        %2$s|contains: {{'example'|which values to match}}
        """
        .formatted(field.property(), field.name(), kind);
  }

  private static boolean isOwn(EventField field) {
    return EventKind.all().stream().filter(kind -> kind.field(field.name()).isPresent()).count()
        < EventKind.all().size();
  }

  /**
   * A rule file as it begins.
   *
   * @param given what else is filled in, by its name in the template
   */
  String rule(Map<String, String> given) {
    return fill(RULE, given);
  }

  /** The scenarios of a rule as they begin, filled in as {@link #rule}. */
  String scenarios(Map<String, String> given) {
    return fill(SCENARIOS, given);
  }

  /** The guide to a rule as it begins, filled in as {@link #rule}. */
  String guide(Map<String, String> given) {
    return fill(GUIDE, given);
  }

  /** The texts in these files that the author has to replace, and with what. */
  Map<String, String> placeholders() {
    Map<String, String> placeholders = new LinkedHashMap<>();
    for (String template : List.of(RULE, SCENARIOS, GUIDE)) {
      Matcher marked = PLACEHOLDER.matcher(replace(read("new-rule/" + template), parts));
      while (marked.find()) {
        String text = marked.group(1);
        placeholders.put(text, marked.group(2) == null ? asPartOfASentence(text) : marked.group(2));
      }
    }
    return placeholders;
  }

  private static String asPartOfASentence(String text) {
    String words = text.replaceAll("^[\"']|[.\"']+$", "");
    return words.substring(0, 1).toLowerCase(Locale.ROOT) + words.substring(1);
  }

  private String fill(String template, Map<String, String> given) {
    String marked = replace(read("new-rule/" + template), parts);
    return replace(PLACEHOLDER.matcher(marked).replaceAll("$1"), given);
  }

  private static String replace(String template, Map<String, String> values) {
    String text = template;
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
