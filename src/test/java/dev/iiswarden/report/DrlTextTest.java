package dev.iiswarden.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.iiswarden.event.Event;
import dev.iiswarden.rules.Explanation;
import dev.iiswarden.rules.Rules;
import dev.iiswarden.testing.IisEvents;
import dev.iiswarden.testing.SampleIntrusion;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DrlTextTest {
  private static final String FILE =
      """
      package p;

      // rule "b" is told of here
      rule "a"
          @description( "like( file.path, 1 )" )
      when
          FileEvent( like( file.path,
                           "x", "y" ), like( file.path, "z" ) )
      then
      end

      rule "b"
      when
      then
      end
      """;

  @Test
  void aRuleGoesFromItsNameToItsEnd() {
    DrlText a = DrlText.of("a", Map.of("f.drl", FILE)).orElseThrow();
    DrlText b = DrlText.of("b", Map.of("f.drl", FILE)).orElseThrow();

    assertEquals(4, a.line());
    assertEquals("rule \"b\"\nwhen\nthen\nend", b.text());
    assertEquals(12, b.line());
    assertEquals(Optional.empty(), DrlText.of("c", Map.of("f.drl", FILE)));
  }

  @Test
  void aRuleMayBeNamedInSingleQuotesOrNoneAndEndWhereItsConsequenceDoes() {
    String file = "rule 'a b'\nwhen\nthen x(); end\nrule plain\nwhen\nthen\nend\n";

    assertEquals(
        "rule 'a b'\nwhen\nthen x(); end",
        DrlText.of("a b", Map.of("f.drl", file)).orElseThrow().text());
    assertEquals(4, DrlText.of("plain", Map.of("f.drl", file)).orElseThrow().line());
  }

  @Test
  void aConditionIsFoundWhateverItsLineBreaksAndNotInADescription() {
    DrlText a = DrlText.of("a", Map.of("f.drl", FILE)).orElseThrow();
    DrlText.Span span = a.find("like( file.path, \"x\", \"y\" )", 0);

    assertNotNull(span);
    assertEquals(
        "like( file.path, \"x\", \"y\" )",
        a.text().substring(span.from(), span.to()).replaceAll("\\s+", " "));
    assertNull(a.find("like( file.path, 1 )", 0));
  }

  @Test
  void everyConditionOfTheBundledRulesThatTheSampleMeetsIsFound() throws IOException {
    Rules rules = Rules.bundled();
    List<Event> events =
        new ArrayList<>(
            SampleIntrusion.alerts().stream().flatMap(alert -> alert.evidence().stream()).toList());
    events.add(IisEvents.load("l", "WEB01", IisEvents.START));
    List<String> lost = new ArrayList<>();
    for (Event event : events) {
      for (Explanation explanation : rules.explain(event)) {
        DrlText drl = DrlText.of(explanation.ruleName(), rules.files()).orElseThrow();
        for (Explanation.Condition condition : explanation.conditions()) {
          if (drl.find(condition.text(), 0) == null) {
            lost.add(explanation.ruleName() + ": " + condition.text());
          }
        }
      }
    }
    assertEquals(List.of(), lost);
  }
}
