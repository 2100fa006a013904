package dev.iiswarden.cli;

import static dev.iiswarden.cli.Logs.REGISTRATION;
import static dev.iiswarden.cli.Logs.REGISTRATION_THEN_DROP;
import static dev.iiswarden.cli.Logs.gzip;
import static dev.iiswarden.cli.Logs.utf8;
import static dev.iiswarden.cli.Program.replay;
import static dev.iiswarden.cli.Program.replayBaseQuery;
import static dev.iiswarden.testing.IisEvents.START;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.iiswarden.cli.Program.Ended;
import dev.iiswarden.read.LogReader;
import dev.iiswarden.testing.EcsLines;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What the program reads, and how. */
class ReplayInputTest {
  private static final String DROP = EcsLines.drop("f", "WEB01", START.plusSeconds(60));
  private static final String BYTE_ORDER_MARK = "\ufeff";

  @TempDir private Path directory;

  @Test
  void aDashIsStandardInput() throws Exception {
    Ended ended = replayBaseQuery("-").reading(utf8(REGISTRATION_THEN_DROP)).run().with(0);
    assertEquals(1, ended.printedAlerts(), ended::toString);
  }

  @Test
  void standardInputMayBeCompressed() throws Exception {
    Ended ended = replayBaseQuery("-").reading(gzip(REGISTRATION_THEN_DROP)).run().with(0);
    assertEquals(1, ended.printedAlerts(), ended::toString);
  }

  @Test
  void whatSeveralFilesSayOfAHostIsReadInTheOrderOfTime() throws Exception {
    Path files = Logs.write(directory.resolve("a-files.ndjson"), DROP);
    Path registry = Logs.write(directory.resolve("b-registry.ndjson"), REGISTRATION);
    Ended ended =
        replayBaseQuery("--lateness", "PT0S", "--format", "json", files, registry).run().with(0);
    assertEquals(List.of(List.of("r", "f")), ended.evidenceIds());
  }

  @Test
  void severalFilesAreMergedEventByEvent() throws Exception {
    Path registry =
        Logs.write(
            directory.resolve("registry.ndjson"),
            EcsLines.registration("r1", "WEB01", START),
            EcsLines.registration("r2", "WEB01", START.plusSeconds(120)));
    Path files =
        Logs.write(
            directory.resolve("files.ndjson"),
            EcsLines.drop("f1", "WEB01", START.plusSeconds(60)),
            EcsLines.drop("f2", "WEB01", START.plusSeconds(180)));
    Ended ended =
        replayBaseQuery("--lateness", "PT0S", "--format", "json", registry, files).run().with(0);
    assertEquals(List.of(List.of("r1", "f1"), List.of("r2", "f2")), ended.evidenceIds());
  }

  @Test
  void ofADirectoryTheLogsInAndBelowItAreRead() throws Exception {
    Path below = Files.createDirectories(directory.resolve("2026/03"));
    for (String name : List.of("a.ndjson", "b.jsonl", "c.json", "d.log", "E.JSON")) {
      Logs.write(below.resolve(name), Logs.load(name));
    }
    Files.write(directory.resolve("f.ndjson.gz"), gzip(Logs.load("f.ndjson.gz")));
    Logs.write(below.resolve("notes.txt"), Logs.load("notes.txt"));
    Files.write(below.resolve("backup.gz"), gzip(Logs.load("backup.gz")));
    Ended ended = replayBaseQuery("--format", "json", directory).run().with(0);
    assertEquals(
        List.of("E.JSON", "a.ndjson", "b.jsonl", "c.json", "d.log", "f.ndjson.gz"),
        ended.evidenceIds().stream().flatMap(List::stream).sorted().toList());
  }

  @Test
  void gzipIsRecognisedWhateverTheNameOfTheFile() throws Exception {
    Path log = Files.write(directory.resolve("events.ndjson"), gzip(REGISTRATION_THEN_DROP));
    Ended ended = replayBaseQuery(log).run().with(0);
    assertEquals(1, ended.printedAlerts(), ended::toString);
  }

  @Test
  void aPlainFileMayBeNamedLikeACompressedOne() throws Exception {
    Path log = Logs.write(directory.resolve("events.gz"), REGISTRATION_THEN_DROP);
    Ended ended = replayBaseQuery(log).run().with(0);
    assertEquals(1, ended.printedAlerts(), ended::toString);
  }

