package dev.iiswarden.event;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class PendingSequenceTest {
  private static final Instant START = Instant.parse("2026-03-01T10:00:00.123456789Z");

  @Test
  void itHoldsItsNameAndTheEventThatBeganIt() {
    Event first = at(START, 1);
    PendingSequence pending = new PendingSequence("registry-then-file", first);

    assertEquals("registry-then-file", pending.getName());
    assertSame(first, pending.getFirst());
  }

  @Test
  void itsStreamTimeIsThatOfItsEvent() {
    Event late = RegistryEvent.builder().timestamp(START).build().placed(1, 64_000_000_000_000L);

    assertEquals(
        at(START, 1).getSessionTime(), new PendingSequence("any", at(START, 1)).getSessionTime());
    assertEquals(64_000_000_000_000L, new PendingSequence("any", late).getSessionTime());
  }

  @Test
  void ofTwoTheOneWhoseEventComesLaterInTheStreamBeganAfter() {
    PendingSequence older = new PendingSequence("any", at(START, 2));
    PendingSequence newer = new PendingSequence("any", at(START.plusNanos(1), 1));

    assertTrue(newer.replaces(older));
    assertFalse(older.replaces(newer));
  }

  @Test
  void ofTwoAtOneTimeTheLaterArrivalBeganAfter() {
    PendingSequence older = new PendingSequence("any", at(START, 1));
    PendingSequence newer = new PendingSequence("any", at(START, 2));

    assertTrue(newer.replaces(older));
    assertFalse(older.replaces(newer));
  }

  @Test
  void noneBeganAfterItself() {
    PendingSequence pending = new PendingSequence("any", at(START, 1));

    assertFalse(pending.replaces(pending));
  }

  private static Event at(Instant timestamp, long arrival) {
    return RegistryEvent.builder().timestamp(timestamp).build().placed(arrival, 0);
  }
}
