package dev.iiswarden.decode;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.iiswarden.testing.CpuTime;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Values in the text of an event, in several languages. */
class RenderedMessageTest {
  /** So many characters that even the fastest loop over the rest, at each of them, shows. */
  private static final int LONG = 1 << 19;

  private static final String ID = "3f0a0a11-2b6d-4c5e-9f00-0123456789ab";

  private static FieldValues read(String text) {
    FieldValues values = new FieldValues();
    RenderedMessage.read(text, values);
    return values;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "A new process has been created.\n\tNew Process Name:\tC:\\a.exe\n\tProcess Command Line:\tx y",
        "Neuer Prozess.\n\tNeuer Prozessname:\tC:\\a.exe\n\tProzessbefehlszeile:\tx y",
        "Un processus.\n\tNom du nouveau processus\u00a0:\tC:\\a.exe\n"
            + "\tLigne de commande du processus\u202f: x y",
        "Un proceso.\n\tNombre de nuevo proceso:\tC:\\a.exe\n"
            + "\tL\u00ednea de comandos de proceso:\tx y",
        "\u65b0\n\t\u65b0\u3057\u3044\u30d7\u30ed\u30bb\u30b9\u540d\uff1aC:\\a.exe\n"
            + "\t\u30d7\u30ed\u30bb\u30b9\u306e\u30b3\u30de\u30f3\u30c9 \u30e9\u30a4\u30f3\uff1ax y",
        "\u65b0\r\n\t\u65b0\u8fdb\u7a0b\u540d\u79f0:\tC:\\a.exe\r\n\t\u8fdb\u7a0b\u547d\u4ee4\u884c:\tx y\r\n",
        "Process. New Process Name: C:\\a.exe Token Elevation Type: %%1936 Process Command Line: x y",
        "Process.  New Process Name:\tC:\\a.exe  Process Command Line:\tx y  "
      })
  void aProcessInAnyLanguageAndInOneLine(String text) {
    FieldValues values = read(text);
    assertEquals("C:\\a.exe", values.first(Field.NEW_PROCESS_NAME));
    assertEquals("x y", values.first(Field.COMMAND_LINE));
  }

  @Test
  void sysmonsLabelsAreItsFieldNames() {
    for (String between : List.of("\n", "\r\n", " ", "  ", "\t")) {
      FieldValues values =
          read(
              String.join(
                  between,
                  "File created:",
                  "RuleName: -",
                  "UtcTime: 2026-03-10 15:05:30.001",
                  "Image: C:\\b c.exe",
                  "TargetFilename: C:\\inetpub\\x: y.dll",
                  "CreationUtcTime: 2026-03-10 15:05:30.001"));
      assertEquals("2026-03-10 15:05:30.001", values.first(Field.UTC_TIME), between);
      assertEquals("C:\\b c.exe", values.first(Field.IMAGE), between);
      assertEquals("C:\\inetpub\\x: y.dll", values.first(Field.TARGET_FILENAME), between);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Creating Scriptblock text (1 of 2):\nif (1) {\n  x: y\n}\n\nScriptBlock ID: # \nPath: C:\\a.ps1",
        "Scriptblocktext wird erstellt (1 von 2):\nif (1) {\n  x: y\n}\n\nScriptBlock-ID: #\nPfad: C:\\a.ps1",
        "Cr\u00e9ation du texte Scriptblock (1 sur 2)\u00a0:\nif (1) {\n  x: y\n}\n\n"
            + "ID Scriptblock\u00a0: #\nChemin d\u2019acc\u00e8s\u00a0: C:\\a.ps1",
        "Creando texto de bloque de script (1 de 2):\nif (1) {\n  x: y\n}\n\n"
            + "Id. de bloque de script: #\nRuta de acceso: C:\\a.ps1",
        "Scriptblock \u30c6\u30ad\u30b9\u30c8\u3092\u4f5c\u6210\u3057\u3066\u3044\u307e\u3059 (1 \u500b\u4e2d"
            + " 2 \u500b\u76ee):\nif (1) {\n  x: y\n}\n\nScriptBlock ID\uff1a#\n\u30d1\u30b9\uff1aC:\\a.ps1"
      })
  void aScriptBlockInAnyLanguage(String text) {
    FieldValues values = read(text.replace("#", ID));
    assertEquals("if (1) {\n  x: y\n}", values.first(Field.SCRIPT_BLOCK_TEXT));
    assertEquals(ID, values.first(Field.SCRIPT_BLOCK_ID));
    assertEquals("C:\\a.ps1", values.first(Field.SCRIPT_PATH));
    assertEquals("1", values.first(Field.MESSAGE_NUMBER));
    assertEquals("2", values.first(Field.MESSAGE_TOTAL));
  }

  @Test
  void aScriptBlockWhoseLinesAreJoined() {
    FieldValues values =
        read(
            "Creating Scriptblock text (3 of 4):  Get-Item x; y  ScriptBlock ID: "
                + ID
                + "  Path: C:\\a b.ps1");
    assertEquals("Get-Item x; y", values.first(Field.SCRIPT_BLOCK_TEXT));
    assertEquals(ID, values.first(Field.SCRIPT_BLOCK_ID));
    assertEquals("C:\\a b.ps1", values.first(Field.SCRIPT_PATH));
    assertEquals("3", values.first(Field.MESSAGE_NUMBER));
  }

  @Test
  void theFirstValueWins() {
    FieldValues values =
        read(
            "Created:\n\tNew Process Name:\tC:\\a.exe\n\tProcess Command Line:\tx\n"
                + "\tNew Process Name:\tC:\\b.exe");
    assertEquals(List.of("C:\\a.exe"), values.all(Field.NEW_PROCESS_NAME));
    values =
        read(
            "Created. Image: C:\\a.exe CommandLine: a Image: C:\\b.exe"
                + " UtcTime: 2026-03-10 15:05:30.001");
    assertEquals(List.of("C:\\a.exe"), values.all(Field.IMAGE));
  }

  @Test
  void aValueOfTheRecordStays() {
    FieldValues values = new FieldValues();
    values.add(Field.IMAGE, "own");
    RenderedMessage.read("x\nImage: C:\\a.exe", values);
    assertEquals(List.of("own"), values.all(Field.IMAGE));
  }

  @Test
  void aLabelInAWordIsNone() {
    FieldValues values = read("Created. CommandLine: cmd /k set MyImage: C:\\a.exe");
    assertNull(values.first(Field.IMAGE));
    assertEquals("cmd /k set MyImage: C:\\a.exe", values.first(Field.COMMAND_LINE));
    assertNull(read("x\nhttp://Image:80/").first(Field.IMAGE));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "\n", "\n\n", ":", ":\n:", "(1 of 2)", "a (1 of 2):", "Image:"})
  void textWithoutValuesHasNone(String text) {
    FieldValues values = read(text);
    assertFalse(values.hasAny(Field.values()), text);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Image: ",
        "Label: ",
        "Image : ",
        ": ",
        "\uff1a",
        " ",
        "\u00a0",
        "(1 of 1) ",
        "(1",
        "a(1 of 1): b c: ",
        "(1 of 1): b: 3f0a0a11-2b6d-4c5e-9f00-0123456789ab ",
        "New ",
        "x",
        "Description:",
        ".Image:"
      })
  void aLongTextIsReadInOnePass(String part) {
    for (String start :
        List.of("", "Creating Scriptblock text (1 of 1): ", "A\n", "A (1 of 1):\n")) {
      String text = start + part.repeat(LONG / part.length());
      CpuTime.assertWithin(Duration.ofSeconds(5), start + part, () -> read(text));
    }
  }

  @Test
  void anEventWhoseLabelsAreNotKnownIsCountedAsUnrecognised() {
    String text =
        """
        03/10/2026 03:05:30.003 PM
        LogName=Security
        EventCode=4688
        ComputerName=WEB07
        SourceName=Microsoft Windows security auditing.
        Message=Prosesi i ri.

        Informacion:
        \tEmri i procesit:\tC:\\x\\appcmd.exe
        """;

    Decoded decoded = EventDecoders.auto(ZoneOffset.UTC).decode(text);

    assertEquals(Outcome.UNRECOGNISED, decoded.outcome());
    assertTrue(decoded.malformed().orElseThrow().reason().contains("labels"));
  }
}
