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
 * ({@code .scesim}).
 */
public final class ScenarioFile {
  private ScenarioFile() {}

  /**
   * Reads all scenario files of a directory and below, in the order of their names.
   *
   * @throws ScenarioException if one cannot be read, or anything in one is wrong; it says all that
   *     is wrong in all of them
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
   * @throws ScenarioException if it cannot be read, or anything in it is wrong
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
