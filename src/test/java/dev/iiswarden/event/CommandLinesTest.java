package dev.iiswarden.event;

import static dev.iiswarden.event.CommandLines.hasArgument;
import static dev.iiswarden.event.CommandLines.hasOption;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTimeout;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CommandLinesTest {
  private static final String APPCMD =
      "\"C:\\Windows\\System32\\inetsrv\\appcmd.exe\" INSTALL module /name:RGDoor"
          + " /image:\"C:\\Program Files\\x y\\rg.dll\"";

  /** The examples of "Parsing C command-line arguments", and those of the program's name. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      value = {
        "a.exe \"a b c\" d e         | a b c;d;e",
        "a.exe \"ab\\\"c\" \"\\\\\" d    | ab\"c;\\;d",
        "a.exe a\\\\\\b d\"e f\"g h      | a\\\\\\b;de fg;h",
        "a.exe a\\\\\\\"b c d            | a\\\"b;c;d",
        "a.exe a\\\\\\\\\"b c\" d e      | a\\\\b c;d;e",
        "a.exe C:\\dir\\ b\\             | C:\\dir\\;b\\",
        "a.exe in\"\"stall \"\" x        | install;;x",
        "a.exe \"open end                | open end",
        "a.exe\t\tx \t y                 | x;y",
        "\"C:\\a b\\\\\" x               | x",
        "\"C:\\a b\\\" x                 | x",
        "C:\\\"a b\"\\c.exe x            | x",
      })
  void argumentsAreWhatTheProgramGets(String commandLine, String arguments) {
    assertEquals(List.of(arguments.split(";", -1)), Arguments.in(commandLine));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "a.exe", "a.exe ", "\"a b.exe\"", "\"a b", "\\", "\""})
  void theProgramIsNoArgument(String commandLine) {
    assertEquals(List.of(), Arguments.in(commandLine));
  }

  /** As for the program itself, which finds its name missing. */
  @Test
  void aBlankAtTheStartLeavesTheNameEmpty() {
    assertEquals(List.of("a.exe", "x"), Arguments.in(" a.exe x"));
  }

  @Test
  void anArgumentIsAWholeOneInAnyLetterCase() {
    assertTrue(hasArgument(APPCMD, "add", "install"));
    assertTrue(hasArgument(APPCMD, "MODULE"));
    assertTrue(hasArgument(APPCMD, "/image:*.dll"));
    assertTrue(hasArgument(APPCMD, "/image:c:\\program files\\x y\\rg.dll"));
    assertFalse(hasArgument(APPCMD, "instal", "mod", "add"));
    assertFalse(hasArgument(APPCMD, "*appcmd*"));
    assertFalse(hasArgument("a.exe \"install module\"", "install"));
    assertFalse(hasArgument(APPCMD));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/i", "-i", "--i", "/I", "\u2013i", "\u2014i", "\u2015i", "\"/i\"", "-i:x", "/i=x", "/i:",
        "-i x"
      })
  void anOptionBeginsWithAnySign(String written) {
    for (String option : List.of("i", "/i", "-i", "--I")) {
      assertTrue(hasOption("gacutil.exe " + written, "u", option), option);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "i",
        "/in",
        "/ x",
        "-",
        "/",
        "---i",
        "x/i",
        "-x:i",
        "//",
        "i:x",
        "\"/i x\"",
        "/:i"
      })
  void nothingElseIsThatOption(String written) {
    assertFalse(hasOption("gacutil.exe " + written, "/i"), written);
  }

  @Test
  void theProgramIsNoOption() {
    assertFalse(hasOption("/i", "i"));
    assertFalse(hasOption("a.exe /i"));
    assertFalse(hasOption("a.exe / -", "", "/"));
  }

  @Test
  void whatIsMissingMeetsNoCondition() {
    assertFalse(hasArgument(null, "*"));
    assertFalse(hasOption(null, "i"));
  }

  @Test
  void hostileTextTakesLinearTime() {
    String quotes = "a.exe " + "\\\"".repeat(1_000_000) + "\\".repeat(1_000_000) + " \"";
    String signs = "a.exe " + "- ".repeat(1_000_000);
    assertTimeout(
        Duration.ofSeconds(5),
        () -> {
          assertFalse(hasArgument(quotes, "install", "*x"));
          assertFalse(hasOption(signs, "i"));
        });
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "appcmd \"install\"  \"module\" /name:x | appcmd install module /name:x",
        "\"C:\\Windows\\System32\\inetsrv\\appcmd.exe\" ins\"\"tall module | C:\\Windows\\System32\\inetsrv\\appcmd.exe install module",
        "appcmd | appcmd",
      })
  void unquotedIsWhatTheProgramReads(String commandLine, String expected) {
    assertEquals(expected, CommandLines.unquoted(commandLine));
  }

  @Test
  void unquotedSeparatesArgumentsByBlanks() {
    assertEquals("appcmd add module", CommandLines.unquoted("appcmd\tadd\t\"module\""));
    assertEquals("", CommandLines.unquoted(""));
    assertNull(CommandLines.unquoted(null));
  }
}
