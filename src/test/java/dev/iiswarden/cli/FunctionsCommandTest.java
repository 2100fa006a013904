package dev.iiswarden.cli;

import static dev.iiswarden.cli.Program.iiswarden;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.iiswarden.event.EventField;
import dev.iiswarden.event.EventKind;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The program lists what rules can name. */
class FunctionsCommandTest {
  private static final int COLUMNS = 100;

  @Test
  void everythingIsListedWithinAHundredColumns() throws Exception {
    List<String> lines = iiswarden("functions").run().with(0).out().lines().toList();

    for (EventKind kind : EventKind.all()) {
      assertTrue(lines.contains("  " + kind.factName()), kind::name);
      for (EventField field : kind.fields()) {
        assertTrue(
            lines.stream().anyMatch(line -> line.startsWith("  " + field.property() + ": ")),
            field::name);
      }
    }
    assertTrue(lines.contains("  folderOf( path: text ): text"));
    assertTrue(lines.contains("Functions of Eql: import function dev.iiswarden.event.Eql.*;"));
    assertEquals(List.of(), lines.stream().filter(line -> line.length() > COLUMNS).toList());
  }

  @Test
  void aWordSelectsByNameAndBySentence() throws Exception {
    String out = iiswarden("functions", "FOLDER").run().with(0).out();

    assertTrue(out.contains("  folderOf( path: text ): text\n"), out);
    assertTrue(out.contains("  sameFolder( one: text, other: text )\n"), out);
    assertFalse(out.contains("samePath"), out);
    assertFalse(out.contains("Facts"), out);
    assertTrue(iiswarden("functions", "which Windows reuses").run().with(0).out().contains("pid"));
  }

  @ParameterizedTest
  @CsvSource({"liek, like", "FileEvnt, FileEvent", "comandLine, commandLine", "fodlerOf, folderOf"})
  void theNearestNameIsSuggested(String word, String nearest) throws Exception {
    String err = iiswarden("functions", word).run().with(2).err();

    assertTrue(err.contains("contains '" + word + "': did you mean " + nearest + "?"), err);
    assertTrue(err.contains("Try: iiswarden functions --help"), err);
  }

  @Test
  void aWordLikeNoOtherIsSimplyNotFound() throws Exception {
    String err = iiswarden("functions", "quetzalcoatl").run().with(2).err();

    assertTrue(err.startsWith("no fact, field or function contains 'quetzalcoatl'\n"), err);
  }
}
