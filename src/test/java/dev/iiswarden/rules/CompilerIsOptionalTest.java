package dev.iiswarden.rules;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.iiswarden.testing.OwnProcess;
import dev.iiswarden.testing.Readme;
import dev.iiswarden.testing.WithoutCompiler;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** An embedder has the jars that the page lists, and with no others everything but trust works. */
class CompilerIsOptionalTest {
  private static final Path PAGE = Path.of("docs", "performance.md");

  private static Set<String> listed() throws IOException {
    Set<String> artifacts = new TreeSet<>();
    for (String line :
        Readme.block(PAGE, "text", "drools-model-compiler").lines().skip(1).toList()) {
      for (String one : line.replaceFirst("^[ |+\\\\-]*", "").split(", ", -1)) {
        String[] parts = one.split(":", -1);
        artifacts.add(parts.length == 1 ? parts[0] : parts[1]);
      }
    }
    return artifacts;
  }

  private static List<String> classPath() throws IOException {
    List<String> classPath = new ArrayList<>();
    for (String artifact : listed()) {
      List<String> jars =
          OwnProcess.classPath().stream()
              .filter(
                  jar -> new File(jar).getName().matches(Pattern.quote(artifact) + "-\\d.*\\.jar"))
              .toList();
      assertEquals(1, jars.size(), artifact);
      classPath.addAll(jars);
    }
    // What is built here is in directories.
    OwnProcess.classPath().stream()
        .filter(entry -> Files.isDirectory(Path.of(entry)))
        .forEach(classPath::add);
    return classPath;
  }

  @Test
  void thePageSaysHowManyJarsThereAre() throws IOException {
    String text = Files.readString(PAGE);
    MatchResult number =
        Pattern.compile("The library has (\\d+) jars").matcher(text).results().findFirst().get();
    assertEquals(listed().size() + 1, Integer.parseInt(number.group(1)));
  }

  @Test
  void everythingButTrustedRulesWorksWithoutIt() throws Exception {
    List<String> options = List.of("-Dorg.slf4j.simpleLogger.defaultLogLevel=off");
    List<String> without =
        said(
            OwnProcess.run(
                options, classPath(), WithoutCompiler.class, "rules-drl", "src/samples"));
    List<String> with =
        said(
            OwnProcess.run(
                options,
                OwnProcess.classPath(),
                WithoutCompiler.class,
                "rules-drl",
                "src/samples"));

    assertEquals("trusted: compiled", with.get(3));
    assertEquals(with.subList(0, 3), without.subList(0, 3));
    assertTrue(without.get(0).contains("registry-then-file"), without.get(0));
    assertEquals(
        "trusted: trusted rules are compiled, and the compiler is not on the class path: add"
            + " org.drools:drools-engine, or do not trust the rules of rules-drl",
        without.get(3));
  }

  private static List<String> said(List<String> lines) {
    return lines.stream().filter(line -> !line.startsWith("SLF4J")).toList();
  }
}
