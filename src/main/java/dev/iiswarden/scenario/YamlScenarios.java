package dev.iiswarden.scenario;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import dev.iiswarden.drl.NearestName;
import dev.iiswarden.event.Event;
import dev.iiswarden.event.EventField;
import dev.iiswarden.event.EventKind;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Reads scenarios from YAML and reports every error with its line. */
final class YamlScenarios {
  private static final Set<String> SCENARIO = Set.of("name", "events", "expect");
  private static final Set<String> EXPECTATION = Set.of("rule", "count", "host", "evidence");

  private final String name;
  private final List<String> problems = new ArrayList<>();

  private YamlScenarios(String name) {
    this.name = name;
  }

  /** Reads the content of a file; errors show the given name. */
  static List<Scenario> parse(String name, String content) {
    YamlScenarios file = new YamlScenarios(name);
    List<Scenario> scenarios = new ArrayList<>();
    try (JsonParser parser = new YAMLFactory().createParser(content)) {
      if (parser.nextToken() != null) {
        file.readScenarios(Node.read(parser), scenarios);
      }
    } catch (JsonProcessingException e) {
      YamlError error = YamlError.of(e, content);
      file.complain(error.line(), error.what());
    } catch (IOException e) {
      file.complain(1, e.toString());
    }
    if (!file.problems.isEmpty()) {
      throw new ScenarioException(file.problems);
    }
    return scenarios;
  }

  private void complain(long line, String what) {
    problems.add(name + ":" + line + ": " + what);
  }

  private void readScenarios(Node root, List<Scenario> scenarios) {
    if (root.items() == null) {
      complain(root.line(), "a scenario file must be a list of scenarios");
      return;
    }
    for (Node node : root.each()) {
      int before = problems.size();
      Scenario scenario = readScenario(node);
      if (problems.size() == before && scenario != null) {
        scenarios.add(scenario);
      }
    }
  }

  private @Nullable Scenario readScenario(Node node) {
    checkFields(node, SCENARIO, "a scenario");
    Node title = node.get("name");
    Node happened = node.get("events");
    Node expected = node.get("expect");
    if (title == null || title.text() == null) {
      complain(node.line(), "a scenario must have a name that says what it shows");
    }
    if (happened == null || happened.items() == null || happened.each().isEmpty()) {
      complain(node.line(), "a scenario must have events: a list of at least one");
      return null;
    }
    if (expected == null) {
      complain(node.line(), "a scenario must have expect: none, or a list of alerts");
      return null;
    }
    return new Scenario(
        name,
        node.line(),
        title == null ? "" : String.valueOf(title.text()),
        readEvents(happened),
        readExpectations(expected));
  }

  private void checkFields(Node node, Set<String> known, String what) {
    Map<String, Node> fields = node.fields();
    if (fields == null) {
      complain(
          node.line(),
          what + " must be an object with fields of: " + String.join(", ", new TreeSet<>(known)));
      return;
    }
    fields.forEach(
        (field, value) -> {
          if (!known.contains(field)) {
            complain(
                value.line(),
                what
                    + " has no field "
                    + field
                    + "; it has "
                    + String.join(", ", new TreeSet<>(known)));
          }
        });
  }

  private List<Event> readEvents(Node list) {
    List<Event> events = new ArrayList<>();
    Instant time = Offset.START;
    int number = 0;
    for (Node node : list.each()) {
      Node at = node.get("at");
      Duration offset = at == null ? null : offset(at);
      time =
          offset == null
              ? (number == 0 ? Offset.START : time.plus(Offset.STEP))
              : Offset.START.plus(offset);
      number++;
      Event event = readEvent(node, time, number);
      if (event != null) {
        events.add(event);
      }
    }
    return events;
  }

  private @Nullable Duration offset(Node at) {
    Duration offset = Offset.of(String.valueOf(at.text()));
    if (offset == null) {
      complain(at.line(), "at must be " + Offset.FORM + ", not " + at.text());
    }
    return offset;
  }

  private @Nullable Event readEvent(Node node, Instant time, int number) {
    Node kindName = node.get("kind");
    EventKind kind =
        kindName == null || kindName.text() == null
            ? null
            : EventKind.named(kindName.text()).orElse(null);
    if (kind == null) {
      complain(
          node.line(),
          "an event must have a kind: "
              + EventKind.all().stream()
                  .map(EventKind::name)
                  .sorted()
                  .collect(Collectors.joining(", ")));
      return null;
    }
    int before = problems.size();
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("event.id", Integer.toString(number));
    fields.put("host.name", ScenarioEvents.HOST);
    node.flat()
        .forEach(
            (field, value) -> {
              if (!field.equals("kind") && !field.equals("at")) {
                put(kind, field, value, fields);
              }
            });
    if (problems.size() > before) {
      return null;
    }
    try {
      return ScenarioEvents.of(kind, time, fields);
    } catch (IllegalArgumentException e) {
      complain(node.line(), String.valueOf(e.getMessage()));
      return null;
    }
  }

  private void put(EventKind kind, String fieldName, Node value, Map<String, Object> fields) {
    EventField field = kind.field(fieldName).orElse(null);
    if (field == null) {
      complain(
          value.line(),
          "a "
              + kind
              + " event has no field "
              + fieldName
              + NearestName.ask(fieldName, kind.fields().stream().map(EventField::name).toList()));
    } else if (value.items() != null) {
      put(field, value, texts(value), fields);
    } else if (value.text() == null) {
      fields.remove(fieldName);
    } else {
      put(field, value, value.text(), fields);
    }
  }

  private void put(EventField field, Node value, Object written, Map<String, Object> fields) {
    try {
      field.parse(written);
      fields.put(field.name(), written);
    } catch (IllegalArgumentException e) {
      complain(value.line(), String.valueOf(e.getMessage()));
    }
  }

  private static List<String> texts(Node list) {
    return list.each().stream().map(item -> String.valueOf(item.text())).toList();
  }

  private List<Expectation> readExpectations(Node node) {
    if (node.items() == null && "none".equals(node.text())) {
      return List.of(new Expectation(node.line(), null, 0, null, List.of()));
    }
    List<Expectation> expectations = new ArrayList<>();
    if (node.items() == null) {
      complain(node.line(), "expect must be none, or a list of alerts");
    } else {
      node.each().forEach(item -> expectations.add(readExpectation(item)));
    }
    return expectations;
  }

  private Expectation readExpectation(Node node) {
    checkFields(node, EXPECTATION, "an expected alert");
    Node rule = node.get("rule");
    if (rule == null || rule.text() == null) {
      complain(node.line(), "an expected alert must name its rule");
    }
    Node host = node.get("host");
    Node evidence = node.get("evidence");
    return new Expectation(
        node.line(),
        rule == null ? null : rule.text(),
        count(node.get("count")),
        host == null ? null : host.text(),
        evidence == null ? List.of() : texts(evidence));
  }

  private long count(@Nullable Node node) {
    if (node == null) {
      return 1;
    }
    if (node.text() != null && node.text().matches("\\d{1,9}")) {
      return Long.parseLong(node.text());
    }
    complain(node.line(), "count must be a number");
    return 0;
  }
}
