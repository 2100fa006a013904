package dev.iiswarden.traces;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.iiswarden.rules.Rules;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.function.ToIntFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * The bundled rules stay quiet on weeks of administration and see the one intrusion in each.
 *
 * <p>{@code weeks.seeds} says how many weeks to generate; {@code traces.print} prints a line for
 * each, and what caused the alerts.
 */
class AdministrationWeekTest {
  private static final int DEFAULT_SEEDS = 5;

  @Test
  void theSameSeedIsTheSameWeek() {
    assertEquals(AdministrationWeek.of(4), AdministrationWeek.of(4));
    assertNotEquals(AdministrationWeek.of(4).quiet(), AdministrationWeek.of(5).quiet());
  }

  @Test
  void theIntrusionIsAllThatIsAdded() {
    AdministrationWeek week = AdministrationWeek.of(1);
    List<String> added = new ArrayList<>(week.intruded());
    week.quiet().forEach(added::remove);
    assertEquals(week.quiet().size() + added.size(), week.intruded().size());
    assertTrue(added.size() >= 5 && added.size() <= 12, added::toString);
  }

  @Test
  void everyRecordIsRead() {
    AdministrationWeek week = AdministrationWeek.of(2);
    Findings findings = Replay.lines(Rules.bundled(), week.intruded());
    assertEquals(0, findings.lost());
    assertEquals(week.intruded().size(), findings.events());
  }

  @Test
  @Timeout(value = 1, unit = TimeUnit.HOURS)
  void administrationIsQuietAndTheIntrusionIsSeen() {
    Rules rules = Rules.bundled();
    List<WeekResult> results = new ArrayList<>();
    int seeds = Integer.getInteger("weeks.seeds", DEFAULT_SEEDS);
    boolean prints = Boolean.getBoolean("traces.print");
    for (long seed = 0; seed < seeds; seed++) {
      WeekResult result = WeekResult.of(rules, seed);
      results.add(result);
      if (prints) {
        System.out.println(result.line());
      }
    }
    WeekReport.summary(results, System.out);
    if (prints) {
      WeekReport.causes(results, System.out);
    }
    assertAll(
        () -> eachAtMost(Limits.GENERATED_ALERTS, results, WeekResult::mostAlerts),
        () -> eachAtMost(Limits.GENERATED_INCIDENTS, results, WeekResult::mostIncidents),
        () -> atMost(Limits.GENERATED_HIGH, results, result -> !result.isQuiet()),
        () -> atMost(Limits.INTRUSION_MISSED, results, result -> !result.needleFound()),
        () -> atLeast(Limits.INTRUSION_ALONE, results, WeekResult::needleAlone));
  }

  private static void eachAtMost(
      int limit, List<WeekResult> results, ToIntFunction<WeekResult> count) {
    for (WeekResult result : results) {
      assertTrue(count.applyAsInt(result) <= limit, () -> limit + " with " + result.line());
    }
  }

  private static void atMost(int percent, List<WeekResult> results, Predicate<WeekResult> test) {
    List<String> weeks = results.stream().filter(test).map(WeekResult::line).toList();
    assertTrue(weeks.size() * 100 <= percent * results.size(), () -> lines(percent, weeks));
  }

  private static void atLeast(int percent, List<WeekResult> results, Predicate<WeekResult> test) {
    List<String> others = results.stream().filter(test.negate()).map(WeekResult::line).toList();
    assertTrue(
        (results.size() - others.size()) * 100 >= percent * results.size(),
        () -> lines(percent, others));
  }

  private static String lines(int limit, List<String> weeks) {
    return limit + " with\n" + String.join("\n", weeks);
  }
}
