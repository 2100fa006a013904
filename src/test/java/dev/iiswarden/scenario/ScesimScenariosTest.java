package dev.iiswarden.scenario;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.iiswarden.event.FileEvent;
import dev.iiswarden.event.LibraryEvent;
import dev.iiswarden.event.ProcessEvent;
import dev.iiswarden.event.RegistryEvent;
import dev.iiswarden.rules.Rule;
import dev.iiswarden.rules.Rules;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.drools.scenariosimulation.api.model.Background;
import org.drools.scenariosimulation.api.model.ExpressionIdentifier;
import org.drools.scenariosimulation.api.model.FactIdentifier;
import org.drools.scenariosimulation.api.model.FactMapping;
import org.drools.scenariosimulation.api.model.FactMappingType;
import org.drools.scenariosimulation.api.model.Scenario;
import org.drools.scenariosimulation.api.model.ScenarioSimulationModel;
import org.drools.scenariosimulation.api.model.ScesimModelDescriptor;
import org.drools.scenariosimulation.api.model.Settings;
import org.drools.scenariosimulation.api.model.Simulation;
import org.drools.scenariosimulation.backend.util.ScenarioSimulationXMLPersistence;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Tests KIE test scenarios in the form that KIE itself writes and reads. */
class ScesimScenariosTest {
  private static final Path DIRECTORY = Path.of("rules-drl", "scenarios");
  private static final ScenarioSimulationXMLPersistence KIE =
      ScenarioSimulationXMLPersistence.getInstance();

