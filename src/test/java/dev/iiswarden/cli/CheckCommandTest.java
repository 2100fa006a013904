package dev.iiswarden.cli;

import static dev.iiswarden.cli.Program.iiswarden;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The program looks for mistakes in rules. */
class CheckCommandTest {
  private static final String HEADER =
      """
      package analyst;
      import dev.iiswarden.event.*;
      import function dev.iiswarden.event.Eql.*;
      """;

  @TempDir private Path directory;

  private void rule(String text) throws IOException {
    Files.writeString(directory.resolve("own.drl"), HEADER + text);
  }

  private List<String> findings() throws Exception {
    return iiswarden("check", directory)
        .run()
        .with(1)
        .out()
        .lines()
        .map(line -> line.replace(directory + "/", ""))
        .filter(line -> line.startsWith("own.drl:") && !line.contains("it has no @"))
        .toList();
  }

  @Test
  void nothingIsFoundInTheRulesOfTheProject() throws Exception {
    List<String> out = iiswarden("check", "rules-drl").run().with(0).out().lines().toList();
    assertEquals("38 rules that raise alerts; 0 findings", out.get(0));
    assertTrue(
        out.get(1)
            .matches(
                "estimated: at most [\\d,]+ comparisons per event, \\d+ of them by \".+\"; with 1,000"
                    + " facts of a host open, at most [\\d,]+ tuples per record, by \".+\""),
        out::toString);
  }

  @Test
  void missingMetadataIsNamed() throws Exception {
    rule(
        """
        rule "r" @id( "r" ) @severity( "low" )
        when $f : FileEvent( like( file.path, "*x" ) )
        then insert( new Detection( $f ) ); end
        """);
    String out = iiswarden("check", directory).run().with(1).out();
    assertTrue(out.contains("own.drl:4:1: rule \"r\": it has no @description"), out);
    assertTrue(out.contains("1 rules that raise alerts; 6 findings"), out);
  }

  @Test
  void aSpanOfSuppressionNeedsWhatIsSuppressed() throws Exception {
    rule(
        """
        rule "r" @id( "r" ) @suppressFor( "2h" )
        when $f : FileEvent( like( file.path, "*x" ) )
        then insert( new Detection( $f ) ); end
        """);
    assertEquals(
        List.of(
            "own.drl:4:1: rule \"r\": @suppressFor does nothing without @suppressBy, which says what"
                + " makes an alert a repeat"),
        findings());
  }

  @Test
  void aFactWithoutAConditionAndAJoinWithoutAWindow() throws Exception {
    rule(
        """
        rule "r" @id( "r" )
        when
          $r : RegistryEvent()
          $f : FileEvent( follows( $r, "1h" ) )
        then insert( new Detection( $r, $f ) ); end
        """);
    List<String> findings = findings();
    assertEquals(2, findings.size(), findings::toString);
    assertTrue(
        findings.get(0).startsWith("own.drl:4:1: rule \"r\": it joins facts without a window"));
    assertTrue(
        findings.get(1).startsWith("own.drl:6:3: rule \"r\": RegistryEvent without a condition"));
  }

  @Test
  void sequencesThatNobodyBeginsOrAwaitsAndWindowsThatAreTooLong() throws Exception {
    rule(
        """
        rule "first"
        when $f : FileEvent( like( file.path, "*x" ) )
        then insert( new PendingSequence( "one", $f ) ); end
        rule "r" @id( "r" )
        when
          $p : PendingSequence( name == "two" ) over window:time( 8d )
          $f : FileEvent( follows( $p, "8d" ) )
        then insert( new Detection( $p, $f ) ); end
        """);
    List<String> findings = findings();
    assertEquals(3, findings.size(), findings::toString);
    assertTrue(
        findings
            .get(0)
            .contains(
                "own.drl:6:18: rule \"first\": it begins the sequence \"one\", which no rule completes"));
    assertTrue(findings.get(1).contains("own.drl:9:3: rule \"r\": a window longer than 7 days"));
    assertTrue(
        findings
            .get(2)
            .contains(
                "own.drl:9:34: rule \"r\": it can never fire: no rule begins the sequence \"two\""));
  }

  @Test
  void rulesThatNoEventCanReach() throws Exception {
    rule(
        """
        rule "r" @id( "r" )
        when
          $r : ModuleRegistration() over window:time( 1h )
          $f : FileEvent( oneOf( event.type, "start", "end" ), $r.names( file.path ) )
        then insert( new Detection( $f ) ); end
        rule "s" @id( "s" )
        when $l : LibraryEvent( like( event.type, "st*" ), like( dll.path, "*x" ) )
        then insert( new Detection( $l ) ); end
        """);
    assertEquals(
        List.of(
            "own.drl:6:3: rule \"r\": it can never fire: no rule inserts a ModuleRegistration",
            "own.drl:7:26: rule \"r\": it can never fire: the event.type of a FileEvent is access,"
                + " change, creation, deletion, info"),
        findings());
  }

  @Test
  void whatDoesNotCompileIsTold() throws Exception {
    rule("rule \"r\" @id( \"r\" ) when $f : FileEvnt() then insert( new Detection( $f ) ); end");
    assertTrue(
        iiswarden("check", directory).run().with(2).err().contains("did you mean FileEvent?"));
  }

  @Test
  void theCostIsMeasuredOnASample() throws Exception {
    String out =
        iiswarden("check", "rules-drl", "--sample", "src/samples/web01.sysmon.ndjson")
            .run()
            .with(0)
            .out();
    assertTrue(
        out.matches("(?s).*[\\d,]+ ns per event of .*; the base query takes [\\d,]+ ns.*"), out);
    assertTrue(
        iiswarden("check", "rules-drl", "--sample", directory.resolve("none"))
            .run()
            .with(1)
            .err()
            .contains("none"));
  }
}
