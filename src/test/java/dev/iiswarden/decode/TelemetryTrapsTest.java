package dev.iiswarden.decode;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.iiswarden.Detector;
import dev.iiswarden.alert.Alert;
import dev.iiswarden.event.Event;
import dev.iiswarden.event.FileEvent;
import dev.iiswarden.event.LibraryEvent;
import dev.iiswarden.event.RegistryEvent;
import dev.iiswarden.event.WindowsPaths;
import dev.iiswarden.rules.Rules;
import dev.iiswarden.sink.InMemorySink;
import dev.iiswarden.testing.EcsLines;
import dev.iiswarden.testing.ElasticEvent;
import dev.iiswarden.testing.WindowsEvent;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The traps of real telemetry, one test for each. */
class TelemetryTrapsTest {
  private static final Instant TIME = Instant.parse("2026-03-04T22:12:07.226Z");
  private static final String KEY =
      "HKLM\\System\\CurrentControlSet\\Services\\W3SVC\\Parameters\\FilterDLLs";
  private static final String DLL = "C:\\Windows\\System32\\inetsrv\\HTTPParser.dll";

  private static WindowsEvent registration(String computer, Instant time) {
    return WindowsEvent.sysmon(
        13, time, computer, data("reg.exe", "TargetObject", KEY, "Details", DLL));
  }

  private static WindowsEvent drop(String computer, Instant time) {
    return WindowsEvent.sysmon(11, time, computer, data("powershell.exe", "TargetFilename", DLL));
  }

  private static Map<String, String> data(String image, String... namesAndValues) {
    Map<String, String> data = new LinkedHashMap<>();
    data.put("ProcessGuid", "{6a910b9d-498a-5ee0-c903-000000000400}");
    data.put("ProcessId", "6196");
    data.put("Image", "C:\\Tools\\" + image);
    for (int i = 0; i < namesAndValues.length; i += 2) {
      data.put(namesAndValues[i], namesAndValues[i + 1]);
    }
    return data;
  }

