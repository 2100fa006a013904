package dev.iiswarden.cli.print;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.iiswarden.Counters;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The summary accounts for every record, and leaves out what did not happen. */
class RunSummaryTest {
  private static String summary(Counters.Builder counters) {
    return RunSummary.of(counters.build(), Duration.ofSeconds(2).toNanos());
  }

  @Test
  void itBeginsWithAllRecordsAndNamesEachCauseThatThereWas() {
    assertEquals(
        "1,012 events in 2.0 s (506/s): 2 alerts, 1,000 not of interest, 4 unrecognised, 3 without a"
            + " time, 1 malformed",
        summary(
            Counters.builder()
                .events(1_012)
                .alerts(2)
                .notOfInterest(1_000)
                .unrecognised(4)
                .withoutTime(3)
                .malformed(1)));
  }

  @Test
  void whatDidNotHappenIsLeftOut() {
    assertEquals("1 event in 2.0 s (1/s): 0 alerts", summary(Counters.builder().events(1)));
  }

  @Test
  void eachDoubtIsALineWithItsCountAndWhatToDo() {
    Counters one = Counters.builder().withoutHost(1).pastDated(1).futureDated(1).build();
    Counters many = Counters.builder().withoutHost(2_000).pastDated(2).futureDated(3).build();
    assertEquals(List.of(), RunSummary.warnings(Counters.builder().build()));
    assertStarts(
        RunSummary.warnings(one),
        "warning: 1 event names no host, so it takes part in no sequence; ",
        "warning: 1 event is dated before the year 2000 and was judged as of that time; ",
        "warning: 1 event is dated more than a day in the future or far ahead of its ");
    assertStarts(
        RunSummary.warnings(many),
        "warning: 2,000 events name no host, so they take part in no sequence; ",
        "warning: 2 events are dated before the year 2000 and were judged as of that time; ",
        "warning: 3 events are dated more than a day in the future or far ahead of their ");
  }

  private static void assertStarts(List<String> lines, String... starts) {
    assertEquals(starts.length, lines.size(), lines::toString);
    for (int i = 0; i < starts.length; i++) {
      assertTrue(lines.get(i).startsWith(starts[i]), lines.get(i));
    }
  }
}
