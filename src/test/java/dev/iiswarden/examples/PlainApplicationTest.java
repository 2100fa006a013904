package dev.iiswarden.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PlainApplicationTest {
  @TempDir private Path directory;

  @Test
  void everyRunGoesOnWhereTheLastOneEnded() throws IOException {
    List<String> all = SampleLines.all();
    Path log = directory.resolve("events.ndjson");
    Path alerts = directory.resolve("alerts.ndjson");
    // The log grows between runs, and sequences begin in one run and end in another.
    for (int length = 1; length <= all.size(); length++) {
      Files.write(log, all.subList(0, length));
      PlainApplication.main(
          log.toString(), alerts.toString(), directory.resolve("state").toString());
    }
    assertEquals(SampleLines.alertIds(), SampleLines.alertIdsIn(alerts));
  }
}
