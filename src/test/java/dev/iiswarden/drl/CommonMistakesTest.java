package dev.iiswarden.drl;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What newcomers write is refused in one sentence that says what, where, and what instead. */
class CommonMistakesTest {
  private static final String GOOD =
      """
      package analyst;
      import dev.iiswarden.event.*;
      import function dev.iiswarden.event.Eql.*;
      import function dev.iiswarden.event.WindowsPaths.*;
      rule "Configuration changed"
      when
          $config : FileEvent( pathLike( file.path, "D:\\\\sites\\\\*" ) )
      then
          insert( new PendingSequence( "site-dll", $config ) );
      end
      rule "DLL loaded after it"
          @id( "site-dll" )
          @severity( "medium" )
          @technique( "T1505.004 IIS Components" )
      when
          $config : PendingSequence( name == "site-dll" ) over window:time( 10m1ms )
          $loaded : LibraryEvent(
              follows( $config, "10m" ),
              like( process.name, "w3wp.exe" ),
              pathLike( dll.path, "D:\\\\sites\\\\*.dll" )
          )
      then
          insert( new Detection( $config, $loaded ) );
      end
      """;

  private static List<Problem> problems(String text) {
    return assertThrows(RuleErrors.class, () -> RuleSet.read(Map.of("own.drl", text))).problems();
  }

  private static String told(String right, String wrong) {
    String text = GOOD.replace(right, wrong);
    assertTrue(!text.equals(GOOD), right);
    List<Problem> problems = problems(text);
    assertEquals(1, problems.size(), problems::toString);
    Problem problem = problems.get(0);
    return problem.line() + ":" + problem.column() + " " + problem.reason();
  }

  @Test
  void theRulesAreGood() throws RuleErrors {
    assertEquals(2, RuleSet.read(Map.of("own.drl", GOOD)).rules().size());
  }

