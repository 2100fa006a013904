package dev.iiswarden.rules;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A mistake in a rule is told with the line it is in, in words that help. */
class BrokenRulesTest {
  private static final String GOOD =
      """
      package analyst;

      import dev.iiswarden.event.*;
      import function dev.iiswarden.event.Eql.*;

      rule "Any DLL"
          @id( "any-dll" )
      when
          $dropped : FileEvent(
              oneOf( event.type, "creation" ),
              like( file.extension, "dll" )
          )
      then
          insert( new Detection( $dropped ) );
      end
      """;

  @TempDir private Path directory;

  private void assertTold(String right, String wrong, String problem) throws IOException {
    String broken = GOOD.replace(right, wrong);
    assertTrue(!broken.equals(GOOD), right);
    Files.writeString(directory.resolve("own.drl"), broken);
    RulesException told =
        assertThrows(RulesException.class, () -> Rules.fromDirectory(directory), wrong);
    assertTrue(String.valueOf(told.getMessage()).contains(problem), told::getMessage);
  }

  @Test
  void theRuleIsGood() throws IOException {
    Files.writeString(directory.resolve("own.drl"), GOOD);
    assertTrue(Rules.fromDirectory(directory).all().size() == 1);
  }

  @Test
  void syntax() throws IOException {
    assertTold("then", "thn", "own.drl:14:5: then is missing before insert");
    assertTold(
        "\"dll\" )",
        "\"dll\"",
        "own.drl:11:35: a closing parenthesis is missing at the end of this line");
  }

  @Test
  void anUnknownField() throws IOException {
    assertTold(
        "file.extension",
        "file.extention",
        "own.drl:11:20: rule \"Any DLL\": FileFields has no field extention: did you mean extension?");
    assertTold(
        "file.extension",
        "registry.path",
        "own.drl:11:15: rule \"Any DLL\": FileEvent has no field registry");
  }

  @Test
  void anUnknownType() throws IOException {
    assertTold(
        "FileEvent(",
        "FileEvnt(",
        "own.drl:9:16: rule \"Any DLL\": FileEvnt is not a fact: did you mean FileEvent?");
  }

  @Test
  void anUnknownFunction() throws IOException {
    assertTold(
        "like(",
        "liek(",
        "own.drl:11:9: rule \"Any DLL\": liek(...) is not a function that rules may call:"
            + " did you mean like?");
  }

  @Test
  void aWrongTypeInAComparison() throws IOException {
    assertTold(
        "like( file.extension, \"dll\" )",
        "process.pid == \"dll\"",
        "own.drl:11:9: rule \"Any DLL\": process.pid is a number, and \"dll\" is a text");
    assertTold(
        "like( file.extension, \"dll\" )",
        "event.type == \"dll\"",
        "own.drl:11:9: rule \"Any DLL\": event.type is a list of texts (see oneOf and like)");
    assertTold(
        "like( file.extension, \"dll\" )",
        "like( process.pid, \"dll\" )",
        "own.drl:11:9: rule \"Any DLL\": like does not take process.pid, which is a number");
  }

  @Test
  void aMissingImport() throws IOException {
    assertTold(
        "import function dev.iiswarden.event.Eql.*;\n",
        "\n",
        "own.drl:11:9: rule \"Any DLL\": like needs: import function dev.iiswarden.event.Eql.*;");
    assertTold(
        "import dev.iiswarden.event.*;\n",
        "\n",
        "own.drl:9:5: rule \"Any DLL\": FileEvent needs: import dev.iiswarden.event.*;");
  }

  @Test
  void anErrorInTheConsequence() throws IOException {
    assertTold(
        "Detection( $dropped )",
        "Detection( $droped )",
        "own.drl:14:28: rule \"Any DLL\": the rule has no $droped here: did you mean $dropped?");
    assertTold(
        "insert(",
        "isnert(",
        "own.drl:14:5: rule \"Any DLL\": isnert is not expected here: a consequence may only insert");
    assertTold(
        ") );\n",
        ");\n",
        "own.drl:14:38: a closing parenthesis is missing at the end of this line");
  }

  @Test
  void aDuplicateId() throws IOException {
    Files.writeString(
        directory.resolve("another.drl"),
        GOOD.replace("Any DLL", "Another").replace("*;\n\n", "*;\n"));
    assertTold(
        "Any DLL",
        "One",
        "own.drl:7:5: rule \"One\": there is another rule with @id( \"any-dll\" ) in another.drl:5");
  }
}
