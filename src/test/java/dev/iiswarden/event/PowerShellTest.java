package dev.iiswarden.event;

import static dev.iiswarden.event.PowerShell.notScriptLike;
import static dev.iiswarden.event.PowerShell.scriptLike;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PowerShellTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "New-WebGlobalModule -Name m",
        "NEW-WEBGLOBALMODULE -name m",
        "New-Web`GlobalModule -Name m",
        "N`ew-`WebGlobalModule -Name m",
        "New-Web'Global'Module -Name m",
        "New-Web\"GlobalModule\" -Name m",
        "New\u2013WebGlobalModule -Name m",
        "& 'New-WebGlobalModule' -Name m",
        "&\"New-Web`GlobalModule\" -Name m",
        ". ('New-Web' + 'GlobalModule') -Name m",
        "& ('New-'+'Web'+\"Global\"+'Module') -Name m",
        "& \u2018New-WebGlobalModule\u2019 -Name m",
        "&('{1}{0}' -f 'GlobalModule','New-Web') -Name m",
        "& (\"{0}-{1}\" -f 'New',('Web'+'GlobalModule')) -Name m",
        "& ('New-','WebGlobal','Module' -join '') -Name m",
        "& (-join ('New-','WebGlobalModule')) -Name m",
        "& ([string]::Join('', ('New-', 'WebGlobalModule'))) -Name m",
        "& ('Nxxew-WebGlxxobalModule' -replace 'xx','') -Name m",
        "& 'NxxewxxWeb'.Replace('xx',''); & 'NewX'.Replace('X','-WebGlobalModule') -Name m",
        "& ([char]78+[char]0x65+'w-WebGlobalModule') -Name m",
        "& ([char[]](78,101,119,45) -join '' + 'WebGlobalModule') -Name m; & ([char](77+1) + 'ew-WebGlobalModule') -Name m",
        "$a = 'New-'; $b = 'WebGlobalModule'; & ($a + $b) -Name m",
        "$a = 'New-'\n$a += 'WebGlobalModule'\n& $a -Name m",
        "$script:a='WebGlobalModule'; & \"New-$a\" -Name m",
        "${a}='WebGlobalModule'; & \"New-$($a)\" -Name m",
        "& (\n'New-' +\n'WebGlobalModule'\n) -Name m",
        "<# a comment #> New-Web`\nX; & (<# New #>'New-'+ <# Web #> 'WebGlobalModule') -Name m",
        "$s = @'\nNew-WebGlobalModule\n'@; & $s -Name m",
      })
  void aCmdletIsFoundHoweverItIsWritten(String script) {
    assertTrue(
        scriptLike(script, "*New-WebGlobalModule* -Name m*"),
        () -> PowerShellCommandLine.read(script));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "gc C:\\a.config | Get-Content C:\\a.config",
        "$x=[xml](gc a) | $x =[xml](Get-Content a)",
        "ls; @{type='x'} | Get-ChildItem; @{type='x'}",
        "Write-Host gc | Write-Host gc",
        "a 'it''s' | a 'it's'",
        "$x.configuration.'system.webServer'.globalModules | $x.configuration.system.webServer.globalModules",
        "$g.Save('a'+'b') | $g.Save('ab')",
        "$e['image']='D:\\m.dll' | $e['image']='D:\\m.dll'",
        "a 'b' # c | a 'b'",
        "a#b | a#b",
        "$a='x'; $a=f; b $a | $a ='x'; $a =f; b $a",
        "$a='x'; cd D:\\$a\\b | $a ='x'; Set-Location D:\\$a\\b",
        "$a='x'; $env:a; \"$env:a\" | $a ='x'; $env:a; '$env:a'",
        "[char]999999999 + 'x' | [char]'999999999x'",
        "'{0}{5}' -f 'a' | '{0}{5}' -f 'a'",
        "'a.c' -replace '.','x' | 'a.c' -replace '.','x'",
        "(f) -join ',' | (f) -join ','",
        "'abc' + $x + 'd' + 'e' | 'abc'+ $x + 'de'",
      })
  void whatIsNotConstantStays(String script, String read) {
    assertEquals(
        read.replace(" ", ""), PowerShellCommandLine.read(script).replace(" ", "").strip());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "powershell -c \"& 'New-Web'`GlobalModule\"",
        "powershell.exe -NoProfile -Command \"& ('New-Web'+'GlobalModule')\"",
        "\"C:\\Windows\\System32\\WindowsPowerShell\\v1.0\\powershell.exe\" New-Web`GlobalModule",
        "cmd /c power^shell -c \"& {New-Web`GlobalModule}\"",
        "pwsh -c $a='WebGlobalModule'; & \"\"\"New-$a\"\"\"",
      })
  void aCommandLineIsReadByTheProgramFirst(String commandLine) {
    assertTrue(
        scriptLike(commandLine, "*New-WebGlobalModule*"),
        () -> PowerShellCommandLine.read(commandLine));
  }

  @ParameterizedTest
  @ValueSource(strings = {"-EncodedCommand", "-e", "-ec", "-enc", "/ENCOD", "\u2013en"})
  void anEncodedCommandIsDecoded(String option) {
    String encoded = encoded("& ('New-Web'+'GlobalModule')");

    assertTrue(scriptLike("powershell -nop " + option + " " + encoded, "*New-WebGlobalModule*"));
    assertTrue(
        scriptLike("Start-X; powershell " + option + " " + encoded, "*New-WebGlobalModule*"));
  }

  @Test
  void anEncodedCommandMayStartAnother() {
    String inner = "powershell -e " + encoded("New-WebGlobalModule -Name m");

    assertTrue(scriptLike("powershell -e " + encoded(inner), "*New-WebGlobalModule -Name m*"));
  }

  @Test
  void theScriptAsWrittenMatchesToo() {
    assertTrue(scriptLike("# New-WebGlobalModule", "*New-WebGlobalModule*"));
    assertTrue(scriptLike("New-Web`Global", "*`*"));
    assertFalse(notScriptLike("New-Web`GlobalModule", "*New-WebGlobalModule*"));
    assertTrue(notScriptLike("Get-WebGlobalModule", "*New-WebGlobalModule*"));
  }

  @Test
  void aMissingTextMatchesNothing() {
    assertFalse(scriptLike(null, "*"));
    assertTrue(notScriptLike(null, "*"));
  }

  /** A variable that doubles, or is used a million times, is not written out without end. */
  @Test
  void whatIsReadIsBoundedByWhatIsWritten() {
    String doubling = "$a='" + "x".repeat(1000) + "';" + "$a+=$a;".repeat(10_000) + "\"$a$a\"";
    String uses = "$a='" + "x".repeat(30_000) + "';" + "$a;".repeat(100_000);
    String format = "'" + "{0}".repeat(100_000) + "' -f '" + "y".repeat(100_000) + "'";
    for (String script : new String[] {doubling, uses, format}) {
      int length = PowerShellCommandLine.read(script).length();
      assertTrue(length < 4 * script.length() + 300_000, () -> length + " characters");
    }
  }

  private static String encoded(String script) {
    return Base64.getEncoder().encodeToString(script.getBytes(StandardCharsets.UTF_16LE));
  }
}
