package dev.iiswarden.decode;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.iiswarden.event.Event;
import dev.iiswarden.event.FileEvent;
import dev.iiswarden.event.RegistryEvent;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Misleading fields of Sysmon: time, host, actor, and the marks for missing values. */
class SysmonFieldsTest {
  private static final EventDecoder SYSMON = EventDecoders.of(Shape.FLAT);
  private static final String SOURCE = "\"SourceName\":\"Microsoft-Windows-Sysmon\"";
  private static final String TIME = "\"UtcTime\":\"2026-03-01 10:00:00\"";

  @Test
  void utcTimeGoesBeforeAnyOtherTime() {
    Event event =
        only(
            "\"@timestamp\":\"2026-03-01T02:00:00Z\",\"TimeCreated\":\"2026-03-01T03:00:00Z\","
                + "\"EventTime\":\"2026-03-01 04:00:00\","
                + TIME);

    assertEquals(Instant.parse("2026-03-01T10:00:00Z"), event.getTimestamp());
  }

  @Test
  void withoutUtcTimeLogstashsTimestampIsTaken() {
    Event event =
        only(
            SOURCE
                + ",\"@timestamp\":\"2026-03-01T02:00:00+01:00\",\"@version\":\"1\","
                + "\"TimeCreated\":\"2020-01-01\"");

    assertEquals(Instant.parse("2026-03-01T01:00:00Z"), event.getTimestamp());
  }

