package dev.iiswarden.engine;

import static dev.iiswarden.testing.IisEvents.START;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.iiswarden.event.Event;
import dev.iiswarden.event.PowershellFields;
import dev.iiswarden.event.ScriptBlockEvent;
import dev.iiswarden.event.ScriptBlockFields;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The parts of a script block are joined, and what is held of them is limited. */
class ScriptPartsTest {
  private static final int MOST_PER_EVENT = 500_000;

  private final ScriptParts parts = new ScriptParts(MOST_PER_EVENT);

  private static Event part(Instant time, String id, Long sequence, Long total, String text) {
    return ScriptBlockEvent.builder()
        .id(id + "-" + sequence)
        .timestamp(time)
        .hostName("WEB01")
        .code("4104")
        .powershell(new PowershellFields(new ScriptBlockFields(text, id), sequence, total))
        .build();
  }

  private static Event part(String id, long sequence, long total, String text) {
    return part(START, id, sequence, total, text);
  }

  private Event take(Event part) {
    assertTrue(ScriptParts.isPart(part));
    return parts.take(part);
  }

  private static String text(Event event) {
    return String.valueOf(event.getPowershell().getFile().getScriptBlockText());
  }

  @ParameterizedTest
  @CsvSource({"1,2,3", "1,3,2", "2,1,3", "2,3,1", "3,1,2", "3,2,1"})
  void thePartThatCompletesABlockIsTheWholeBlock(long first, long second, long third) {
    String[] texts = {"", "New-Web", "Global", "Module"};
    Event one = part("b", first, 3, texts[(int) first]);
    Event two = part("b", second, 3, texts[(int) second]);
    Event last = part("b", third, 3, texts[(int) third]);

    assertSame(one, take(one));
    assertSame(two, take(two));
    Event whole = take(last);

    assertEquals("New-WebGlobalModule", text(whole));
    assertEquals("b-" + third, whole.getEvent().getId());
    assertEquals("4104", whole.getEvent().getCode());
    assertEquals("b", whole.getPowershell().getFile().getScriptBlockId());
    assertEquals(null, whole.getPowershell().getSequence());
    assertEquals(3L, whole.getPowershell().getTotal());
    assertFalse(ScriptParts.isPart(whole), "it is not joined again");
  }

  @Test
  void repeatedPartsChangeNothing() {
    Event first = part("b", 1, 2, "New-WebGlob");
    take(first);
    assertSame(first, take(first));
    Event last = part("b", 2, 2, "alModule");
    assertEquals("New-WebGlobalModule", text(take(last)));
    assertSame(last, take(last));
    assertSame(first, take(first));
    assertSame(last, take(last));
  }

  @Test
  void blocksWithOtherIdsOrOtherTotalsAreOthers() {
    take(part("b", 1, 2, "New-WebGlob"));
    Event other = part("c", 2, 2, "alModule");
    Event more = part("b", 2, 3, "alModule");
    assertSame(other, take(other));
    assertSame(more, take(more));
  }

  @ParameterizedTest
  @CsvSource({"1,1", "0,2", "3,2", ",2", "1,", "-1,2"})
  void whatIsNoPartOfSeveralIsNotJoined(Long sequence, Long total) {
    assertFalse(ScriptParts.isPart(part(START, "b", sequence, total, "text")));
  }

  @Test
  void anHourAfterItsLastPartABlockIsForgotten() {
    take(part(START, "b", 1L, 3L, "New-"));
    take(part(START.plusSeconds(1_800), "b", 2L, 3L, "Web"));
    long last = part(START.plusSeconds(1_800), "b", 2L, 3L, "").getSessionTime();

    assertFalse(parts.forgetUntil(last + ScriptParts.SPAN_MILLIS));
    assertFalse(parts.isEmpty());
    assertTrue(parts.forgetUntil(last + ScriptParts.SPAN_MILLIS + 1));
    assertTrue(parts.isEmpty());
  }

