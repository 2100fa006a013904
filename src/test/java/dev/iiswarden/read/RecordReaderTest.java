package dev.iiswarden.read;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Records of one or many lines in one file are told apart. Each is shown as {@code line: text}. */
class RecordReaderTest {
  private static final String JSON = "{\"EventID\":1}";
  private static final String EVENT = "<Event><System/></Event>";
  private static final String TEXT = "03/04/2026 05:12:07 PM\nLogName=Security\nMessage=a";

  static List<String> records(String text) throws IOException {
    return records(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
  }

  static List<String> records(InputStream in) throws IOException {
    List<String> records = new ArrayList<>();
    try (RecordReader reader = new RecordReader(in)) {
      while (reader.next()) {
        String flaw = reader.flaw();
        records.add(
            reader.line()
                + ": "
                + (flaw == null
                    ? new String(
                            reader.bytes(), reader.start(), reader.length(), StandardCharsets.UTF_8)
                        .strip()
                    : "(" + flaw + ")"));
      }
    }
    return records;
  }

  @Test
  void jsonIsARecordALine() throws IOException {
    assertEquals(List.of("1: " + JSON, "3: " + JSON), records(JSON + "\r\n\n  " + JSON));
  }

  @Test
  void whatIsNoneOfOursIsARecordALine() throws IOException {
    assertEquals(
        List.of("1: hello", "2: <html>", "3: [1,", "4: 03/04/2026"),
        records("hello\n<html>\n[1,\n03/04/2026\n"));
  }

  @Test
  void anEventLiesBetweenItsTagsOverAnyNumberOfLines() throws IOException {
    String event =
        "<Event xmlns='x'>\n  <System>\n\n    <EventID>1</EventID>\n  </System>\n</Event>";

    assertEquals(
        List.of("1: " + event, "7: " + JSON, "8: " + event),
        records(event + "\n" + JSON + "\n" + event));
  }

  @Test
  void manyEventsMayStandOnOneLine() throws IOException {
    assertEquals(
        List.of("1: " + EVENT, "1: " + EVENT, "2: " + EVENT),
        records(EVENT + EVENT + "\n" + EVENT));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<?xml version=\"1.0\" encoding=\"utf-8\" standalone=\"yes\"?>%s",
        "<?xml version=\"1.0\"?><Events>%s</Events>",
        "<Events xmlns=\"x\">\t%s</Events>\n",
        "<root>%s</root>",
        "  %s  "
      })
  void whatExportsPutAroundTheirEventsIsNoRecord(String wrapper) throws IOException {
    assertEquals(List.of("1: " + EVENT), records(wrapper.replace("%s", EVENT)));
  }

  @Test
  void wrappersMayStandOnLinesOfTheirOwn() throws IOException {
    assertEquals(
        List.of("3: " + EVENT, "4: " + EVENT),
        records("<?xml version='1.0'?>\n<Events>\n" + EVENT + "\n" + EVENT + "\n</Events>\n"));
  }

  @Test
  void anEventThatNeverEndsIsReportedAndTheRestIsRead() throws IOException {
    String flaw = "(an Event element without an end tag)";

    assertEquals(List.of("1: " + flaw, "3: " + EVENT), records("<Event>\n<System>\n" + EVENT));
    assertEquals(List.of("1: " + flaw, "2: " + JSON), records("<Event><System>\n" + JSON));
    assertEquals(List.of("1: " + flaw), records("<Event><System>"));
  }

  @Test
  void codeInAScriptBlockIsNoRecord() throws IOException {
    String event = "<Event><Data>if (1) {\n{ x }\n  {\"a\"\n</Data></Event>";

    assertEquals(List.of("1: " + event), records(event));
  }

  @Test
  void splunksTextGoesFromItsDateToTheNext() throws IOException {
    assertEquals(
        List.of("1: " + TEXT + "\n\n\tb:\tc", "7: " + TEXT, "10: " + EVENT, "11: " + TEXT),
        records(TEXT + "\n\n\tb:\tc\n\n" + TEXT + "\n" + EVENT + "\n" + TEXT));
  }

  @Test
  void splunksTextEndsWhereJsonBegins() throws IOException {
    assertEquals(List.of("1: " + TEXT, "4: " + JSON), records(TEXT + "\n" + JSON));
  }

  @Test
  void aRecordThatIsTooLongIsSkippedInBoundedMemory() throws IOException {
    String filler = ("<Data>" + "x".repeat(1 << 20) + "</Data>\n").repeat(17);
    String flaw = "(longer than 16 MiB, skipped)";

    assertEquals(
        List.of("1: " + flaw, "20: " + EVENT),
        records("<Event>\n" + filler + "</Event>\n" + EVENT));
    assertEquals(
        List.of("1: " + flaw, "1: " + EVENT),
        records("<Event>" + "x".repeat(17 << 20) + "</Event>" + EVENT));
    assertEquals(List.of("1: " + flaw, "21: " + TEXT), records(TEXT + "\n" + filler + TEXT));
  }
}
