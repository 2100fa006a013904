package dev.iiswarden.examples;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Extracts the regions between {@code @start} and {@code @end} in the examples, which pages show.
 */
public final class Regions {
  private static final Path SOURCES = Path.of("src/test/java/dev/iiswarden/examples");
  private static final Pattern REGION =
      Pattern.compile("(?s)// @start region=([a-z0-9-]+)\n(.*?)\n *// @end");

  private Regions() {}

  /** All regions by name, without the indentation they have in common. */
  public static Map<String, String> all() {
    Map<String, String> regions = new TreeMap<>();
    try (Stream<Path> sources = Files.list(SOURCES)) {
      for (Path source : sources.filter(path -> path.toString().endsWith(".java")).toList()) {
        REGION
            .matcher(Files.readString(source))
            .results()
            .forEach(
                region ->
                    regions.put(
                        region.group(1), region.group(2).stripTrailing().stripIndent().strip()));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return regions;
  }
}
