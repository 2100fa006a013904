package dev.iiswarden.decode;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.iiswarden.event.FileEvent;
import dev.iiswarden.event.RegistryEvent;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EventDecodersTest {
  private static final String SYSMON =
      "{\"EventID\":13,\"UtcTime\":\"2026-03-01 10:00:00.000\",\"Hostname\":\"WEB01\"}";
  private static final String ECS =
      "{\"@timestamp\":\"2026-03-01T10:00:00Z\",\"event\":{\"category\":[\"file\"],\"code\":\"11\"}}";

  @Test
  void eachDecoderIsFoundByItsName() {
    assertSame(EventDecoders.auto(), EventDecoders.named("auto"));
    assertSame(EventDecoders.ecs(), EventDecoders.named("ecs"));
    for (Shape shape : Shape.values()) {
      assertSame(EventDecoders.of(shape), EventDecoders.named(shape.label()));
      assertEquals(shape.label(), EventDecoders.of(shape).name());
    }
  }

  @Test
  void aDecoderThatTheClassPathAddsIsFoundByItsName() {
    assertInstanceOf(WholeRecordDecoder.class, EventDecoders.named("whole-record"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"evtx", "", "ECS", "ecs "})
  void anUnknownNameIsRefusedWithTheNamesThereAre(String name) {
    IllegalArgumentException refusal =
        assertThrows(IllegalArgumentException.class, () -> EventDecoders.named(name));

    assertEquals(
        "unknown decoder '"
            + name
            + "'; choose from auto, ecs, winlogbeat, winlogbeat-6, flat, "
            + "evtx-dump, azure, xml, splunk, collector, defender, ocsf, crowdstrike-fdr, "
            + "whole-record",
        refusal.getMessage());
  }

  @Test
  void autoTakesARecordWithAnEventIdForFlat() {
    Decoded decoded = EventDecoders.auto().decode(SYSMON);

    assertInstanceOf(RegistryEvent.class, decoded.events().get(0));
    assertEquals(
        EventDecoders.of(Shape.FLAT).decode(SYSMON).events().toString(),
        decoded.events().toString());
  }

  @Test
  void autoTakesAnyOtherRecordForEcs() {
    Decoded decoded = EventDecoders.auto().decode(ECS);

    assertInstanceOf(FileEvent.class, decoded.events().get(0));
    assertEquals(EventDecoders.ecs().decode(ECS).events().toString(), decoded.events().toString());
  }

  @Test
  void autoJudgesEachRecordByItself() {
    EventDecoder auto = EventDecoders.auto();

    assertInstanceOf(FileEvent.class, auto.decode(ECS).events().get(0));
    assertInstanceOf(RegistryEvent.class, auto.decode(SYSMON).events().get(0));
    assertInstanceOf(FileEvent.class, auto.decode(ECS).events().get(0));
  }

  @Test
  void autoFindsTheEventIdWhereverItStands() {
    String last =
        "{\"UtcTime\":\"2026-03-01 10:00:00.000\",\"event.category\":\"file\",\"EventID\":13}";

    assertInstanceOf(RegistryEvent.class, EventDecoders.auto().decode(last).events().get(0));
  }

  @Test
  void ecsDoesNotLookAtAnEventId() {
    Decoded decoded =
        EventDecoders.ecs()
            .decode(
                "{\"EventID\":4,\"@timestamp\":\"2026-03-01\",\"event\":{\"category\":\"file\"}}");

    assertInstanceOf(FileEvent.class, decoded.events().get(0));
  }

  @Test
  void flatMakesNothingOfAnEcsDocument() {
    Decoded decoded = EventDecoders.of(Shape.FLAT).decode(ECS);

    assertEquals(0, decoded.events().size());
    assertEquals("", decoded.malformed().map(Object::toString).orElse(""));
  }

  @Test
  void anAddedDecoderGetsTextAsUtf8() {
    assertEquals("\u00E4\uD83D\uDE00", path(new WholeRecordDecoder().decode("\u00E4\uD83D\uDE00")));
  }

  @Test
  void anAddedDecoderGetsParsedDocumentsAsJsonText() {
    ObjectNode document = JsonNodeFactory.instance.objectNode();
    document.putArray("a").add(1).addNull();

    assertEquals("{\"a\":[1,null]}", path(new WholeRecordDecoder().decode((JsonNode) document)));
    assertEquals("{\"b\":\"x\"}", path(new WholeRecordDecoder().decode(Map.of("b", "x"))));
  }

  private static String path(Decoded decoded) {
    return String.valueOf(
        assertInstanceOf(FileEvent.class, decoded.events().get(0)).getFile().getPath());
  }
}
