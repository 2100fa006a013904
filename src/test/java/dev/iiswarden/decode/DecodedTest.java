package dev.iiswarden.decode;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.iiswarden.event.Event;
import dev.iiswarden.event.FileEvent;
import dev.iiswarden.event.LibraryEvent;
import dev.iiswarden.read.LogReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
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
    assertEquals(
        Optional.of(new Decoded.Malformed(Outcome.MALFORMED, "no @timestamp", "", 3, 0, "")),
        decoded.malformed());
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0, not a JSON object",
    "7, 0, line 7: not a JSON object",
    "0, 12, column 12: not a JSON object",
    "7, 12, line 7: column 12: not a JSON object",
  })
  void theTextOfAnErrorSaysWhereAsFarAsItIsKnown(long line, int column, String expected) {
    Decoded decoded = Decoded.malformed("not a JSON object", line, column);

    assertEquals(expected, decoded.malformed().orElseThrow().toString());
    assertEquals(
        "iis.log: " + expected, decoded.in("iis.log").malformed().orElseThrow().toString());
  }

  @Test
  void aLostRecordIsHandedOverWithItsTextAndPlace() throws IOException {
    byte[] log = "{}\n{\"EventID\":\n".getBytes(StandardCharsets.UTF_8);
    try (LogReader reader = LogReader.of("iis.log", new ByteArrayInputStream(log))) {
      reader.next();
      Decoded decoded =
          EventDecoders.auto().decode(Objects.requireNonNull(reader.next(), "second record"));

      Decoded.Malformed lost = decoded.malformed().orElseThrow();
      assertEquals("{\"EventID\":", lost.record());
      assertEquals("iis.log", lost.log());
      assertEquals(2, lost.line());
      assertEquals(Outcome.MALFORMED, decoded.outcome());
    }
  }

  @Test
  void aDocumentOfSeveralRecordsHasAResultForEach() {
    Decoded one = Decoded.of(file);
    Decoded other = Decoded.of(FileEvent.builder().timestamp(TIME).hostName("WEB02").build());
    Decoded lost = Decoded.unrecognised("no event id", 7);

    Decoded all = Decoded.ofRecords(List.of(one, Decoded.ofRecords(List.of(other, lost))));

    assertEquals(List.of(one, other, lost), all.records());
    assertEquals(2, all.events().size());
    assertEquals(Outcome.UNRECOGNISED, all.malformed().orElseThrow().outcome());
    assertEquals(one, Decoded.ofRecords(List.of(one)));
    assertEquals(Decoded.nothing(), Decoded.ofRecords(List.of()));
    assertEquals(List.of(one), one.records());
  }
}
