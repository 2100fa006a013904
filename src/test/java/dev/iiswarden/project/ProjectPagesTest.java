package dev.iiswarden.project;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Everything that the pages for contributors name exists, and the versions agree. */
class ProjectPagesTest {
  private static final Pattern LINK = Pattern.compile("\\]\\((?!https?:)([^)#]*)(#[^)]*)?\\)");
  private static final Pattern CODE = Pattern.compile("`([^`\n]+)`");
  private static final Pattern TEST =
      Pattern.compile("\\b([A-Z]\\w*(?:Test|Properties))\\b(?:[.#]([a-z]\\w*))?");
  private static final Pattern PLACE =
      Pattern.compile("(?:src|docs|rules-drl|kmodule|\\.ci)/[\\w./-]*");
  private static final Pattern MAVEN = Pattern.compile("mvn [^`\n|]*");
  private static final Pattern PLUGIN_GOAL = Pattern.compile("(\\w+):\\w+");
  private static final Pattern PROFILE = Pattern.compile("-P(\\w+)");
  private static final Pattern VERSION =
      Pattern.compile("<artifactId>iiswarden</artifactId>\\s*<version>([^<]+)</version>");
  private static final Pattern NOTICES = Pattern.compile("(?m)^(\\S+:\\S+.*) \\([A-Z].*\\)$");

  private static Map<String, Path> tests = Map.of();
  private static String pom = "";

  @BeforeAll
  static void readTheProject() throws IOException {
    pom = Files.readString(Path.of("pom.xml"));
    try (Stream<Path> files = Files.walk(Path.of("src/test/java"))) {
      tests =
          files
              .filter(file -> file.toString().endsWith(".java"))
              .filter(file -> !file.endsWith("package-info.java"))
              .collect(
                  Collectors.toMap(
                      file -> String.valueOf(file.getFileName()).replace(".java", ""),
                      file -> file));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"CHANGELOG.md", "CONTRIBUTING.md", "SECURITY.md"})
  void everyLinkLeadsSomewhere(String page) throws IOException {
    String text = Files.readString(Path.of(page));
    Matcher link = LINK.matcher(text);
    while (link.find()) {
      Path target = link.group(1).isEmpty() ? Path.of(page) : Path.of(link.group(1));
      assertTrue(Files.exists(target), link::group);
      String heading = link.group(2);
      if (heading != null) {
        assertTrue(headings(target).contains(heading.substring(1)), link::group);
      }
    }
  }

  private static List<String> headings(Path page) throws IOException {
    return Files.readString(page)
        .lines()
        .filter(line -> line.startsWith("#"))
        .map(line -> line.replaceFirst("#+ ", "").toLowerCase(java.util.Locale.ROOT))
        .map(heading -> heading.replaceAll("[^\\w -]", "").replace(' ', '-'))
        .toList();
  }

  @ParameterizedTest
  @ValueSource(strings = {"CONTRIBUTING.md", "SECURITY.md"})
  void everyTestAndPlaceThatIsNamedIsThere(String page) throws IOException {
    Matcher code = CODE.matcher(Files.readString(Path.of(page)));
    int named = 0;
    while (code.find()) {
      Matcher test = TEST.matcher(code.group(1));
      while (test.find()) {
        named++;
        Path file = tests.get(test.group(1));
        assertTrue(file != null, () -> page + " names " + code.group(1));
        String method = test.group(2);
        if (file != null && method != null) {
          assertTrue(
              Files.readString(file).contains("void " + method + "("),
              () -> page + " names " + code.group(1));
        }
      }
      Matcher place = PLACE.matcher(code.group(1));
      while (place.find()) {
        named++;
        assertTrue(Files.exists(Path.of(place.group())), () -> page + " names " + code.group(1));
      }
    }
    assertTrue(named > 10, page + " names hardly anything");
  }

  @Test
  void theCommandsOfContributingAreThere() throws IOException {
    Matcher command = MAVEN.matcher(Files.readString(Path.of("CONTRIBUTING.md")));
    int commands = 0;
    while (command.find()) {
      commands++;
      Matcher goal = PLUGIN_GOAL.matcher(command.group());
      while (goal.find()) {
        assertTrue(pom.contains("<artifactId>" + goal.group(1) + "-maven-plugin<"), goal::group);
      }
      Matcher profile = PROFILE.matcher(command.group());
      while (profile.find()) {
        assertTrue(pom.contains("<id>" + profile.group(1) + "</id>"), profile::group);
      }
    }
    assertTrue(commands >= 5);
  }

  @Test
  void theChangelogBeginsWithTheVersionThatIsBuilt() throws IOException {
    String first =
        Files.readString(Path.of("CHANGELOG.md"))
            .lines()
            .filter(line -> line.startsWith("## "))
            .findFirst()
            .orElseThrow();
    String version = version();
    if (version.endsWith("-SNAPSHOT")) {
      assertEquals("## Unreleased", first);
    } else {
      assertTrue(first.startsWith("## " + version + " - "), first);
    }
  }

  @Test
  void theApiIsComparedWithReleasesOfTheSameLine() {
    String release = version().replace("-SNAPSHOT", "");
    Matcher kept = Pattern.compile("<api.kept.releases>([^<]+)</api.kept.releases>").matcher(pom);
    assertTrue(kept.find());
    assertTrue(release.matches(kept.group(1)), release + " is none of " + kept.group(1));
  }

  private static String version() {
    Matcher version = VERSION.matcher(pom);
    assertTrue(version.find());
    return version.group(1);
  }

  @Test
  void theProgramCarriesTheNoticesOfAllItContainsUnderOtherLicences() throws IOException {
    TreeSet<String> listed =
        Files.readString(Path.of("target/generated-sources/license/THIRD-PARTY.txt"))
            .lines()
            .filter(line -> line.startsWith("     (") && !line.contains("(Apache-2.0)"))
            .map(line -> line.replaceFirst(".*\\(([^ ]+:[^ ]+):[^ ]+ - .*", "$1"))
            .collect(Collectors.toCollection(TreeSet::new));
    TreeSet<String> noticed =
        NOTICES
            .matcher(Files.readString(Path.of("src/licenses/THIRD-PARTY-LICENSES.txt")))
            .results()
            .flatMap(heading -> Stream.of(heading.group(1).split(", ")))
            .collect(Collectors.toCollection(TreeSet::new));
    assertEquals(listed, noticed);
  }
}
