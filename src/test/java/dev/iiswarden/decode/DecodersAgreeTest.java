package dev.iiswarden.decode;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.iiswarden.event.Event;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A document decodes to the same facts in every form. */
class DecodersAgreeTest {
  private static final String REGISTRY_FACT =
      "[RegistryEvent{@timestamp=2026-03-01T10:00:00Z, "
          + "event={id=r-1, category=[registry], type=[change], sequence=5}, host={name=WEB01}, "
          + "process={name=reg.exe, pid=42, parent={name=cmd.exe}}, "
          + "registry={path=HKLM\\Sample\\DLL, value=DLL, data={strings=[C:\\\u00E4.dll]}}}]";

  @ParameterizedTest
  @ValueSource(
      strings = {
        """
        {"@timestamp":"2026-03-01T10:00:00Z",
         "event":{"id":"r-1","category":["registry"],"type":["change"],"sequence":5},
         "host":{"name":"WEB01"},
         "process":{"name":"reg.exe","pid":42,"parent":{"name":"cmd.exe"}},
         "registry":{"path":"HKLM\\\\Sample\\\\DLL","value":"DLL","data":{"strings":["C:\\\\\u00E4.dll"]}}}
        """,
        """
        {"@timestamp":"2026-03-01T10:00:00Z",
         "event.id":"r-1","event.category":"registry","event.type":"change","event.sequence":5,
         "host.name":"WEB01",
         "process.name":"reg.exe","process.pid":42,"process.parent.name":"cmd.exe",
         "registry.path":"HKLM\\\\Sample\\\\DLL","registry.value":"DLL",
         "registry.data.strings":"C:\\\\\\u00e4.dll"}
        """,
        """
        {"registry.data":{"strings":["C:\\\\\u00E4.dll"]},"registry":{"path":"HKLM\\\\Sample\\\\DLL"},
         "registry.value":"DLL","process":{"parent.name":"cmd.exe","pid":42},
         "process.name":["reg.exe"],"host":[{"name":"WEB01"}],"event.sequence":5,
         "event":{"type":"change","category":"registry","id":"r-1"},
         "@timestamp":"2026-03-01T11:00:00+01:00"}
        """,
      })
  void nestedDottedAndMixedKeysGiveTheSameFact(String json) {
    assertEquals(FiveForms.all(REGISTRY_FACT), FiveForms.of(EventDecoders.ecs(), json));
    assertEquals(FiveForms.all(REGISTRY_FACT), FiveForms.of(EventDecoders.auto(), json));
  }

  @Test
  void aSysmonRecordGivesTheSameFactInEachForm() {
    String json =
        "{\"EventID\":11,\"UtcTime\":\"2026-03-01 10:00:00\",\"Computer\":\"WEB01\","
            + "\"TargetFilename\":\"C:\\\\\u00E4\\\\b.dll\",\"Image\":\"System\",\"ProcessId\":\"4\"}";
    String fact =
        "[FileEvent{@timestamp=2026-03-01T10:00:00Z, "
            + "event={category=[file], type=[creation], provider=Microsoft-Windows-Sysmon, "
            + "code=11}, host={name=WEB01}, "
            + "process={executable=System, pid=4}, "
            + "file={path=C:\\\u00E4\\b.dll, name=b.dll, extension=dll}}]";

    assertEquals(FiveForms.all(fact), FiveForms.of(EventDecoders.of(Shape.FLAT), json));
    assertEquals(FiveForms.all(fact), FiveForms.of(EventDecoders.auto(), json));
  }

  @ParameterizedTest
  @ValueSource(strings = {"{}", "{\"event.category\":\"file\"}", "{\"@timestamp\":[]}"})
  void aDocumentWithoutATimestampIsTheSameErrorInEachForm(String json) {
    assertEquals(FiveForms.all("[]no @timestamp"), FiveForms.of(EventDecoders.ecs(), json));
  }

  @Test
  void anUnchangedRecordGivesTheSameFactsTwice() {
    byte[] json =
        "{\"@timestamp\":\"2026-03-01\",\"event.category\":\"file\",\"file.path\":\"C:\\\\a\"}"
            .getBytes(StandardCharsets.UTF_8);
    byte[] before = json.clone();

    String first = FiveForms.outcome(EventDecoders.ecs().decode(json, 0, json.length, 0));
    String second = FiveForms.outcome(EventDecoders.ecs().decode(json, 0, json.length, 0));

    assertEquals(first, second);
    assertEquals(Arrays.toString(before), Arrays.toString(json));
  }

  @Test
  void aSliceMayBeOverwrittenAfterwards() {
    byte[] buffer =
        "  {\"@timestamp\":\"2026-03-01\",\"event.category\":\"file\",\"file.path\":\"C:\\\\a\"}  "
            .getBytes(StandardCharsets.UTF_8);
    Decoded decoded = EventDecoders.ecs().decode(buffer, 2, buffer.length - 4, 0);

    Arrays.fill(buffer, (byte) 'x');

    assertEquals(
        "[FileEvent{@timestamp=2026-03-01T00:00:00Z, event={category=[file]}, file={path=C:\\a}}]",
        FiveForms.outcome(decoded));
  }

  @Test
  void aMapMayHoldDatesAsObjects() {
    Instant time = Instant.parse("2026-03-01T10:00:00.123456789Z");
    OffsetDateTime offset = OffsetDateTime.parse("2026-03-01T11:00:00.123456789+01:00");

    assertEquals(time, timestamp(time));
    assertEquals(time, timestamp(offset));
    assertEquals(time, timestamp(offset.atZoneSameInstant(ZoneId.of("Asia/Kolkata"))));
  }

  @Test
  @SuppressWarnings("JavaUtilDate") // applications still hold dates so
  void aMapMayHoldOldDates() {
    assertEquals(Instant.ofEpochMilli(1_772_359_200_123L), timestamp(new Date(1_772_359_200_123L)));
  }

  @ParameterizedTest
  @MethodSource("integersOfAnySize")
  void aMapMayHoldIntegersOfAnySize(Number number) {
    assertEquals(42L, event(Map.of("process.pid", number)).getProcess().getPid());
    assertEquals(42L, event(Map.of("event.sequence", number)).getEvent().getSequence());
  }

  static Stream<Number> integersOfAnySize() {
    return Stream.of(42L, 42, (short) 42, (byte) 42);
  }

  @Test
  void aMapMayHoldArraysAndAnyCollection() {
    assertEquals(
        List.of("a", "b"),
        event(Map.of("event.type", new String[] {"a", "b"})).getEvent().getType());
    assertEquals(
        List.of("a", "b"),
        event(Map.of("event", Map.of("type", List.of("a", List.of("b"))))).getEvent().getType());
  }

  @Test
  void aMapMayHoldNulls() {
    Event event = event(Map.of("event.type", Arrays.asList(null, "a", null)));

    assertEquals(List.of("a"), event.getEvent().getType());
  }

  private static Instant timestamp(Object value) {
    return EventDecoders.ecs()
        .decode(Map.of("@timestamp", value, "event.category", "file"))
        .events()
        .get(0)
        .getTimestamp();
  }

  private static Event event(Map<String, ?> fields) {
    Map<String, Object> document = new HashMap<>(fields);
    document.put("@timestamp", 0);
    document.put("event.category", "file");
    return EventDecoders.ecs().decode(document).events().get(0);
  }
}
