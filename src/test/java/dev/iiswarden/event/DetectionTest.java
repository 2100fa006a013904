package dev.iiswarden.event;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class DetectionTest {
  private final Event registered = RegistryEvent.builder().timestamp(Instant.EPOCH).build();
  private final Event dropped = FileEvent.builder().timestamp(Instant.EPOCH).build();
  private final PendingSequence pending = new PendingSequence("registry-then-file", registered);

  @Test
  void theEvidenceKeepsItsOrder() {
    assertEquals(List.of(dropped, registered), new Detection(dropped, registered).getEvidence());
  }

  @Test
  void aPendingSequenceStandsForTheEventThatBeganIt() {
    assertEquals(List.of(registered, dropped), new Detection(pending, dropped).getEvidence());
  }

  @Test
  void itCompletesTheSequenceThatIsEvidence() {
    assertTrue(new Detection(pending, dropped).completes(pending));
    assertFalse(new Detection(dropped).completes(pending));
  }

  @Test
  void itCompletesNoSequenceBecauseItsFirstEventIsEvidence() {
    assertFalse(new Detection(registered, dropped).completes(pending));
  }

  @Test
  void theEvidenceCannotBeChanged() {
    Object[] given = {registered, dropped};
    Detection detection = new Detection(given);

    given[0] = dropped;

    assertEquals(List.of(registered, dropped), detection.getEvidence());
    assertThrows(
        UnsupportedOperationException.class, () -> detection.getEvidence().add(registered));
  }

  @Test
  void thereMustBeEvidence() {
    assertEquals(
        "a detection needs evidence",
        assertThrows(IllegalArgumentException.class, Detection::new).getMessage());
  }

  @Test
  void onlyEventsAndPendingSequencesAreEvidence() {
    assertEquals(
        "not an event, a sequence, a registration or a list of events: w3wp.exe",
        assertThrows(IllegalArgumentException.class, () -> new Detection(dropped, "w3wp.exe"))
            .getMessage());
  }
}
