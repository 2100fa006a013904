package dev.iiswarden.read;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/**
 * Records come out as they went in, however they are mixed and into whatever pieces a file is
 * split.
 */
class RecordReaderProperties {
  @Property(tries = 2_000)
  void recordsComeOutAsTheyWentIn(
      @ForAll("records") List<String> records, @ForAll boolean windows, @ForAll long seed)
      throws IOException {
    StringBuilder text = new StringBuilder();
    List<String> expected = new ArrayList<>();
    int line = 1;
    for (String record : records) {
      expected.add(line + ": " + record);
      text.append(record).append("\n\n".substring(line % 2));
      line += (int) record.lines().count() + 1 - line % 2;
    }
    String log = windows ? text.toString().replace("\n", "\r\n") : text.toString();
    Random random = new Random(seed);

    assertEquals(
        expected,
        RecordReaderTest.records(
            new FilterInputStream(new ByteArrayInputStream(log.getBytes(StandardCharsets.UTF_8))) {
              @Override
              public int read(byte[] bytes, int offset, int length) throws IOException {
                return super.read(bytes, offset, Math.min(length, 1 + random.nextInt(20)));
              }
            }));
  }

  @Provide
  Arbitrary<List<String>> records() {
    return Arbitraries.of(
            "{\"EventID\":1,\"a\":\"</Event>\"}",
            "<Event><System/></Event>",
            "<Event>\n  <Data>\u00e4\n { x }</Data>\n\n</Event>",
            "03/04/2026 05:12:07 PM\nLogName=Security\nMessage=a\n\n\tb:\tc",
            "03/04/2026 05:12:07.123 AM\nMessage=</Event>")
        .list()
        .ofMaxSize(8);
  }
}
