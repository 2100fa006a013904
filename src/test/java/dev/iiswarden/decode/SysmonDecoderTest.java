package dev.iiswarden.decode;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.iiswarden.event.Event;
import dev.iiswarden.event.FileEvent;
import dev.iiswarden.event.LibraryEvent;
import dev.iiswarden.event.ProcessEvent;
import dev.iiswarden.event.RegistryEvent;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SysmonDecoderTest {
  private static final EventDecoder SYSMON = EventDecoders.of(Shape.FLAT);

  @Test
  void event1IsAProcessThatStarted() {
    ProcessEvent event =
        assertInstanceOf(
            ProcessEvent.class,
            only(
                1,
                "\"Image\":\"C:\\\\Tools\\\\child.exe\",\"ProcessId\":\"42\",\"ProcessGuid\":\"{c}\","
                    + "\"CommandLine\":\"child /x\",\"ParentImage\":\"C:\\\\Tools\\\\parent.exe\","
                    + "\"ParentProcessId\":7,\"ParentProcessGuid\":\"{p}\","
                    + "\"ParentCommandLine\":\"parent /y\""));

    assertEquals(
        "{@timestamp=2026-03-01T10:00:00.250Z, "
            + "event={category=[process], type=[start], provider=Microsoft-Windows-Sysmon, code=1}, host={name=WEB01}, "
            + "process={name=child.exe, executable=C:\\Tools\\child.exe, pid=42, entity_id={c}, "
            + "command_line=child /x, parent={name=parent.exe, "
            + "executable=C:\\Tools\\parent.exe, pid=7, entity_id={p}, "
            + "command_line=parent /y}}}",
        event.toMap().toString());
  }

  @Test
  void event7IsALibraryThatWasLoaded() {
    LibraryEvent event =
        assertInstanceOf(
            LibraryEvent.class,
            only(
                7,
                "\"Image\":\"C:\\\\Web\\\\w3wp.exe\",\"ImageLoaded\":\"C:\\\\Web\\\\Sample.DLL\""));

    assertEquals(List.of("library"), event.getEvent().getCategory());
    assertEquals(List.of("start"), event.getEvent().getType());
    assertEquals("C:\\Web\\Sample.DLL", event.getDll().getPath());
    assertEquals("Sample.DLL", event.getDll().getName());
    assertEquals("w3wp.exe", event.getProcess().getName());
  }

  @ParameterizedTest
  @CsvSource({
    "C:\\\\Web\\\\Sample.DLL, Sample.DLL, DLL",
    "C:\\\\Web\\\\a.b.dll, a.b.dll, dll",
    "C:\\\\Web.d\\\\noextension, noextension,",
    "C:\\\\Web\\\\.hidden, .hidden, hidden",
    "alone.txt, alone.txt, txt",
  })
  void event11IsAFileThatWasCreated(String path, String name, String extension) {
    FileEvent event =
        assertInstanceOf(FileEvent.class, only(11, "\"TargetFilename\":\"" + path + "\""));

    assertEquals(List.of("file"), event.getEvent().getCategory());
    assertEquals(List.of("creation"), event.getEvent().getType());
    assertEquals(path.replace("\\\\", "\\"), event.getFile().getPath());
    assertEquals(name, event.getFile().getName());
    assertEquals(extension, event.getFile().getExtension());
  }

  @ParameterizedTest
  @CsvSource({
    "CreateKey, creation",
    "CreateValue, creation",
    "DeleteKey, deletion",
    "DeleteValue, deletion",
    "INFO, change",
    "createkey, change",
  })
  void event12SaysItselfWhetherAKeyWasCreatedOrDeleted(String eventType, String type) {
    Event event = only(12, "\"EventType\":\"" + eventType + "\"");

    assertInstanceOf(RegistryEvent.class, event);
    assertEquals(List.of(type), event.getEvent().getType());
  }

  @Test
  void event12WithoutAnEventTypeIsAChange() {
    assertEquals(List.of("change"), only(12, "\"x\":1").getEvent().getType());
  }

  @Test
  void event13IsAValueThatWasSet() {
    RegistryEvent event =
        assertInstanceOf(
            RegistryEvent.class,
            only(
                13,
                "\"EventType\":\"SetValue\",\"TargetObject\":\"HKLM\\\\Software\\\\Sample\\\\DLL\","
                    + "\"Details\":\"C:\\\\sample.dll\""));

    assertEquals(List.of("configuration", "registry"), event.getEvent().getCategory());
    assertEquals(List.of("change"), event.getEvent().getType());
    assertEquals("HKLM\\Software\\Sample\\DLL", event.getRegistry().getPath());
    assertEquals("DLL", event.getRegistry().getValue());
    assertEquals(List.of("C:\\sample.dll"), event.getRegistry().getData().getStrings());
  }

  @ParameterizedTest
  @ValueSource(strings = {"INFO", "CreateKey", "DeleteKey", ""})
  void event13IsAChangeWhateverItsEventType(String eventType) {
    Event event = only(13, "\"EventType\":\"" + eventType + "\"");

    assertEquals(List.of("change"), event.getEvent().getType());
  }

  @Test
  void event14IsAChangeOfTheOldName() {
    RegistryEvent event =
        assertInstanceOf(
            RegistryEvent.class,
            only(
                14,
                "\"EventType\":\"RenameKey\",\"TargetObject\":\"HKU\\\\S\\\\Old\","
                    + "\"NewName\":\"HKU\\\\S\\\\New\""));

    assertEquals(List.of("change"), event.getEvent().getType());
    assertEquals("HKU\\S\\Old", event.getRegistry().getPath());
    assertEquals("HKU\\S\\New", event.getRegistry().getNewName());
    assertEquals(List.of(), event.getRegistry().getData().getStrings());
  }

  @ParameterizedTest
  @CsvSource({
    "2, change",
    "11, creation",
    "15, access",
    "23, deletion",
    "26, deletion",
    "29, creation"
  })
  void theEventsOfFilesTellWhatHappenedToThem(int id, String type) {
    FileEvent event =
        assertInstanceOf(
            FileEvent.class, only(id, "\"TargetFilename\":\"C:\\\\inetpub\\\\Filter.DLL\""));

    assertEquals(List.of(type), event.getEvent().getType());
    assertEquals("C:\\inetpub\\Filter.DLL", event.getFile().getPath());
    assertEquals("Filter.DLL", event.getFile().getName());
    assertEquals("DLL", event.getFile().getExtension());
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, 0, 3, 5, 6, 8, 9, 10, 17, 22, 24, 28, 50, 255, 4657, 113})
  void otherEventsAreNothing(int id) {
    assertNothing("{\"EventID\":" + id + "," + rest("\"x\":1") + "}");
    assertNothing("{" + rest("\"x\":1") + ",\"EventID\":" + id + "}");
  }

  @ParameterizedTest
  @ValueSource(strings = {"\"x\"", "\"\"", "\"0x0D\"", "13.5", "true", "\"99999999999999999999\""})
  void anEventIdThatIsNoIntegerIsNothing(String id) {
    assertNothing("{\"EventID\":" + id + "," + rest("\"x\":1") + "}");
  }

  @ParameterizedTest
  @ValueSource(strings = {"13", "\"13\"", "[13]", "\"013\""})
  void anEventIdIsANumberOrItsText(String id) {
    Decoded decoded = SYSMON.decode("{\"EventID\":" + id + "," + rest("\"x\":1") + "}");

    assertInstanceOf(RegistryEvent.class, decoded.events().get(0));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 7, 11, 12, 13, 14})
  void otherChannelsWithTheSameNumbersAreNothing(int id) {
    String time = "\"@timestamp\":\"2026-03-01T10:00:00Z\"";
    assertNothing("{\"EventID\":" + id + ",\"Channel\":\"Security\"," + time + "}");
    assertNothing("{\"EventID\":" + id + ",\"SourceName\":\"Service Control\"," + time + "}");
    assertNothing("{" + time + ",\"Channel\":\"System\",\"EventID\":\"" + id + "\"}");
  }

  @Test
  void aRecordThatNamesNeitherChannelNorTimeIsNothing() {
    assertNothing("{\"EventID\":13,\"@timestamp\":\"2026-03-01T10:00:00Z\"}");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"Channel\":\"Microsoft-Windows-Sysmon/Operational\"",
        "\"SourceName\":\"Microsoft-Windows-Sysmon\"",
        "\"Channel\":\"ForwardedEvents\",\"SourceName\":\"Microsoft-Windows-Sysmon\"",
        "\"Hostname\":\"x\"",
      })
  void theChannelOrTheSourceNameOrUtcTimeTellsThatItIsSysmon(String fields) {
    Decoded decoded =
        SYSMON.decode("{\"EventID\":11,\"UtcTime\":\"2026-03-01 10:00:00\"," + fields + "}");

    assertInstanceOf(FileEvent.class, decoded.events().get(0));
  }

  private static void assertNothing(String json) {
    Decoded decoded = SYSMON.decode(json);
    assertEquals(List.of(), decoded.events());
    assertEquals(Optional.empty(), decoded.malformed());
  }

  private static String rest(String fields) {
    return "\"Channel\":\"Microsoft-Windows-Sysmon/Operational\",\"Hostname\":\"WEB01\","
        + "\"UtcTime\":\"2026-03-01 10:00:00.250\","
        + fields;
  }

  private static Event only(int id, String fields) {
    Decoded decoded = SYSMON.decode("{\"EventID\":" + id + "," + rest(fields) + "}");
    assertEquals(1, decoded.events().size(), () -> "facts of " + fields + decoded.malformed());
    Event event = decoded.events().get(0);
    assertEquals(Instant.parse("2026-03-01T10:00:00.250Z"), event.getTimestamp());
    assertEquals(Integer.toString(id), event.getEvent().getCode());
    assertNull(event.getEvent().getId());
    return event;
  }
}
