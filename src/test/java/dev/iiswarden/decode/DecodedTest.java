package dev.iiswarden.decode;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.iiswarden.event.Event;
import dev.iiswarden.event.FileEvent;
import dev.iiswarden.event.LibraryEvent;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DecodedTest {
  private static final Instant TIME = Instant.parse("2026-03-01T10:00:00Z");
  private final Event file = FileEvent.builder().timestamp(TIME).hostName("WEB01").build();
  private final Event library = LibraryEvent.builder().timestamp(TIME).hostName("WEB01").build();

  @Test
  void aRecordMayHoldSeveralFacts() {
    List<Event> given = new ArrayList<>(List.of(file, library));
    Decoded decoded = Decoded.of(given);

    given.clear();

    assertEquals(List.of(file, library), decoded.events());
    assertEquals(Optional.empty(), decoded.malformed());
  }

  @Test
  void noFactsAreNothing() {
    assertEquals(List.of(), Decoded.of(List.<Event>of()).events());
    assertEquals(Optional.empty(), Decoded.of(List.<Event>of()).malformed());
  }

  @Test
  void theReasonOfAnErrorHasNoControlCharacters() {
    Decoded decoded = Decoded.malformed("a\nb\u001Bc\u009Bd\u2028e", 1, 1);

    assertEquals("a?b?c?d?e", decoded.malformed().orElseThrow().reason());
  }

  @Test
  void factsOfOneRecordHaveOneTime() {
    Event later = FileEvent.builder().timestamp(TIME.plusNanos(1)).hostName("WEB01").build();

    assertThrows(IllegalArgumentException.class, () -> Decoded.of(List.of(file, later)));
  }

  @Test
  void factsOfOneRecordHaveOneHost() {
    Event elsewhere = FileEvent.builder().timestamp(TIME).hostName("web01").build();
    Event nowhere = FileEvent.builder().timestamp(TIME).build();

    assertThrows(IllegalArgumentException.class, () -> Decoded.of(List.of(file, elsewhere)));
    assertThrows(IllegalArgumentException.class, () -> Decoded.of(List.of(file, nowhere)));
  }

  @Test
  void aMalformedRecordHoldsNoFacts() {
    Decoded decoded = Decoded.malformed("no @timestamp", 3, 0);

    assertEquals(List.of(), decoded.events());
    assertEquals(Optional.of(new Decoded.Malformed("no @timestamp", 3, 0)), decoded.malformed());
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0, not a JSON object",
    "7, 0, line 7: not a JSON object",
    "0, 12, column 12: not a JSON object",
    "7, 12, line 7: column 12: not a JSON object",
  })
  void theTextOfAnErrorSaysWhereAsFarAsItIsKnown(long line, int column, String expected) {
    assertEquals(expected, new Decoded.Malformed("not a JSON object", line, column).toString());
  }
}
