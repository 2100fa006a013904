package dev.iiswarden.inventory;

import static dev.iiswarden.inventory.Configurations.nativeModule;
import static dev.iiswarden.inventory.Configurations.read;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.iiswarden.alert.Alert;
import dev.iiswarden.decode.Decoded;
import dev.iiswarden.decode.EventDecoders;
import dev.iiswarden.event.ConfigurationEvent;
import dev.iiswarden.event.Event;
import dev.iiswarden.event.EventJson;
import dev.iiswarden.event.FileEvent;
import dev.iiswarden.event.FileFields;
import dev.iiswarden.rules.Rules;
import dev.iiswarden.testing.RaisedAlerts;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Comparing inventories, and what rules make of the changes. */
class InventoryTest {
  private static final Instant EARLIER = Instant.parse("2026-03-04T03:00:00Z");
  private static final Instant LATER = Instant.parse("2026-03-04T03:30:00Z");
  private static final String DLL = "C:\\ProgramData\\Microsoft\\HTTPParser.dll";

  private static Inventory inventory(Instant time, String xml) throws InventoryException {
    return Inventory.of("web01", time, read(xml));
  }

  private static String planted() {
    return Configurations.clean()
        .replace(
            "</globalModules>",
            "<add name=\"HttpParserModule\" image=\"" + DLL + "\" /></globalModules>");
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static List<String> lines(Inventory inventory) {
    List<String> lines = new ArrayList<>();
    for (Component one : inventory.components()) {
      if (!one.isOwn()) {
        lines.add(InventoryJson.line(inventory, one, Image.UNKNOWN));
      }
    }
    return lines;
  }

  @Test
  void nothingIsNewInTheSameConfiguration() throws Exception {
    assertEquals(
        List.of(),
        inventory(LATER, Configurations.clean()).since(inventory(EARLIER, Configurations.clean())));
  }

  @Test
  void aNewModuleIsAnEventLikeThatOfTheLog() throws Exception {
    List<ConfigurationEvent> events =
        inventory(LATER, planted()).since(inventory(EARLIER, Configurations.clean()));

    assertEquals(1, events.size());
    ConfigurationEvent event = events.get(0);
    assertEquals(LATER, event.getTimestamp());
    assertEquals("web01", event.getHost().getName());
    assertEquals("29", event.getEvent().getCode());
    assertEquals("iiswarden", event.getEvent().getProvider());
    assertEquals("inventory", event.getEvent().getAction());
    assertEquals(List.of("creation"), event.getEvent().getType());
    assertEquals(
        "/system.webServer/globalModules/add[@name=\"HttpParserModule\"]/@image",
        event.getIis().getConfiguration());
    assertEquals(DLL, event.getIis().getNewValue());
  }

  @Test
  void aChangedImageHasItsOldValue() throws Exception {
    ConfigurationEvent event =
        inventory(LATER, nativeModule("A", DLL))
            .since(inventory(EARLIER, nativeModule("A", "C:\\Program Files\\a\\a.dll")))
            .get(0);

    assertEquals("C:\\Program Files\\a\\a.dll", event.getIis().getOldValue());
    assertEquals(List.of("change"), event.getEvent().getType());
  }

  @Test
  void whatIsIissOwnOrIsGoneIsNoChange() throws Exception {
    Inventory none = inventory(EARLIER, "<configuration />");

    Set<String> changed = new TreeSet<>();
    inventory(LATER, Configurations.clean())
        .changesSince(none)
        .forEach(change -> changed.add(change.component().name()));
    assertEquals(Set.of("Shop", "ShopSession"), changed);
    assertEquals(List.of(), none.since(inventory(EARLIER, planted())));
  }

  @Test
  void theSameNameInAnotherLocationIsAnotherComponent() throws Exception {
    String module =
        "<system.webServer><modules><add name='A' type='T' /></modules></system.webServer>";
    String here = "<configuration>" + module + "</configuration>";
    String there = "<configuration><location path='Shop'>" + module + "</location></configuration>";

    assertEquals(1, inventory(LATER, there).since(inventory(EARLIER, here)).size());
  }

  @Test
  void theNameOfACopyDoesNotMatterButThePathOfAWebConfigDoes() throws Exception {
    byte[] content = utf8(nativeModule("A", DLL));
    Inventory first = Inventory.of("W", EARLIER, Inventory.components("day1/web.config", content));
    Inventory second = Inventory.of("W", LATER, Inventory.components("day2/web.config", content));
    Inventory copy =
        Inventory.of(
            "W", LATER, Inventory.components("x/WEB01-applicationHost.config.bak", content));
    Inventory original =
        Inventory.of("W", EARLIER, Inventory.components("applicationHost.config", content));

    assertEquals(1, second.since(first).size());
    assertEquals(0, copy.since(original).size());
  }

  @Test
  void linesAreReadBackWhole() throws Exception {
    Inventory inventory = inventory(EARLIER, planted());
    String text = String.join("\n", lines(inventory)) + "\n";

    for (byte[] bytes :
        List.of(utf8(text), ("\ufeff" + text).getBytes(StandardCharsets.UTF_16LE))) {
      assertTrue(InventoryJson.isJson(bytes));
      Inventory again = InventoryJson.read("base.ndjson", bytes).get(0);
      assertEquals("web01", again.host());
      assertEquals(EARLIER, again.time());
      assertEquals(
          inventory.components().stream().filter(one -> !one.isOwn()).toList(), again.components());
      assertEquals(List.of(), inventory.since(again));
    }
  }

  @Test
  void linesOfSeveralHostsAreSeveralInventories() throws Exception {
    Inventory one = inventory(EARLIER, planted());
    Inventory two = Inventory.of("web02", LATER, read(nativeModule("A", DLL)));
    List<String> lines = new ArrayList<>(lines(one));
    lines.addAll(lines(two));

    assertEquals(
        List.of("web01", "web02"),
        InventoryJson.read("base", utf8(String.join("\n", lines))).stream()
            .map(Inventory::host)
            .toList());
    assertEquals(List.of(), InventoryJson.read("base", utf8("\n")));
  }

  @Test
  void aLineThatIsNoneOfAnInventoryIsAnErrorWithItsNumber() throws Exception {
    String good = lines(inventory(EARLIER, planted())).get(0);
    for (String bad : List.of("{\"a\":1}", "{\"a\":", "[]", "x", good.substring(0, 90))) {
      InventoryException e =
          assertThrows(
              InventoryException.class,
              () -> InventoryJson.read("base.ndjson", utf8(good + "\n" + bad)));
      assertTrue(e.getMessage().startsWith("base.ndjson:2: "), e::getMessage);
    }
  }

  private static List<JsonNode> fields(Event event) {
    JsonNode json = EventJson.toJson(event.placed(1, 1)).get("fields");
    return List.of(json.get("timestamp"), json.get("event"), json.get("host"), json.get("iis"));
  }

  /** A decoder makes of a line what {@link Inventory#since} makes of the inventories. */
  @Test
  void theLineOfAChangeIsTheSameEvent() throws Exception {
    Inventory before = inventory(EARLIER, nativeModule("A", "C:\\a.dll"));
    Inventory after = inventory(LATER, nativeModule("A", DLL));
    String line = InventoryJson.line(after, after.changesSince(before).get(0), Image.UNKNOWN);

    for (String decoder : List.of("auto", "ecs")) {
      Event decoded = EventDecoders.named(decoder).decode(line).events().get(0);
      assertEquals(fields(after.since(before).get(0)), fields(decoded));
    }
  }

  private static Set<String> raised(List<Decoded> records) {
    Set<String> rules = new TreeSet<>();
    for (Alert alert : RaisedAlerts.raisedBy(Rules.bundled(), records)) {
      rules.add(alert.rule().id());
    }
    return rules;
  }

  /** The host of the other log has a domain and other letter case. */
  @Test
  void aDropAndANewModuleAreTheSequenceThatRulesKnow() throws Exception {
    Event drop =
        FileEvent.builder()
            .timestamp(EARLIER)
            .computerName("WEB01.corp.example")
            .type("creation")
            .file(() -> new FileFields(DLL, "HTTPParser.dll", "dll"))
            .processName("powershell.exe")
            .build();
    List<Decoded> records = new ArrayList<>(List.of(Decoded.of(drop)));
    inventory(LATER, planted())
        .since(inventory(EARLIER, Configurations.clean()))
        .forEach(event -> records.add(Decoded.of(event)));

    assertEquals(
        Set.of(
            "registration-configuration-log",
            "registration-unusual-image",
            "drop-then-registration"),
        raised(records));
  }

  @Test
  void theLinesOfAWholeInventoryAreReadAndRaiseNothing() throws Exception {
    List<Decoded> records = new ArrayList<>();
    for (String line : lines(inventory(LATER, planted()))) {
      Decoded decoded = EventDecoders.auto().decode(line);
      assertEquals(List.of("info"), decoded.events().get(0).getEvent().getType());
      records.add(decoded);
    }

    assertEquals(3, records.size());
    assertEquals(Set.of(), raised(records));
  }
}
