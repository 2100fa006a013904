package dev.iiswarden.decode;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.iiswarden.testing.CpuTime;
import java.time.Duration;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Names and values in a line of text. */
class PairTextTest {
  /** So many characters that even the fastest loop over the rest, at each of them, shows. */
  private static final int LONG = 1 << 19;

  private static JsonNode read(String line) {
    return Objects.requireNonNullElse(PairText.read(line), MissingNode.getInstance());
  }

  private static void assertPair(String expected, String name, String line) {
    assertEquals(expected, read(line).path(name).asText(), line);
  }

  @ParameterizedTest
  @ValueSource(strings = {"\t", " "})
  void winCollect(String between) {
    String line =
        String.join(
            between,
            "<13>Mar 10 15:05:30 10.0.0.7 AgentDevice=WindowsLog",
            "AgentLogFile=Security",
            "Source=Microsoft-Windows-Security-Auditing",
            "Computer=WEB07.shop.example",
            "User=",
            "EventID=4688",
            "TimeGenerated=1773155130",
            "Message=New Process Name: a.exe EventID=1 Computer=FAKE");
    assertPair("4688", "EventID", line);
    assertPair("WindowsLog", "AgentDevice", line);
    assertPair("Security", "AgentLogFile", line);
    assertPair("WEB07.shop.example", "Computer", line);
    assertPair("", "User", line);
    assertPair("1773155130", "TimeGenerated", line);
    assertPair("New Process Name: a.exe EventID=1 Computer=FAKE", "Message", line);
  }

  @Test
  void leef() {
    String first =
        "LEEF:1.0|Microsoft|Windows|10.0|4688|devTime=2026-03-10T15:05:30Z\tCommandLine=a b=c d=e\tx=y";
    assertPair("4688", "EventID", first);
    assertPair("a b=c d=e", "CommandLine", first);
    assertPair("y", "x", first);
    String second = "LEEF:2.0|Microsoft|Windows|10.0|Security:4688|x09|CommandLine=a b=c\tx=y";
    assertPair("4688", "EventID", second);
    assertPair("Security", "ProviderName", second);
    assertPair("a b=c", "CommandLine", second);
    assertPair("y", "x", second);
  }

  @Test
  void cef() {
    String line =
        "CEF:0|Microsoft|Windows|10|Microsoft-Windows-Sysmon:11|Made|3| cat=Sysmon"
            + " filePath=C:\\\\a b\\\\c\\=d.dll dhost=WEB07";
    assertPair("11", "EventID", line);
    assertPair("Microsoft-Windows-Sysmon", "ProviderName", line);
    assertPair("C:\\a b\\c=d.dll", "filePath", line);
    assertPair("WEB07", "dhost", line);
  }

  @Test
  void structuredData() {
    String line =
        "<14>1 2026-03-10T15:05:30Z WEB07 win 1 - [NXLOG@14506 EventID=\"11\""
            + " TargetFilename=\"C:\\\\a \\\"b\\\" [c\\].dll\" Image=\"x.exe\"] EventID=99 Image=y";
    assertPair("11", "EventID", line);
    assertPair("C:\\a \"b\" [c].dll", "TargetFilename", line);
    assertPair("x.exe", "Image", line);
  }

  @ParameterizedTest
  @ValueSource(strings = {"\t", "#011", "\\t", "   "})
  void snare(String tab) {
    String line =
        "<14>Mar 10 15:05:30 WEB07 "
            + String.join(
                tab,
                "MSWinEventLog",
                "1",
                "Security",
                "17",
                "Tue Mar 10 15:05:30 2026",
                "4688",
                "Microsoft-Windows-Security-Auditing",
                "SYSTEM",
                "User",
                "Success Audit",
                "WEB07.shop.example",
                "None",
                "-",
                "New Process Name: a.exe",
                "3");
    assertPair("4688", "EventID", line);
    assertPair("Security", "Channel", line);
    assertPair("Tue Mar 10 15:05:30 2026", "EventTime", line);
    assertPair("Microsoft-Windows-Security-Auditing", "ProviderName", line);
    assertPair("WEB07.shop.example", "Computer", line);
  }

  @Test
  void aLaterPairIsNotBelieved() {
    String line = "EventID=11 Computer=WEB07 Image=\"a.exe\" CommandLine=x Computer=FAKE EventID=1";
    assertPair("11", "EventID", line);
    assertPair("WEB07", "Computer", line);
    String quoted =
        "EventID=\"11\" CommandLine=\"x Computer=\\\"FAKE\\\" Image=y\" Computer=\"WEB07\" Image='z'";
    assertPair("x Computer=\"FAKE\" Image=y", "CommandLine", quoted);
    assertPair("WEB07", "Computer", quoted);
    assertPair("z", "Image", quoted);
    String tabs = "EventID=11\tComputer=WEB07\tCommandLine=x Computer=FAKE\tEventID=1";
    assertPair("x Computer=FAKE", "CommandLine", tabs);
    assertPair("WEB07", "Computer", tabs);
    assertPair("11", "EventID", tabs);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "a=b",
        "GET /?event=1 HTTP/1.1",
        "user=x host=y",
        "MSWinEventLog",
        "LEEF:3.0|a|b|c|d|x=y"
      })
  void aLineWithoutAnIdIsNoEvent(String line) {
    assertNull(PairText.read(line));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a=",
        "a=b ",
        "a = ",
        "a=\"",
        "a=\"\\",
        "a='",
        "=",
        " ",
        "\\",
        "a",
        "a ",
        "a.",
        "a;",
        ",",
        "|",
        "]",
        "[a ",
        "\t",
        "a=b\t",
        "#",
        "  a",
        "MSWinEventLog",
        "CEF:0|",
        "LEEF:1.0|"
      })
  void aLongLineIsReadInOnePass(String part) {
    for (String start :
        new String[] {"EventID=1 x=", "CEF:0|a|b|c|d:1|e|f|x=", "MSWinEventLog\t"}) {
      String line = start + part.repeat(LONG / part.length());
      CpuTime.assertWithin(Duration.ofSeconds(5), start + part, () -> read(line));
    }
  }
}
