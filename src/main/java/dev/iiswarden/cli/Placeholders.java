package dev.iiswarden.cli;

import dev.iiswarden.event.EventKind;
import dev.iiswarden.rules.Rule;
import dev.iiswarden.rules.Rules;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Finds the texts of {@code new-rule} that nobody has replaced: in rules, in their scenarios and in
 * the guides that they name. A rule with such a text compiles and passes its scenarios, but its
 * alerts would show the text to an analyst.
 */
final class Placeholders {
  private final Map<String, String> known = new LinkedHashMap<>();
  private final List<String> findings = new ArrayList<>();

  private Placeholders() {
    EventKind.all().forEach(kind -> known.putAll(RuleTemplate.of(kind).placeholders()));
  }

  /**
   * Returns one finding per placeholder, with file, line and column.
   *
   * @param rules the rules of the directory
   */
  static List<String> find(Path directory, Rules rules) {
    Placeholders placeholders = new Placeholders();
    new TreeMap<>(rules.files())
        .forEach((name, text) -> placeholders.find(directory.resolve(name), text));
    try {
      for (Path scenarios : scenarios(directory.resolve("scenarios"))) {
        placeholders.findIn(scenarios);
      }
      for (Path guide : guides(directory, rules)) {
        placeholders.findIn(guide);
      }
    } catch (IOException e) {
      placeholders.findings.add("cannot look for placeholders of new-rule: " + e);
    }
    return placeholders.findings;
  }

  private static List<Path> scenarios(Path directory) throws IOException {
    if (!Files.isDirectory(directory)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(directory)) {
      return files.filter(file -> file.toString().matches(".*\\.ya?ml")).sorted().toList();
    }
  }

  private static Set<Path> guides(Path directory, Rules rules) {
    Set<Path> guides = new LinkedHashSet<>();
    for (Rule rule : rules.all()) {
      Path guide = guide(directory, rule.guide());
      if (guide != null) {
        guides.add(guide);
      }
    }
    return guides;
  }

  /** The file of a guide; null if the rule names no file, or one that does not exist. */
  private static @Nullable Path guide(Path directory, String name) {
    if (!name.endsWith(".md")) {
      return null;
    }
    try {
      // As new-rule writes the name, or as reports look it up.
      return Stream.of(
              Path.of(name), directory.resolve(name), directory.resolve("..").resolve(name))
          .filter(Files::isRegularFile)
          .findFirst()
          .orElse(null);
    } catch (InvalidPathException e) {
      return null;
    }
  }

  private void findIn(Path file) throws IOException {
    find(file, new String(Files.readAllBytes(file), StandardCharsets.UTF_8));
  }

  private void find(Path file, String text) {
    List<String> lines = text.lines().toList();
    for (int number = 1; number <= lines.size(); number++) {
      String line = lines.get(number - 1);
      for (Map.Entry<String, String> placeholder : known.entrySet()) {
        int column = 1 + line.indexOf(placeholder.getKey());
        if (column > 0) {
          findings.add(
              file
                  + ":"
                  + number
                  + ":"
                  + column
                  + ": this is still the placeholder of new-rule: say "
                  + placeholder.getValue());
        }
      }
    }
  }
}
