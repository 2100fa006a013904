package dev.iiswarden.read;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Records of logs that are not one JSON object a line. */
class FramingTest {
  @Test
  void elementsOfArraysAreRecordsHoweverTheyAreLaidOut() throws IOException {
    List<String> expected = List.of("{\"a\":1}", "{\"b\":[{\"c\":\"}\"}]}");
    for (String log :
        List.of(
            "[{\"a\":1},{\"b\":[{\"c\":\"}\"}]}]",
            "[\n{\"a\":1},\n{\"b\":[{\"c\":\"}\"}]}\n]\n",
            "[{\"a\":1}\n,{\"b\":[{\"c\":\"}\"}]}]",
            "[\r\n  {\"a\":1}, {\"b\":[{\"c\":\"}\"}]}\r\n]")) {
      assertEquals(expected, texts(log), log);
    }
  }

  @Test
  void anObjectOverSeveralLinesIsOneRecordWithItsPlace() throws IOException {
    String log = "{\n \"a\": 1\n}\n{\n \"b\":\n {}\n}\nRecord 7\n{\"c\":1}\n";

    assertEquals(
        List.of("1@0 {\n \"a\": 1\n}", "4@12 {\n \"b\":\n {}\n}", "9@35 {\"c\":1}"),
        records(log).stream()
            .map(record -> record.line() + "@" + record.offset() + " " + record.text())
            .toList());
  }

  @Test
  void ofADocumentThatIsCutOffOneRecordIsLost() throws IOException {
    for (String next : List.of("{\"b\":2}", "<Event><System/></Event>", "Mar  4 03:12:07 x: y")) {
      List<Read> records = records("{\n \"a\": \"x\",\n" + next + "\n{\"c\":3}\n");

      assertEquals(3, records.size(), next);
      assertEquals("a JSON document without its end", records.get(0).flaw());
      assertEquals(next, records.get(1).text().strip());
      assertEquals("{\"c\":3}", records.get(2).text());
    }
  }

  @Test
  void theResponseToASearchIsSplitIntoItsHits() throws IOException {
    int hits = 200_000;
    List<InputStream> parts = new ArrayList<>();
    parts.add(ascii("{\"took\":1,\"_shards\":{\"x\":[1]},\"hits\":{\"total\":9,\"hits\":["));
    String padding = "x".repeat(200);
    for (int i = 0; i < hits; i += 1000) {
      int from = i;
      StringBuilder part = new StringBuilder();
      IntStream.range(from, from + 1000)
          .forEach(
              n ->
                  part.append(n == 0 ? "" : ",")
                      .append("{\"_id\":" + n + ",\"p\":\"" + padding + "\"}"));
      parts.add(ascii(part.toString()));
    }
    parts.add(ascii("]},\"later\":{\"y\":1}}\n{\"after\":1}\n"));
    InputStream log = new SequenceInputStream(Collections.enumeration(parts));
    int count = 0;
    String last = "";
    try (LogReader reader = LogReader.of("log", log)) {
      for (LogRecord record = reader.next(); record != null; record = reader.next()) {
        if (record.text().startsWith("{\"_id\":" + count + ",")) {
          count++;
        }
        last = record.text();
      }
    }
    assertEquals(hits, count);
    assertEquals("{\"after\":1}", last);
  }

  @Test
  void aTableHasARecordForEachRow() throws IOException {
    String log =
        "EventId;Computer;Payload\n4688;\"WEB01\";\"say \"\"hi\"\"\nthere\"\n\n1;-;x\n2;y;\"open";

    List<Read> records = records(log);

    assertEquals(
        List.of(
            "2 {\"EventId\":\"4688\",\"Computer\":\"WEB01\",\"Payload\":\"say \\\"hi\\\"\\nthere\"}",
            "5 {\"EventId\":\"1\",\"Payload\":\"x\"}",
            "6 {\"EventId\":\"2\",\"Computer\":\"y\",\"Payload\":\"open\\n\"}"),
        records.stream().map(record -> record.line() + " " + record.text()).toList());
    assertTrue(records.get(2).flaw().startsWith("a row"));
  }

  @Test
  void linesWithCommasAreNoTable() throws IOException {
    assertEquals(2, records("a, message, with commas\nanother, one\n").size());
    assertEquals("a,b,c", texts("a,b,c\n").get(0));
  }

  @Test
  void whatStandsAroundEventsIsNoRecord() throws IOException {
    String log =
        "evtxexport 20240101\n\n<s:Envelope><w:Events><w:Event><![CDATA[<Event><System/></Event>]]>"
            + "</w:Event></w:Events></s:Envelope>\n<ev:Event>\n<ev:System/>\n</ev:Event>\n";

    List<String> texts = texts(log);

    assertEquals(2, texts.size(), texts::toString);
    assertTrue(texts.get(0).endsWith("<Event><System/></Event>"), texts::toString);
    assertEquals("<ev:Event>\n<ev:System/>\n</ev:Event>", texts.get(1).strip());
  }

  private static InputStream ascii(String text) {
    return new ByteArrayInputStream(text.getBytes(StandardCharsets.US_ASCII));
  }

  private static List<String> texts(String log) throws IOException {
    return records(log).stream().map(Read::text).toList();
  }

  /** What a record was when it was read: the reader uses its array again. */
  private record Read(long line, long offset, String text, String flaw) {}

  private static List<Read> records(String log) throws IOException {
    List<Read> records = new ArrayList<>();
    try (LogReader reader = LogReader.of("log", ascii(log))) {
      for (LogRecord record = reader.next(); record != null; record = reader.next()) {
        records.add(
            new Read(record.line(), record.offset(), record.text(), record.flaw().orElse("")));
      }
    }
    return records;
  }
}