  @Test
  void aLaterPartDoesNotCompleteABlockThatNobodyHasForgottenYet() {
    take(part(START, "b", 1L, 2L, "New-WebGlob"));
    Event late = part(START.plusSeconds(3_600).plusMillis(1), "b", 2L, 2L, "alModule");
    assertSame(late, take(late));
    Event again = part(START.plusSeconds(3_601), "b", 1L, 2L, "New-WebGlob");
    assertEquals("New-WebGlobalModule", text(take(again)));
  }

  @Test
  void ofTooManyBlocksTheOldestIsGivenUp() {
    for (int i = 0; i <= ScriptParts.MOST_BLOCKS; i++) {
      take(part(START.plusSeconds(i), "b" + i, 1L, 2L, "New-WebGlob"));
    }
    assertEquals(1, parts.takeGivenUp());
    assertEquals(0, parts.takeGivenUp());
    Event ofOldest = part(START.plusSeconds(100), "b0", 2L, 2L, "alModule");
    assertSame(ofOldest, take(ofOldest));
    Event ofYoungest = part(START.plusSeconds(100), "b" + ScriptParts.MOST_BLOCKS, 2L, 2L, "alM");
    assertEquals("New-WebGlobalM", text(take(ofYoungest)));
  }

  @Test
  void blocksThatAreCompleteMakeRoomFirst() {
    take(part("open", 1, 2, "New-WebGlob"));
    for (int i = 0; i < 1_000; i++) {
      take(part(START.plusSeconds(i), "b" + i, 1L, 2L, "a"));
      take(part(START.plusSeconds(i), "b" + i, 2L, 2L, "b"));
    }
    assertEquals(0, parts.takeGivenUp());
    assertEquals(ScriptParts.MOST_BLOCKS, parts.state().size());
    assertEquals("New-WebGlobalM", text(take(part("open", 2, 2, "alM"))));
  }

  @Test
  void ofTooMuchTextTheOldestIsGivenUp() {
    String text = "x".repeat(300_000);
    for (int i = 0; i < 4; i++) {
      take(part(START.plusSeconds(i), "b" + i, 1L, 2L, text));
    }
    assertEquals(1, parts.takeGivenUp());
    Event ofOldest = part(START.plusSeconds(9), "b0", 2L, 2L, "y");
    assertSame(ofOldest, take(ofOldest));
    assertEquals(text + "y", text(take(part(START.plusSeconds(9), "b3", 2L, 2L, "y"))));
  }

  @Test
  void aBlockThatIsTooLongIsGivenUpForGood() {
    String text = "x".repeat(MOST_PER_EVENT / 2);
    take(part("b", 1, 3, text));
    take(part("b", 2, 3, text));
    assertEquals(2, parts.takeGivenUp());
    Event last = part("b", 3, 3, "y");
    assertSame(last, take(last));
    assertSame(last, take(last));
  }

  @Test
  void aBlockThatBecomesTooLongWithItsLastPartIsGivenUp() {
    String text = "x".repeat(MOST_PER_EVENT / 2);
    take(part("b", 1, 2, text));
    Event last = part("b", 2, 2, text);
    assertSame(last, take(last));
    assertEquals(2, parts.takeGivenUp());
  }

  @Test
  void whatIsRestoredIsTheSame() {
    take(part("done", 1, 2, "a"));
    take(part("done", 2, 2, "b"));
    take(part(START.plusSeconds(5), "open", 2L, 3L, "Global"));
    take(part(START.plusSeconds(9), "open", 1L, 3L, "New-Web"));
    take(part(START.plusSeconds(20), "open", 1L, 3L, "New-Web"));
    ScriptParts restored = new ScriptParts(MOST_PER_EVENT);

    restored.restore(parts.state());

    assertEquals(parts.state(), restored.state());
    assertEquals(3, restored.state().size());
    Event repeated = part("done", 1, 2, "a");
    assertSame(repeated, restored.take(repeated));
    assertEquals("New-WebGlobalModule", text(restored.take(part("open", 3, 3, "Module"))));
    assertTrue(
        restored.forgetUntil(
            part(START.plusSeconds(9), "open", 1L, 3L, "").getSessionTime() + 3_600_001));
    assertTrue(restored.isEmpty());
  }
}
