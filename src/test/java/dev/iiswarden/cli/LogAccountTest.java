package dev.iiswarden.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.iiswarden.decode.Decoded;
import dev.iiswarden.decode.Outcome;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** The account of a log says in a few lines what was lost of how many records. */
class LogAccountTest {
  private final AtomicLong nanos = new AtomicLong();
  private final LogAccount account = new LogAccount("web.log", "line", nanos::get);

  @Test
  void eachCauseIsOneLineWithItsCountAndItsFirstPlaces() {
    for (int line = 3; line <= 1_236; line++) {
      account.add(Decoded.unrecognised("no event", line), line);
    }
    account.add(Decoded.malformed("not valid JSON.", 7, 2), 7);
    account.add(Decoded.malformed("not valid XML", 9, 0), 9);
    account.add(Decoded.withoutTime("no @timestamp", 0), 12);
    account.add(Decoded.nothing(), 13);

    assertEquals(
        List.of(
            "web.log: 1,234 unrecognised records (no event), first at lines 3, 4, 5",
            "web.log: 1 record without a time (no @timestamp), at line 12",
            "web.log: 2 malformed records (not valid JSON; and other reasons), at lines 7, 9"),
        account.losses());
    assertEquals(1_234, account.counts().of(Outcome.UNRECOGNISED));
    assertEquals(1, account.counts().of(Outcome.NO_TIME));
    assertEquals(2, account.counts().of(Outcome.MALFORMED));
    assertEquals(1, account.counts().of(Outcome.NOT_OF_INTEREST));
    assertEquals(1_238, account.counts().records());
    assertEquals(1_237, account.counts().lost());
  }

  @Test
  void recordsOfOneDocumentHaveOnePlace() {
    for (int i = 0; i < 5; i++) {
      account.add(Decoded.unrecognised("no event", 1), 1);
    }
    assertEquals(
        List.of("web.log: 5 unrecognised records (no event), first at line 1"), account.losses());
  }

  @Test
  void aLogOfWhichNothingWasRecognisedSaysSo() {
    String advice =
        " recognised; is it a log of Windows events? See docs/shapes.md for what can be read";
    assertNull(account.nothingRecognised());
    account.add(Decoded.malformed("no", 1, 0), 1);
    assertEquals("web.log: its only record was not" + advice, account.nothingRecognised());
    account.add(Decoded.unrecognised("no", 2), 2);
    assertEquals("web.log: none of its 2 records was" + advice, account.nothingRecognised());
    account.add(Decoded.nothing(), 3);
    assertNull(account.nothingRecognised());
  }

  @Test
  void aLogOfEventsWithoutTimesNeedsAZone() {
    account.add(Decoded.withoutTime("local time", 1), 1);
    assertEquals(
        "web.log: its only record has no time that can be trusted; if the times are local, name"
            + " their zone with --zone",
        account.nothingRecognised());
    account.add(Decoded.withoutTime("local time", 2), 2);
    assertEquals(
        "web.log: none of its 2 records has a time that can be trusted; if the times are local, name"
            + " their zone with --zone",
        account.nothingRecognised());
  }

  @Test
  void ifReadingTakesLongEachCauseIsToldOnceBeforeTheEnd() {
    assertNull(account.add(Decoded.unrecognised("no event", 1), 1));
    nanos.addAndGet(Duration.ofSeconds(6).toNanos());
    assertNull(account.add(Decoded.nothing(), 2));
    assertEquals(
        "web.log: so far 2 unrecognised records (no event), at lines 1, 3",
        account.add(Decoded.unrecognised("no event", 3), 3));
    assertNull(account.add(Decoded.unrecognised("no event", 4), 4));
    assertEquals(
        "web.log: so far 1 malformed record (cut), at line 5",
        account.add(Decoded.malformed("cut", 5, 0), 5));
  }
}
