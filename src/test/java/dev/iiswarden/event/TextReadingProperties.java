package dev.iiswarden.event;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class TextReadingProperties {
  private static final String COMMAND = "New-WebGlobalModule";

  /** Whatever an event holds, the functions return. */
  @Property(tries = 5_000)
  void nothingThrows(@ForAll("hostile") String text) {
    PowerShell.scriptLike(text, "*x*");
    WindowsPaths.dllsIn(text);
    ModuleValues.in(text, true);
    CommandLines.writtenFile(text);
    CommandLines.optionValues(text, "image", "type");
    CommandLines.hasWords(text, "install", "module*");
    WindowsPaths.shadowCopyOf(text, text);
    FileSpellings.mayBe(text, "C:\\a\\" + text);
    IisComponents.isOwn("/system.webServer/handlers/add[@name=\"" + text + "\"]/@type", text);
    IisComponents.isOwnModule(text, text);
  }

  @Property(tries = 400)
  void whatIsReadIsBounded(@ForAll("hostile") String text) {
    String long1 = text.repeat(1 + 20_000 / Math.max(1, text.length()));

    int length = PowerShellCommandLine.read(long1).length();

    assertTrue(length < 8 * long1.length() + 300_000, () -> length + " characters of " + text);
    assertTrue(WindowsPaths.dllsIn(long1).size() <= DllNames.MOST);
  }

  @Property(tries = 3_000)
  void aCommandCutIntoConstantsIsReadAsOne(@ForAll("cuts") List<Cut> cuts) {
    StringBuilder script = new StringBuilder("& (");
    int from = 0;
    for (int i = 0; i < cuts.size() && from < COMMAND.length(); i++) {
      int to = i + 1 == cuts.size() ? COMMAND.length() : Math.min(COMMAND.length(), from + 1 + i);
      script.append(from == 0 ? "" : cuts.get(i).operator);
      script.append(cuts.get(i).quoted(COMMAND.substring(from, to)));
      from = to;
    }

    assertEquals(COMMAND + " -Name x", PowerShellCommandLine.read(script + ") -Name x").strip());
  }

  @Property(tries = 3_000)
  void argumentsSurviveQuoting(@ForAll("arguments") List<String> arguments) {
    StringBuilder line = new StringBuilder("a.exe");
    arguments.forEach(argument -> line.append(' ').append(quoted(argument)));

    assertEquals(arguments, Arguments.in(line.toString()));
  }

  /** "Everyone quotes command line arguments the wrong way" (Microsoft) describes this quoting. */
  private static String quoted(String argument) {
    StringBuilder quoted = new StringBuilder("\"");
    int backslashes = 0;
    for (int i = 0; i < argument.length(); i++) {
      char c = argument.charAt(i);
      if (c == '"') {
        quoted.append("\\".repeat(backslashes + 1));
      }
      backslashes = c == '\\' ? backslashes + 1 : 0;
      quoted.append(c);
    }
    return quoted.append("\\".repeat(backslashes)).append('"').toString();
  }

  @Provide
  Arbitrary<List<String>> arguments() {
    return Arbitraries.of("a", "\"", "\\", " ", "\t", "^")
        .list()
        .ofMaxSize(8)
        .map(parts -> String.join("", parts))
        .list()
        .ofMaxSize(4);
  }

  @Provide
  Arbitrary<String> hostile() {
    Arbitrary<String> part =
        Arbitraries.of(
            "'",
            "\"",
            "`",
            "$",
            "${",
            "$(",
            "$a",
            "$a=",
            "$a+=",
            "(",
            ")",
            "@(",
            "@{",
            "@'\n",
            "\n'@",
            "{",
            "}",
            "[",
            "]",
            "[char]",
            "[char[]]",
            "[string]",
            "[string]::Join",
            "78",
            "0x41",
            "99999999",
            "+",
            ",",
            "-f",
            "-join",
            "-replace",
            ".Replace",
            "&",
            ".",
            "|",
            ";",
            "\n",
            " ",
            "\t",
            "#",
            "<#",
            "#>",
            "image",
            "=",
            ":",
            "path",
            "type",
            "/",
            "-",
            "\\",
            "\\\\",
            "..",
            "~1",
            ".dll",
            "C:",
            "%",
            "%windir%",
            "cmd /c ",
            "powershell ",
            "-enc ",
            "QQBB",
            "^",
            "{0}",
            "{1}",
            "a",
            "\u2019",
            "\u201d",
            "\u0000",
            "inetpub",
            "bin",
            "*",
            "?",
            "ren ",
            "copy ",
            "robocopy ",
            "ni ",
            "-Path ",
            "GAC, X",
            "\ud83d",
            "foreach");
    return part.list().ofMaxSize(30).map(parts -> String.join("", parts));
  }

  @Provide
  Arbitrary<List<Cut>> cuts() {
    return Combinators.combine(
            Arbitraries.of("+", " + ", "+\n", "<# x #>+"), Arbitraries.of("'", "\"", "char"))
        .as(Cut::new)
        .list()
        .ofMinSize(1)
        .ofMaxSize(6);
  }

  record Cut(String operator, String quote) {
    String quoted(String text) {
      if (!quote.equals("char")) {
        return quote + text + quote;
      }
      StringBuilder characters = new StringBuilder();
      text.chars()
          .forEach(
              c -> characters.append(characters.isEmpty() ? "" : "+").append("[char]").append(c));
      return characters.toString();
    }
  }
}
