package dev.iiswarden.event;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Tests {@link Event#toMap()}, the form of an event as evidence. */
class EventToMapTest {
  private static final Instant TIME = Instant.parse("2026-03-01T10:00:00.1234567Z");

  @Test
  void everyFieldStandsUnderItsEcsName() {
    ProcessFields parent =
        ProcessFields.builder()
            .name("explorer.exe")
            .executable("C:\\Windows\\explorer.exe")
            .pid(1L)
            .entityId("{p}")
            .commandLine("explorer")
            .build();
    ProcessFields process =
        ProcessFields.builder()
            .name("reg.exe")
            .executable("C:\\reg.exe")
            .pid(2L)
            .entityId("{c}")
            .commandLine("reg add")
            .parent(parent)
            .build();
    Event event =
        RegistryEvent.builder()
            .timestamp(TIME)
            .id("e1")
            .type("change")
            .code("13")
            .action("modification")
            .sequence(4L)
            .hostName("WEB01")
            .process(process)
            .path("HKLM\\Software\\Sample\\DLL")
            .value("DLL")
            .dataStrings("a.dll", "b.dll")
            .build();

    assertEquals(
        "{@timestamp=2026-03-01T10:00:00.123456700Z, "
            + "event={id=e1, category=[registry], type=[change], code=13, action=modification, "
            + "sequence=4}, host={name=WEB01}, "
            + "process={name=reg.exe, executable=C:\\reg.exe, pid=2, entity_id={c}, "
            + "command_line=reg add, parent={name=explorer.exe, "
            + "executable=C:\\Windows\\explorer.exe, pid=1, entity_id={p}, "
            + "command_line=explorer}}, "
            + "registry={path=HKLM\\Software\\Sample\\DLL, value=DLL, "
            + "data={strings=[a.dll, b.dll]}}}",
        event.toMap().toString());
  }

  @Test
  void aFileHasItsPathNameAndExtension() {
    Event event =
        FileEvent.builder()
            .timestamp(TIME)
            .path("C:\\a.dll")
            .name("a.dll")
            .extension("dll")
            .build();

    assertEquals(
        Map.of("path", "C:\\a.dll", "name", "a.dll", "extension", "dll"),
        event.toMap().get("file"));
    assertEquals(List.of("@timestamp", "event", "file"), List.copyOf(event.toMap().keySet()));
  }

  @Test
  void aLibraryHasItsPathAndName() {
    Event event = LibraryEvent.builder().timestamp(TIME).path("C:\\a.dll").name("a.dll").build();

    assertEquals(Map.of("path", "C:\\a.dll", "name", "a.dll"), event.toMap().get("dll"));
    assertEquals(List.of("@timestamp", "event", "dll"), List.copyOf(event.toMap().keySet()));
  }

  @Test
  void whatIsMissingIsLeftOut() {
    assertEquals(
        Map.of(
            "@timestamp",
            "2026-03-01T10:00:00.123456700Z",
            "event",
            Map.of("category", List.of("registry"))),
        RegistryEvent.builder().timestamp(TIME).build().toMap());
  }

  @Test
  void anEmptyTextIsNotMissing() {
    Event event = FileEvent.builder().timestamp(TIME).hostName("").name("").build();

    assertEquals(Map.of("name", ""), event.toMap().get("host"));
    assertEquals(Map.of("name", ""), event.toMap().get("file"));
  }

  @Test
  void anEventThatNobodyFilledHasATimeOnly() {
    assertEquals(Map.of("@timestamp", "1970-01-01T00:00:00Z"), new FileEvent().toMap());
  }

  @Test
  void numbersStayNumbers() {
    Event event =
        ProcessEvent.builder()
            .timestamp(TIME)
            .sequence(4L)
            .process(ProcessFields.builder().pid(99L).build())
            .build();

    assertEquals(Map.of("pid", 99L), event.toMap().get("process"));
    assertEquals(
        Map.of("category", List.of("process"), "sequence", 4L), event.toMap().get("event"));
  }

  @Test
  void theMapIsTheCallersToKeep() {
    Event event = FileEvent.builder().timestamp(TIME).path("C:\\a.dll").build();
    Map<String, Object> map = event.toMap();

    map.clear();

    assertEquals(List.of("@timestamp", "event", "file"), new ArrayList<>(event.toMap().keySet()));
  }

  @Test
  void theTextNamesTheKindOfEvent() {
    assertEquals(
        "ProcessEvent{@timestamp=1970-01-01T00:00:00Z, event={category=[process]}}",
        ProcessEvent.builder().timestamp(Instant.EPOCH).build().toString());
  }
}
