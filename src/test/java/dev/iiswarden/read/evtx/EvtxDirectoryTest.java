package dev.iiswarden.read.evtx;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * The EVTX files of a directory are read without a flaw, and where a file of JSON of the same name
 * lies beside one, which {@code evtx_dump} made, the events are the same. The directory is that of
 * the system property {@code evtx.directory}, and otherwise that of the shared data; without it the
 * test is skipped.
 *
 * <p>Two differences are intended: evtx_dump drops the seventh digit of a time, and the version
 * that made these files drops blanks at the end of text.
 */
class EvtxDirectoryTest {
  private static final Path DIRECTORY =
      Path.of(System.getProperty("evtx.directory", "../shared/data/evtx"));

  /** SigmaHQ's JSON of this event has a file name in other letters than the event itself. */
  private static final String EDITED = "ad691d92-15f2-4181-9aa4-723c74f9ddc3.evtx";

  private static final ObjectMapper JSON = new ObjectMapper();

  @Test
  void everyEventIsThatOfTheJsonBesideIt() throws IOException {
    assumeTrue(Files.isDirectory(DIRECTORY), () -> "no " + DIRECTORY + " here");
    List<Path> files;
    try (Stream<Path> paths = Files.walk(DIRECTORY)) {
      files = paths.filter(path -> path.toString().endsWith(".evtx")).sorted().toList();
    }
    int records = 0;
    int compared = 0;
    for (Path file : files) {
      List<JsonNode> events = read(file);
      records += events.size();
      Path beside = Path.of(file.toString().replaceAll("evtx$", "json"));
      if (Files.exists(beside)) {
        List<JsonNode> expected = readJson(beside);
        assertEquals(expected.size(), events.size(), file::toString);
        for (int i = 0; i < events.size(); i++) {
          Map<String, String> found = fields(events.get(i));
          if (file.endsWith(EDITED)) {
            found.replaceAll((path, value) -> value.replace("Explorer.EXE", "Explorer.exe"));
          }
          assertEquals(fields(expected.get(i)), found, file + " " + i);
          compared++;
        }
      }
    }
    System.out.printf(
        "%d EVTX files, %d records, %d compared with JSON%n", files.size(), records, compared);
  }

  private static List<JsonNode> read(Path file) throws IOException {
    List<JsonNode> events = new ArrayList<>();
    try (InputStream in = new BufferedInputStream(Files.newInputStream(file));
        EvtxReader reader = new EvtxReader(in)) {
      while (reader.next()) {
        assertEquals(null, reader.flaw(), file::toString);
        events.add(JSON.readTree(reader.bytes(), reader.start(), reader.length()));
      }
      assertEquals(0, reader.damagedChunks(), file::toString);
    }
    return sorted(events);
  }

  private static List<JsonNode> readJson(Path file) throws IOException {
    try (MappingIterator<JsonNode> events =
        JSON.readerFor(JsonNode.class).readValues(file.toFile())) {
      return sorted(events.readAll());
    }
  }

  /** evtx_dump may change the order, because it works with several threads. */
  private static List<JsonNode> sorted(List<JsonNode> events) {
    return events.stream()
        .sorted(Comparator.comparingLong(e -> e.at("/Event/System/EventRecordID").asLong()))
        .toList();
  }

  private static Map<String, String> fields(JsonNode event) {
    Map<String, String> fields = new TreeMap<>();
    addFields(event, "", fields);
    return fields;
  }

  private static void addFields(JsonNode node, String path, Map<String, String> fields) {
    if (node.isObject()) {
      node.properties().forEach(e -> addFields(e.getValue(), path + "/" + e.getKey(), fields));
    } else if (node.isArray()) {
      for (int i = 0; i < node.size(); i++) {
        addFields(node.get(i), path + "/" + i, fields);
      }
    } else if (path.endsWith("/SystemTime")) {
      fields.put(path, Instant.parse(node.asText()).truncatedTo(ChronoUnit.MICROS).toString());
    } else {
      fields.put(path, node.isTextual() ? '"' + node.asText().stripTrailing() : node.toString());
    }
  }
}
