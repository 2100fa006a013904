package dev.iiswarden.rules;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Files that were made to break what reads them are refused like any other mistake. */
class HostileFilesTest {
  private static final String GOOD =
      """
      package analyst;
      import dev.iiswarden.event.*;
      rule "r" @id( "r" ) when $f : FileEvent() then insert( new Detection( $f ) ); end
      """;

  /** More than any rule has; the DRL parser takes the square of this time. */
  private static final int MANY = 1_000;

  private static final Pattern UNPRINTABLE = Pattern.compile("[\\p{Cc}\\p{Cf}&&[^\n]]");

  @TempDir private Path directory;

  private static String condition(String condition) {
    return GOOD.replace("FileEvent()", "FileEvent( " + condition + " )");
  }

  private static String refusal(Map<String, String> files) {
    String message =
        String.valueOf(
            assertThrows(RulesException.class, () -> Rules.fromFiles(files)).getMessage());
    assertFalse(UNPRINTABLE.matcher(message).find(), message);
    return message;
  }

  private String refusalOfDirectory() {
    String message =
        String.valueOf(
            assertThrows(RulesException.class, () -> Rules.fromDirectory(directory)).getMessage());
    assertFalse(UNPRINTABLE.matcher(message).find(), message);
    return message;
  }

  /** By its extension, Drools would take such a file for a process, a table or a module. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "x.bpmn",
        "x.bpmn2",
        "x.drl.xls",
        "x.drl.xlsx",
        "x.drl.csv",
        "x.drl.yaml",
        "x.dsl",
        "x.dslr",
        "x.rdrl",
        "x.gdrl",
        "x.drt",
        "x.dmn",
        "x.pmml",
        "x.class",
        "X.java",
        "pom.xml",
        "kmodule.xml",
        "META-INF/kmodule.xml",
        "../x.drl",
        "a/x.drl",
        "a\\x.drl",
        "/x.drl",
        "C:x.drl",
        ".drl",
        "",
        "x.DRL",
        "x.drl ",
        "x y.drl",
        "x\n.drl",
        "x\u0000.drl",
        "x\u001b[31m.drl",
        "x\u202e.drl",
        "iiswarden+sequences.drl"
      })
  void aFileOfAnotherNameIsRefused(String name) {
    String reason = "the name of a rule file has letters, digits, - and _, and ends in .drl";
    assertTrue(refusal(Map.of(name, GOOD)).contains(reason));
    RulesException trusted =
        assertThrows(
            RulesException.class,
            () -> RulesDirectory.at(directory).trusted().compile(Map.of(name, GOOD)));
    assertTrue(String.valueOf(trusted.getMessage()).contains(reason), trusted::getMessage);
  }

  @Test
  void aTrustedFileReplacesNoneOfOurs() throws IOException {
    Files.writeString(
        directory.resolve("iiswarden-sequences.drl"),
        GOOD.replace("package analyst", "package iiswarden.sequences"));
    Rules rules = RulesDirectory.at(directory).trusted().compile();
    assertEquals(Rules.fromFiles(Map.of("r.drl", GOOD)).byName().keySet(), rules.byName().keySet());
  }

  @Test
  void deepNestingIsRefusedWithItsLine() {
    int times = 20_000;
    assertTrue(
        refusal(
                Map.of(
                    "a.drl",
                    condition("(".repeat(times) + "file.path" + ")".repeat(times) + " == null")))
            .contains("a.drl:3:"));
    assertTrue(
        refusal(
                Map.of(
                    "a.drl",
                    condition("file.name == \"x\"" + " || file.name == \"y\"".repeat(times))))
            .contains("a.drl:3:"));
  }

  /** What has no brackets recurses, too: in the parser, in the reader, or in the engine. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        " && file.name == \"y\"",
        " || == \"y\"",
        " + \"y\"",
        " - 1",
        ", file.name != \"y\"",
        " == file.name",
        ".name",
        "!"
      })
  void longChainsAreRefusedOrLoad(String link) {
    isRefusedOrLoads(condition("file.name == \"x\"" + link.repeat(MANY)));
    isRefusedOrLoads(condition("file.name" + link.repeat(MANY) + " == \"x\""));
    isRefusedOrLoads(condition(link.repeat(MANY) + "file.name == \"x\""));
  }

  private static void isRefusedOrLoads(String text) {
    try {
      Rules.fromFiles(Map.of("a.drl", text));
    } catch (RulesException e) {
      assertFalse(UNPRINTABLE.matcher(String.valueOf(e.getMessage())).find(), e::getMessage);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"not ", "exists ", "FileEvent() ", "FileEvent() or ", "FileEvent() and "})
  void manyPatternsAreRefusedOrLoad(String pattern) {
    isRefusedOrLoads(GOOD.replace("$f :", pattern.repeat(MANY) + "$f :"));
  }

  @Test
  void aRuleOfManyFactsIsRefusedWithItsLine() {
    assertTrue(
        refusal(Map.of("a.drl", GOOD.replace("$f :", "FileEvent() ".repeat(MANY) + "$f :")))
            .contains("a.drl:3:1: rule \"r\": a rule has at most 32 facts in its conditions"));
  }

  @Test
  void nothingOfAFileCanActOnATerminal() throws IOException {
    String[] hostile = {
      "\u001b[31mRED\u0007",
      "\u001b]0;own\u0007",
      "\u009b2J",
      "\u202e txt",
      "\b\b\b",
      "\r",
      "\u200b"
    };
    for (String text : hostile) {
      for (String place :
          new String[] {
            "\"r\" @id", "@id( \"r", "FileEvent", "insert", "Detection", "analyst", "$f"
          }) {
        String file = GOOD.replace(place, place + text).replace("end", "end " + text);
        refusal(Map.of("a.drl", file));
      }
      refusal(Map.of("a" + text + ".drl", GOOD));
      Files.write(
          directory.resolve("a" + text + ".drl"),
          "\u00ff \u001b[31m".getBytes(StandardCharsets.ISO_8859_1));
      refusalOfDirectory();
      Files.delete(directory.resolve("a" + text + ".drl"));
    }
    Files.writeString(
        directory.resolve("a.drl"),
        """
        package analyst;
        import dev.iiswarden.event.*;
        rule "a\u202e b" @id( "x\u001b[31mRED\u0007" ) @severity("\u001b]0;own\u0007")
        when $f : FileEvent( file.pth == "\u001b[2J" ) then insert( new Detection( $f ) ); end
        """);
    assertTrue(refusalOfDirectory().contains("a.drl:3:"));
  }

  @Test
  void aFileLargerThanAnArrayIsRefusedUnread() throws IOException {
    try (RandomAccessFile file =
        new RandomAccessFile(directory.resolve("large.drl").toFile(), "rw")) {
      file.setLength(3L << 30);
    }
    assertTrue(refusalOfDirectory().contains("large.drl has more than"));
  }

  @Test
  void noFileIsNoRuleSet() {
    assertTrue(refusal(Map.of()).contains("there is no rule file"));
  }

  @Test
  void anAnnotationIsGivenOnce() {
    assertTrue(
        refusal(Map.of("a.drl", GOOD.replace("when", "@id( \"System.exit( 1 )\" ) when")))
            .contains("a.drl:3:10: rule \"r\": there is another @id in this rule"));
  }
}
