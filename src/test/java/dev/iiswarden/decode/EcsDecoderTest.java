package dev.iiswarden.decode;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.iiswarden.event.Event;
import dev.iiswarden.event.FileEvent;
import dev.iiswarden.event.LibraryEvent;
import dev.iiswarden.event.ProcessEvent;
import dev.iiswarden.event.RegistryEvent;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EcsDecoderTest {
  private static final EventDecoder ECS = EventDecoders.ecs();

  @Test
  void aRegistryDocumentHasAllItsFields() {
    RegistryEvent event =
        assertInstanceOf(
            RegistryEvent.class,
            only(
                """
                {"@timestamp":"2026-03-01T10:00:00.1234567Z",
                 "event":{"id":"r-1","category":["registry"],"type":["change"],"code":"13",
                   "action":"modification","sequence":41},
                 "host":{"name":"WEB01","os":{"family":"windows"}},
                 "process":{"name":"reg.exe","executable":"C:\\\\Tools\\\\reg.exe","pid":42,
                   "entity_id":"e-42","command_line":"reg add",
                   "parent":{"name":"cmd.exe","executable":"C:\\\\Tools\\\\cmd.exe","pid":7,
                     "entity_id":"e-7","command_line":"cmd /c"}},
                 "registry":{"path":"HKLM\\\\Software\\\\Sample\\\\DLL","value":"DLL",
                   "data":{"type":"REG_SZ","strings":["C:\\\\sample.dll","second"]}}}
                """));

    assertEquals(
        "{@timestamp=2026-03-01T10:00:00.123456700Z, "
            + "event={id=r-1, category=[registry], type=[change], code=13, action=modification, "
            + "sequence=41}, host={name=WEB01}, "
            + "process={name=reg.exe, executable=C:\\Tools\\reg.exe, pid=42, entity_id=e-42, "
            + "command_line=reg add, parent={name=cmd.exe, executable=C:\\Tools\\cmd.exe, "
            + "pid=7, entity_id=e-7, command_line=cmd /c}}, "
            + "registry={path=HKLM\\Software\\Sample\\DLL, value=DLL, "
            + "data={strings=[C:\\sample.dll, second]}}}",
        event.toMap().toString());
  }

  @Test
  void aFileDocumentHasAllItsFields() {
    FileEvent event =
        assertInstanceOf(
            FileEvent.class,
            only(
                document(
                    "file",
                    "\"file\":{\"path\":\"C:\\\\a.dll\",\"name\":\"a.dll\",\"extension\":\"dll\"}")));

    assertEquals("C:\\a.dll", event.getFile().getPath());
    assertEquals("a.dll", event.getFile().getName());
    assertEquals("dll", event.getFile().getExtension());
  }

  @Test
  void aLibraryDocumentHasAllItsFields() {
    LibraryEvent event =
        assertInstanceOf(
            LibraryEvent.class,
            only(document("library", "\"dll\":{\"path\":\"C:\\\\a.dll\",\"name\":\"a.dll\"}")));

    assertEquals("C:\\a.dll", event.getDll().getPath());
    assertEquals("a.dll", event.getDll().getName());
  }

  @Test
  void aProcessDocumentIsAProcessEvent() {
    assertInstanceOf(ProcessEvent.class, only(document("process", "\"x\":1")));
  }

  @Test
  void aDocumentOfSeveralCategoriesIsOneFactForEach() {
    List<Event> events =
        ECS.decode(
                "{\"@timestamp\":\"2026-03-01\",\"host.name\":\"WEB01\",\"event.category\":"
                    + "[\"process\",\"library\",\"file\",\"registry\",\"network\"]}")
            .events();

    assertEquals(
        List.of(RegistryEvent.class, FileEvent.class, LibraryEvent.class, ProcessEvent.class),
        events.stream().map(Object::getClass).toList());
    for (Event event : events) {
      assertEquals(
          List.of("process", "library", "file", "registry", "network"),
          event.getEvent().getCategory());
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"\"network\"", "\"Registry\"", "\"FILE\"", "[]", "null", "{}", "7", "\"\""})
  void aDocumentOfOtherCategoriesIsNothing(String category) {
    Decoded decoded =
        ECS.decode("{\"@timestamp\":\"2026-03-01\",\"event\":{\"category\":" + category + "}}");

    assertEquals(List.of(), decoded.events());
    assertEquals(Optional.empty(), decoded.malformed());
  }

  @ParameterizedTest
  @CsvSource({
    "'\"2026-03-01T11:00:00+01:00\"', 2026-03-01T10:00:00Z",
    "'[\"2026-03-01T10:00:00.000000001\"]', 2026-03-01T10:00:00.000000001Z",
    "1772359200001, 2026-03-01T10:00:00.001Z",
    "1772359200, 2026-03-01T10:00:00Z",
  })
  void theTimestampIsADateOrANumber(String json, Instant expected) {
    assertEquals(
        expected, only("{\"event.category\":\"file\",\"@timestamp\":" + json + "}").getTimestamp());
  }

  @Test
  void anEventWithoutAnIdIsNamedByItsLine() {
    byte[] json = document("file", "\"x\":1").getBytes(StandardCharsets.UTF_8);

    Event event = ECS.decode(json, 0, json.length, 17).events().get(0);

    assertEquals("line:17", event.getEvent().getId());
    assertFalse(event.getEvent().hasOwnId());
  }

  @Test
  void anEmptyHostNameIsAValue() {
    assertEquals("", only(document("file", "\"host\":{\"name\":\"\"}")).getHost().getName());
  }

  @Test
  void aDocumentIsReadWhateverWhiteSpaceItHas() {
    Event event =
        only(
            " {\t\"@timestamp\" :\r\n \"2026-03-01\" , \"event.category\":\n[ \"file\" ] ,"
                + "\"process\" : { \"executable\" :   \"C:\\\\a\" } }\r\n");

    assertEquals("C:\\a", event.getProcess().getExecutable());
  }

  @Test
  void unknownFieldsOfAnyShapeAreOfNoInterest() {
    Event event =
        only(
            document(
                "file",
                "\"agent\":{\"name\":[{\"name\":\"x\"}]},\"name\":\"y\",\"\":1,"
                    + "\"process\":{\"thread\":{\"name\":\"z\"},\"names\":\"z\"}"));

    assertEquals(
        "FileEvent{@timestamp=2026-03-01T00:00:00Z, event={category=[file]}}", event.toString());
    assertTrue(event.getEvent().getType().isEmpty());
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
