package dev.iiswarden.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.iiswarden.decode.Decoded;
import dev.iiswarden.decode.EventDecoder;
import dev.iiswarden.decode.Outcome;
import dev.iiswarden.report.LogCounts;
import dev.iiswarden.testing.IisEvents;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every record of the logs is delivered and accounted for. */
class LogFilesTest {
  @TempDir private Path directory;

  private final ByteArrayOutputStream printed = new ByteArrayOutputStream();

  /** Decodes a line of words, each of which is a record and says what becomes of it. */
  private static final class Words implements EventDecoder {
    @Override
    public String name() {
      return "words";
    }

    @Override
    public Decoded decode(byte[] utf8, int offset, int length, long line) {
      String text = new String(utf8, offset, length, StandardCharsets.UTF_8);
      return Decoded.ofRecords(
          Arrays.stream(text.split(" ", -1)).map(word -> record(word, line)).toList());
    }

    private static Decoded record(String word, long line) {
      return switch (word.charAt(0)) {
        case 'u' -> Decoded.unrecognised("unknown", line);
        case 't' -> Decoded.withoutTime("timeless", line);
        case 'm' -> Decoded.malformed("broken", line, 1);
        case 'n' -> Decoded.nothing();
        default ->
            Decoded.of(
                IisEvents.load(
                    word, "WEB", IisEvents.START.plusSeconds(Long.parseLong(word.substring(1)))));
      };
    }
  }

  private LogFiles find(Path... logs) {
    return LogFiles.find(
        Arrays.stream(logs).map(Path::toString).toList(),
        new Words(),
        1,
        new PrintStream(printed, true, StandardCharsets.UTF_8));
  }

  private static List<String> read(LogFiles logs) {
    List<String> records = new ArrayList<>();
    logs.forEach(
        record ->
            records.add(
                record.events().isEmpty()
                    ? record.outcome().label()
                    : String.valueOf(record.events().get(0).getEvent().getId())));
    return records;
  }

  @Test
  void theRecordsOfADocumentAreDeliveredOneByOne() throws IOException {
    Path log = Logs.write(directory.resolve("a.log"), "e1 u e2 n", "m", "e3 t");
    assertEquals(
        List.of("e1", "unrecognised", "e2", "not of interest", "malformed", "e3", "no time"),
        read(find(log)));
  }

  @Test
  void theRecordsOfADocumentAreMergedWithThoseOfOtherLogs() throws IOException {
    Path one = Logs.write(directory.resolve("one.log"), "e1 e4", "e5");
    Path two = Logs.write(directory.resolve("two.log"), "e2 u e3", "e6");
    assertEquals(List.of("e1", "e2", "unrecognised", "e3", "e4", "e5", "e6"), read(find(one, two)));
  }

  @Test
  void everyRecordIsCountedByLogAndCause() throws IOException {
    Path one = Logs.write(directory.resolve("one.log"), "e1 u", "n", "u", "m");
    Path two = Logs.write(directory.resolve("two.log"), "e2", "t");
    LogFiles logs = find(one, two);
    read(logs);

    assertEquals(
        List.of(
            new LogCounts(
                one.toString(),
                Map.of(
                    Outcome.FACTS, 1L,
                    Outcome.UNRECOGNISED, 2L,
                    Outcome.NOT_OF_INTEREST, 1L,
                    Outcome.MALFORMED, 1L)),
            new LogCounts(two.toString(), Map.of(Outcome.FACTS, 1L, Outcome.NO_TIME, 1L))),
        logs.counts());
    assertEquals(
        List.of(
            one + ": 2 unrecognised records (unknown), at lines 1, 3",
            one + ": 1 malformed record (broken), at line 4",
            two + ": 1 record without a time (timeless), at line 2"),
        logs.problems());
    assertEquals(logs.problems(), printed.toString(StandardCharsets.UTF_8).lines().toList());
    assertFalse(logs.failed());
  }

  @Test
  void aLogOfWhichNothingIsRecognisedFails() throws IOException {
    LogFiles logs = find(Logs.write(directory.resolve("other.log"), "u", "u", "u", "u"));
    read(logs);
    assertTrue(logs.failed());
    assertEquals(2, logs.problems().size(), () -> logs.problems().toString());
    assertTrue(logs.problems().get(1).contains("none of its 4 records was recognised"));
  }

  @Test
  void aLogWithoutEventsOfInterestIsFineAndSoIsAnEmptyOne() throws IOException {
    Path quiet = Logs.write(directory.resolve("quiet.log"), "n", "u", "n");
    Path empty = Logs.write(directory.resolve("empty.log"));
    LogFiles logs = find(quiet, empty);
    read(logs);
    assertFalse(logs.failed());
    assertEquals(1, logs.problems().size());
  }
}
