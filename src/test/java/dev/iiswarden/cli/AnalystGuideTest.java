package dev.iiswarden.cli;

import static dev.iiswarden.cli.Program.iiswarden;
import static dev.iiswarden.cli.Program.replay;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.iiswarden.cli.Program.Ended;
import dev.iiswarden.rules.Rules;
import dev.iiswarden.rules.RulesException;
import dev.iiswarden.testing.Await;
import dev.iiswarden.testing.Readme;
import dev.iiswarden.testing.Story;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the analyst's guide tells to do works, and says what it shows. */
class AnalystGuideTest {
  private static final Path GUIDE = Path.of("docs", "analyst-guide.md");
  private static final String HEADER =
      """
      package analyst;
      import dev.iiswarden.event.*;
      import function dev.iiswarden.event.Eql.*;
      import function dev.iiswarden.event.WindowsPaths.*;
      import function dev.iiswarden.event.CodeSignatures.*;
      """;

  @TempDir private Path directory;

  private Path rules = Path.of("");
  private Path rule = Path.of("");

  @BeforeEach
  void copyTheRules() throws IOException {
    rules = directory.resolve("my-rules");
    rule = rules.resolve("drop-into-inetsrv.drl");
    try (Stream<Path> files = Files.walk(Path.of("rules-drl"))) {
      for (Path file : files.toList()) {
        Files.copy(file, rules.resolve(Path.of("rules-drl").relativize(file)));
      }
    }
  }

  private void writeTheScenario() throws IOException {
    Files.writeString(
        rules.resolve("scenarios").resolve("drop-into-inetsrv.yaml"),
        "\n" + Readme.block(GUIDE, "yaml", "the deployment agent"),
        StandardOpenOption.APPEND);
  }

  private void changeTheRule() throws IOException {
    String text = Files.readString(rule);
    String before =
        Readme.blocks(GUIDE, "drl").stream()
            .filter(text::contains)
            .findFirst()
            .orElseThrow(() -> new AssertionError("the rule has changed: " + text));
    Files.writeString(rule, text.replace(before, Readme.block(GUIDE, "drl", "Contoso Deploy")));
  }

  @Test
  void theTestIsRedAndThenGreen() throws Exception {
    writeTheScenario();
    Ended red = iiswarden("test", rules).run().with(1);
    String shown = Readme.block(GUIDE, "text", "FAILED").strip();
    assertTrue(red.out().replace(rules.toString(), "my-rules").contains(shown), () -> red.out());
    changeTheRule();
    assertTrue(iiswarden("test", rules).run().with(0).out().contains("passed: "));
    iiswarden("check", rules).run().with(0);
  }

  @Test
  void aDetectorThatRunsTakesTheChangeUp() throws Exception {
    String agent = "C:\\Program Files\\Contoso Deploy\\Agent.exe";
    String dll = "C:\\Windows\\System32\\inetsrv\\urlrewrite%d.dll";
    List<String> drops =
        Story.begin()
            .wrote(42, agent, String.format(dll, 1))
            .wrote(42, agent, String.format(dll, 2))
            .wrote(42, agent, String.format(dll, 3))
            .lines();
    Path out = directory.resolve("out");
    Path err = directory.resolve("err");
    Process running =
        replay("--rules", rules, "--watch-rules", "--lateness", "PT0S", "-").start(out, err);
    try (OutputStream events = running.getOutputStream()) {
      send(events, drops.get(0));
      Await.until(() -> alerts(out) == 1);
      Files.writeString(rule, Files.readString(rule) + "rule \"broken\" when");
      Await.until(() -> read(err).contains("what was in use before is kept"));
      send(events, drops.get(1));
      Await.until(() -> alerts(out) == 2);
      Files.writeString(rule, Files.readString(rule).replace("rule \"broken\" when", ""));
      changeTheRule();
      Await.until(() -> read(err).contains("now using the rules in"));
      send(events, drops.get(2));
    }
    assertEquals(0, running.waitFor());
    assertEquals(2, alerts(out), () -> read(out));
  }

  private static void send(OutputStream events, String line) throws IOException {
    events.write((line + "\n").getBytes(StandardCharsets.UTF_8));
    events.flush();
  }

