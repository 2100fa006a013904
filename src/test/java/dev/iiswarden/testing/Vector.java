package dev.iiswarden.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;

/**
 * One case of the base rules' contract: a folder with {@code events.ndjson}, or the same with
 * {@code .gz}, in the order of arrival, and {@code expected.ndjson}.
 *
 * @param name the folder's name
 * @param lines the events as they are in the file, blank and broken lines included
 * @param expected the alerts, in no particular order
 */
public record Vector(String name, List<String> lines, List<ExpectedAlert> expected) {
  private static final Path FOLDER = Path.of("src", "test", "resources", "vectors");
  private static final ObjectMapper JSON = new ObjectMapper();

  /** All cases by name. */
  public static List<Vector> all() {
    try (Stream<Path> folders = Files.list(FOLDER)) {
      List<Vector> vectors = new ArrayList<>();
      for (Path folder : folders.sorted().toList()) {
        vectors.add(read(folder));
      }
      return vectors;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Vector read(Path folder) throws IOException {
    List<ExpectedAlert> expected = new ArrayList<>();
    for (String line : lines(Files.readAllBytes(folder.resolve("expected.ndjson")))) {
      JsonNode alert = JSON.readTree(line);
      List<String> ids = new ArrayList<>();
      alert.required("events").forEach(id -> ids.add(id.textValue()));
      expected.add(
          new ExpectedAlert(
              alert.required("rule").textValue(), alert.required("host").textValue(), ids));
    }
    return new Vector(folder.getFileName().toString(), lines(events(folder)), expected);
  }

  private static byte[] events(Path folder) throws IOException {
    Path plain = folder.resolve("events.ndjson");
    if (Files.exists(plain)) {
      return Files.readAllBytes(plain);
    }
    try (InputStream in =
        new GZIPInputStream(Files.newInputStream(folder.resolve("events.ndjson.gz")))) {
      return in.readAllBytes();
    }
  }

  /** Only a line feed ends a line: values may contain other line ends. */
  private static List<String> lines(byte[] content) {
    String text = new String(content, StandardCharsets.UTF_8);
    return text.isEmpty() ? List.of() : List.of(text.split("\n"));
  }

  @Override
  public String toString() {
    return name;
  }
}
