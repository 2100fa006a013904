package dev.iiswarden.sink;

import static dev.iiswarden.testing.IisEvents.START;
import static dev.iiswarden.testing.IisEvents.load;
import static dev.iiswarden.testing.RaisedAlerts.alert;
import static dev.iiswarden.testing.RaisedAlerts.alerts;
import static dev.iiswarden.testing.RaisedAlerts.raisedBy;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.iiswarden.alert.Alert;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JsonLinesSinkTest {
  private static final Path FULL_DISK = Path.of("/dev/full");

  @TempDir private Path directory;

  @Test
  void eachAlertIsALine() throws IOException {
    List<Alert> alerts = alerts("l", 3);
    write(alerts);
    assertEquals(alerts.stream().map(Alert::toJson).toList(), Files.readAllLines(file()));
  }

  @Test
  void theLastLineEndsToo() throws IOException {
    write(List.of(alert("l")));
    assertTrue(Files.readString(file()).endsWith("}\n"));
  }

  @Test
  void whatIsInTheFileStays() throws IOException {
    Alert first = alert("first");
    Alert second = alert("second");
    write(List.of(first));
    write(List.of(second));
    assertEquals(List.of(first.toJson(), second.toJson()), Files.readAllLines(file()));
  }

  @Test
  void alertsDoNotContinueALineThatWasCutOff() throws IOException {
    Alert alert = alert("l");
    Files.writeString(file(), "{\"whole\":1}\n{\"cut");
    write(List.of(alert));
    assertEquals(List.of("{\"whole\":1}", "{\"cut", alert.toJson()), Files.readAllLines(file()));
  }

  @Test
  void openingAFileOfWholeLinesChangesNothing() throws IOException {
    Files.writeString(file(), "{\"whole\":1}\n");
    write(List.of());
    assertEquals("{\"whole\":1}\n", Files.readString(file()));
  }

  @Test
  void anAlertCanBeReadBeforeTheSinkIsClosed() throws IOException {
    try (JsonLinesSink sink = new JsonLinesSink(file())) {
      for (int count = 1; count <= 3; count++) {
        sink.accept(alert("l" + count));
        assertEquals(count, Files.readAllLines(file()).size());
      }
    }
  }

  @Test
  void aLineBreakInAFieldStartsNoLine() throws IOException {
    write(raisedBy(load("l", "WEB\nWEB\r\n", START)));
    assertEquals(1, Files.readAllLines(file()).size());
  }

  @Test
  void linesAreUtf8() throws IOException {
    write(raisedBy(load("l", "WÉB-日本-😀", START)));
    assertTrue(Files.readString(file()).contains("\"WÉB-日本-😀\""));
  }

  @Test
  void aClosedSinkRefusesAlerts() throws IOException {
    JsonLinesSink sink = new JsonLinesSink(file());
    sink.close();
    Alert alert = alert("l");
    UncheckedIOException refusal =
        assertThrows(UncheckedIOException.class, () -> sink.accept(alert));
    assertTrue(refusal.toString().contains(file().toString()), refusal::toString);
  }

  @Test
  void closingTwiceIsNoMistake() throws IOException {
    JsonLinesSink sink = new JsonLinesSink(file());
    sink.close();
    sink.close();
  }

  @Test
  void aFileThatCannotBeMadeIsNamed() {
    Path inNowhere = directory.resolve("nowhere").resolve("alerts.jsonl");
    IOException error = assertThrows(IOException.class, () -> new JsonLinesSink(inNowhere));
    assertTrue(String.valueOf(error.getMessage()).contains(inNowhere.toString()));
  }

  @Test
  void aDirectoryIsNoFile() {
    IOException error = assertThrows(IOException.class, () -> new JsonLinesSink(directory));
    assertTrue(String.valueOf(error.getMessage()).contains(directory.toString()));
  }

  @Test
  void aFullDiskIsReportedForEachAlert() throws IOException {
    assumeTrue(Files.exists(FULL_DISK), "this system has no " + FULL_DISK);
    Alert alert = alert("l");
    try (JsonLinesSink sink = new JsonLinesSink(FULL_DISK)) {
      for (int attempt = 0; attempt < 2; attempt++) {
        UncheckedIOException refusal =
            assertThrows(UncheckedIOException.class, () -> sink.accept(alert));
        assertTrue(refusal.toString().contains("cannot write to " + FULL_DISK), refusal::toString);
      }
    }
  }

  @Test
  void anInterruptedThreadWritesAsWell() throws IOException {
    List<Alert> alerts = alerts("l", 2);
    try (JsonLinesSink sink = new JsonLinesSink(file())) {
      Thread.currentThread().interrupt();
      sink.accept(alerts.get(0));
      assertTrue(Thread.interrupted(), "the interrupt is for the application");
      sink.accept(alerts.get(1));
    }
    assertEquals(2, Files.readAllLines(file()).size());
  }

  @Test
  void severalThreadsWriteWholeLines() throws Exception {
    List<Alert> alerts = alerts("l", 400);
    try (JsonLinesSink sink = new JsonLinesSink(file())) {
      SeveralThreads.forEach(alerts, sink::accept);
    }
    assertEquals(
        alerts.stream().map(Alert::toJson).sorted().toList(),
        Files.readAllLines(file()).stream().sorted().toList());
  }

  private void write(List<Alert> alerts) throws IOException {
    try (JsonLinesSink sink = new JsonLinesSink(file())) {
      alerts.forEach(sink::accept);
    }
  }

  private Path file() {
    return directory.resolve("alerts.jsonl");
  }
}
