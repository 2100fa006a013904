package dev.iiswarden.scenario;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.iiswarden.drl.NearestName;
import dev.iiswarden.event.Event;
import dev.iiswarden.event.EventField;
import dev.iiswarden.event.EventKind;
import dev.iiswarden.scenario.ScesimTable.Column;
import dev.iiswarden.scenario.ScesimTable.Fact;
import dev.iiswarden.scenario.ScesimTable.Kind;
import dev.iiswarden.scenario.ScesimTable.Row;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.xml.stream.XMLStreamException;
import org.jspecify.annotations.Nullable;

/**
 * Reads KIE test scenarios of type RULE ({@code .scesim}, version 1.8, as the Test Scenario editor
 * of Apache KIE writes them): a table with one scenario per row. GIVEN columns are properties of
 * events, spelt as in rules; EXPECT columns are properties of {@link Expectation}. A fact whose
 * cells are all empty in a row is not part of that scenario. Facts of the background are part of
 * every scenario.
 *
 * <p>An event's {@code timestamp} is an offset such as {@code +30m} or a time; without timestamps,
 * events happen in the order of the columns, one minute apart. An event's default id is the name of
 * its fact. Cells are plain texts: KIE's expressions are rejected, never evaluated.
 */
final class ScesimScenarios {
  private static final String VERSION = "1.8";
  private static final String TIMESTAMP = "timestamp";
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Pattern COMMA = Pattern.compile("\\s*,\\s*");

  /** The form of a cell that KIE evaluates as an expression, in an EXPECT column. */
  private static final Pattern EXPRESSION = Pattern.compile("(?s)[!<>=\\[#].*|.*;.*");

  private static final Map<String, EventKind> KIND_BY_CLASS =
      EventKind.all().stream()
          .collect(
              Collectors.toUnmodifiableMap(
                  kind -> kind.factClass().getName(), Function.identity()));

  private static final Set<String> EXPECTED = Set.of("rule", "count", "host", "evidence");

  private final String name;
  private final List<String> problems = new ArrayList<>();

  private ScesimScenarios(String name) {
    this.name = name;
  }

  /**
   * Reads the content of a file.
   *
   * @param name the name of the file in errors
   * @throws ScenarioException if the content contains an error
   */
  static List<Scenario> parse(String name, String content) {
    ScesimScenarios file = new ScesimScenarios(name);
    List<Scenario> scenarios = new ArrayList<>();
    try {
      file.readModel(XmlElement.parse(content), scenarios);
    } catch (XMLStreamException e) {
      int line = e.getLocation() == null ? 1 : e.getLocation().getLineNumber();
      file.complain(
          line, "not well-formed XML: " + String.valueOf(e.getMessage()).replace('\n', ' '));
    }
    if (!file.problems.isEmpty()) {
      throw new ScenarioException(file.problems);
    }
    return scenarios;
  }

  private void complain(int line, String what) {
    problems.add(name + ":" + line + ": " + what);
  }

  private void readModel(XmlElement root, List<Scenario> scenarios) {
    if (!root.name().equals("ScenarioSimulationModel")) {
      complain(root.line(), "not a KIE test scenario: the root element is " + root.name());
      return;
    }
    if (!VERSION.equals(root.version())) {
      complain(
          root.line(),
          "the file has version "
              + root.version()
              + ", not "
              + VERSION
              + "; open it and save it in the Test Scenario editor");
      return;
    }
    String type = root.textOf("settings", "type");
    if (!"RULE".equals(type)) {
      complain(root.line(), "the scenarios have type " + type + ", not RULE");
      return;
    }
    if ("true".equals(root.textOf("settings", "skipFromBuild"))) {
      return;
    }
    ScesimTable background = ScesimTable.read(root.find("background"), "BackgroundData");
    ScesimTable table = ScesimTable.read(root.find("simulation"), "Scenario");
    background.columns().forEach(this::check);
    table.columns().forEach(this::check);
    List<Fact> always = new ArrayList<>();
    background.rows().forEach(row -> always.addAll(row.given()));
    if (problems.isEmpty()) {
      table.rows().forEach(row -> readScenario(row, always, scenarios));
    }
  }

  private void check(Column column) {
    boolean isGiven = column.kind() == Kind.GIVEN;
    String where = "the column " + column.key().fact() + " " + column.property() + ": ";
    EventKind given = KIND_BY_CLASS.get(column.className());
    Collection<String> known =
        given == null ? EXPECTED : given.fields().stream().map(EventField::property).toList();
    if (isGiven && given == null) {
      complain(
          column.line(),
          where
              + "GIVEN must be an event: "
              + String.join(", ", new TreeSet<>(KIND_BY_CLASS.keySet()))
              + "; not "
              + column.className());
    } else if (!isGiven && !column.className().equals(Expectation.class.getName())) {
      complain(
          column.line(),
          where
              + "EXPECT must be a "
              + Expectation.class.getName()
              + ", not "
              + column.className());
    } else if (!known.contains(column.property())
        && !(isGiven && column.property().equals(TIMESTAMP))) {
      complain(
          column.line(), where + "unknown property" + NearestName.ask(column.property(), known));
    }
  }

