package dev.iiswarden.cli;

import static dev.iiswarden.cli.Program.iiswarden;
import static dev.iiswarden.cli.Program.replayBaseQuery;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.iiswarden.cli.Program.Ended;
import dev.iiswarden.read.evtx.EvtxFiles;
import dev.iiswarden.read.evtx.EvtxFiles.Value;
import dev.iiswarden.read.evtx.EvtxFiles.Xml;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** EVTX files are read, and what is lost of them is told. */
class ReplayEvtxTest {
  private final EvtxFiles file = new EvtxFiles().chunk().record(ReplayEvtxTest::event);

  @TempDir private Path directory;

  /** Writes an event that is read and is not of interest. */
  private static void event(Xml record) {
    record
        .fragment()
        .instance(
            "sysmon",
            xml ->
                xml.open("Event", "xmlns", "http://schemas.microsoft.com/win/2004/08/events/event")
                    .open("System")
                    .open("Provider", "Name", "Microsoft-Windows-Sysmon")
                    .close()
                    .element("EventID", "16")
                    .open("TimeCreated", "SystemTime", "2026-03-04T08:00:00.000000Z")
                    .close()
                    .element("Channel", "Microsoft-Windows-Sysmon/Operational")
                    .element("Computer", "WEB01")
                    .close()
                    .open("EventData")
                    .close()
                    .close())
        .eof();
  }

  @Test
  void aDamagedRecordIsNamedByItsNumber() throws Exception {
    Path log = Files.write(directory.resolve("x.evtx"), file.event(Value.of(0x42, 1)).bytes());
    Ended ended = replayBaseQuery(directory).run().with(0);
    assertEquals(
        log
            + ": 1 malformed record (damaged EVTX record 2: a value of the unknown type 0x42), at"
            + " record 2",
        ended.err().strip());
  }

  @Test
  void damagedChunksAreAProblemAndFailTheRun() throws Exception {
    int first = file.bytes().length;
    byte[] damaged = file.chunk().event(Value.text("b")).chunk().event(Value.text("c")).bytes();
    Arrays.fill(damaged, first, damaged.length, (byte) 0xee);
    Path log = Files.write(directory.resolve("x.evtx"), damaged);
    Path report = directory.resolve("report.html");
    Ended ended = replayBaseQuery("--quiet", "--report", report, log).run().with(1);
    String problem = ": 2 damaged chunks: 131,072 bytes skipped";
    assertEquals(log + problem, ended.err().strip());
    assertTrue(data(report).contains(problem), "the report does not have it");
  }

  /** The compressed data in a report. */
  private static String data(Path report) throws IOException {
    Matcher compressed = Pattern.compile("H4sI[\\w+/=]+").matcher(Files.readString(report));
    assertTrue(compressed.find());
    byte[] bytes = Base64.getDecoder().decode(compressed.group());
    try (InputStream in = new GZIPInputStream(new ByteArrayInputStream(bytes))) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  @Test
  void aFileThatIsCutOffIsReadToTheRecordBeforeTheCut() throws Exception {
    int cut = 4096 + file.position() + 40;
    byte[] whole = file.record(ReplayEvtxTest::event).bytes();
    Path log = directory.resolve("x.evtx");
    Files.write(log, Arrays.copyOf(whole, cut));
    Ended ended = replayBaseQuery(log).run().with(1);
    assertTrue(
        ended.err().contains(log + ": record 1: cannot be read beyond this record: the EVTX"),
        ended::toString);
  }

  @Test
  void explainSaysWhichRecordIsMissing() throws Exception {
    Path log = Files.write(directory.resolve("x.evtx"), file.bytes());
    Ended ended = iiswarden("explain", "--line", "1,7", log).run().with(1);
    assertEquals(log + " has no record 7", ended.err().strip());
  }
}