  @Test
  void withoutUtcTimeAnEventTimeThatNamesItsZoneIsTaken() {
    Event event = only(SOURCE + ",\"EventTime\":\"2026-03-01T03:00:00.1234567+01:00\"");

    assertEquals(Instant.parse("2026-03-01T02:00:00.123456700Z"), event.getTimestamp());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "\"x\":1                                  | no UtcTime, and no other time that can be trusted",
        "\"UtcTime\":null                         | no UtcTime, and no other time that can be trusted",
        "\"@timestamp\":\"2026-03-01T02:00:00Z\"  | no UtcTime, and no other time that can be trusted",
        "\"EventTime\":\"2026-03-01 02:00:00\"    | no UtcTime, and EventTime '2026-03-01 02:00:00' is not a date with a time zone"
      })
  void aTimeThatCannotBeTrustedIsRefused(String fields, String complaint) {
    assertEquals(complaint, complaint(SOURCE + "," + fields));
  }

  @Test
  void timeCreatedIsRefusedBecauseItOftenIsLocalTimeWithAZ() {
    assertEquals(
        "no UtcTime, and TimeCreated '2026-03-01T02:00:00Z' is not trusted: in this shape it"
            + " is often local time in 12-hour form with a Z",
        complaint(SOURCE + ",\"TimeCreated\":\"2026-03-01T02:00:00Z\""));
  }

  @ParameterizedTest
  @ValueSource(strings = {"-", "", "yesterday", "2026-03-01 10:00:00 AM"})
  void aUtcTimeThatIsNoDateIsMalformedWhateverOtherTimesThereAre(String utcTime) {
    assertEquals(
        "UtcTime '" + utcTime + "' is not a date",
        complaint("\"UtcTime\":\"" + utcTime + "\",\"@timestamp\":\"2026-03-01T02:00:00Z\""));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"Hostname\":\"WEB01\",\"Computer\":\"B\",\"host\":\"collector\" | WEB01",
        "\"host\":\"collector\",\"Computer\":\"B\"                        | B",
        "\"Hostname\":\"-\",\"Computer\":\"B\"                            | B",
        "\"Hostname\":\"\",\"Computer\":\"B\"                             | B",
        "\"Hostname\":null,\"Computer\":\"B\"                             | B",
        "\"Hostname\":\"web01.example\"                                   | web01.example",
      })
  void theHostIsTheMachineOfOrigin(String fields, String expected) {
    assertEquals(expected, only(TIME + "," + fields).getHost().getName());
  }

  @ParameterizedTest
  @ValueSource(strings = {"\"host\":\"collector\"", "\"host\":{\"name\":\"collector\"}"})
  void theCollectorIsNeverTheHost(String fields) {
    assertNull(only(TIME + "," + fields).getHost().getName());
  }

  @Test
  void theNameOfTheProcessIsTheLastPartOfItsImage() {
    Event event = only(TIME + ",\"Image\":\"C:\\\\Tools\\\\a.exe\"");

    assertEquals("a.exe", event.getProcess().getName());
    assertEquals("C:\\Tools\\a.exe", event.getProcess().getExecutable());
  }

  @ParameterizedTest
  @ValueSource(strings = {"System", "Registry", "a.exe", "C:/Tools/a.exe"})
  void anImageWithoutAFolderHasNoName(String image) {
    Event event = only(TIME + ",\"Image\":\"" + image + "\"");

    assertNull(event.getProcess().getName());
    assertEquals(image, event.getProcess().getExecutable());
  }

  @ParameterizedTest
  @CsvSource({"42, 42", "'\"42\"', 42", "'\"0042\"', 42", "0, 0"})
  void theProcessIdIsANumberOrItsText(String json, long expected) {
    assertEquals(expected, only(TIME + ",\"ProcessId\":" + json).getProcess().getPid());
  }

  @ParameterizedTest
  @ValueSource(strings = {"\"-\"", "\"0xzz\"", "\"\"", "null", "4.5"})
  void anythingElseIsNoProcessId(String json) {
    assertNull(only(TIME + ",\"ProcessId\":" + json).getProcess().getPid());
  }

  @Test
  void theProcessIdsOfTheSysmonServiceAreNotTheActors() {
    assertNull(
        only(TIME + ",\"ProcessID\":1,\"ExecutionProcessID\":2,\"ThreadID\":3")
            .getProcess()
            .getPid());
  }

  @ParameterizedTest
  @ValueSource(strings = {"\"-\"", "\"\"", "\"(Empty)\"", "null", "[]", "{}"})
  void theMarksOfWhatIsMissingAreNoValues(String mark) {
    FileEvent event =
        assertInstanceOf(
            FileEvent.class,
            only(
                TIME
                    + (",\"Image\":M,\"ProcessGuid\":M,\"CommandLine\":M,\"TargetFilename\":M,"
                            + "\"Hostname\":M,\"Computer\":M")
                        .replace("M", mark)));

    assertEquals(
        "{@timestamp=2026-03-01T10:00:00Z, event={category=[file], type=[creation], provider=Microsoft-Windows-Sysmon, code=11}}",
        event.toMap().toString());
  }

  @ParameterizedTest
  @ValueSource(strings = {"\"-\"", "\"\"", "\"(Empty)\"", "null", "[]"})
  void emptyDetailsAreNoData(String details) {
    RegistryEvent event =
        assertInstanceOf(
            RegistryEvent.class,
            SYSMON
                .decode("{\"EventID\":13," + TIME + ",\"Details\":" + details + "}")
                .events()
                .get(0));

    assertEquals(List.of(), event.getRegistry().getData().getStrings());
  }

  @Test
  void aProcessWithoutAParentImageHasAnEmptyParent() {
    assertNull(only(TIME + ",\"ParentImage\":null").getProcess().getParent().getExecutable());
  }

  private static Event only(String fields) {
    Decoded decoded = SYSMON.decode("{\"EventID\":11," + fields + "}");
    assertEquals(1, decoded.events().size(), () -> "facts of " + fields + decoded.malformed());
    return decoded.events().get(0);
  }

  private static String complaint(String fields) {
    Decoded decoded = SYSMON.decode("{\"EventID\":11," + fields + "}");
    assertEquals(List.of(), decoded.events());
    return decoded.malformed().orElseThrow().reason();
  }
}
