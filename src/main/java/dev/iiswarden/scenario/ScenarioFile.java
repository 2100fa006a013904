package dev.iiswarden.scenario;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Reads scenarios from files: YAML ({@code .yaml}, {@code .yml}) or KIE test scenarios of type RULE
 * ({@code .scesim}). Safe for use by several threads.
 */
public final class ScenarioFile {
  private ScenarioFile() {}

  /**
   * Reads all scenario files in a directory and below it, in the order of their names.
   *
   * @throws ScenarioException if a file cannot be read or contains an error; the message lists the
   *     errors of all files
   */
  public static List<Scenario> readAll(Path directory) {
    List<Scenario> all = new ArrayList<>();
    List<String> problems = new ArrayList<>();
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.filter(ScenarioFile::isScenarioFile).sorted().toList()) {
        try {
          all.addAll(read(file));
        } catch (ScenarioException e) {
          problems.add(String.valueOf(e.getMessage()));
        }
      }
    } catch (IOException | UncheckedIOException e) {
      problems.add("cannot read the scenarios in " + directory + ": " + e);
    }
    if (!problems.isEmpty()) {
      throw new ScenarioException(problems);
    }
    return all;
  }

  private static boolean isScenarioFile(Path file) {
    String name = file.toString();
    return name.endsWith(".yaml") || name.endsWith(".yml") || isScesim(file);
  }

  private static boolean isScesim(Path file) {
    return file.toString().endsWith(".scesim");
  }

  /**
   * Reads one file.
   *
   * @throws ScenarioException if the file cannot be read or contains an error
   */
  public static List<Scenario> read(Path file) {
    try {
      String content = Files.readString(file);
      return isScesim(file)
          ? ScesimScenarios.parse(file.toString(), content)
          : YamlScenarios.parse(file.toString(), content);
    } catch (IOException e) {
      throw new ScenarioException(List.of("cannot read " + file + ": " + e));
    }
  }
}
