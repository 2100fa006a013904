package dev.iiswarden.decode;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.iiswarden.event.Event;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Records that are barely well formed, or barely malformed. */
class BorderlineRecordsTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"EventID\":\"1",
        "{\"EventID\":\"",
        "{\"EventID\":\"13\\",
        "{\"EventID\":\"\\q\"}",
        "{\"EventID\":\"\\u12\"}"
      })
  void aBrokenEventIdIsMalformed(String json) {
    assertTrue(EventDecoders.auto().decode(json).malformed().isPresent());
    assertTrue(EventDecoders.of(Shape.FLAT).decode(json).malformed().isPresent());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"EventID\":4,\"x\":{\"y\":1},\"z\":2}",
        "{\"EventID\":4,\"x\":{}}",
        "{\"EventID\":{\"#text\":13},\"z\":2}",
        "{\"EventID\":{}}",
        "{\"EventID\":4,\"x\":[{\"y\":[{}]},{}],\"z\":{\"a\":{}}}",
      })
  void whatFollowsAnEventIdOfNoInterestIsSkipped(String json) {
    Decoded decoded = EventDecoders.of(Shape.FLAT).decode(json);
    assertEquals(Optional.empty(), decoded.malformed());
    assertEquals(List.of(), decoded.events());
  }

  @ParameterizedTest
  @ValueSource(strings = {"null", "[]", "[null]", "{}"})
  void anEventIdWithoutAValueIsMissing(String id) {
    String json =
        "{\"EventID\":" + id + ",\"@timestamp\":\"2026-03-01\",\"event.category\":\"file\"}";
    String fact = "[FileEvent{@timestamp=2026-03-01T00:00:00Z, event={category=[file]}}]";
    assertEquals(FiveForms.all(fact), FiveForms.of(EventDecoders.auto(), json));
  }

  @Test
  void halfASurrogatePairInUtf8DoesNotThrow() {
    byte[] json =
        "{\"@timestamp\":0,\"event.category\":\"file\",\"file.path\":\"@@@\"}"
            .getBytes(StandardCharsets.UTF_8);
    int at = new String(json, StandardCharsets.UTF_8).indexOf("@@@");
    json[at] = (byte) 0xED;
    json[at + 1] = (byte) 0xA0;
    json[at + 2] = (byte) 0x80;
    EventDecoders.ecs().decode(json).events().forEach(Event::toMap);
  }

  @Test
  void aMapMayHoldArraysWithNulls() {
    assertEquals(
        1,
        EventDecoders.ecs()
            .decode(Map.of("@timestamp", 0, "event.category", new String[] {"file", null}))
            .events()
            .size());
  }

  @Test
  void aMapMayHoldATimestampBeyondMilliseconds() {
    assertTrue(
        EventDecoders.ecs()
            .decode(Map.of("@timestamp", Instant.MAX, "event.category", "file"))
            .malformed()
            .isPresent());
  }

  @Test
  void anEventIdBeyond32BitsIsNoneOfOurs() {
    assertEquals(
        List.of(),
        EventDecoders.of(Shape.FLAT)
            .decode("{\"EventID\":4294967309,\"UtcTime\":\"2026-03-01\"}")
            .events());
  }

  @Test
  void aParentOfWhichOnlyTheCommandLineIsKnownIsKept() {
    String fact =
        EventDecoders.ecs()
            .decode(
                "{\"@timestamp\":0,\"event.category\":\"process\",\"process.parent.command_line\":\"x\",\"process.parent.entity_id\":\"y\"}")
            .events()
            .toString();
    assertTrue(fact.contains("command_line=x"), fact);
  }

  @Test
  void nestingIsFollowedAsDeepInEachForm() {
    String json =
        "{\"@timestamp\":0,\"event.category\":"
            + "[".repeat(64)
            + "\"file\""
            + "]".repeat(64)
            + "}";
    assertEquals(1, FiveForms.of(EventDecoders.ecs(), json).values().stream().distinct().count());
  }
}
