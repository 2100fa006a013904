package dev.iiswarden.decode;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A record that cannot be decoded becomes an error that says what is wrong and where. */
class MalformedRecordsTest {
  private static final String GOOD =
      "{\"@timestamp\":\"2026-03-01T10:00:00Z\",\"event\":{\"category\":[\"file\"]},\"pid\":-7}";
  private static final int LONGEST_TOKEN = 24;

  @ParameterizedTest
  @ValueSource(strings = {"auto", "ecs", "flat"})
  void aRecordCutShortIsBrokenAtItsEnd(String name) {
    EventDecoder decoder = EventDecoders.named(name);
    for (int length = 1; length < GOOD.length(); length++) {
      Decoded.Malformed error = error(decoder, GOOD.substring(0, length));

      assertTrue(error.reason().startsWith("not valid JSON: "), error::reason);
      assertTrue(error.column() <= length + 1, error::toString);
      assertTrue(error.column() >= length - LONGEST_TOKEN, error::toString);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "{\"a\":1,}                    | 8",
        "{\"a\" 1}                     | 6",
        "{a:1}                         | 2",
        "{\"a\":nul}                   | 6",
        "{\"a\":01}                    | 7",
        "{\"a\":\"\\x\"}               | 8",
        "{\"a\":[1}                    | 8",
        "{'a':1}                       | 2",
        "{\"event\":{\"category\":x}}  | 22",
      })
  void anErrorSaysInWhichColumnItIs(String json, int column) {
    Decoded.Malformed error = error(EventDecoders.ecs(), json);

    assertTrue(error.reason().startsWith("not valid JSON: "), error::reason);
    assertEquals(column, error.column(), error::reason);
  }

  @Test
  void anErrorSaysOnWhichLineItIs() {
    byte[] json = "{\"a\" 1}".getBytes(StandardCharsets.UTF_8);

    Decoded decoded = EventDecoders.auto().decode(json, 0, json.length, 321);

    assertTrue(
        FiveForms.outcome(decoded).startsWith("[]line 321: column 6: not valid JSON: "),
        () -> FiveForms.outcome(decoded));
  }

  @Test
  void theColumnOfASliceIsThatWithinTheSlice() {
    byte[] json = "xxxx{\"a\" 1}xx".getBytes(StandardCharsets.UTF_8);

    Decoded decoded = EventDecoders.auto().decode(json, 4, json.length - 6, 0);

    assertEquals(6, decoded.malformed().orElseThrow().column());
  }

  @ParameterizedTest
  @ValueSource(strings = {"[]", "[{}]"})
  void anArrayIsNoRecordOfASingleShape(String json) {
    assertEquals(
        "a JSON array, not one event; use jq -c '.[]' to write one event per line",
        error(EventDecoders.of(Shape.FLAT), json).reason());
  }