  private static WindowsEvent security(int id, Instant time, String... namesAndValues) {
    Map<String, String> data = new LinkedHashMap<>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      data.put(namesAndValues[i], namesAndValues[i + 1]);
    }
    return new WindowsEvent(
        "Microsoft-Windows-Security-Auditing", "Security", id, time, "WEB01.corp.example", data);
  }

  private static WindowsEvent audited(Instant time) {
    return security(
        4657,
        time,
        "ObjectName",
        "\\REGISTRY\\MACHINE\\SYSTEM\\ControlSet001\\Services\\W3SVC\\Parameters",
        "ObjectValueName",
        "FilterDLLs",
        "OperationType",
        "%%1905",
        "NewValueType",
        "%%1873",
        "NewValue",
        DLL,
        "ProcessId",
        "0x1834",
        "ProcessName",
        "C:\\Tools\\reg.exe");
  }

  private static WindowsEvent written(Instant time) {
    return security(
        4663,
        time,
        "ObjectType",
        "File",
        "ObjectName",
        "\\Device\\HarddiskVolume2\\Windows\\System32\\inetsrv\\HTTPParser.dll",
        "AccessMask",
        "0x2",
        "ProcessId",
        "0x1834",
        "ProcessName",
        "C:\\Tools\\powershell.exe");
  }

  private static Event fact(String record) {
    Decoded decoded = EventDecoders.auto().decode(record);
    assertEquals(1, decoded.events().size(), () -> decoded.malformed() + " " + record);
    return decoded.events().get(0);
  }

  private static List<Alert> alerts(String... records) {
    InMemorySink sink = new InMemorySink();
    List<Decoded.Malformed> malformed = new ArrayList<>();
    try (Detector detector =
        Detector.builder()
            .rules(Rules.baseQuery())
            .sink(sink)
            .onMalformed(malformed::add)
            .build()) {
      for (String record : records) {
        detector.accept(EventDecoders.auto().decode(record));
      }
    }
    assertEquals(List.of(), malformed);
    return sink.alerts();
  }

  // The clock

  @Test
  void utcTimeGoesBeforeAnyOtherTime() {
    WindowsEvent event = drop("WEB01", TIME);

    for (String record :
        List.of(event.mordor(), event.nxlog(), event.logstash(), event.splunk(), event.azure())) {
      assertEquals(TIME, fact(record).getTimestamp(), record);
    }
  }

  @Test
  void localTimeIn12HourFormIsNotTakenForUtc() {
    String flattened =
        "{\"EventID\":4688,\"Channel\":\"Security\",\"Hostname\":\"WEB01\",\"NewProcessName\":\"C:\\\\x.exe\","
            + "\"TimeCreated\":\"2021-03-14T01:40:15.338Z\",\"@timestamp\":\"2021-03-14T01:40:15.338Z\"}";

    assertEquals(
        "no UtcTime, and TimeCreated '2021-03-14T01:40:15.338Z' is not trusted: in this shape it"
            + " is often local time in 12-hour form with a Z",
        EventDecoders.auto().decode(flattened).malformed().orElseThrow().reason());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "2026-03-04 22:12:07.226",
        "2026-03-04T22:12:07.2260000Z",
        "2026-03-04T22:12:07.226000000Z",
        "2026-03-04T22:12:07.226Z",
        "2026-03-04T17:12:07.226-05:00"
      })
  void datesAreReadInEveryFormSeen(String date) {
    String record = drop("WEB01", TIME).mordor().replace("2026-03-04 22:12:07.226", date);

    assertEquals(TIME, fact(record).getTimestamp());
  }

  @Test
  void eventsOutOfOrderBySecondsAreStillASequence() {
    assertEquals(
        1,
        alerts(drop("WEB01", TIME.plusSeconds(5)).mordor(), registration("WEB01", TIME).mordor())
            .size());
  }

  // The machine

  @ParameterizedTest
  @ValueSource(strings = {"WEB01", "web01", "Web01.CORP.example", "web01.corp.example."})
  void namesThatWindowsReportsAreOneMachineInAnySpelling(String other) {
    List<Alert> alerts =
        alerts(
            registration(other, TIME).xml(),
            drop("WEB01.corp.example", TIME.plusSeconds(1)).winlogbeat());

    assertEquals(1, alerts.size());
    assertEquals(other, alerts.get(0).host());
  }

  @Test
  void machinesOfTheSameNameInOtherDomainsAreNotOne() {
    assertEquals(
        List.of(),
        alerts(
            registration("WEB01.corp.example", TIME).xml(),
            drop("WEB01.other.example", TIME.plusSeconds(1)).xml()));
  }

  @Test
  void theClockOfOneDoesNotRunThatOfItsNamesakeInAnotherDomain() {
    assertEquals(
        1,
        alerts(
                registration("WEB01.corp.example", TIME).xml(),
                registration("WEB01.other.example", TIME.plusSeconds(7200)).xml(),
                drop("WEB01.corp.example", TIME.plusSeconds(1)).xml())
            .size());
  }

  @Test
  void aMachineIsFoundByItsShortNameAmongNamesakes() {
    List<Alert> alerts =
        alerts(
            registration("WEB01", TIME).xml(),
            drop("WEB01.corp.example", TIME.plusSeconds(1)).xml(),
            registration("WEB01.other.example", TIME.plusSeconds(2)).xml(),
            drop("web01.OTHER.example", TIME.plusSeconds(3)).xml());

    assertEquals(
        List.of("WEB01", "WEB01.other.example"), alerts.stream().map(Alert::host).toList());
  }

  @Test
  void addressesAreNotTakenForNamesWithADomain() {
    assertEquals(
        List.of(),
        alerts(
            registration("192.168.2.5", TIME).xml(),
            drop("192.168.2.7", TIME.plusSeconds(1)).xml()));
  }

  @Test
  void aBareEcsHostNameIsComparedExactly() {
    assertEquals(
        0,
        alerts(
                EcsLines.registration("r", "WEB01", TIME),
                EcsLines.drop("d", "web01", TIME.plusSeconds(1)))
            .size());
  }

  @Test
  void anEcsHostNameJoinsWithTheSameMachineAsWindowsReportsIt() {
    assertEquals(
        1,
        alerts(
                EcsLines.registration("r", "WEB01", TIME),
                ElasticEvent.dotted(
                    ElasticEvent.sysmon(drop("WEB01.corp.example", TIME.plusSeconds(1)))))
            .size());
  }

  @Test
  void theMachineOfOriginGoesBeforeTheCollector() {
    WindowsEvent event = drop("WEB01.corp.example", TIME);

    for (String record :
        List.of(
            event.logstash(),
            event.winlogbeat6(),
            event.winlogbeat(),
            ElasticEvent.nested(ElasticEvent.sysmon(event)))) {
      assertEquals("WEB01.corp.example", fact(record).getHost().getName(), record);
    }
  }

  @Test
  void twoMachinesOfOneCollectorAreNotJoined() {
    assertEquals(
        List.of(),
        alerts(
            registration("WEB01", TIME).logstash(), drop("WEB02", TIME.plusSeconds(1)).logstash()));
  }

  // What happened, and by whom

  @ParameterizedTest
  @ValueSource(strings = {"INFO", "ERROR", ""})
  void theOperationFollowsFromTheEventIdAndNotFromAClashingEventType(String eventType) {
    String record =
        registration("WEB01", TIME)
            .mordor()
            .replace("\"EventID\"", "\"EventType\":\"" + eventType + "\",\"EventID\"");

    assertEquals(List.of("change"), fact(record).getEvent().getType());
  }

  @ParameterizedTest
  @CsvSource({"CreateKey, creation", "DeleteKey, deletion", "DeleteValue, deletion"})
  void anEvent12WhoseEventTypeIsTheCollectorsIsReadFromItsText(String operation, String type) {
    String record =
        "{\"EventID\":12,\"EventType\":\"INFO\",\"UtcTime\":\"2026-03-04 22:12:07.226\","
            + "\"Hostname\":\"WEB01\",\"TargetObject\":\"HKLM\\\\x\",\"Message\":\"Registry object"
            + " added or deleted:\\r\\nRuleName: -\\r\\nEventType: "
            + operation
            + "\\r\\nUtcTime: 2026-03-04 22:12:07.226\"}";

    assertEquals(List.of(type), fact(record).getEvent().getType());
  }

  @Test
  void theServicesOwnPidIsNeverTheActors() {
    WindowsEvent event =
        WindowsEvent.sysmon(11, TIME, "WEB01", Map.of("TargetFilename", DLL, "Image", "System"));

    for (String record :
        List.of(
            event.nxlog(),
            event.winlogbeat6(),
            event.winlogbeat(),
            event.xml(),
            event.evtxDump())) {
      assertNull(fact(record).getProcess().getPid(), record);
      assertNull(fact(record).getUser().getId(), record);
    }
  }

  @Test
  void aMissingActorIsNoInstaller() {
    WindowsEvent drop =
        WindowsEvent.sysmon(
            11, TIME.plusSeconds(1), "WEB01", Map.of("TargetFilename", DLL, "Image", "System"));

    assertEquals(1, alerts(registration("WEB01", TIME).xml(), drop.xml()).size());
    assertNull(fact(drop.xml()).getProcess().getName());
  }

  @Test
  void aGuidOfZerosOrWithoutBracesIsNoOtherProcess() {
    String record = drop("WEB01", TIME).mordor();
    String guid = "6a910b9d-498a-5ee0-c903-000000000400";

    assertEquals("{" + guid + "}", fact(record).getProcess().getEntityId());
    assertEquals(
        "{" + guid + "}", fact(record.replace("{" + guid + "}", guid)).getProcess().getEntityId());
    assertNull(
        fact(record.replace(guid, "00000000-0000-0000-0000-000000000000"))
            .getProcess()
            .getEntityId());
  }

  // Registry

  @Test
  void theSecurityLogTellsOfTheSameRegistryWrite() {
    RegistryEvent audited = assertInstanceOf(RegistryEvent.class, fact(audited(TIME).xml()));

    assertEquals(6196, audited.getProcess().getPid());
    assertEquals("reg.exe", audited.getProcess().getName());
    assertEquals("FilterDLLs", audited.getRegistry().getValue());
    assertTrue(WindowsPaths.sameKey(KEY, audited.getRegistry().getPath()));
    assertEquals(List.of(DLL), audited.getRegistry().getData().getStrings());
    assertEquals(
        1, alerts(audited(TIME).winlogbeat(), drop("WEB01", TIME.plusSeconds(1)).xml()).size());
  }

  @Test
  void eachStringOfAMultiStringCounts() {
    WindowsEvent event =
        security(
            4657,
            TIME,
            "ObjectName",
            "\\REGISTRY\\MACHINE\\SYSTEM\\x",
            "ObjectValueName",
            "Path",
            "NewValueType",
            "%%1879",
            "NewValue",
            "C:\\a.dll\nC:\\b.dll\n");

    assertEquals(
        List.of("C:\\a.dll", "C:\\b.dll"),
        assertInstanceOf(RegistryEvent.class, fact(event.xml()))
            .getRegistry()
            .getData()
            .getStrings());
  }

  @Test
  void anExpandableStringNamesTheFileItExpandsTo() {
    RegistryEvent event =
        assertInstanceOf(
            RegistryEvent.class,
            fact(
                registration("WEB01", TIME)
                    .mordor()
                    .replace("C:\\\\Windows\\\\System32\\\\inetsrv", "%IIS_BIN%")));

    assertEquals(List.of("%IIS_BIN%\\HTTPParser.dll"), event.getRegistry().getData().getStrings());
    assertTrue(WindowsPaths.samePath(DLL, event.getRegistry().getData().getStrings().get(0)));
  }

  @ParameterizedTest
  @CsvSource({
    "DWORD (0x00000004), 4",
    "QWORD (0x00000001-0x00000000), 4294967296",
    "DWORD (0xzz), DWORD (0xzz)",
    "Binary Data, Binary Data"
  })
  void numbersAreDecimalAsInEcs(String details, String data) {
    String record = registration("WEB01", TIME).xml().replace(DLL, details);

    assertEquals(
        List.of(data),
        assertInstanceOf(RegistryEvent.class, fact(record)).getRegistry().getData().getStrings());
  }

  // Paths

  @Test
  void theSecurityLogTellsOfTheSameFileByItsDevicePath() {
    FileEvent written = assertInstanceOf(FileEvent.class, fact(written(TIME).xml()));

    assertEquals(List.of("change"), written.getEvent().getType());
    assertEquals("dll", written.getFile().getExtension());
    assertTrue(WindowsPaths.samePath(DLL, written.getFile().getPath()));
    assertEquals(
        1, alerts(registration("WEB01", TIME).xml(), written(TIME.plusSeconds(1)).xml()).size());
  }

  @Test
  void whatWasOnlyReadWasNotWritten() {
    String record = written(TIME).xml().replace("0x2<", "0x1<");

    assertEquals(List.of("access"), fact(record).getEvent().getType());
  }

  // One action, two events

  @Test
  void theSameActionLoggedByTwoEventIdsCountsOnce() {
    Instant later = TIME.plusSeconds(20);
    String executable = drop("WEB01.corp.example", later).xml().replace(">11<", ">29<");

    assertEquals(
        1,
        alerts(
                registration("WEB01", TIME).xml(),
                drop("WEB01.corp.example", later).xml(),
                registration("WEB01", later.plusMillis(10)).xml(),
                executable.replace("22:12:27.226", "22:12:27.300"),
                written(later.plusMillis(90)).evtxDump())
            .size());
  }

  @Test
  void twoEventsOfOneIdAreTwoActions() {
    Instant later = TIME.plusSeconds(20);

    assertEquals(
        2,
        alerts(
                registration("WEB01", TIME).xml(),
                drop("WEB01", later).xml(),
                registration("WEB01", later.plusMillis(10)).xml(),
                drop("WEB01", later.plusMillis(80)).xml())
            .size());
  }

  @Test
  void theSameFileWrittenLaterIsAnotherAction() {
    assertEquals(
        2,
        alerts(
                registration("WEB01", TIME).xml(),
                drop("WEB01", TIME.plusSeconds(20)).xml(),
                registration("WEB01", TIME.plusSeconds(25)).xml(),
                written(TIME.plusSeconds(31)).xml())
            .size());
  }

  @Test
  void ofEcsDocumentsEachCountsAsTheQueryHasIt() {
    String executable =
        ElasticEvent.dotted(ElasticEvent.sysmon(drop("WEB01", TIME.plusSeconds(3))))
            .replace("\"11\"", "\"29\"");

    assertEquals(
        2,
        alerts(
                registration("WEB01", TIME).xml(),
                ElasticEvent.dotted(ElasticEvent.sysmon(drop("WEB01", TIME.plusSeconds(1)))),
                registration("WEB01", TIME.plusSeconds(2)).xml(),
                executable)
            .size());
  }

  @Test
  void whatIsLeftOutIsCounted() {
    try (Detector detector = Detector.builder().rules(Rules.baseQuery()).build()) {
      detector.accept(EventDecoders.auto().decode(registration("WEB01", TIME).xml()));
      detector.accept(EventDecoders.auto().decode(audited(TIME.plusMillis(3)).xml()));
      detector.flush();

      assertEquals(1, detector.counters().repeated());
    }
  }

  // Elastic's mapping

  @Test
  void anImageLoadOfEitherVintageIsALibrary() {
    WindowsEvent load =
        WindowsEvent.sysmon(
            7, TIME, "WEB01", data("w3wp.exe", "ImageLoaded", "C:\\Windows\\Temp\\x.dll"));
    LibraryEvent old =
        assertInstanceOf(
            LibraryEvent.class, fact(ElasticEvent.nested(ElasticEvent.sysmonOfOld(load))));
    LibraryEvent current =
        assertInstanceOf(LibraryEvent.class, fact(ElasticEvent.nested(ElasticEvent.sysmon(load))));

    assertEquals("C:\\Windows\\Temp\\x.dll", old.getDll().getPath());
    assertEquals("C:\\Windows\\Temp\\x.dll", current.getDll().getPath());
    assertEquals(List.of("process"), old.getEvent().getCategory());
    assertEquals(List.of("process", "library"), current.getEvent().getCategory());
  }

  @Test
  void aSecurityEventThatElasticDoesNotMapIsReadAllTheSame() {
    String record =
        audited(TIME).winlogbeat().replace("\"kind\"", "\"category\":[\"iam\"],\"kind\"");

    assertInstanceOf(RegistryEvent.class, fact(record));
  }
}
