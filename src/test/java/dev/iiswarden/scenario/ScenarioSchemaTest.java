package dev.iiswarden.scenario;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.iiswarden.event.EventField;
import dev.iiswarden.event.EventKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Generates the JSON Schema with which editors complete and check scenarios, and compares it with
 * {@code scenario.schema.json}.
 */
class ScenarioSchemaTest {
  private static final Path DIRECTORY = Path.of("rules-drl", "scenarios");
  private static final Path SCHEMA = DIRECTORY.resolve("scenario.schema.json");
  private static final Path MADE = Path.of("target", "scenario.schema.json");
  private static final String VALUE = "#/definitions/value";
  private static final ObjectMapper JSON =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);
  private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());

  static List<Path> files() throws IOException {
    try (Stream<Path> files = Files.list(DIRECTORY)) {
      return files.filter(file -> file.toString().endsWith(".yaml")).sorted().toList();
    }
  }

  @Test
  void theSchemaIsWhatTheReaderKnows() throws IOException {
    String made = JSON.writeValueAsString(schema()) + "\n";
    Files.createDirectories(MADE.getParent());
    Files.writeString(MADE, made);
    assertEquals(
        made,
        Files.readString(SCHEMA),
        SCHEMA + " is out of date: take " + MADE + " if that is meant");
  }

  @ParameterizedTest
  @MethodSource("files")
  void allScenariosAreSoundByIt(Path file) throws IOException {
    assertEquals(List.of(), errors(Files.readString(file)));
    assertTrue(
        Files.readString(file).startsWith("# yaml-language-server: $schema=scenario.schema.json\n"),
        file::toString);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "name: no list",
        "- events: [{kind: file}]\n  expect: none",
        "- name: no event\n  expect: none",
        "- name: no event\n  events: []\n  expect: none",
        "- name: no expectation\n  events: [{kind: file, file.path: a}]",
        "- name: a\n  events: [{kind: file, file.path: a}]\n  expect: nothing",
        "- name: a\n  events: [{kind: file, file.path: a}]\n  expect: [{count: 1}]",
        "- name: a\n  events: [{kind: file, file.path: a}]\n  expect: [{rule: a, counts: 1}]",
        "- name: a\n  events: [{kind: file, file.path: a}]\n  expect: [{rule: a, count: few}]",
        "- name: a\n  events: [{kind: files, file.path: a}]\n  expect: none",
        "- name: a\n  events: [{file.path: a}]\n  expect: none",
        "- name: a\n  events: [{kind: file, file.pth: a}]\n  expect: none",
        "- name: a\n  events: [{kind: file, file: {pth: a}}]\n  expect: none",
        "- name: a\n  events: [{kind: file, file.path: a, at: later}]\n  expect: none",
        "- name: a\n  events: [{kind: file, file.path: a}]\n  expect: none\n  title: b",
      })
  void whatTheReaderRefusesItRefusesToo(String scenario) throws IOException {
    assertThrows(ScenarioException.class, () -> YamlScenarios.parse("x.yaml", scenario));
    assertFalse(errors(scenario).isEmpty(), scenario);
  }

  @Test
  void fieldsMayBeNestedAnyWay() throws IOException {
    String scenario =
        """
        - name: nested
          events:
            - kind: registry
              at: +1m
              registry: {data: {strings: [C:/a.dll, 1]}, path: HKLM}
              process.parent: {name: a, pid: 4}
          expect: none
        """;
    assertEquals(1, YamlScenarios.parse("x.yaml", scenario).size());
    assertEquals(List.of(), errors(scenario));
  }

  private static List<Error> errors(String yaml) throws IOException {
    Schema schema =
        SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_7)
            .getSchema(Files.readString(SCHEMA));
    JsonNode content = YAML.readTree(yaml);
    return schema.validate(content);
  }

  private static ObjectNode schema() {
    ObjectNode schema = JSON.createObjectNode();
    schema.put("$schema", "http://json-schema.org/draft-07/schema#");
    schema.put("title", "iiswarden scenarios");
    schema.put("description", "Events on a machine, and the alerts that they must raise.");
    schema.put("type", "array");
    ObjectNode scenario = object(schema.putObject("items"), List.of("name", "events", "expect"));
    text(scenario.withObject("/properties/name"), "What the scenario shows.");
    ObjectNode events = scenario.withObject("/properties/events");
    events.put("type", "array").put("minItems", 1);
    event(events.putObject("items"));
    ObjectNode expect = scenario.withObject("/properties/expect");
    expect.put("description", "none, or the alerts that must be raised.");
    ArrayNode either = expect.putArray("oneOf");
    either.addObject().put("const", "none");
    ObjectNode alerts = either.addObject().put("type", "array").put("minItems", 1);
    expectation(alerts.putObject("items"));
    schema.putObject("definitions").set("value", value());
    return schema;
  }

  private static void event(ObjectNode event) {
    fields(
        event,
        EventKind.all().stream()
            .flatMap(kind -> kind.fields().stream().map(EventField::name))
            .collect(Collectors.toSet()));
    event.putArray("required").add("kind");
    ObjectNode kind = event.withObject("/properties/kind");
    kind.put("description", "The kind of event.");
    ArrayNode kinds = kind.putArray("enum");
    EventKind.all().stream().map(EventKind::name).sorted().forEach(kinds::add);
    ObjectNode at = event.withObject("/properties/at");
    at.put(
        "description",
        "The time since the beginning: +30m, +1h1ms. Default: one minute after the previous event.");
    at.put("type", "string").put("pattern", "^\\+?([0-9]{1,9}(ms|d|h|m|s))+$");
  }

  private static void expectation(ObjectNode expectation) {
    object(expectation, List.of("rule"));
    text(expectation.withObject("/properties/rule"), "The id of the rule.");
    expectation
        .withObject("/properties/count")
        .put("description", "The number of alerts. Default: 1.")
        .put("type", "integer")
        .put("minimum", 0);
    text(expectation.withObject("/properties/host"), "The host of the alerts.");
    ObjectNode evidence = expectation.withObject("/properties/evidence");
    evidence.put(
        "description",
        "The ids (event.id) of the alert's events, in order. The default id of the first event is 1.");
    evidence.putArray("allOf").addObject().put("$ref", VALUE);
  }

  private static ObjectNode object(ObjectNode node, List<String> required) {
    node.put("type", "object").put("additionalProperties", false);
    ArrayNode names = node.putArray("required");
    required.forEach(names::add);
    return node;
  }

  private static void text(ObjectNode node, String description) {
    node.put("description", description).put("type", "string");
  }

  /** Adds fields by their dotted names, as nested objects, and as mixtures of both. */
  private static void fields(ObjectNode node, Collection<String> names) {
    node.put("type", "object").put("additionalProperties", false);
    Map<String, Collection<String>> within = new TreeMap<>();
    ObjectNode properties = node.putObject("properties");
    for (String name : new TreeSet<>(names)) {
      properties.putObject(name).put("$ref", VALUE);
      for (int dot = name.indexOf('.'); dot >= 0; dot = name.indexOf('.', dot + 1)) {
        within
            .computeIfAbsent(name.substring(0, dot), ignored -> new TreeSet<>())
            .add(name.substring(dot + 1));
      }
    }
    within.forEach((name, rest) -> fields(properties.putObject(name), rest));
  }

  private static ObjectNode value() {
    ObjectNode value = JSON.createObjectNode();
    ArrayNode types = value.putArray("type");
    List.of("string", "number", "boolean", "null", "array").forEach(types::add);
    ArrayNode items = value.putObject("items").putArray("type");
    List.of("string", "number", "boolean").forEach(items::add);
    return value;
  }
}
