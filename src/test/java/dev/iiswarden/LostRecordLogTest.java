package dev.iiswarden;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.iiswarden.decode.Decoded;
import dev.iiswarden.rules.Rules;
import dev.iiswarden.testing.CapturedLog;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Lost records are logged, but a flood of them does not flood the log. */
class LostRecordLogTest {
  @Test
  void theFirstThreeOfACauseAreLoggedAndThenEachPowerOfTen() {
    try (CapturedLog log = new CapturedLog();
        Detector detector = Detector.builder().rules(Rules.baseQuery()).build()) {
      for (int line = 1; line <= 12_345; line++) {
        detector.accept(Decoded.unrecognised("no event", line));
      }
      detector.accept(Decoded.malformed("cut", 12_346, 7));

      List<String> lines = log.lines("(unrecognised)");
      assertEquals(7, lines.size(), lines::toString);
      assertTrue(lines.get(0).endsWith("a record was lost (unrecognised): line 1: no event"));
      assertTrue(
          lines
              .get(3)
              .endsWith(
                  "10 records were lost so far (unrecognised), the last one: line 10: no event"));
      assertTrue(lines.get(6).contains("10000 records were lost so far"), lines.get(6));
      assertEquals(1, log.lines("a record was lost (malformed): line 12346: column 7: cut").size());
    }
  }

  @Test
  void everyDetectorOfABuilderCountsByItself() {
    DetectorBuilder builder = Detector.builder().rules(Rules.baseQuery());
    try (CapturedLog log = new CapturedLog();
        Detector one = builder.build();
        Detector two = builder.build()) {
      for (int line = 1; line <= 3; line++) {
        one.accept(Decoded.malformed("cut", line, 0));
        two.accept(Decoded.malformed("cut", line, 0));
      }
      assertEquals(6, log.lines("a record was lost (malformed)").size());
    }
  }
}
