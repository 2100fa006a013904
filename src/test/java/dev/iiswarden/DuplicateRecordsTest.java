package dev.iiswarden;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.iiswarden.decode.EventDecoder;
import dev.iiswarden.decode.EventDecoders;
import dev.iiswarden.read.LogReader;
import dev.iiswarden.read.LogRecord;
import dev.iiswarden.rules.Rules;
import dev.iiswarden.sink.InMemorySink;
import dev.iiswarden.testing.MemoryHostStore;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A record that is read twice counts once. */
class DuplicateRecordsTest {
  private static final Instant TIME = Instant.parse("2026-03-04T08:00:00.250Z");
  private static final EventDecoder DECODER = EventDecoders.auto();

  private final InMemorySink sink = new InMemorySink();

  private Detector detector() {
    return Detector.builder().rules(Rules.baseQuery()).lateness(Duration.ZERO).sink(sink).build();
  }

  private static String load(String host, String channel, Object recordId, Instant time) {
    return ("{'@timestamp':'" + time + "','event':{'category':['library'],'type':['start']},")
            .replace('\'', '"')
        + ("'host':{'name':'" + host + "'},'process':{'name':'w3wp.exe'},").replace('\'', '"')
        + "\"dll\":{\"path\":\"C:\\\\Windows\\\\Temp\\\\x.dll\",\"name\":\"x.dll\"},"
        + ("'winlog':{'channel':" + channel + ",'record_id':" + recordId + "}}").replace('\'', '"');
  }

  private static String load(Object recordId) {
    return load("WEB01", "'Sysmon'", recordId, TIME);
  }

  /** Relevant, but without a registration before it no alert. */
  private static String drop(int recordId) {
    return ("{'@timestamp':'" + TIME + "','event':{'category':['file'],'type':['creation']},")
            .replace('\'', '"')
        + "\"host\":{\"name\":\"WEB01\"},\"file\":{\"path\":\"C:\\\\inetpub\\\\x.dll\","
        + ("'extension':'dll'},'winlog':{'channel':'Sysmon','record_id':" + recordId + "}}")
            .replace('\'', '"');
  }

  private void feed(Detector detector, String... records) {
    for (String record : records) {
      detector.accept(DECODER.decode(record));
    }
  }

  @Test
  void theSameRecordCountsOnce() {
    try (Detector detector = detector()) {
      feed(detector, load(7), load(8), load(7), load("\"8\""));
      assertEquals(2, detector.counters().duplicates());
      assertEquals(4, detector.counters().events());
    }
    assertEquals(2, sink.alerts().size());
  }

  @Test
  void aMachineThatNumbersItsRecordsAnewIsHeard() {
    try (Detector detector = detector()) {
      feed(detector, load(7), load("WEB01", "'Sysmon'", 7, TIME.plusMillis(1)));
      assertEquals(0, detector.counters().duplicates());
    }
    assertEquals(2, sink.alerts().size());
  }

  @ParameterizedTest
  @CsvSource({
    "WEB02, 'Sysmon', 7", // another host
    "WEB01, 'Other', 7",
    "WEB01, 'Sysmon', 8",
  })
  void recordsThatDifferInOnePartAreTwo(String host, String channel, int recordId) {
    try (Detector detector = detector()) {
      feed(detector, load(7), load(host, "\"" + channel + "\"", recordId, TIME));
      assertEquals(0, detector.counters().duplicates());
    }
    assertEquals(2, sink.alerts().size());
  }

  @ParameterizedTest
  @CsvSource({"WEB01, null, 7", "WEB01, '\"Sysmon\"', null", "'', '\"Sysmon\"', 7"})
  void whatDoesNotSayWhichRecordItIsIsNoDuplicate(String host, String channel, String recordId) {
    String record = load(host, channel, recordId, TIME);
    if (host.isEmpty()) {
      record = record.replace("\"host\":{\"name\":\"\"},", "");
    }
    try (Detector detector = detector()) {
      feed(detector, record, record);
      assertEquals(0, detector.counters().duplicates());
    }
    assertEquals(2, sink.alerts().size());
  }

  @Test
  void theLetterCaseOfAComputerDoesNotMatter() {
    try (Detector detector = detector()) {
      feed(detector, load(7), load("web01", "'sysmon'", 7, TIME));
      assertEquals(1, detector.counters().duplicates());
    }
  }

  @Test
  void aRecordDatedInTheFutureIsKnownByItsOwnTime() {
    Instant future = Instant.now().plus(Duration.ofDays(400));
    String record = load("WEB01", "'Sysmon'", 7, future);
    try (Detector detector = detector()) {
      feed(detector, record, record, load("WEB01", "'Sysmon'", 7, future.plusSeconds(1)));
      assertEquals(1, detector.counters().duplicates());
    }
    assertEquals(2, sink.alerts().size());
  }