  @Test
  void eachElementOfAnArrayIsARecord() {
    assertEquals(List.of(), EventDecoders.auto().decode("[]").events());
    assertEquals(
        List.of(Outcome.UNRECOGNISED, Outcome.NOT_OF_INTEREST, Outcome.UNRECOGNISED),
        outcomes("[{}, {\"EventID\":4,\"Channel\":\"x\"}, 7]"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"{} {\"EventID\":4}", "{}{\"EventID\":4}", "{},{\"EventID\":4}"})
  void eachOfSeveralDocumentsIsARecord(String json) {
    assertEquals(List.of(Outcome.UNRECOGNISED, Outcome.NOT_OF_INTEREST), outcomes(json));
  }

  private static List<Outcome> outcomes(String json) {
    return EventDecoders.auto().decode(json).records().stream().map(Decoded::outcome).toList();
  }

  @Test
  void whatJacksonSaysOfItsInputIsLeftOut() {
    assertEquals(
        "not valid JSON: Unexpected end-of-input: expected close marker for Object",
        error(EventDecoders.auto(), "{\"a\": {").reason());
  }

  @ParameterizedTest
  @ValueSource(strings = {"\"text\"", "7", "null", "true"})
  void whatIsNoObjectIsNotRecognised(String json) {
    assertEquals(Outcome.UNRECOGNISED, error(EventDecoders.auto(), json).outcome());
    assertEquals("not a JSON object", error(EventDecoders.of(Shape.FLAT), json).reason());
  }

  @Test
  void aNodeThatIsNoObjectIsMalformed() {
    for (JsonNode node :
        List.of(
            JsonNodeFactory.instance.arrayNode(),
            JsonNodeFactory.instance.nullNode(),
            JsonNodeFactory.instance.missingNode(),
            JsonNodeFactory.instance.textNode("{}"))) {
      assertEquals(
          "not a JSON object", EventDecoders.ecs().decode(node).malformed().orElseThrow().reason());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "\t\r\n "})
  void anEmptyLineIsMalformed(String line) {
    assertEquals("the record is blank", error(EventDecoders.auto(), line).reason());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {"{} {}|4", "{}{}|3", "{} 1|4", "{\"EventID\":4} {\"EventID\":13}|15"})
  void twoValuesAreNoRecordOfASingleShape(String json, int column) {
    assertEquals(
        "column " + column + ": more text after the JSON object",
        error(EventDecoders.of(Shape.FLAT), json).toString());
  }

  @ParameterizedTest
  @MethodSource("noUtf8")
  void whatIsNoUtf8IsMalformed(byte[] bytes, String field) {
    byte[] json = record(field, bytes);

    Decoded.Malformed error = EventDecoders.ecs().decode(json).malformed().orElseThrow();

    assertTrue(error.reason().contains("UTF-8"), error::reason);
    assertTrue(error.column() > 0, error::toString);
  }

  static Stream<Arguments> noUtf8() {
    return Stream.of(
            new byte[] {(byte) 0xE4},
            new byte[] {(byte) 0xFF},
            new byte[] {(byte) 0x80},
            new byte[] {(byte) 0xE2, (byte) 0x82},
            new byte[] {(byte) 0xF0, (byte) 0x9F, (byte) 0x98})
        .flatMap(
            bytes ->
                Stream.of("file.path", "host.name", "unknown")
                    .map(field -> Arguments.of(bytes, field)));
  }

  private static byte[] record(String field, byte[] value) {
    ByteArrayOutputStream json = new ByteArrayOutputStream();
    json.writeBytes(
        ("{\"@timestamp\":0,\"event.category\":\"file\",\"" + field + "\":\"a")
            .getBytes(StandardCharsets.UTF_8));
    json.writeBytes(value);
    json.writeBytes("b\"}".getBytes(StandardCharsets.UTF_8));
    return json.toByteArray();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"x\":1                                        | no @timestamp",
        "\"@timestamp\":null                            | no @timestamp",
        "\"@timestamp\":[]                              | no @timestamp",
        "\"@timestamp\":{\"a\":1}                       | no @timestamp",
        "\"@timestamp\":[1,2]                           | more than one @timestamp",
        "\"@timestamp\":1,\"@timestamp\":1              | more than one @timestamp",
        "\"@timestamp\":\"soon\"                        | @timestamp 'soon' is not a date",
        "\"@timestamp\":\"2026-02-30\"                  | @timestamp '2026-02-30' is not a date",
        "\"@timestamp\":1.5                             | @timestamp '1.5' is not a date",
        "\"@timestamp\":9223372036854775808             | @timestamp '9223372036854775808' is not a date",
        "\"@timestamp\":true                            | @timestamp 'true' is not a date",
        "\"@timestamp\":\"a\\nb\"                       | @timestamp 'a?b' is not a date",
      })
  void aDocumentHasOneTimestamp(String fields, String reason) {
    assertEquals(
        reason,
        error(EventDecoders.ecs(), "{\"event.category\":\"network\"," + fields + "}").toString());
  }

  @ParameterizedTest
  @Timeout(30)
  @ValueSource(
      strings = {
        "{\"unknown\":",
        "{\"event\":",
        "{\"event\":{\"category\":",
        "{\"EventID\":4,\"x\":"
      })
  void bracketsTooDeepAreMalformed(String start) {
    String arrays = "[".repeat(100_000);
    String objects = "{\"event\":".repeat(100_000);

    for (EventDecoder decoder : List.of(EventDecoders.auto(), EventDecoders.ecs())) {
      assertTrue(error(decoder, start + arrays).reason().startsWith("not valid JSON: "));
      assertTrue(error(decoder, start + objects).reason().startsWith("not valid JSON: "));
      assertTrue(
          error(decoder, start + arrays + "]".repeat(100_000) + "}")
              .reason()
              .startsWith("not valid JSON: "));
    }
  }

  private static Decoded.Malformed error(EventDecoder decoder, String json) {
    Decoded decoded = decoder.decode(json);
    assertEquals(List.of(), decoded.events());
    return decoded.malformed().orElseThrow();
  }
}
