package dev.iiswarden.decode;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EnvelopesTest {
  private static final String EVENT =
      "{'EventID':11,'Hostname':'WEB01','UtcTime':'2026-03-04 13:12:49.640','TargetFilename':'C:\\\\x.dll'}"
          .replace('\'', '"');

  private static final String WITHOUT_HOST = EVENT.replace("\"Hostname\":\"WEB01\",", "");

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'_source':E}",
        "{'hits':{'total':1,'hits':[{'_id':'1','_source':E}]}}",
        "{'a':{'b':[{'c':E}]}}",
        "{'message':T}",
        "{'result':{'_raw':T}}",
        "{'log':'<14>Mar  4 13:12:49 relay app: T'}",
      })
  void whatStandsAroundARecordIsTakenOff(String envelope) {
    assertEquals(List.of("WEB01"), hosts(filled(envelope, EVENT)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"user_agent", "url", "CommandLine", "query", "subject"})
  void textThatAnIntruderMayChooseIsNotOpened(String name) {
    String forged = filled("{'app':'web','" + name + "':T}", EVENT);

    assertEquals(Outcome.UNRECOGNISED, EventDecoders.auto().decode(forged).outcome());
    assertEquals(List.of("WEB01"), hosts(forged.replace(name, "message")));
  }

  @Test
  void anEventInsideJsonOnALineOfSyslogIsUnescapedFirst() {
    String event =
        "<Event><System><Provider Name=\\\"Microsoft-Windows-Sysmon\\\"/><EventID>11</EventID>"
            + "<Computer>WEB01</Computer></System><EventData><Data Name=\\\"UtcTime\\\">2026-03-04"
            + " 13:12:49.640</Data><Data Name=\\\"TargetFilename\\\">C:\\\\x.dll</Data></EventData>"
            + "</Event>";
    String line = "2026-03-10T16:00:00Z relay app: {\"_raw\":\"" + event + "\"}";

    String decoded = EventDecoders.auto().decode(line).events().toString();

    assertTrue(decoded.contains("path=C:\\x.dll"), decoded);
  }

  @Test
  void theHostAroundARecordCountsIfTheRecordHasNone() {
    assertEquals(List.of("WEB01"), hosts(filled("{'host':'relay','message':T}", EVENT)));
    assertEquals(List.of("WEB02"), hosts(filled("{'host':'WEB02','message':T}", WITHOUT_HOST)));
    assertEquals(
        List.of("WEB02"), hosts(filled("{'host':{'name':'WEB02'},'event':E}", WITHOUT_HOST)));
    assertEquals(
        List.of("WEB03"),
        hosts(filled("{'host':'x','b':{'host':'WEB03','event':E}}", WITHOUT_HOST)));
  }

  @Test
  void nestingHasALimitAndIsAnErrorBeyondIt() {
    String record = EVENT;
    for (int i = 0; i < 11; i++) {
      record = "{\"a\":" + record + "}";
    }
    assertEquals(List.of("WEB01"), hosts(record));

    String deeper = "{\"a\":{\"a\":" + record + "}}";
    Decoded decoded = EventDecoders.auto().decode(deeper);
    assertEquals(Outcome.MALFORMED, decoded.outcome());
    assertTrue(decoded.malformed().orElseThrow().reason().contains("deeper than 12"));
    assertEquals(
        Outcome.MALFORMED, EventDecoders.auto().decode("{\"a\":".repeat(100_000)).outcome());
  }

  @Test
  void theLinesOfABulkRequestAreNotOfInterest() {
    for (String action : List.of("index", "create", "delete")) {
      assertEquals(
          Outcome.NOT_OF_INTEREST,
          EventDecoders.auto().decode("{\"" + action + "\":{\"_index\":\"x\"}}").outcome());
    }
  }

  @Test
  void eachRecordOfADocumentHasItsOutcome() {
    String document = filled("{'records':[E,{'x':1},{'EventID':4,'Channel':'c'}]}", EVENT);

    assertEquals(
        List.of(Outcome.FACTS, Outcome.UNRECOGNISED, Outcome.NOT_OF_INTEREST),
        EventDecoders.auto().decode(document).records().stream().map(Decoded::outcome).toList());
  }

  private static String filled(String envelope, String event) {
    String text = event.replace("\\", "\\\\").replace("\"", "\\\"");
    return envelope
        .replace("E}", event + "}")
        .replace("E,", event + ",")
        .replace(":T}", ":\"" + text + "\"}")
        .replace(" T'", " " + text + "'")
        .replace('\'', '"');
  }

  private static List<String> hosts(String json) {
    return EventDecoders.auto().decode(json).events().stream()
        .map(event -> String.valueOf(event.getHost().getName()))
        .toList();
  }
}
