package dev.iiswarden.examples;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.iiswarden.Detector;
import dev.iiswarden.alert.Alert;
import dev.iiswarden.decode.EventDecoders;
import dev.iiswarden.sink.InMemorySink;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** The input of the examples and the expected alerts. */
final class SampleLines {
  private SampleLines() {}

  /** The line-based samples: two web servers, one after the other. */
  static List<String> all() throws IOException {
    List<String> lines = new ArrayList<>();
    for (String file : List.of("web01.sysmon.ndjson", "web02.ecs.ndjson")) {
      lines.addAll(Files.readAllLines(Path.of("src", "samples", file)));
    }
    return lines;
  }

  /** The ids of the alerts that one undisturbed detector raises. */
  static Set<String> alertIds() throws IOException {
    InMemorySink sink = new InMemorySink();
    try (Detector detector = Detector.builder().sink(sink).build()) {
      all().forEach(line -> detector.accept(EventDecoders.auto().decode(line)));
    }
    Set<String> ids = new TreeSet<>();
    sink.alerts().stream().map(Alert::id).forEach(ids::add);
    if (ids.size() < 5) {
      throw new IllegalStateException("the samples have become too quiet: " + ids);
    }
    return ids;
  }

  /** The ids of the alerts in a file of JSON Lines. */
  static Set<String> alertIdsIn(Path file) throws IOException {
    Set<String> ids = new TreeSet<>();
    for (String line : Files.readAllLines(file)) {
      ids.add(id(line));
    }
    return ids;
  }

  /** The id of an alert as it is written. */
  static String id(String json) throws IOException {
    return new ObjectMapper().readTree(json).at("/event/id").textValue();
  }
}