  static List<Path> files() {
    return Rules.bundled().all().stream()
        .map(Rule::id)
        .map(id -> DIRECTORY.resolve(id + ".scesim"))
        .toList();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("files")
  void everyRuleHasAFileThatKieReadsAsWeDo(Path file) throws Exception {
    ScenarioSimulationModel model = KIE.unmarshal(Files.readString(file));
    assertEquals(ScenarioSimulationModel.Type.RULE, model.getSettings().getType());
    assertEquals(
        model.getSimulation().getUnmodifiableData().stream().map(Scenario::getDescription).toList(),
        names(ScenarioFile.read(file)));
    assertEquals(
        played(ScenarioFile.read(file)),
        played(ScesimScenarios.parse(file.toString(), KIE.marshal(model))));
  }

  private static List<String> names(List<dev.iiswarden.scenario.Scenario> scenarios) {
    return scenarios.stream().map(dev.iiswarden.scenario.Scenario::name).toList();
  }

  /** Returns everything except the lines. */
  private static List<String> played(List<dev.iiswarden.scenario.Scenario> scenarios) {
    return scenarios.stream()
        .map(one -> one.name() + one.events().toString() + one.expectations())
        .toList();
  }

  @Test
  void aTableIsEventsAndWhatIsExpectedOfThem() {
    Table table = new Table();
    table.given("registered", RegistryEvent.class, "registry.path");
    table.given("registered", RegistryEvent.class, "registry.data.strings");
    table.given("dropped", FileEvent.class, "timestamp");
    table.given("dropped", FileEvent.class, "file.path");
    table.given("dropped", FileEvent.class, "event.id");
    table.expect("alerts", "rule");
    table.expect("alerts", "evidence");
    table.expect("nothing", "rule");
    table.expect("nothing", "count");
    table.row(
        "all of it",
        "HKLM\\W3SVC\\Path",
        "[{\"value\":\"C:\\\\a.dll\"},{\"value\":\"; <!b\"}]",
        "+1h1ms",
        "C:\\inetpub\\a;b.dll",
        "f",
        "registry-then-file",
        "registered, f",
        "w3wp-module-load",
        "0");
    table.row("no registry", null, null, null, "C:\\inetpub\\[a].dll", null, null, null, null, "0");

    List<dev.iiswarden.scenario.Scenario> read = table.read();

    assertEquals(List.of("all of it", "no registry"), names(read));
    RegistryEvent registered = (RegistryEvent) read.get(0).events().get(0);
    FileEvent dropped = (FileEvent) read.get(0).events().get(1);
    assertEquals(List.of("C:\\a.dll", "; <!b"), registered.getRegistry().getData().getStrings());
    assertEquals("registered", registered.getEvent().getId());
    assertEquals("C:\\inetpub\\a;b.dll", dropped.getFile().getPath());
    assertEquals("f", dropped.getEvent().getId());
    assertEquals(
        Duration.ofMillis(3_600_001),
        Duration.between(registered.getTimestamp(), dropped.getTimestamp()));
    assertEquals(
        "[1 alert of rule registry-then-file with evidence [registered, f],"
            + " 0 alerts of rule w3wp-module-load]",
        read.get(0).expectations().toString());
    assertEquals(1, read.get(1).events().size());
    assertEquals("[0 alerts]", read.get(1).expectations().toString());
  }

  @Test
  void theBackgroundHappensInEveryScenario() {
    Table table = new Table();
    table.background("w3wp", ProcessEvent.class, "process.executable", "C:\\w3wp.exe");
    table.given("dropped", FileEvent.class, "file.path");
    table.expect("alerts", "count");
    table.row("one", "C:\\a.dll", "0");
    table.row("two", "C:\\b.dll", "0");

    for (dev.iiswarden.scenario.Scenario scenario : table.read()) {
      assertEquals(
          List.of("w3wp", "dropped"),
          scenario.events().stream().map(event -> event.getEvent().getId()).toList());
    }
  }

  @Test
  void whatIsWrongIsSaidByRow() {
    Table table = new Table();
    table.given("dropped", FileEvent.class, "file.path");
    table.given("dropped", FileEvent.class, "timestamp");
    table.expect("alerts", "rule");
    table.expect("alerts", "count");
    table.row("an expression", "# java.lang.Runtime.getRuntime()", null, "x", null);
    table.row("a time", "C:\\a.dll", "yesterday", "x", null);
    table.row("an operator", "C:\\a.dll", null, "! x", null);
    table.row("a count", "C:\\a.dll", null, "x", "some");
    table.row("no rule", "C:\\a.dll", null, null, "2");
    table.row("nothing expected", "C:\\a.dll", null, null, null);
    table.row("nothing given", null, null, "x", null);
    String message = message(table.xml());
    for (String part :
        List.of(
            "row 1 (an expression), dropped: # java.lang.Runtime.getRuntime() is an expression",
            "row 2 (a time), dropped: timestamp must be a time since the beginning such as +30m",
            "row 3 (an operator): ! x is an expression",
            "row 4 (a count): count must be a number, not some",
            "row 5 (no rule): an expected alert must name its rule",
            "row 6 (nothing expected): nothing is expected",
            "row 7 (nothing given): no event is given")) {
      assertTrue(message.contains(part), message);
    }
  }

  @Test
  void aValueOfTheWrongTypeIsReportedAtItsCell() {
    Table table = new Table();
    table.given("loaded", LibraryEvent.class, "dll.path");
    table.given("loaded", LibraryEvent.class, "dll.codeSignature.valid");
    table.given("loaded", LibraryEvent.class, "dll.codeSignature.exists");
    table.given("loaded", LibraryEvent.class, "process.pid");
    table.expect("alerts", "count");
    table.row("all", "C:\\a.dll", "yes", "nope", "many", "0");
    String xml = table.xml();
    assertEquals(
        List.of(
            place(xml, "yes")
                + "row 1 (all), loaded: dll.code_signature.valid must be true or false, not yes",
            place(xml, "nope")
                + "row 1 (all), loaded: dll.code_signature.exists must be true or false, not nope",
            place(xml, "many") + "row 1 (all), loaded: process.pid must be a number, not many"),
        message(xml).lines().toList());
  }

  /** Where the start tag of a cell ends. */
  private static String place(String xml, String cell) {
    int line = (int) xml.substring(0, xml.indexOf('>' + cell + '<')).lines().count();
    return "x.scesim:" + line + ": ";
  }

  @Test
  void columnsThatAreNoneAreToldWithTheNearest() {
    Table table = new Table();
    table.given("dropped", FileEvent.class, "file.pth");
    table.given("other", String.class, "length");
    table.expect("alerts", "rules");
    table.row("row", "C:\\a.dll", "1", "x");
    String message = message(table.xml());
    for (String part :
        List.of(
            "the column dropped file.pth: unknown property: did you mean file.path?",
            "the column other length: GIVEN must be an event: dev.iiswarden.event.ConfigurationEvent",
            "the column alerts rules: unknown property: did you mean rule?")) {
      assertTrue(message.contains(part), message);
    }
  }

  @Test
  void filesThatAreNoneAreRefused() throws IOException {
    String good = Files.readString(files().get(0));
    Map<String, String> refused =
        Map.of(
            good.substring(0, good.length() / 2),
            "not well-formed XML",
            good.replace("version=\"1.8\"", "version=\"1.2\""),
            "the file has version 1.2, not 1.8",
            good.replace("<type>RULE</type>", "<type>DMN</type>"),
            "the scenarios have type DMN, not RULE",
            "<beans/>",
            "not a KIE test scenario: the root element is beans",
            "<!DOCTYPE a [<!ENTITY b SYSTEM \"file:///etc/passwd\">]><a>&b;</a>",
            "a document type declaration",
            "<a>".repeat(1_000_000),
            "elements are nested too deeply");
    refused.forEach(
        (content, reason) -> {
          String message = message(content);
          assertTrue(message.contains(reason), message);
          assertTrue(message.startsWith("x.scesim:"), message);
        });
  }

  private static String message(String content) {
    return String.valueOf(
        assertThrows(ScenarioException.class, () -> ScesimScenarios.parse("x.scesim", content))
            .getMessage());
  }

  /** A file made by KIE's own model and marshaller. */
  private static final class Table {
    private final Simulation simulation = new Simulation();
    private final Background background = new Background();
    private final java.util.ArrayList<FactMapping> columns = new java.util.ArrayList<>();

    Table() {
      simulation
          .getScesimModelDescriptor()
          .addFactMapping(FactIdentifier.DESCRIPTION, ExpressionIdentifier.DESCRIPTION);
    }

    void given(String fact, Class<?> type, String property) {
      columns.add(
          column(
              simulation.getScesimModelDescriptor(), fact, type, property, FactMappingType.GIVEN));
    }

    void expect(String fact, String property) {
      columns.add(
          column(
              simulation.getScesimModelDescriptor(),
              fact,
              Expectation.class,
              property,
              FactMappingType.EXPECT));
    }

    void background(String fact, Class<?> type, String property, String value) {
      FactMapping column =
          column(
              background.getScesimModelDescriptor(), fact, type, property, FactMappingType.GIVEN);
      background
          .addData()
          .addMappingValue(column.getFactIdentifier(), column.getExpressionIdentifier(), value);
    }

    private static FactMapping column(
        ScesimModelDescriptor table,
        String fact,
        Class<?> type,
        String property,
        FactMappingType kind) {
      FactMapping column =
          table.addFactMapping(
              FactIdentifier.create(fact, type.getName()),
              new ExpressionIdentifier(fact + property, kind));
      column.addExpressionElement(fact, type.getName());
      for (String step : property.split("\\.", -1)) {
        column.addExpressionElement(step, String.class.getName());
      }
      return column;
    }

    void row(String description, @org.jspecify.annotations.Nullable String... values) {
      Scenario row = simulation.addData();
      row.setDescription(description);
      for (int i = 0; i < values.length; i++) {
        row.addMappingValue(
            columns.get(i).getFactIdentifier(),
            columns.get(i).getExpressionIdentifier(),
            values[i]);
      }
    }

    String xml() {
      ScenarioSimulationModel model = new ScenarioSimulationModel();
      model.setSimulation(simulation);
      model.setBackground(background);
      Settings settings = new Settings();
      settings.setType(ScenarioSimulationModel.Type.RULE);
      model.setSettings(settings);
      return KIE.marshal(model);
    }

    List<dev.iiswarden.scenario.Scenario> read() {
      return ScesimScenarios.parse("x.scesim", xml());
    }
  }
}
