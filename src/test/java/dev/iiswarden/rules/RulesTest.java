package dev.iiswarden.rules;

import static dev.iiswarden.testing.IisEvents.START;
import static dev.iiswarden.testing.IisEvents.drop;
import static dev.iiswarden.testing.IisEvents.load;
import static dev.iiswarden.testing.IisEvents.registration;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.iiswarden.Detector;
import dev.iiswarden.alert.Alert;
import dev.iiswarden.sink.InMemorySink;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RulesTest {
  private static final String HEADER =
      """
      package analyst;
      import dev.iiswarden.event.*;
      import function dev.iiswarden.event.Eql.*;
      """;

  /** Files whose rules raise no alerts by themselves. */
  private static final Set<String> FIRST_STAGES =
      Set.of("deployments", "dropped-dlls", "registered-modules", "worker-descendants");

  @TempDir private Path directory;

  @Test
  void everyRuleFileIsBundledUnderItsName() throws IOException {
    try (Stream<Path> files = Files.list(Path.of("rules-drl"))) {
      Set<String> names =
          files
              .map(file -> file.getFileName().toString())
              .filter(name -> name.endsWith(".drl"))
              .map(name -> name.replace(".drl", ""))
              .filter(name -> !FIRST_STAGES.contains(name))
              .collect(Collectors.toSet());
      assertEquals(names, Rules.bundled().all().stream().map(Rule::id).collect(Collectors.toSet()));
    }
  }

  @Test
  void everyBundledRuleSaysWhatAnAnalystNeedsToKnow() {
    for (Rule rule : Rules.bundled().all()) {
      assertTrue(rule.description().length() > 80, rule.id());
      assertTrue(Set.of("low", "medium", "high", "critical").contains(rule.severity()), rule.id());
      assertTrue(Set.of("low", "medium", "high").contains(rule.confidence()), rule.id());
      assertTrue(rule.technique().matches("T\\d{4}(\\.\\d{3})? .+"), rule.id());
      assertTrue(rule.tactic().matches("TA\\d{4} .+"), rule.id());
      assertTrue(
          rule.references().stream().allMatch(link -> link.startsWith("https://")), rule.id());
      assertFalse(rule.references().isEmpty(), rule.id());
      assertFalse(rule.falsePositives().isEmpty(), rule.id());
      assertFalse(rule.sources().isEmpty(), rule.id());
      assertFalse(rule.blindSpots().isEmpty(), rule.id());
      assertFalse(rule.author().isEmpty(), rule.id());
      assertFalse(rule.version().isEmpty(), rule.id());
    }
  }

  @Test
  void theDirectoryCompilesToWhatIsBundled() {
    assertEquals(Rules.bundled().all(), Rules.fromDirectory(Path.of("rules-drl")).all());
  }

  @Test
  void anAnalystsOwnRuleRaisesAlerts() throws IOException {
    write(
        "own.drl",
        HEADER
            + """
            rule "Any DLL in an IIS folder"
                @id( "any-drop" )
                @severity( "low" )
                @stages( "dropped", "loaded" )
                @suppressBy( "file.path", "site" )
                @suppressFor( 2h )
                @references( "https://a.example/", "https://b.example/" )
                @description( "In two",
                              "parts" )
            when
                $dropped : FileEvent( like( file.path, "*inetpub*" ) )
            then
                insert( new Detection( $dropped ) );
            end
            """);
    Rules rules = Rules.fromDirectory(directory);
    Rule rule = rules.all().iterator().next();
    assertEquals("low", rule.severity());
    assertEquals("In two parts", rule.description());
    assertEquals(List.of("dropped", "loaded"), rule.stages());
    assertEquals(List.of("file.path", "site"), rule.suppressBy());
    assertEquals(Duration.ofHours(2), rule.suppressFor());
    assertEquals(List.of("https://a.example/", "https://b.example/"), rule.references());

    InMemorySink sink = new InMemorySink();
    try (Detector detector = Detector.builder().rules(rules).sink(sink).build()) {
      detector.accept(drop("f", "WEB", START));
      detector.accept(load("l", "WEB", START));
    }
    assertEquals(List.of(rule), sink.alerts().stream().map(Alert::rule).toList());
  }

  @Test
  void aRuleThatDoesNotSayHowLongSuppressesForADay() {
    Rule rule = Rule.builder("one").build();
    assertEquals(Duration.ofDays(1), rule.suppressFor());
    assertEquals(rule, rule.toBuilder().build());
    Rule.Builder builder = rule.toBuilder();
    assertThrows(IllegalArgumentException.class, () -> builder.stages(List.of("seen")));
    assertThrows(IllegalArgumentException.class, () -> builder.suppressBy(List.of("dll")));
    assertThrows(IllegalArgumentException.class, () -> builder.suppressFor(Duration.ofMillis(999)));
    assertThrows(IllegalArgumentException.class, () -> builder.suppressFor(Duration.ofDays(8)));
  }

  @Test
  void aDetectionOnTheFirstEventOfASequenceDoesNotUseTheSequenceUp() throws IOException {
    Files.copy(
        Path.of("rules-drl", "registry-then-file.drl"),
        directory.resolve("registry-then-file.drl"));
    write("own.drl", HEADER + detecting("RegistryEvent"));
    InMemorySink sink = new InMemorySink();
    try (Detector detector =
        Detector.builder().rules(Rules.fromDirectory(directory)).sink(sink).build()) {
      detector.accept(registration("r", "WEB", START));
      detector.accept(drop("f", "WEB", START.plusSeconds(1)));
    }
    assertEquals(
        List.of("any-one", "registry-then-file"),
        sink.alerts().stream().map(alert -> alert.rule().id()).toList());
  }

  @Test
  void twoRuleSetsLiveSideBySide() throws IOException {
    write("a.drl", HEADER + detecting("FileEvent"));
    Rules files = Rules.fromDirectory(directory);
    write("a.drl", HEADER + detecting("LibraryEvent"));
    Rules libraries = Rules.fromDirectory(directory);
    assertEquals(1, alertsOn(files));
    assertEquals(1, alertsOn(libraries));
    assertEquals(1, alertsOn(Rules.bundled()));
  }

  @Test
  void aSyntaxErrorIsReportedWithFileAndLine() throws IOException {
    write("bad.drl", HEADER + "rule \"x\"\nwhen\n    FileEvent( file.path = \"a\" )\nthen\nend\n");
    assertTrue(problem().contains(directory.resolve("bad.drl") + ":6:"), this::problem);
  }

  @Test
  void anUnknownFieldIsReportedWithFileAndRule() throws IOException {
    write("bad.drl", HEADER + "rule \"x\"\nwhen\n    FileEvent( file.pth == \"a\" )\nthen\nend\n");
    assertTrue(problem().contains(directory.resolve("bad.drl") + ":"), this::problem);
    assertTrue(problem().contains("pth"), this::problem);
  }

  @Test
  void anUnknownFunctionIsReportedWithFileAndRule() throws IOException {
    write(
        "bad.drl",
        HEADER + "rule \"x\"\nwhen\n    FileEvent( lik( file.path, \"a\" ) )\nthen\nend\n");
    assertTrue(problem().contains(directory.resolve("bad.drl") + ":"), this::problem);
    assertTrue(problem().contains("lik"), this::problem);
  }

  @Test
  void anErrorInAConsequenceIsReported() throws IOException {
    write("bad.drl", HEADER + "rule \"x\"\nwhen\n    FileEvent()\nthen\n    insrt( 1 );\nend\n");
    assertTrue(problem().contains("insrt"), this::problem);
  }

  @Test
  void everyErrorOfEveryFileIsReported() throws IOException {
    write("one.drl", HEADER + "rule \"x\"\nwhen\n    FileEvent( = )\nthen\nend\n");
    write("two.drl", HEADER + "rule \"y\"\nwhen\n    FileEvent( = )\nthen\nend\n");
    assertTrue(problem().contains("one.drl:6:"), this::problem);
    assertTrue(problem().contains("two.drl:6:"), this::problem);
  }

  @Test
  void aDirectoryThatIsNotThereIsReported() {
    directory = directory.resolve("missing");
    assertTrue(problem().startsWith("cannot read the rules directory " + directory), this::problem);
  }

  @Test
  void aDirectoryWithoutRulesIsReported() {
    assertEquals("there is no .drl file in the rules directory " + directory, problem());
  }

  @Test
  void aFileThatIsNotTextIsReported() throws IOException {
    Files.write(directory.resolve("bad.drl"), new byte[] {'r', (byte) 0xff, (byte) 0xfe});
    assertEquals("the rule file " + directory.resolve("bad.drl") + " is not UTF-8 text", problem());
  }

  private void write(String name, String text) throws IOException {
    Files.writeString(directory.resolve(name), text, StandardCharsets.UTF_8);
  }

  private String problem() {
    return String.valueOf(
        assertThrows(RulesException.class, () -> Rules.fromDirectory(directory)).getMessage());
  }

  private static String detecting(String kind) {
    return "rule \"any\" @id( \"any-one\" ) when\n$e : "
        + kind
        + "()\nthen\ninsert( new Detection( $e ) );\nend\n";
  }

  private static int alertsOn(Rules rules) {
    InMemorySink sink = new InMemorySink();
    try (Detector detector = Detector.builder().rules(rules).sink(sink).build()) {
      detector.accept(load("l", "WEB", START));
      detector.accept(drop("f", "WEB", START));
    }
    return sink.alerts().size();
  }
}
