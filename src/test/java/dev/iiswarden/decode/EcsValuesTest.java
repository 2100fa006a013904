package dev.iiswarden.decode;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.iiswarden.event.Event;
import dev.iiswarden.event.RegistryEvent;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The values of an ECS document's fields. */
class EcsValuesTest {
  private static final EventDecoder ECS = EventDecoders.ecs();

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "\"a\"            | a",
        "[\"a\"]          | a",
        "[\"a\",\"b\"]    | a",
        "[null,\"b\"]     | b",
        "[[\"a\"],\"b\"]  | a",
        "7                | 7",
        "-0               | -0",
        "0                | 0",
        "1.50             | 1.50",
        "1e5              | 1e5",
        "99999999999999999999 | 99999999999999999999",
        "true             | true",
        "false            | false",
        "\"\"             | ~~",
      })
  void aSingleFieldIsTheTextOfItsFirstValue(String json, String expected) {
    assertEquals(expected, processName(json));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"null", "[]", "[null]", "[[],[null]]", "{}", "{\"a\":\"b\"}", "[{\"a\":1}]"})
  void whatHoldsNoValueIsMissing(String json) {
    assertNull(processName(json));
  }

  @Test
  void aListFieldHasTheTextOfAllItsValues() {
    RegistryEvent event =
        assertInstanceOf(
            RegistryEvent.class,
            only(
                document(
                    "registry",
                    "\"registry\":{\"data\":{\"strings\":[\"a\",null,7,[true,\"a\"],{\"x\":1}]}}")));

    assertEquals(List.of("a", "7", "true", "a"), event.getRegistry().getData().getStrings());
  }

  @Test
  void theSameFieldNestedAndDottedHasBothValues() {
    RegistryEvent event =
        assertInstanceOf(
            RegistryEvent.class,
            only(
                document(
                    "registry",
                    "\"registry.data.strings\":\"a\",\"registry\":{\"data.strings\":\"b\"},"
                        + "\"registry.data\":{\"strings\":[\"c\"]}")));

    assertEquals(List.of("a", "b", "c"), event.getRegistry().getData().getStrings());
  }

  @Test
  void fieldsOfObjectsInAnArrayAreFieldsOfTheDocument() {
    Event event =
        only("{\"@timestamp\":\"2026-03-01\",\"event\":[{\"category\":\"file\"},{\"id\":\"e1\"}]}");

    assertEquals("e1", event.getEvent().getId());
  }

  @ParameterizedTest
  @CsvSource({
    "41, 41",
    "[41], 41",
    "-9223372036854775808, -9223372036854775808",
    "9223372036854775807, 9223372036854775807"
  })
  void aSequenceIsOneInteger(String json, long expected) {
    assertEquals(
        expected, only(document("file", "\"event.sequence\":" + json)).getEvent().getSequence());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"\"41\"", "4.0", "1e3", "9223372036854775808", "true", "null", "[1,2]", "{}"})
  void anythingElseIsNoSequence(String json) {
    assertNull(only(document("file", "\"event.sequence\":" + json)).getEvent().getSequence());
  }

  @ParameterizedTest
  @CsvSource({"42, 42", "'\"42\"', 42", "'[42,43]', 42", "0, 0"})
  void aPidIsANumberOrItsText(String json, long expected) {
    assertEquals(expected, only(document("file", "\"process.pid\":" + json)).getProcess().getPid());
  }

  @ParameterizedTest
  @ValueSource(strings = {"\"0x2a\"", "4.5", "\"\"", "true", "99999999999999999999", "\"-\""})
  void anythingElseIsNoPid(String json) {
    assertNull(only(document("file", "\"process.pid\":" + json)).getProcess().getPid());
  }

  private static @Nullable String processName(String json) {
    return only(document("file", "\"process\":{\"name\":" + json + "}")).getProcess().getName();
  }

  private static String document(String category, String fields) {
    return "{\"@timestamp\":\"2026-03-01\",\"event.category\":\"" + category + "\"," + fields + "}";
  }

  private static Event only(String json) {
    Decoded decoded = ECS.decode(json);
    assertEquals(1, decoded.events().size(), () -> "facts of " + json + ": " + decoded.malformed());
    return decoded.events().get(0);
  }
}
