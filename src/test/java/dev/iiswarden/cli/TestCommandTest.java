package dev.iiswarden.cli;

import static dev.iiswarden.cli.Program.iiswarden;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.iiswarden.cli.Program.Ended;
import dev.iiswarden.testing.Await;
import dev.iiswarden.testing.Readme;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;

/** The program plays scenarios. */
class TestCommandTest {
  private static final String RULE = "w3wp-module-load";

  @TempDir private Path directory;

  private Path scenarios;

  @BeforeEach
  void copyOneRule() throws IOException {
    Files.copy(Path.of("rules-drl", RULE + ".drl"), directory.resolve(RULE + ".drl"));
    scenarios = Files.createDirectories(directory.resolve("scenarios"));
    Files.copy(
        Path.of("rules-drl", "scenarios", RULE + ".yaml"), scenarios.resolve(RULE + ".yaml"));
  }

  private Path scenario(String text) throws IOException {
    return Files.writeString(scenarios.resolve("own.yaml"), text);
  }

  @Test
  void theReadmeShowsWhatItPrints() throws Exception {
    Ended ended = iiswarden("test", "rules-drl").run().with(0);
    assertEquals(
        Readme.block("text", "scenarios in").strip().replaceAll(" in [0-9.]+ s", ""),
        ended.out().strip().replaceAll(" in [0-9.]+ s", ""));
  }

  @Test
  void aWatchPlaysAgainAtEverySave() throws Exception {
    Path out = directory.resolve("out.txt");
    Process watching =
        iiswarden("test", "--watch", directory).start(out, directory.resolve("err.txt"));
    try {
      Await.until(() -> count(out, "passed: ") == 1);
      Path rule = directory.resolve(RULE + ".drl");
      String good = Files.readString(rule);
      Files.writeString(rule, good.replace("w3wp.exe\" )", "w3wq.exe\" )"));
      Await.until(() -> count(out, "FAILED: ") == 1);
      Files.writeString(rule, good);
      Await.until(() -> count(out, "passed: ") == 2);
    } finally {
      watching.destroyForcibly().waitFor();
    }
  }

  private static long count(Path file, String text) {
    try {
      return Files.readString(file).lines().filter(line -> line.contains(text)).count();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void theScenarioOfTheReadmeHolds() throws Exception {
    scenario(Readme.block("yaml", "just within a day"));
    for (String file : new String[] {"drop-then-load.drl", "dropped-dlls.drl"}) {
      Files.copy(Path.of("rules-drl", file), directory.resolve(file));
    }
    assertTrue(iiswarden("test", directory).run().with(0).out().contains("passed: 10 of 10"));
  }

  @Test
  void whatDoesNotHoldIsShownWithWhatHappenedInstead() throws Exception {
    scenario(
        """
        - name: a load from nowhere
          events:
            - kind: library
              dll.path: 'C:\\Program Files\\e.dll'
              process.executable: 'C:\\x\\w3wp.exe'
          expect:
            - rule: w3wp-module-load
        """);
    Path report = directory.resolve("report.xml");
    Ended ended = iiswarden("test", directory, "--junit", report).run().with(1);

    assertTrue(ended.out().contains("FAILED  a load from nowhere"), ended::toString);
    assertTrue(
        ended
            .out()
            .contains("own.yaml:7: expected 1 alert of rule w3wp-module-load, but there are 0"),
        ended::toString);
    assertTrue(ended.out().contains("no alert was raised"), ended::toString);
    assertTrue(ended.out().contains("[1] +0S  LibraryEvent"), ended::toString);
    assertTrue(ended.out().contains("FAILED: 9 of 10 scenarios"), ended::toString);
    Document xml = DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(report.toFile());
    assertEquals(2, xml.getElementsByTagName("testsuite").getLength());
    assertEquals(10, xml.getElementsByTagName("testcase").getLength());
    assertEquals(1, xml.getElementsByTagName("failure").getLength());
  }

  @Test
  void aRuleWithoutScenariosIsNamed() throws Exception {
    Files.copy(Path.of("rules-drl", "module-listing.drl"), directory.resolve("module-listing.drl"));
    Ended ended = iiswarden("test", directory).run().with(0);
    assertTrue(ended.out().contains("fires in no scenario: module-listing"), ended::toString);
  }

  @Test
  void mistakesInScenariosAreToldByLine() throws Exception {
    scenario(
        """
        - name: x
          events:
            - kind: flie
            - kind: file
              file.pth: 'C:\\x'
              at: later
          expect: something
        - events: []
          expcet: none
        """);
    String errors = iiswarden("test", directory).run().with(2).err();
    for (String problem :
        new String[] {
          "own.yaml:3: an event must have a kind: configuration, failure, file",
          "own.yaml:5: a file event has no field file.pth: did you mean file.path?",
          "own.yaml:6: at must be a time since the beginning such as +30m",
          "own.yaml:7: expect must be none, or a list of alerts",
          "own.yaml:8: a scenario must have a name",
          "own.yaml:8: a scenario must have events",
          "own.yaml:9: a scenario has no field expcet"
        }) {
      assertTrue(errors.contains(problem), () -> problem + " in " + errors);
    }
  }

  @Test
  void aRuleThatDoesNotExistIsAMistakeInTheScenario() throws Exception {
    Path table = Path.of("rules-drl", "scenarios", RULE + ".scesim");
    String misspelt = Files.readString(table).replace(">" + RULE + "<", ">w3wp-module-laod<");
    Files.writeString(scenarios.resolve("own.scesim"), misspelt);
    scenario(
        """
        - name: a load from nowhere
          events:
            - kind: library
              dll.path: 'C:\\Program Files\\e.dll'
              process.executable: 'C:\\x\\w3wp.exe'
          expect:
            - rule: w3wp-module-lod
              count: 0
            - rule: w3wp-module-load
              count: 0
            - rule: unsigned
        """);
    Ended ended = iiswarden("test", directory).run().with(2);

    assertEquals("", ended.out());
    List<String> errors = ended.err().lines().toList();
    assertTrue(
        errors.contains(
            scenarios.resolve("own.yaml")
                + ":7: there is no rule w3wp-module-lod: did you mean w3wp-module-load?"),
        ended::toString);
    assertTrue(
        errors.contains(scenarios.resolve("own.yaml") + ":11: there is no rule unsigned"),
        ended::toString);
    int line = (int) misspelt.substring(0, misspelt.indexOf(">w3wp-module-laod<")).lines().count();
    assertTrue(
        errors.contains(
            scenarios.resolve("own.scesim")
                + ":"
                + line
                + ": there is no rule w3wp-module-laod: did you mean w3wp-module-load?"),
        ended::toString);
  }

  @Test
  void withoutScenariosNothingIsTested() throws Exception {
    Files.delete(scenarios.resolve(RULE + ".yaml"));
    assertTrue(iiswarden("test", directory).run().with(2).err().contains("no scenarios in"));
    assertTrue(
        iiswarden("test", directory.resolve("none"))
            .run()
            .with(2)
            .err()
            .contains("cannot read the rules directory"));
  }

  @Test
  void rulesThatDoNotCompileAreTold() throws Exception {
    Path rule = directory.resolve(RULE + ".drl");
    Files.writeString(rule, Files.readString(rule).replace("then", "thn"));
    assertTrue(iiswarden("test", directory).run().with(2).err().contains(RULE + ".drl:"));
  }
}