  private void readScenario(Row row, List<Fact> always, List<Scenario> scenarios) {
    int before = problems.size();
    List<Fact> facts = new ArrayList<>(always);
    facts.addAll(row.given());
    if (facts.isEmpty()) {
      complain(row.line(), row.where() + ": no event is given");
    }
    if (row.expected().isEmpty()) {
      complain(
          row.line(), row.where() + ": nothing is expected; to expect no alert, set count to 0");
    }
    List<Event> events = events(facts, row.where());
    List<Expectation> expectations = new ArrayList<>();
    row.expected().forEach(fact -> expectations.add(expectation(fact, row.where())));
    if (problems.size() == before) {
      scenarios.add(new Scenario(name, row.line(), row.title(), events, expectations));
    }
  }

  private List<Event> events(List<Fact> facts, String where) {
    List<Event> events = new ArrayList<>();
    Instant time = null;
    for (Fact fact : facts) {
      String place = where + ", " + fact.name() + ": ";
      XmlElement stated = fact.cells().get(TIMESTAMP);
      if (stated != null) {
        time = time(stated, place);
      } else {
        time = time == null ? Offset.START : time.plus(Offset.STEP);
      }
      try {
        EventKind kind = Objects.requireNonNull(KIND_BY_CLASS.get(fact.className()));
        events.add(ScenarioEvents.of(kind, time, fields(kind, fact, place)));
      } catch (IllegalArgumentException e) {
        complain(fact.line(), place + e.getMessage());
      }
    }
    events.sort(Comparator.comparing(Event::getTimestamp));
    return events;
  }

  private Map<String, Object> fields(EventKind kind, Fact fact, String place) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("event.id", fact.name());
    fields.put("host.name", ScenarioEvents.HOST);
    fact.cells()
        .forEach(
            (property, cell) -> {
              if (cell.text().startsWith("#")) {
                complain(
                    cell.line(),
                    place
                        + cell.text()
                        + " is an expression; write a value, because nothing is evaluated");
              } else if (!property.equals(TIMESTAMP)) {
                put(field(kind, property), cell, place, fields);
              }
            });
    return fields;
  }

  private void put(EventField field, XmlElement cell, String place, Map<String, Object> fields) {
    List<String> items = items(cell.text());
    Object written = items.size() == 1 ? items.get(0) : items;
    try {
      field.parse(written);
      fields.put(field.name(), written);
    } catch (IllegalArgumentException e) {
      complain(cell.line(), place + e.getMessage());
    }
  }

  private Instant time(XmlElement cell, String place) {
    Duration offset = Offset.of(cell.text());
    if (offset != null) {
      return Offset.START.plus(offset);
    }
    try {
      return Instant.parse(cell.text());
    } catch (DateTimeException e) {
      complain(
          cell.line(),
          place
              + "timestamp must be "
              + Offset.FORM
              + ", or a time such as "
              + Offset.START
              + ", not "
              + cell.text());
      return Offset.START;
    }
  }

  private Expectation expectation(Fact fact, String where) {
    fact.cells()
        .forEach(
            (property, cell) -> {
              if (!property.equals("evidence") && EXPRESSION.matcher(cell.text()).matches()) {
                complain(
                    cell.line(), where + ": " + cell.text() + " is an expression; write a value");
              }
            });
    XmlElement count = fact.cells().get("count");
    XmlElement evidence = fact.cells().get("evidence");
    long number = 1;
    if (count != null && count.text().matches("\\d{1,9}")) {
      number = Long.parseLong(count.text());
    } else if (count != null) {
      complain(count.line(), where + ": count must be a number, not " + count.text());
    }
    String rule = text(fact.cells().get("rule"));
    if (rule == null && number != 0) {
      complain(fact.line(), where + ": an expected alert must name its rule");
    }
    return new Expectation(
        fact.line(),
        rule,
        number,
        text(fact.cells().get("host")),
        evidence == null ? List.of() : ids(evidence.text()));
  }

  private static @Nullable String text(@Nullable XmlElement cell) {
    return cell == null ? null : cell.text();
  }

  private static List<String> ids(String cell) {
    List<String> items = items(cell);
    return items.size() == 1 ? List.of(COMMA.split(items.get(0).strip())) : items;
  }

  /** Returns the texts in a cell: one, or the items of a list as the editor writes it. */
  private static List<String> items(String cell) {
    if (cell.startsWith("[")) {
      try {
        List<String> items = new ArrayList<>();
        for (JsonNode item : JSON.readTree(cell)) {
          if (item.has("value")) {
            items.add(item.get("value").asText());
          }
        }
        return items;
      } catch (JsonProcessingException e) {
        // A text that begins with a bracket.
        return List.of(cell);
      }
    }
    return List.of(cell);
  }

  /** The field of a column, which {@link #check} has found to be there. */
  private static EventField field(EventKind kind, String property) {
    return kind.fields().stream()
        .filter(field -> field.property().equals(property))
        .findFirst()
        .orElseThrow();
  }
}
