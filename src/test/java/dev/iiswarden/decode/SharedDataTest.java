package dev.iiswarden.decode;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.iiswarden.Detector;
import dev.iiswarden.sink.InMemorySink;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Decodes real events of public data sets, none of which is malicious in the sense of the base
 * rules. The data sets are not part of this project; without them these tests are skipped.
 *
 * <p>These records are rejected: three Security events of {@code otrf-iis.flat} whose only time is
 * a {@code TimeCreated} that is five hours behind the Sysmon events around them, an {@code
 * EventData} without its {@code Event}, an event cut off in the middle, and a text cut off after
 * its date.
 */
class SharedDataTest {
  private static final Path DATA = Path.of("..", "shared", "data");
  private static final ObjectMapper JSON = new ObjectMapper();

  /** A recorded intrusion: the worker process of Outlook on the web starts a shell. */
  private static final Map<String, List<String>> EXPLAINED =
      Map.of(
          "otrf-iis.flat.ndjson",
          List.of("medium w3wp.exe (MSExchangeOWAAppPool) started cmd.exe"),
          "derived-ecs-B.otrf-iis.ndjson",
          List.of("medium w3wp.exe started cmd.exe"));

  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource(
      delimiter = '|',
      value = {
        "sysmon-corpus.ndjson.gz              | FLAT=69811                      | 69059 | 0",
        "otrf-iis.flat.ndjson                 | FLAT=200                        |   151 | 12",
        "otrf-rare-ids.flat.ndjson            | FLAT=5                          |     5 | 0",
        "attackrange.nxlog.ndjson             | FLAT=60                         |    50 | 0",
        "otrf-shape-variants.ndjson           | WINLOGBEAT_6=1,FLAT=10,AZURE=1  |     4 | 0",
        "sigma-regression.evtxdump.ndjson     | EVTX_DUMP=80                    |    77 | 0",
        "sysmon-by-id.xml.ndjson              | XML=100                         |   100 | 0",
        "splunk.xmlwineventlog.ndjson         | XML=38                          |    18 | 2",
        "security-4657.xml.ndjson             | XML=1                           |     1 | 0",
        "iis-configuration-29.xml.ndjson      | XML=1                           |     1 | 1",
        "derived-ecs-B.otrf-iis.ndjson        | ECS=120                         |   120 | 0",
        "derived-ecs-C.otrf-iis.ndjson        | ECS=120                         |   120 | 0",
        "derived-ecs-C-dotted.otrf-iis.ndjson | ECS=60                          |    60 | 0",
        "elastic-endpoint.ecs.ndjson          | ECS=9                           |     9 | 0",
        "elastic-sysmon-golden.ecs.ndjson     | ECS=5                           |     5 | 0"
      })
  void realEventsAreAllReadAndRaiseNothingUnexplained(
      String file, String shapes, long withFacts, long refused) throws IOException {
    assumeTrue(Files.exists(DATA.resolve(file)), () -> "no " + DATA.resolve(file) + " here");
    InMemorySink sink = new InMemorySink();
    EventDecoder decoder = EventDecoders.auto();
    Map<Shape, Integer> byShape = new EnumMap<>(Shape.class);
    Map<String, Integer> reasons = new TreeMap<>();
    long facts = 0;
    try (BufferedReader lines = open(DATA.resolve(file));
        Detector detector =
            Detector.builder()
                .sink(sink)
                .onMalformed(malformed -> reasons.merge(malformed.reason(), 1, Integer::sum))
                .build()) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        Decoded decoded = decoder.decode(event(line));
        decoded.shape().ifPresent(shape -> byShape.merge(shape, 1, Integer::sum));
        facts += decoded.events().isEmpty() ? 0 : 1;
        detector.accept(decoded);
      }
    }
    long found = facts;
    assertAll(
        () -> assertEquals(shapes, byShape.toString().replaceAll("[{} ]", "")),
        () -> assertEquals(withFacts, found, "records that became facts"),
        () ->
            assertEquals(
                refused,
                reasons.values().stream().mapToInt(Integer::intValue).sum(),
                reasons::toString),
        () ->
            assertEquals(
                EXPLAINED.getOrDefault(file, List.of()),
                sink.alerts().stream()
                    .map(alert -> alert.incident().severity() + " " + alert.incident().verdict())
                    .toList()));
  }

  /** Returns the event itself, which the data set wraps if it is XML or one example of many. */
  private static String event(String line) throws IOException {
    if (!line.startsWith("{\"source") && !line.startsWith("{\"count")) {
      return line;
    }
    JsonNode wrapped = JSON.readTree(line);
    if (wrapped.has("example")) {
      return wrapped.get("example").toString();
    }
    return wrapped.has("xml") ? wrapped.get("xml").asText() : wrapped.path("raw").asText(line);
  }

  private static BufferedReader open(Path file) throws IOException {
    InputStream raw = Files.newInputStream(file);
    return new BufferedReader(
        new InputStreamReader(
            file.toString().endsWith(".gz") ? new GZIPInputStream(raw) : raw,
            StandardCharsets.UTF_8));
  }
}
