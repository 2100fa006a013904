package dev.iiswarden.engine;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The texts of the rules in this jar, for people to read; they were compiled when it was built. */
public final class BundledRules {
  private static final String ANY = "/dev/iiswarden/rules/sequences.drl";

  private BundledRules() {}

  /**
   * Reads them, without what every rule set is given for its sequences.
   *
   * @return text by file name
   */
  public static Map<String, String> read() {
    URL any = BundledRules.class.getResource(ANY);
    if (any == null) {
      throw new IllegalStateException(ANY + " is missing on the class path");
    }
    try {
      URI place = any.toURI();
      if (!place.getScheme().equals("jar")) {
        return read(Path.of(place).resolveSibling(""));
      }
      try (FileSystem jar = FileSystems.newFileSystem(place, Map.of())) {
        return read(jar.getPath(ANY).resolveSibling(""));
      }
    } catch (IOException e) {
      throw new UncheckedIOException("the bundled rules cannot be read from " + any, e);
    } catch (URISyntaxException e) {
      throw new IllegalStateException("the bundled rules lie in " + any, e);
    }
  }

  private static Map<String, String> read(Path directory) throws IOException {
    Map<String, String> texts = new TreeMap<>();
    try (Stream<Path> entries = Files.list(directory)) {
      for (Path file : entries.filter(entry -> entry.toString().endsWith(".drl")).toList()) {
        String name = file.getFileName().toString();
        if (!ANY.endsWith("/" + name)) {
          texts.put(name, Files.readString(file));
        }
      }
    }
    return texts;
  }
}
