package dev.iiswarden.rules;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.JarURLConnection;
import java.net.URI;
import java.net.URL;
import java.net.URLConnection;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.jar.JarFile;
import java.util.stream.Stream;

/**
 * The source text of the bundled rules, for people to read. The rules themselves were compiled when
 * the jar was built.
 */
final class BundledRules {
  private static final String DIRECTORY = "iiswarden/rules/";
  private static final String ANY = "registry-then-file.drl";

  private BundledRules() {}

  /**
   * Reads the bundled rule files, without the rules that are part of every rule set.
   *
   * @return text by file name
   */
  static Map<String, String> read() {
    URL any = BundledRules.class.getResource("/" + DIRECTORY + ANY);
    if (any == null) {
      throw new IllegalStateException(DIRECTORY + ANY + " is missing on the class path");
    }
    try {
      Map<String, String> texts = new TreeMap<>();
      for (String name : names(any)) {
        if (name.endsWith(".drl")) {
          texts.put(name, text(name));
        }
      }
      return texts;
    } catch (IOException e) {
      throw new UncheckedIOException("the bundled rules cannot be read from " + any, e);
    }
  }

  /**
   * The names beside a resource, whether it lies in a jar, in a jar within a jar, or in a
   * directory.
   */
  private static List<String> names(URL any) throws IOException {
    URLConnection connection = any.openConnection();
    if (connection instanceof JarURLConnection inJar) {
      // Not shared, so closing it affects nobody else.
      connection.setUseCaches(false);
      try (JarFile jar = inJar.getJarFile()) {
        return jar.stream()
            .map(entry -> entry.getName())
            .filter(name -> name.startsWith(DIRECTORY))
            .map(name -> name.substring(DIRECTORY.length()))
            .filter(name -> name.indexOf('/') < 0)
            .toList();
      }
    }
    try (Stream<Path> files = Files.list(Path.of(URI.create(any.toString())).resolveSibling(""))) {
      return files.map(file -> file.getFileName().toString()).toList();
    }
  }

  private static String text(String name) throws IOException {
    try (InputStream in = BundledRules.class.getResourceAsStream("/" + DIRECTORY + name)) {
      if (in == null) {
        throw new IOException(name + " has disappeared");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
