package dev.iiswarden;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.iiswarden.decode.Decoded;
import dev.iiswarden.decode.EventDecoder;
import dev.iiswarden.decode.EventDecoders;
import dev.iiswarden.sink.InMemorySink;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Real events of public data sets, none of them malicious in the sense of the base rules. They are
 * not part of this project: where they are not at hand these tests are skipped.
 */
class SharedDataTest {
  private static final Path DATA = Path.of("..", "shared", "data");

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "sysmon-corpus.ndjson.gz, 69811",
    "otrf-iis.flat.ndjson, 200",
    "otrf-rare-ids.flat.ndjson, 5",
    "attackrange.nxlog.ndjson, 60",
    "derived-ecs-B.otrf-iis.ndjson, 120",
    "derived-ecs-C.otrf-iis.ndjson, 120",
    "derived-ecs-C-dotted.otrf-iis.ndjson, 60",
    "elastic-endpoint.ecs.ndjson, 9",
    "elastic-sysmon-golden.ecs.ndjson, 5"
  })
  void realEventsAreAllReadAndRaiseNothing(String file, long events) throws IOException {
    assumeTrue(Files.exists(DATA.resolve(file)), () -> "no " + DATA.resolve(file) + " here");
    InMemorySink sink = new InMemorySink();
    List<Decoded.Malformed> malformed = new ArrayList<>();
    EventDecoder decoder = EventDecoders.auto();
    try (InputStream raw = Files.newInputStream(DATA.resolve(file));
        BufferedReader lines =
            new BufferedReader(
                new InputStreamReader(
                    file.endsWith(".gz") ? new GZIPInputStream(raw) : raw,
                    StandardCharsets.UTF_8));
        Detector detector = Detector.builder().sink(sink).onMalformed(malformed::add).build()) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        detector.accept(decoder.decode(line));
      }
      detector.flush();
      assertEquals(events, detector.counters().events());
    }
    assertEquals(List.of(), malformed);
    assertEquals(List.of(), sink.alerts());
  }
}