  @Test
  void theOldestRecordsAreForgotten() {
    try (Detector detector =
        Detector.builder()
            .rules(Rules.baseQuery())
            .lateness(Duration.ZERO)
            .mostAlertsPerHour(Integer.MAX_VALUE, Integer.MAX_VALUE)
            .build()) {
      for (int i = 0; i < 131_072; i++) {
        feed(detector, drop(i));
      }
      feed(detector, drop(0));
      assertEquals(1, detector.counters().duplicates());
      feed(detector, drop(131_072), drop(0));
      assertEquals(1, detector.counters().duplicates());
      feed(detector, drop(2));
      assertEquals(2, detector.counters().duplicates());
    }
  }

  @Test
  void aRestartForgetsNoRecord() throws IOException {
    ByteArrayOutputStream snapshot = new ByteArrayOutputStream();
    try (Detector detector = detector()) {
      feed(detector, load(7));
      detector.snapshot(snapshot);
    }
    try (Detector detector = detector()) {
      detector.restore(new ByteArrayInputStream(snapshot.toByteArray()));
      feed(detector, load(7));
      assertEquals(1, detector.counters().duplicates());
    }
    assertEquals(1, sink.alerts().size());
  }

  @Test
  void aStoreThatIsAheadOfItsFeedLosesNoAlert() {
    HostStore store = new MemoryHostStore();
    for (int run = 0; run < 2; run++) {
      try (Detector detector =
          Detector.builder()
              .rules(Rules.baseQuery())
              .lateness(Duration.ZERO)
              .hostStore(store)
              .sink(sink)
              .build()) {
        feed(detector, load(7), load(7));
        assertEquals(1, detector.counters().duplicates());
      }
    }
    assertEquals(2, sink.alerts().size());
    assertEquals(sink.alerts().get(0).id(), sink.alerts().get(1).id());
  }

  @ParameterizedTest
  @ValueSource(strings = {"whole-log-twice.xml", "each-record-twice.xml"})
  void anExportWithEveryEventTwiceHasTheAlertsOfOne(String name) throws IOException {
    try (Detector detector = Detector.builder().sink(sink).build();
        InputStream in = Files.newInputStream(Path.of("src/test/resources/duplicates", name));
        LogReader log = LogReader.of(name, in)) {
      for (LogRecord record = log.next(); record != null; record = log.next()) {
        detector.accept(DECODER.decode(record));
      }
    }
    assertEquals(10, sink.alerts().size());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "{\"EventID\":7,\"Channel\":\"C\",\"RecordNumber\":9,\"Hostname\":\"H\",\"UtcTime\":\"2026-03-04 08:00:00.000\"}",
        "{\"EventID\":7,\"Channel\":\"C\",\"EventRecordId\":\"9\",\"Computer\":\"H\",\"TimeGenerated\":\"2026-03-04T08:00:00Z\",\"EventData\":\"{}\",\"Provider\":\"Microsoft-Windows-Sysmon\"}",
        "{\"Event\":{\"System\":{\"EventID\":7,\"Channel\":\"C\",\"EventRecordID\":9,\"Computer\":\"H\",\"Provider\":{\"#attributes\":{\"Name\":\"Microsoft-Windows-Sysmon\"}},\"TimeCreated\":{\"#attributes\":{\"SystemTime\":\"2026-03-04T08:00:00Z\"}}}}}",
        "{\"winlog\":{\"event_id\":7,\"channel\":\"C\",\"record_id\":\"9\",\"computer_name\":\"H\",\"provider_name\":\"Microsoft-Windows-Sysmon\"},\"@timestamp\":\"2026-03-04T08:00:00Z\"}",
        "{\"event_id\":7,\"log_name\":\"C\",\"record_number\":\"9\",\"computer_name\":\"H\",\"source_name\":\"Microsoft-Windows-Sysmon\",\"@timestamp\":\"2026-03-04T08:00:00Z\"}",
        "<Event><System><Provider Name='Microsoft-Windows-Sysmon'/><EventID>7</EventID><TimeCreated SystemTime='2026-03-04T08:00:00Z'/><EventRecordID>9</EventRecordID><Channel>C</Channel><Computer>H</Computer></System></Event>",
      })
  void everyShapeSaysWhichRecordItIs(String record) {
    var event = DECODER.decode(record).events().get(0);
    var place = event.getLogRecord();
    assertEquals("LogRecordId[channel=C, recordId=9]", String.valueOf(place));
  }

  @Test
  void splunkSaysWhichRecordItIs() {
    String record =
        """
        03/04/2026 08:00:00 AM
        LogName=C
        SourceName=Microsoft-Windows-Sysmon
        EventCode=7
        RecordNumber=9
        ComputerName=H
        Message=Image loaded:
        UtcTime: 2026-03-04 08:00:00.000
        """;
    var place = DECODER.decode(record).events().get(0).getLogRecord();
    assertEquals("LogRecordId[channel=C, recordId=9]", String.valueOf(place));
  }
}