  static Stream<Arguments> textsAsToolsWriteThem() {
    Map<String, String> texts =
        Map.of(
            "carriage returns", REGISTRATION + "\r\n" + DROP + "\r\n",
            "a byte order mark", BYTE_ORDER_MARK + REGISTRATION_THEN_DROP,
            "blank lines", "\n" + REGISTRATION + "\n\n \t \n\r\n" + DROP + "\n\n",
            "no end of line at the end", REGISTRATION + "\n" + DROP);
    return texts.entrySet().stream().map(text -> Arguments.of(text.getKey(), text.getValue()));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("textsAsToolsWriteThem")
  void linesAreReadWith(String what, String text) throws Exception {
    Path log = Files.writeString(directory.resolve("events.ndjson"), text);
    Ended ended = replayBaseQuery(log).run().with(0);
    assertEquals(1, ended.printedAlerts(), ended::toString);
    assertEquals("", ended.err(), what);
  }

  static List<Arguments> utf16() {
    return List.of(
        Arguments.of("PowerShell's", BYTE_ORDER_MARK, UTF_16LE),
        Arguments.of("big-endian", BYTE_ORDER_MARK, UTF_16BE),
        Arguments.of("unmarked", "", UTF_16LE),
        Arguments.of("unmarked big-endian", "", UTF_16BE));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("utf16")
  void textInUtf16IsRead(String what, String mark, Charset encoding) throws Exception {
    String text = mark + REGISTRATION + "\r\n{\"cut\r\n" + DROP + "\r\n";
    Path log = Files.writeString(directory.resolve("events.json"), text, encoding);
    Ended ended = replayBaseQuery(log).run().with(0);
    assertEquals(1, ended.printedAlerts(), ended::toString);
    assertTrue(ended.err().strip().endsWith(", at line 2"), what + ended);
  }

  @Test
  void anEmptyFileHasNoEvents() throws Exception {
    Ended ended = replayBaseQuery(Logs.write(directory.resolve("events.ndjson"))).run().with(0);
    assertTrue(ended.out().startsWith("0 events "), ended::toString);
    assertEquals("", ended.err());
  }

  @Test
  void lostRecordsAreReportedByFileAndLineAndTheRestGoesOn() throws Exception {
    Path log =
        Logs.write(
            directory.resolve("events.ndjson"),
            REGISTRATION,
            "{\"cut",
            "",
            "{cut",
            "{{",
            "}",
            DROP);
    Ended ended = replayBaseQuery(log).run().with(0);
    assertEquals(1, ended.printedAlerts(), ended::toString);
    List<String> reports = ended.err().lines().toList();
    assertEquals(2, reports.size(), ended::toString);
    assertTrue(reports.get(0).startsWith(log + ": 1 unrecognised record ("), ended::toString);
    assertTrue(reports.get(0).endsWith("), at line 6"), ended::toString);
    assertTrue(reports.get(1).startsWith(log + ": 3 malformed records ("), ended::toString);
    assertTrue(reports.get(1).endsWith("; and other reasons), at lines 2, 4, 5"), ended::toString);
    assertTrue(ended.out().contains("\n6 events in "), ended::toString);
  }

  @Test
  void aLostRecordIsReportedUnderItsOwnFile() throws Exception {
    Path good = Logs.write(directory.resolve("good.ndjson"), REGISTRATION, DROP);
    Path bad =
        Logs.write(directory.resolve("bad.ndjson"), EcsLines.load("l", "A", START), "nonsense");
    Ended ended = replayBaseQuery(good, bad).run().with(0);
    assertTrue(ended.err().startsWith(bad + ": 1 unrecognised record ("), ended::toString);
    assertTrue(ended.err().strip().endsWith("), at line 2"), ended::toString);
  }

  @Test
  void aFileThatIsNoLogFailsInAFewLines() throws Exception {
    Ended ended = replay("pom.xml").run().with(1);
    List<String> reports = ended.err().lines().toList();
    assertTrue(reports.size() <= 4, ended::toString);
    String last = reports.get(reports.size() - 1);
    assertTrue(last.startsWith("pom.xml: none of its "), ended::toString);
    assertTrue(last.contains(" was recognised; "), ended::toString);
    assertTrue(last.contains("docs/shapes.md"), ended::toString);
  }

  @Test
  void oneFileThatIsNoLogFailsARunThatReadsOthers() throws Exception {
    Path good = Logs.write(directory.resolve("good.ndjson"), REGISTRATION, DROP);
    Path bad = Logs.write(directory.resolve("bad.log"), "nonsense");
    Ended ended = replayBaseQuery(good, bad).run().with(1);
    assertEquals(1, ended.printedAlerts(), ended::toString);
    assertTrue(ended.err().contains(bad + ": its only record was not recognised;"));
  }

  @ParameterizedTest
  @MethodSource("filesOfOtherKinds")
  void aFileOfAnotherKindIsCalledByItsName(byte[] content, String expected) throws Exception {
    Path file = Files.write(directory.resolve("log"), content);
    Ended ended = replayBaseQuery(file).run().with(1);
    assertTrue(ended.err().startsWith(file + ": cannot be read: " + expected), ended::toString);
    assertEquals(1, ended.err().lines().count());
  }

  static List<Arguments> filesOfOtherKinds() {
    return List.of(
        Arguments.of("ElfFile\0\0\0".getBytes(US_ASCII), "the EVTX file is cut off in its header"),
        Arguments.of("PK\3\4rest".getBytes(US_ASCII), "this is a ZIP archive"));
  }

  @Test
  void aFileFullOfGarbageDoesNotFloodTheTerminal() throws Exception {
    String[] garbage = new String[150];
    Arrays.fill(garbage, "nonsense");
    Path log = Logs.write(directory.resolve("events.ndjson"), garbage);
    Ended ended = replayBaseQuery(log).run().with(1);
    List<String> reports = ended.err().lines().toList();
    assertEquals(2, reports.size(), ended::toString);
    assertTrue(reports.get(0).startsWith(log + ": 150 unrecognised records ("), ended::toString);
    assertTrue(reports.get(0).endsWith("), first at lines 1, 2, 3"), ended::toString);
    assertTrue(
        reports.get(1).startsWith(log + ": none of its 150 records was recognised;"),
        ended::toString);
    assertTrue(ended.out().startsWith("150 events in "), ended::toString);
    assertTrue(ended.out().contains("150 unrecognised"), ended::toString);
  }

  @Test
  void ofATruncatedGzipFileAllThatIsThereIsJudged() throws Exception {
    // Digits that do not compress well, so that the cut falls among them.
    String filler =
        new Random(1).ints(50_000, 0, 10).mapToObj(String::valueOf).collect(Collectors.joining());
    byte[] whole = gzip(REGISTRATION_THEN_DROP + "{\"@timestamp\":\"" + filler + "\"}\n");
    Path log = Files.write(directory.resolve("cut.gz"), Arrays.copyOf(whole, whole.length / 2));
    Ended ended = replayBaseQuery(log).run().with(1);
    assertEquals(1, ended.printedAlerts(), ended::toString);
    assertTrue(ended.err().startsWith(log + ":2:"), ended::toString);
  }

  @Test
  void aTruncatedFileDoesNotKeepTheOthersFromBeingRead() throws Exception {
    byte[] whole = gzip(REGISTRATION);
    Path cut = Files.write(directory.resolve("cut.gz"), Arrays.copyOf(whole, whole.length / 2));
    Path good = Logs.write(directory.resolve("good.ndjson"), Logs.load("l"));
    Ended ended = replayBaseQuery(cut, good).run().with(1);
    assertEquals(1, ended.printedAlerts(), ended::toString);
    assertTrue(ended.err().startsWith(cut + ":"), ended::toString);
  }

  @Test
  void aMissingFileIsNamedAndTheOthersAreRead() throws Exception {
    Path missing = directory.resolve("missing.ndjson");
    Path good = Logs.write(directory.resolve("good.ndjson"), Logs.load("l"));
    Ended ended = replayBaseQuery(missing, good).run().with(1);
    assertEquals(1, ended.printedAlerts(), ended::toString);
    assertEquals(missing + ": cannot be read: no such file", ended.err().strip(), ended::toString);
  }

  @Test
  void aDirectoryWithoutLogsIsAMistake() throws Exception {
    Ended ended = replayBaseQuery(directory).run().with(1);
    assertTrue(ended.err().startsWith(directory + ": no log"), ended::toString);
  }

  @Test
  void aLineThatIsTooLongIsReportedAndSkipped() throws Exception {
    String tooLong = "{\"pad\":\"" + "x".repeat(LogReader.LONGEST_RECORD) + "\"}";
    Path log =
        Logs.write(directory.resolve("events.ndjson"), Logs.load("l1"), tooLong, Logs.load("l2"));
    Ended ended = replayBaseQuery("--format", "json", "--quiet", log).run().with(0);
    assertEquals(List.of(List.of("l1"), List.of("l2")), ended.evidenceIds());
    assertEquals(
        log + ": 1 malformed record (longer than 16 MiB, skipped), at line 2", ended.err().strip());
  }
}
