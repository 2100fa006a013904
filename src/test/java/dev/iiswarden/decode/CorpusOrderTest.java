package dev.iiswarden.decode;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.iiswarden.event.Event;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeSet;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;

/**
 * How far the corpus is out of order, host by host, agrees with its index. This depends on reading
 * the right machine and the right time. The index counts all events of each recording, while the
 * corpus has only the events of some ids. So no count here can exceed that of the index, unless
 * hosts or times are mixed up. Reading only the two fields by hand must give the same counts.
 */
class CorpusOrderTest {
  private static final Path DATA = Path.of("..", "shared", "data");
  private static final ObjectMapper JSON = new ObjectMapper();

  @Test
  void hostsAndOrderAreThoseOfTheIndex() throws IOException {
    Path corpus = DATA.resolve("sysmon-corpus.ndjson.gz");
    assumeTrue(Files.exists(corpus), () -> "no " + corpus + " here");
    EventDecoder decoder = EventDecoders.auto();
    JsonNode index = JSON.readTree(DATA.resolve("sysmon-corpus.index.json").toFile());
    long lines = 0;
    long outOfOrder = 0;
    try (BufferedReader reader =
        new BufferedReader(
            new InputStreamReader(
                new GZIPInputStream(Files.newInputStream(corpus)), StandardCharsets.UTF_8))) {
      for (JsonNode recording : index) {
        Order decoded = new Order();
        Order byHand = new Order();
        for (int i = 0; i < recording.get("lines").asInt(); i++) {
          String line = reader.readLine();
          lines++;
          for (Event event : decoder.decode(line).events()) {
            decoded.add(String.valueOf(event.getHost().getName()), event.getTimestamp());
            JsonNode fields = JSON.readTree(line);
            byHand.add(
                fields.get("Hostname").asText(),
                Instant.parse(fields.get("UtcTime").asText().replace(' ', 'T') + "Z"));
          }
        }
        String name = recording.get("member").asText();
        TreeSet<String> hosts = new TreeSet<>();
        recording.get("hosts").forEach(host -> hosts.add(host.asText()));
        assertEquals(hosts, new TreeSet<>(decoded.latest.keySet()), name);
        assertEquals(byHand.count, decoded.count, name);
        assertEquals(byHand.late, decoded.late, name);
        assertTrue(decoded.count <= recording.get("out_of_order").asLong(), name);
        assertTrue(
            decoded.late.toMillis() <= Math.round(recording.get("max_late_s").asDouble() * 1000),
            name);
        outOfOrder += decoded.count;
      }
      assertEquals(null, reader.readLine());
    }
    assertEquals(69_811, lines);
    assertEquals(5_231, outOfOrder);
  }

  /** Counts the events that are older than the latest one of their host. */
  private static final class Order {
    private final Map<String, Instant> latest = new HashMap<>();
    private long count;
    private Duration late = Duration.ZERO;

    void add(String host, Instant time) {
      Instant before = latest.getOrDefault(host, Instant.MIN);
      if (time.isBefore(before)) {
        count++;
        Duration behind = Duration.between(time, before);
        late = behind.compareTo(late) > 0 ? behind : late;
      } else {
        latest.put(host, time);
      }
    }
  }
}