  private static long alerts(Path out) {
    return read(out).lines().filter(line -> line.contains("[drop-into-inetsrv]")).count();
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void theRulesItShowsCompile() throws IOException {
    String all =
        Readme.blocks(GUIDE, "drl").stream()
            .filter(block -> block.contains("rule \""))
            .collect(Collectors.joining("\n", HEADER, ""));
    Path shown = Files.createDirectory(directory.resolve("shown"));
    Files.writeString(shown.resolve("shown.drl"), all);
    assertEquals(
        List.of("module-in-temp", "registered-then-dropped"),
        Rules.fromDirectory(shown).all().stream().map(one -> one.id()).sorted().toList());
  }

  private static Map<String, String> mistakes(String... writtenAndRule) {
    Map<String, String> mistakes = new TreeMap<>();
    for (int i = 0; i < writtenAndRule.length; i += 2) {
      mistakes.put(writtenAndRule[i], writtenAndRule[i + 1]);
    }
    return mistakes;
  }

  @Test
  void theMistakesItListsAreToldSo() throws IOException {
    Map<String, String> mistakes =
        mistakes(
            "file.extention", "$e : FileEvent( like( file.extention, \"dll\" ) )",
            "FileEvnt( ... )", "$e : FileEvnt( file.path != null )",
            "liek( ... )", "$e : FileEvent( liek( file.path, \"x\" ) )",
            "event.type == \"change\"", "$e : FileEvent( event.type == \"change\" )",
            "matches \"(a+)+\"", "$e : FileEvent( file.path matches \"(a+)+\" )",
            "process.name : \"w3wp.exe\"", "$e : FileEvent( process.name : \"w3wp.exe\" )",
            "process.name = \"w3wp.exe\"", "$e : FileEvent( process.name = \"w3wp.exe\" )",
            "like( ... ) or like( ... )",
                "$e : FileEvent( like( file.name, \"a\" ) or like( file.name, \"b\" ) )",
            "not like( ... )", "$e : FileEvent( not like( file.name, \"a\" ) )",
            "\"D:\\sites\"", "$e : FileEvent( pathLike( file.path, \"D:\\sites\" ) )",
            "file.path == \"x.dll\"", "$e : FileEvent( file.path == \"x.dll\" )",
            "System.exit( 1 )", "$e : FileEvent( file.path != null )");
    Map<String, String> told = new TreeMap<>();
    Pattern.compile("\\| `([^`]+)`(?: after `then`)? \\| ([A-Za-z:].*) \\|")
        .matcher(Files.readString(GUIDE).split("\n## Mistakes\n", 2)[1])
        .results()
        .forEach(row -> told.put(row.group(1), row.group(2).replace("\\|", "|")));
    assertEquals(new TreeSet<>(mistakes.keySet()), told.keySet());
    Path broken = Files.createDirectory(directory.resolve("broken"));
    for (Map.Entry<String, String> mistake : mistakes.entrySet()) {
      String consequence =
          mistake.getKey().startsWith("System")
              ? mistake.getKey() + ";"
              : "insert( new Detection( $e ) );";
      Files.writeString(
          broken.resolve("broken.drl"),
          HEADER
              + "rule \"r\" @id( \"r\" ) when "
              + mistake.getValue()
              + " then "
              + consequence
              + " end");
      String message =
          String.valueOf(
              assertThrows(RulesException.class, () -> Rules.fromDirectory(broken)).getMessage());
      assertTrue(message.contains(told.get(mistake.getKey())), message);
    }
  }

  @Test
  void theCommandsOfTheGuideAreThere() throws Exception {
    Ended begun =
        iiswarden(
                "new-rule",
                "module-in-temp",
                rules,
                "--kind",
                "library",
                "--name",
                "Module in a temporary folder",
                "--guides",
                rules)
            .run()
            .with(0);
    assertTrue(begun.out().contains("passed"), begun::out);
    iiswarden(
            "explain",
            "--line",
            "3",
            "--rule",
            "registry-then-file",
            "--rules",
            rules,
            "src/samples/web02.ecs.ndjson")
        .run()
        .with(0);
  }
}
