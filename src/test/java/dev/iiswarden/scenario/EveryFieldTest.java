package dev.iiswarden.scenario;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.iiswarden.Detector;
import dev.iiswarden.alert.Alert;
import dev.iiswarden.event.Event;
import dev.iiswarden.event.EventField;
import dev.iiswarden.event.EventJson;
import dev.iiswarden.event.EventKind;
import dev.iiswarden.rules.Rules;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every field of every kind of event can be set in a scenario, tested by a rule, stored in a
 * snapshot and found in an alert, always under the name that the kind declares.
 */
class EveryFieldTest {
  @ParameterizedTest
  @MethodSource("dev.iiswarden.event.EventKind#all")
  void aFieldIsTheSameWhereverItIsNamed(EventKind kind) throws Exception {
    Event event = stated(kind);
    Rules rules = Rules.fromFiles(Map.of("every-field.drl", rule(kind)));
    List<Alert> alerts = new ArrayList<>();
    try (Detector detector =
        Detector.builder().rules(rules).lateness(Duration.ZERO).sink(alerts::add).build()) {
      detector.accept(event);
    }
    assertEquals(1, alerts.size(), () -> "no alert on " + event);

    Event kept = EventJson.fromJson(EventJson.toJson(event.placed(1, 0)));
    Object evidence = at(alerts.get(0).toMap(), "iiswarden.evidence");
    Map<?, ?> first = (Map<?, ?>) ((List<?>) Objects.requireNonNull(evidence)).get(0);
    for (EventField field : kind.fields()) {
      Object value = value(field);
      assertEquals(value, field.value(event), field::name);
      assertEquals(value, field.value(kept), field::name);
      assertEquals(value, at(Objects.requireNonNull(first), field.name()), field::name);
      if (!field.name().startsWith("event.")) {
        assertEquals(value, at(alerts.get(0).toMap(), field.name()), field::name);
      }
    }
  }

  private static Object value(EventField field) {
    return switch (field.type()) {
      case TEXT -> text(field.name());
      case HASH -> "ab12";
      case TEXTS -> List.of("one " + field.name(), "two");
      case NUMBER -> 17L;
      case BOOLEAN -> true;
    };
  }

  /** Some fields have values of a form, and a rule with another one is refused. */
  private static String text(String field) {
    if (field.endsWith(".extension")) {
      return "ext";
    }
    return field.endsWith(".path") || field.endsWith(".executable") ? "/a/" + field : "a " + field;
  }

  private static Event stated(EventKind kind) {
    StringBuilder yaml =
        new StringBuilder("- name: every field\n  events:\n    - kind: " + kind + "\n");
    for (EventField field : kind.fields()) {
      Object value = value(field);
      yaml.append("      ").append(field.name()).append(": ");
      yaml.append(value instanceof List<?> list ? "['" + list.get(0) + "', 'two']" : value);
      yaml.append('\n');
    }
    return YamlScenarios.parse("every-field.yaml", yaml + "  expect: none\n")
        .get(0)
        .events()
        .get(0);
  }

  private static String rule(EventKind kind) {
    List<String> conditions = new ArrayList<>();
    for (EventField field : kind.fields()) {
      Object value = value(field);
      conditions.add(
          field.property()
              + switch (field.type()) {
                case TEXT, HASH -> " == \"" + value + "\"";
                case TEXTS -> " contains \"two\"";
                case NUMBER, BOOLEAN -> " == " + value;
              });
    }
    return """
        package analyst;
        import dev.iiswarden.event.*;
        rule "every field"
            @id( "every-field" )
        when
            $event : %s( %s )
        then
            insert( new Detection( $event ) );
        end
        """
        .formatted(kind.factName(), String.join(",\n", conditions));
  }

  private static @Nullable Object at(Map<?, ?> document, String path) {
    Object at = document;
    for (String step : path.split("\\.", -1)) {
      at = at instanceof Map<?, ?> map ? map.get(step) : null;
    }
    return at;
  }
}