  @ParameterizedTest(name = "{1}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      value = {
        "\"w3wp.exe\" ),                     | \"w3wp.exe\" ) or  | 19:42 or is written ||",
        "\"w3wp.exe\" ),                     | \"w3wp.exe\" ) and | 19:42 and is written &&; between the"
            + " conditions of a fact, write a comma",
        "\"w3wp.exe\" ),                     | \"w3wp.exe\" )     | 19:40 a comma is missing before pathLike",
        "like( process.name, \"w3wp.exe\" )  | process.name : \"w3wp.exe\" | 19:22 : compares in EQL; here,"
            + " write like( process.name, \"w3wp.exe\" )",
        "like( process.name, \"w3wp.exe\" )  | process.name = \"w3wp.exe\" | 19:22 equality is written ==",
        "like( process.name, \"w3wp.exe\" )  | process.name like \"w3wp.exe\" | 19:22 like is a function:"
            + " like( process.name, \"w3wp.exe\" )",
        "like( process.name, \"w3wp.exe\" )  | process.name =~ \"w3wp.exe\" | 19:22 there are no regular"
            + " expressions; write like( field, \"*text*\" )",
        "\"w3wp.exe\"                        | \u201cw3wp.exe\u201d | 19:29 a quote must be straight: \"",
        "\"w3wp.exe\"                        | 'w3wp.exe'           | 19:29 a text is in double quotes",
        "\"D:\\\\sites\\\\*.dll\" )          | \"D:\\\\sites\\\\*.dll\" | 20:46 a closing parenthesis is"
            + " missing at the end of this line",
      })
  void syntaxOfOtherLanguages(String right, String wrong, String message) {
    assertTrue(told(right, wrong).startsWith(message), told(right, wrong));
  }

  @ParameterizedTest(name = "{1}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      value = {
        "like( process.name, \"w3wp.exe\" )  | contains( process.name, \"w3wp\" ) | 19:9 contains(...) is not a"
            + " function that rules may call",
        "like( process.name, \"w3wp.exe\" )  | process.name contains \"w3wp\" | 19:22 contains, excludes and"
            + " memberOf are for lists of texts, and this is a text; write like( field, \"*text*\" )",
        "D:\\\\sites\\\\*.dll                | D:\\sites\\*.dll | 20:32 \\s in a text: a backslash is written"
            + " twice, as in \"C:\\\\inetpub\"",
        "D:\\\\sites\\\\*.dll                | D:\\temp\\new    | 20:32 \\t in a text: a backslash is written"
            + " twice, as in \"C:\\\\inetpub\"",
        "\"10m\"                             | \"ten\"   | 18:27 'ten' is not a time span: write a whole number"
            + " and ms, s, m, h or d, as in 1h",
        "\"10m\"                             | \"10 minutes\" | 18:27 '10 minutes' is not a time span: write a"
            + " whole number and ms, s, m, h or d, as in 1h",
        "10m1ms                              | 1m        | 18:9 the window of $config is shorter than 10m; say:"
            + " over window:time( 10m1ms )",
        "\"w3wp.exe\"                        | \"^w3wp\\\\.exe$\" | 19:29 \"^w3wp\\.exe$\" is a regular expression;"
            + " here, * stands for any text and ? for one character",
        "like( process.name, \"w3wp.exe\" )  | process.name == \"w3wp*\" | 19:25 this compares the whole text,"
            + " and * is no wildcard; write like( field, \"...\" )",
        "\"D:\\\\sites\\\\*.dll\"            | \"bin\"   | 20:29 it can never match: this is a name, and the field"
            + " is a whole path; write \"*\\\\bin\", or test the name",
        "\"w3wp.exe\"                        | \"*\\\\w3wp.exe\" | 19:29 it can never match: a name has no folder;"
            + " test the path or the executable",
        "$config, \"10m\"                    | $confg, \"10m\" | 18:18 the rule has no $confg here: did you mean"
            + " $config?",
        "$loaded                             | $config | 17:5 $config is already bound; give each variable"
            + " a name of its own",
        "\"medium\"                          | \"hgih\"  | 13:5 @severity is low, medium, high or critical, not hgih",
        "\"medium\"                          | \"Medium\" | 13:5 @severity is low, medium, high or critical, not"
            + " Medium",
        "@id( \"site-dll\" )                 | @id( \"Site DLL\" ) | 12:5 @id is made of lower-case letters, digits"
            + " and hyphens, not Site DLL",
        "T1505.004 IIS Components            | 1505.004  | 14:5 @technique is an ATT&CK technique, as in"
            + " \"T1505.004 Server Software Component: IIS Components\", not 1505.004",
        "IIS Components\" )                 | IIS Components\" ) @stages( \"droped\" ) | 14:46 @stages is one"
            + " or more of dropped, registered, loaded and used, not droped",
        "IIS Components\" )                 | IIS Components\" ) @suppressBy( \"dll\" ) | 14:46 @suppressBy is"
            + " one or more fields of events, as in \"process.executable\", or site, not dll",
        "IIS Components\" )                 | IIS Components\" ) @suppressFor( 999ms ) | 14:46 @suppressFor is"
            + " a time span from 1s to 7d, as in \"1d\", not 999ms",
        "IIS Components\" )                 | IIS Components\" ) @suppressFor( \"8d\" ) | 14:46 @suppressFor is"
            + " a time span from 1s to 7d, as in \"1d\", not 8d",
        "@id( \"site-dll\" )                 | @version( 1 ) | 11:1 a rule that raises an alert needs an @id, as in"
            + " @id( \"my-rule\" )",
        "Detection( $config, $loaded )       | Detection( $config.name ) | 23:17 Detection: evidence is an event,"
            + " a PendingSequence or a ModuleRegistration, not a text",
      })
  void valuesThatCanNeverBeRight(String right, String wrong, String message) {
    assertEquals(
        "rule \"DLL loaded after it\": " + message.replaceFirst("\\S+ ", ""),
        told(right, wrong).replaceFirst("\\S+ ", ""));
    assertEquals(message.split(" ", 2)[0], told(right, wrong).split(" ", 2)[0]);
  }

  @Test
  void aMissingKeywordIsNamed() {
    assertEquals(
        "8:5 when is missing before $config",
        told("when\n    $config : FileEvent", "\n\n    $config : FileEvent"));
    assertEquals(
        "25:1 the file ends within a rule: end is missing",
        told("$loaded ) );\nend", "$loaded ) );\n"));
  }

  @Test
  void aByteOrderMarkIsNoMistake() throws RuleErrors {
    assertEquals(2, RuleSet.read(Map.of("own.drl", "\ufeff" + GOOD)).rules().size());
  }

  @Test
  void invisibleCharactersAreRefusedWhereTheyStand() {
    for (String invisible : List.of("\u001b", "\u202e", "\u200b", "\u0007")) {
      List<Problem> problems = problems(GOOD.replace("DLL loaded", "DLL" + invisible + " loaded"));
      assertEquals(11, problems.get(0).line());
      assertEquals(10, problems.get(0).column());
      assertTrue(problems.get(0).reason().startsWith("an invisible character, U+"));
      assertTrue(!problems.toString().contains(invisible));
    }
  }

  @Test
  void namesAndIdsAreUsedOnceAndBothPlacesAreNamed() {
    String other = GOOD.replace("site-dll", "other-dll");
    List<Problem> problems =
        assertThrows(RuleErrors.class, () -> RuleSet.read(Map.of("a.drl", GOOD, "b.drl", other)))
            .problems();
    assertEquals(
        "[b.drl:5 rule \"Configuration changed\": there is another rule of this name in a.drl:5,"
            + " b.drl:11 rule \"DLL loaded after it\": there is another rule of this name in a.drl:11]",
        problems.stream()
            .map(one -> one.file() + ":" + one.line() + " " + one.reason())
            .toList()
            .toString());
  }

  @Test
  void whatIsTooLargeOrTooDeepIsRefused() {
    String deep = "(".repeat(20_000) + "file.path" + ")".repeat(20_000) + " == null";
    String condition = "pathLike( file.path, \"D:\\\\sites\\\\*\" )";
    Problem problem = problems(GOOD.replace(condition, deep)).get(0);
    assertEquals(7, problem.line());
    assertEquals("brackets are nested more than 9 deep", problem.reason());
    String wide = "file.path == null" + " || file.path == null".repeat(20_000);
    problem = problems(GOOD.replace(condition, wide)).get(0);
    assertEquals(7, problem.line());
    assertTrue(
        problem.reason().contains("more than 16384 characters in brackets"), problem.reason());
    problem = problems(GOOD + "// " + "x".repeat(1 << 19)).get(0);
    assertEquals("the file has more than 524288 characters", problem.reason());
  }

  /** Drools would make a million rules of it. */
  @Test
  void tooManyWaysToMeetARuleAreRefused() {
    String or = "( FileEvent( file.path != null ) or LibraryEvent( dll.path != null ) )\n";
    String text =
        GOOD.replace("    $config : FileEvent", or.repeat(12) + "    $config : FileEvent");
    assertEquals(
        "rule \"Configuration changed\": its or-conditions can be met in more than 64 ways; write several rules",
        problems(text).get(0).reason());
  }

  @Test
  void aSetThatIsTooLargeIsRefused() {
    Map<String, String> files = new TreeMap<>();
    for (int i = 0; i < 17; i++) {
      files.put("f" + i + ".drl", "// " + "x".repeat(250_000));
    }
    assertEquals(
        "the rule files have more than 4194304 characters",
        assertThrows(RuleErrors.class, () -> RuleSet.read(files)).problems().get(0).reason());
  }

  /** Drools' parser would take a minute. */
  @Test
  void callsWithinCallsAreRefusedBeforeTheyTakeForever() {
    String deep = "pathLike( " + "folderOf( ".repeat(23) + "file.path" + " )".repeat(23);
    assertEquals(
        "brackets are nested more than 9 deep",
        problems(GOOD.replace("pathLike( file.path", deep)).get(0).reason());
  }

  @Test
  void aFieldOfTheFirstEventOfASequenceCanBeCompared() throws RuleErrors {
    String text =
        GOOD.replace("name == \"site-dll\"", "name == \"site-dll\", $first : first")
            .replace(
                "like( process.name, \"w3wp.exe\" )",
                "sameFolder( dll.path, $first.file.path ), samePath( folderOf( dll.path ),"
                    + " folderOf( $config.first.file.path ) )");
    assertEquals(2, RuleSet.read(Map.of("own.drl", text)).rules().size());
  }
}
