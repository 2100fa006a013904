package dev.iiswarden.alert;

import static dev.iiswarden.testing.IisEvents.START;
import static dev.iiswarden.testing.IisEvents.drop;
import static dev.iiswarden.testing.IisEvents.load;
import static dev.iiswarden.testing.IisEvents.registration;
import static dev.iiswarden.testing.RaisedAlerts.raisedBy;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.iiswarden.decode.Decoded;
import dev.iiswarden.decode.EventDecoders;
import dev.iiswarden.event.Event;
import dev.iiswarden.event.LibraryEvent;
import dev.iiswarden.rules.Rule;
import dev.iiswarden.rules.Rules;
import dev.iiswarden.testing.EcsLines;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AlertTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  @Test
  void theJsonFormSaysWhoWhatWhenAndWhy() throws JsonProcessingException {
    Alert alert =
        raisedBy(registration("r", "WEB", START), drop("f", "WEB", START.plusSeconds(90))).get(0);
    Rule rule = alert.rule();
    JsonNode json = JSON.readTree(alert.toJson());
    assertEquals("2026-03-01T03:01:30Z", json.at("/@timestamp").asText());
    assertEquals("alert", json.at("/event/kind").asText());
    assertEquals(alert.id(), json.at("/event/id").asText());
    assertEquals("WEB", json.at("/host/name").asText());
    assertEquals("registry-then-file", json.at("/rule/id").asText());
    assertEquals(rule.name(), json.at("/rule/name").asText());
    assertEquals(rule.description(), json.at("/rule/description").asText());
    assertEquals(List.of(rule.author()), texts(json.at("/rule/author")));
    assertEquals(rule.version(), json.at("/rule/version").asText());
    assertEquals(rule.references(), texts(json.at("/rule/reference")));
    assertEquals("high", json.at("/iiswarden/severity").asText());
    assertEquals("high", json.at("/iiswarden/confidence").asText());
    assertEquals(rule.falsePositives(), texts(json.at("/iiswarden/false_positives")));
    assertEquals("MITRE ATT&CK", json.at("/threat/framework").asText());
    assertEquals("TA0003", json.at("/threat/tactic/id/0").asText());
    assertEquals("Persistence", json.at("/threat/tactic/name/0").asText());
    assertEquals("T1505", json.at("/threat/technique/id/0").asText());
    assertEquals("Server Software Component", json.at("/threat/technique/name/0").asText());
    assertEquals("T1505.004", json.at("/threat/technique/subtechnique/id/0").asText());
    assertEquals("IIS Components", json.at("/threat/technique/subtechnique/name/0").asText());
    assertEquals(73, json.at("/event/severity").asInt());
    assertEquals(73, json.at("/event/risk_score").asInt());
    assertEquals("powershell.exe", json.at("/process/name").asText());
    assertEquals("FilterDLLs", json.at("/registry/value").asText());
    assertEquals("C:\\inetpub\\filter.dll", json.at("/file/path").asText());
    assertEquals(List.of("WEB"), texts(json.at("/related/hosts")));
    assertEquals(alert.incident().id(), json.at("/iiswarden/incident/id").asText());
    assertEquals("high", json.at("/iiswarden/incident/severity").asText());
    assertEquals(alert.incident().score(), json.at("/iiswarden/incident/score").asInt());
    assertEquals(alert.incident().verdict(), json.at("/iiswarden/incident/verdict").asText());
  }

  @Test
  void evidenceIsEcsAndInOrder() throws JsonProcessingException {
    Alert alert =
        raisedBy(registration("r", "WEB", START), drop("f", "WEB", START.plusSeconds(90))).get(0);
    assertEquals(
        JSON.readTree(
            """
            [{"@timestamp": "2026-03-01T03:00:00Z",
              "event": {"id": "r", "category": ["registry"], "type": ["change"]},
              "host": {"name": "WEB"},
              "process": {"name": "reg.exe"},
              "registry": {
                "path":
                  "HKLM\\\\SYSTEM\\\\CurrentControlSet\\\\Services\\\\W3SVC\\\\Parameters\\\\FilterDLLs",
                "value": "FilterDLLs",
                "data": {"strings": ["C:\\\\inetpub\\\\filter.dll"]}}},
             {"@timestamp": "2026-03-01T03:01:30Z",
              "event": {"id": "f", "category": ["file"], "type": ["creation"]},
              "host": {"name": "WEB"},
              "process": {"name": "powershell.exe"},
              "file": {"path": "C:\\\\inetpub\\\\filter.dll", "extension": "dll"}}]
            """),
        JSON.readTree(alert.toJson()).at("/iiswarden/evidence"));
  }

  @Test
  void anEventWithoutAnIdIsNamedByItsLineInTheEvidence() throws JsonProcessingException {
    Alert alert = raisedOn(EcsLines.withoutId(line("x", "WEB")), 17);
    JsonNode json = JSON.readTree(alert.toJson());
    assertEquals("line:17", json.at("/iiswarden/evidence/0/event/id").asText());
  }

  @Test
  void withoutAHostTheNameIsNull() throws JsonProcessingException {
    Alert alert = raisedBy(loadWithoutHost()).get(0);
    assertNull(alert.host());
    JsonNode host = JSON.readTree(alert.toJson()).path("host");
    assertTrue(host.has("name") && host.get("name").isNull(), alert::toJson);
  }

  @Test
  void theJsonFormIsOneLine() {
    Alert alert = raisedBy(load("l", "two\r\nlines\u2028", START)).get(0);
    assertFalse(alert.toJson().contains("\n") || alert.toJson().contains("\r"), alert::toJson);
  }

  @Test
  void theMapIsWhatTheJsonFormSays() throws JsonProcessingException {
    Alert alert = raisedBy(load("l", "WEB", START)).get(0);
    assertEquals(JSON.readTree(alert.toJson()), JSON.valueToTree(alert.toMap()));
  }

  @Test
  void nobodyCanChangeTheEvidence() {
    Alert alert = raisedBy(load("l", "WEB", START)).get(0);
    assertThrows(UnsupportedOperationException.class, () -> alert.evidence().clear());
    alert.toMap().clear();
    assertTrue(alert.toJson().contains("\"WEB\""), alert::toJson);
  }

  @Test
  void theSameDetectionHasTheSameId() {
    Event[] story = {registration("r", "WEB", START), drop("f", "WEB", START.plusSeconds(1))};
    assertEquals(idOn(story), idOn(story));
    assertTrue(idOn(story).matches("[0-9a-f]{32}"), () -> idOn(story));
  }

  @Test
  void theSameEventsBuiltAnewHaveTheSameId() {
    assertEquals(idOn(load("l", "WEB", START)), idOn(load("l", "WEB", START)));
  }

  @Test
  void theIdDependsOnTheHost() {
    assertNotEquals(idOn(load("l", "WEB", START)), idOn(load("l", "web", START)));
    assertNotEquals(idOn(load("l", "", START)), idOn(loadWithoutHost()));
  }

  @Test
  void theIdDependsOnEachEvidenceEvent() {
    Event registration = registration("r", "WEB", START);
    String id = idOn(registration, drop("f", "WEB", START.plusSeconds(1)));
    assertNotEquals(id, idOn(registration, drop("g", "WEB", START.plusSeconds(1))));
    assertNotEquals(id, idOn(registration, drop("f", "WEB", START.plusSeconds(2))));
    assertNotEquals(
        id, idOn(registration("q", "WEB", START), drop("f", "WEB", START.plusSeconds(1))));
  }

  @Test
  void theIdDependsOnTheRule(@TempDir Path directory) throws IOException {
    Path file = Path.of("rules-drl", "w3wp-module-load.drl");
    Files.writeString(
        directory.resolve("other.drl"),
        Files.readString(file).replace("@id( \"w3wp-module-load\" )", "@id( \"other-rule\" )"));
    Event event = load("l", "WEB", START);
    Alert alert = raisedBy(Rules.fromDirectory(directory), List.of(Decoded.of(event))).get(0);
    assertEquals("other-rule", alert.rule().id());
    assertNotEquals(idOn(event), alert.id());
  }

  @Test
  void theLineOfAnEventWithoutAnIdDoesNotChangeTheId() {
    String line = EcsLines.withoutId(line("x", "WEB"));
    assertEquals(raisedOn(line, 1).id(), raisedOn(line, 2).id());
  }

  @Test
  void theFieldsOfAnEventWithoutAnIdChangeTheId() {
    String line = EcsLines.withoutId(line("x", "WEB"));
    assertNotEquals(
        raisedOn(line, 1).id(), raisedOn(line.replace("filter.dll", "other.dll"), 1).id());
  }

  @Test
  void anEventThatIsSentAgainRaisesTheSameIdAgain() {
    List<Alert> alerts = raisedBy(load("l", "WEB", START), load("l", "WEB", START));
    assertEquals(2, alerts.size());
    assertEquals(alerts.get(0).id(), alerts.get(1).id());
  }

  private static String idOn(Event... story) {
    List<Alert> alerts = raisedBy(story);
    assertEquals(1, alerts.size());
    return alerts.get(0).id();
  }

  private static Alert raisedOn(String line, long number) {
    byte[] utf8 = line.getBytes(StandardCharsets.UTF_8);
    Decoded decoded = EventDecoders.ecs().decode(utf8, 0, utf8.length, number);
    return raisedBy(Rules.baseQuery(), List.of(decoded)).get(0);
  }

  private static String line(String id, String host) {
    return EcsLines.load(id, host, START);
  }

  private static Event loadWithoutHost() {
    return LibraryEvent.builder()
        .id("l")
        .timestamp(START)
        .processName("w3wp.exe")
        .path("C:\\Windows\\Temp\\filter.dll")
        .name("filter.dll")
        .build();
  }

  private static List<String> texts(JsonNode array) {
    List<String> texts = new ArrayList<>();
    array.forEach(element -> texts.add(element.asText()));
    return texts;
  }
}
