package dev.iiswarden.cli;

import static dev.iiswarden.cli.Logs.REGISTRATION_THEN_DROP;
import static dev.iiswarden.cli.Program.iiswarden;
import static dev.iiswarden.cli.Program.replay;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.iiswarden.cli.Program.Ended;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the program says when it is used wrongly, and rules of the user's own. */
class ReplayUsageTest {
  private static final String OWN_RULE =
      """
      package analyst;

      import dev.iiswarden.event.*;
      import function dev.iiswarden.event.Eql.*;

      rule "registry tool at work"
          @id( "own-rule" )
          @severity( "low" )
      when
          $event : RegistryEvent( like( process.name, "reg.exe" ) )
      then
          insert( new Detection( $event ) );
      end
      """;

  @TempDir private Path directory;
  private Path log = Path.of("");
  private Path rules = Path.of("");

  @BeforeEach
  void writeLogAndMakeRulesDirectory() throws IOException {
    log = Logs.write(directory.resolve("events.ndjson"), REGISTRATION_THEN_DROP);
    rules = Files.createDirectory(directory.resolve("rules"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "replay --frobnicate LOG   | Unknown option: '--frobnicate'",
        "replay --threads 0 LOG    | --threads: 0 is not a number of threads; use 1 or more",
        "replay --lateness soon LOG | 'soon' is not a duration; use one such as 30s, 5m, 1h30m or 500ms",
        "replay --lateness -PT5S LOG | lateness PT-5S is not between zero and 10,000 days",
        "replay --lateness P20000D LOG | is not between zero and 10,000 days",
        "replay --shape cef LOG | --shape: unknown decoder 'cef'; choose from auto, ecs, winlogbeat",
        "replay --rules-key key.pem LOG | --rules-key and --trust-rules require --rules DIR",
        "replay --trust-rules LOG | --rules-key and --trust-rules require --rules DIR",
        "replay --format ecs LOG | unknown format 'ecs': choose one of cards, table, short, json; for the shape of",
        "replay --alerts | --alerts",
        "replay --alerts - LOG | --alerts -: name a file; for standard output, use --format json",
        "replay --suppressed - LOG | --suppressed -: name a file",
        "replay | FILE",
        "'' | iiswarden replay",
        "repaly LOG | repaly",
        "replay --format ocsf LOG | for the schema of JSON --alert-format"
      })
  void wrongUseIsExplained(String arguments, String expected) throws Exception {
    List<String> words =
        Stream.of(arguments.replace("LOG", log.toString()).split(" ", -1))
            .filter(word -> !word.isEmpty())
            .toList();
    Ended ended = iiswarden(words.toArray()).run().with(2);
    List<String> lines = ended.err().lines().toList();
    assertTrue(lines.get(0).contains(expected), ended::toString);
    assertTrue(lines.get(lines.size() - 1).startsWith("Try: iiswarden"), ended::toString);
    assertEquals("", ended.out());
  }

  @Test
  void rulesThatNobodySignedAreRefusedWhereTheyMustBe() throws Exception {
    Files.writeString(rules.resolve("own.drl"), OWN_RULE);
    KeyPair keys = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
    Path key =
        Files.writeString(
            directory.resolve("public.pem"),
            "-----BEGIN PUBLIC KEY-----\n"
                + Base64.getMimeEncoder().encodeToString(keys.getPublic().getEncoded())
                + "\n-----END PUBLIC KEY-----\n");
    Ended ended = replay("--rules", rules, "--rules-key", key, log).run().with(2);
    assertTrue(ended.err().contains("the rules must be signed, but there is no "), ended::toString);
  }

  @Test
  void rulesOfOnesOwnTakeThePlaceOfTheBundledOnes() throws Exception {
    Files.writeString(rules.resolve("own.drl"), OWN_RULE);
    Ended ended = replay("--rules", rules, "--format", "json", log).run().with(0);
    assertEquals(1, ended.alerts().size(), ended::toString);
    assertEquals("own-rule", ended.alerts().get(0).at("/rule/id").asText());
    ended = replay("--rules", rules, log).run().with(0);
    assertTrue(ended.out().startsWith("LOW  registry tool at work  [own-rule]"), ended::toString);
  }

  @Test
  void aSyntaxErrorInARuleIsReportedByFileAndLine() throws Exception {
    Path rule = Files.writeString(rules.resolve("own.drl"), OWN_RULE.replace("when", "whenever"));
    Ended ended = replay("--rules", rules, log).run().with(2);
    assertTrue(ended.err().contains(rule + ":9:"), ended::toString);
    assertEquals("", ended.out());
  }

  @Test
  void anUnknownKindOfEventInARuleIsReportedByFile() throws Exception {
    Path rule =
        Files.writeString(
            rules.resolve("own.drl"), OWN_RULE.replace("RegistryEvent", "RegistryEvnt"));
    Ended ended = replay("--rules", rules, log).run().with(2);
    assertTrue(ended.err().contains(rule + ":"), ended::toString);
    assertTrue(ended.err().contains("RegistryEvnt"), ended::toString);
    assertEquals("", ended.out());
  }

  @Test
  void nothingIsWrittenIfRulesDoNotCompile() throws Exception {
    Files.writeString(rules.resolve("own.drl"), OWN_RULE.replace("like(", "lik("));
    Path alerts = directory.resolve("alerts.jsonl");
    replay("--rules", rules, "--alerts", alerts, log).run().with(2);
    assertFalse(Files.exists(alerts));
  }

  @Test
  void aRulesDirectoryThatIsNotThereIsNamed() throws Exception {
    Path missing = directory.resolve("missing");
    Ended ended = replay("--rules", missing, log).run().with(2);
    assertTrue(ended.err().contains(missing.toString()), ended::toString);
    assertEquals("", ended.out());
  }

  @Test
  void aRulesDirectoryWithoutRulesIsNamed() throws Exception {
    Ended ended = replay("--rules", rules, log).run().with(2);
    assertEquals("there is no .drl file in the rules directory " + rules, ended.err().strip());
    assertEquals("", ended.out());
  }

  @Test
  void alertsCannotGoToADirectoryThatIsNotThere() throws Exception {
    Path alerts = directory.resolve("missing").resolve("alerts.jsonl");
    Ended ended = replay("--alerts", alerts, log).run().with(2);
    assertTrue(
        ended.err().startsWith("--alerts: cannot open for writing: " + alerts), ended::toString);
    assertEquals("", ended.out());
  }
}
