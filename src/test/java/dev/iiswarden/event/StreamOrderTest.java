package dev.iiswarden.event;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Tests {@link Event#placed} and {@link Event#STREAM_ORDER}. */
class StreamOrderTest {
  private static final Instant TIME = Instant.parse("2026-03-01T10:00:00.123456789Z");
  private static final long STREAM_TIME = Duration.between(Event.EARLIEST, TIME).toMillis();

  @Test
  void aPlacedCopyHasTheSameFieldsAndLeavesTheOriginal() {
    FileEvent event = FileEvent.builder().timestamp(TIME).path("C:\\a.dll").hostName("h").build();

    Event copy = event.placed(3, STREAM_TIME + 5);

    assertNotSame(event, copy);
    assertEquals(event.toMap(), copy.toMap());
    assertEquals(STREAM_TIME + 5, copy.getSessionTime());
    assertEquals(STREAM_TIME, event.getSessionTime());
  }

  @Test
  void aPlacedCopyKeepsItsOwnTimeIfThatIsLater() {
    Event copy = FileEvent.builder().timestamp(TIME).build().placed(3, STREAM_TIME - 5);

    assertEquals(STREAM_TIME, copy.getSessionTime());
  }

  @Test
  void anEventMayBePlacedAgain() {
    Event first = FileEvent.builder().timestamp(TIME).build().placed(9, 0);
    Event second = FileEvent.builder().timestamp(TIME).build().placed(5, 0);

    assertTrue(Event.STREAM_ORDER.compare(first, second) > 0);
    assertTrue(Event.STREAM_ORDER.compare(first.placed(1, 0), second) < 0);
  }

  @Test
  void theStreamIsOrderedByTimeThenSequenceThenArrival() {
    Event earliest = FileEvent.builder().timestamp(TIME.minusNanos(1)).build().placed(9, 0);
    Event low = FileEvent.builder().timestamp(TIME).sequence(-1L).build().placed(8, 0);
    Event high = RegistryEvent.builder().timestamp(TIME).sequence(7L).build().placed(6, 0);
    Event highLater = FileEvent.builder().timestamp(TIME).sequence(7L).build().placed(7, 0);
    Event without = LibraryEvent.builder().timestamp(TIME).build().placed(1, 0);
    List<Event> inOrder = List.of(earliest, low, high, highLater, without);
    List<Event> sorted = new ArrayList<>(inOrder);
    Collections.reverse(sorted);

    sorted.sort(Event.STREAM_ORDER);

    assertEquals(inOrder, sorted);
  }

  @Test
  void anEventFilledByNobodyCanBePlaced() {
    long later = new ProcessEvent().getSessionTime() + 5;

    assertEquals(later, new ProcessEvent().placed(1, later).getSessionTime());
  }
}
