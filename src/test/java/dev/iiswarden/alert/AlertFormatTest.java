package dev.iiswarden.alert;

import static dev.iiswarden.testing.Story.APPCMD;
import static dev.iiswarden.testing.Story.CMD;
import static dev.iiswarden.testing.Story.W3WP;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.iiswarden.testing.Story;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Checks alerts of every rule against the field lists of their schemas. */
class AlertFormatTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Path SCHEMAS = Path.of("src/test/resources/schemas");

  /** Field sets outside ECS: our own, and those of Elastic's integrations. */
  private static final List<String> OUTSIDE_ECS =
      List.of("iiswarden.", "powershell.", "iis.", "registry.new_name");

  private static final String INETSRV = "C:\\Windows\\System32\\inetsrv\\";
  private static final String EVIL = INETSRV + "evil.dll";

  private static final List<Alert> ALERTS = alerts();

  /** Alerts with every kind of evidence and every field that rules, allowlists or readers use. */
  private static List<Alert> alerts() {
    List<Alert> alerts =
        new ArrayList<>(
            Story.begin()
                .sysmon(
                    1,
                    "ProcessGuid",
                    "{00112233-4455-6677-8899-aabbccddeeff}",
                    "ProcessId",
                    "700",
                    "Image",
                    CMD,
                    "OriginalFileName",
                    "Cmd.Exe",
                    "CommandLine",
                    "cmd /c x",
                    "User",
                    "IIS APPPOOL\\shop",
                    "ParentProcessId",
                    "600",
                    "ParentImage",
                    W3WP,
                    "ParentCommandLine",
                    "w3wp.exe -ap shop")
                .sysmon(
                    29,
                    "ProcessId",
                    "700",
                    "Image",
                    CMD,
                    "User",
                    "IIS APPPOOL\\shop",
                    "TargetFilename",
                    EVIL,
                    "Hashes",
                    "MD5=FAB4B30C1C4F0A9202A7B42DCF1729DC,SHA1=5E4F2C531C549BB72A658ED9DD16D491EDDBB286")
                .started(800, APPCMD, "appcmd install module /name:E /image:" + EVIL, 700, CMD)
                .set("HKLM\\SYSTEM\\W3SVC\\Parameters\\Filter DLLs", EVIL)
                .set("HKLM\\SYSTEM\\W3SVC\\Parameters\\FilterDLLs", EVIL)
                .wrote(600, W3WP, EVIL)
                .configured("/system.webServer/globalModules/add[@name=\"E\"]/@image", EVIL)
                .ran("New-WebGlobalModule -Name E -Image " + EVIL)
                .failedToLoad(EVIL)
                .loaded(EVIL)
                .loaded("C:\\Windows\\Temp\\x.dll")
                .read(CMD, INETSRV + "config\\applicationHost.config")
                .alerts());
    Alert first = alerts.get(0);
    alerts.add(first.withRepeats(3));
    alerts.add(first.suppressedBy(new Suppression(Suppression.By.ALLOWLIST, "own", "known")));
    return alerts;
  }

  static List<Alert> everyAlert() {
    return ALERTS;
  }

  @Test
  void theAlertsAreOfMostRules() {
    Set<String> rules = new LinkedHashSet<>();
    ALERTS.forEach(alert -> rules.add(alert.rule().id()));
    assertTrue(rules.size() >= 13, rules::toString);
  }

  @ParameterizedTest
  @MethodSource("everyAlert")
  void everyFieldIsOfEcsOrDocumentedAsOurs(Alert alert) throws IOException {
    Map<String, String> known = new HashMap<>();
    for (String line : Files.readAllLines(SCHEMAS.resolve("ecs-9.4.0.txt"))) {
      String[] parts = line.split(" ", -1);
      known.put(parts[0], parts[1] + " " + parts[2]);
    }
    JsonNode document = JSON.readTree(alert.toJson());
    assertFields(document, "", known);
    for (JsonNode event : document.at("/iiswarden/evidence")) {
      assertFields(event, "", known);
    }
    assertEquals("9.4.0", document.at("/ecs/version").asText());
  }

  private static void assertFields(JsonNode node, String prefix, Map<String, String> known) {
    node.properties()
        .forEach(
            field -> {
              String path = prefix + field.getKey();
              JsonNode value = field.getValue();
              if (OUTSIDE_ECS.stream().noneMatch((path + ".")::startsWith)
                  && !prefix.equals("labels.")
                  && !path.equals("registry.new_name")) {
                if (value.isObject()) {
                  assertFields(value, path + ".", known);
                } else {
                  assertType(path, value, known.get(path));
                }
              }
            });
  }

  private static void assertType(String path, JsonNode value, @Nullable String type) {
    assertTrue(type != null, () -> path + " is no field of ECS");
    boolean isArray = String.valueOf(type).endsWith(" array");
    assertTrue(!isArray || value.isArray(), () -> path + " is a list in ECS");
    for (JsonNode one : value.isArray() ? value : List.of(value)) {
      switch (String.valueOf(type).split(" ", -1)[0]) {
        case "long" -> assertTrue(one.isIntegralNumber(), path);
        case "float" -> assertTrue(one.isNumber(), path);
        case "boolean" -> assertTrue(one.isBoolean(), path);
        default -> assertTrue(one.isTextual() || one.isNull(), path);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("everyAlert")
  void everyAttributeIsOfOcsfAndNoneThatIsRequiredIsMissing(Alert alert) throws IOException {
    Map<String, String> known = new HashMap<>();
    for (String line : Files.readAllLines(SCHEMAS.resolve("ocsf-1.8.0-detection-finding.txt"))) {
      String[] parts = line.split(" ", -1);
      known.put(parts[0], parts[1] + " " + parts[2]);
    }
    JsonNode finding = JSON.readTree(AlertFormat.OCSF.toJson(alert));
    assertAttributes(finding, "", known);
    assertEquals(2004, finding.get("class_uid").asInt());
    assertEquals(200401, finding.get("type_uid").asInt());
    assertEquals(alert.id(), finding.at("/finding_info/uid").asText());
    assertEquals(alert.evidence().size(), finding.get("evidences").size());
    assertEquals(
        JSON.readTree(alert.toJson()).at("/iiswarden/evidence/0"), finding.at("/evidences/0/data"));
  }

  private static void assertAttributes(JsonNode object, String prefix, Map<String, String> known) {
    known.forEach(
        (path, type) -> {
          if (type.endsWith(" required")
              && path.startsWith(prefix)
              && path.indexOf('.', prefix.length()) < 0) {
            assertTrue(object.has(path.substring(prefix.length())), () -> path + " is required");
          }
        });
    object
        .properties()
        .forEach(
            field -> {
              String path = prefix + field.getKey();
              String type = known.get(path);
              assertTrue(type != null, () -> path + " is no attribute of the class");
              assertOcsfType(path, field.getValue(), String.valueOf(type), known);
            });
  }

  private static void assertOcsfType(
      String path, JsonNode value, String type, Map<String, String> known) {
    for (JsonNode one : value.isArray() ? value : List.of(value)) {
      if (type.startsWith("integer_t")
          || type.startsWith("long_t")
          || type.startsWith("timestamp_t")) {
        assertTrue(one.isIntegralNumber(), path);
      } else if (type.startsWith("boolean_t")) {
        assertTrue(one.isBoolean(), path);
      } else if (one.isObject()
          && known.keySet().stream().anyMatch(other -> other.startsWith(path + "."))) {
        assertAttributes(one, path + ".", known);
      }
    }
  }

  @Test
  void whatWasHeldBackSaysSo() throws IOException {
    JsonNode held = JSON.readTree(ALERTS.get(ALERTS.size() - 1).toJson());
    assertEquals("allowlist", held.at("/iiswarden/suppressed/by").asText());
    assertEquals("own", held.at("/iiswarden/suppressed/entry").asText());
    JsonNode repeated = JSON.readTree(ALERTS.get(ALERTS.size() - 2).toJson());
    assertEquals(3, repeated.at("/iiswarden/repeats").asInt());
  }
}
