package dev.iiswarden.scenario;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.iiswarden.event.LibraryEvent;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Mistakes in YAML are reported where they are. */
class YamlScenariosTest {
  private static List<String> mistakes(String content) {
    return String.valueOf(
            assertThrows(ScenarioException.class, () -> YamlScenarios.parse("x.yaml", content))
                .getMessage())
        .lines()
        .toList();
  }

  private static String load(String fields) {
    return """
        - name: a load
          events:
            - kind: library
              dll.path: 'C:\\e.dll'
        """
        + fields.indent(6)
        + "  expect: none\n";
  }

  @Test
  void everyValueOfTheWrongTypeIsReportedAtItsOwnLine() {
    assertEquals(
        List.of(
            "x.yaml:5: dll.code_signature.valid must be true or false, not yes",
            "x.yaml:6: dll.code_signature.exists must be true or false, not nope",
            "x.yaml:7: process.pid must be a number, not 1_000",
            "x.yaml:8: dll.name must be one value, not a list"),
        mistakes(
            load(
                """
                dll.code_signature.valid: yes
                dll.code_signature.exists: nope
                process.pid: 1_000
                dll.name: [a, b]
                """)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"yes", "no", "on", "off", "y", "True", "FALSE", "1", "0", "''", "maybe"})
  void onlyTrueAndFalseAreTruthValues(String other) {
    assertEquals(
        List.of(
            "x.yaml:5: dll.code_signature.valid must be true or false, not "
                + other.replace("'", "")),
        mistakes(load("dll.code_signature.valid: " + other)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"many", "yes", "4.5", "0x10", "1e3", "''"})
  void onlyWholeDecimalNumbersAreNumbers(String other) {
    assertEquals(
        List.of("x.yaml:5: process.pid must be a number, not " + other.replace("'", "")),
        mistakes(load("process.pid: " + other)));
  }

  @Test
  void aTruthValueMayBeQuotedNestedOrMissing() {
    LibraryEvent event =
        (LibraryEvent)
            YamlScenarios.parse(
                    "x.yaml",
                    load(
                        """
                        dll.code_signature: {valid: 'true', exists: ~}
                        """))
                .get(0)
                .events()
                .get(0);
    assertEquals(true, event.getDll().getCodeSignature().getValid());
    assertNull(event.getDll().getCodeSignature().getExists());
  }

  @ParameterizedTest
  @ValueSource(strings = {"\t", "  \t", "      \t", "\t\t", "-\t", "- \t"})
  void aTabIsReportedAtItsLineWithWhatToDo(String indentation) {
    for (String end : List.of("\n", "\r\n")) {
      assertEquals(
          List.of("x.yaml:4: a tab; YAML is indented with spaces"),
          mistakes(
              "- name: a load\n  events:\n    - kind: library\n".replace("\n", end)
                  + indentation
                  + "dll.path: 'C:\\e.dll'\n  expect: none\n".replace("\n", end)));
    }
  }

  @Test
  void whatIsNoYamlIsReportedAtItsLineInOneLine() {
    assertEquals(
        List.of("x.yaml:3: mapping values are not allowed here"),
        mistakes("- name: 'a load'\n  events:\n    - kind: library: b\n"));
    assertEquals(
        List.of(
            "x.yaml:4: while scanning a quoted scalar that begins in line 2: found unexpected end"
                + " of stream"),
        mistakes("- name: a\n  events: 'b\n    - kind: library\n"));
  }
}
