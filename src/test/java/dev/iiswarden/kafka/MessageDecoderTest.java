package dev.iiswarden.kafka;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.iiswarden.decode.Decoded;
import dev.iiswarden.decode.EventDecoders;
import dev.iiswarden.event.Event;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A message of a topic holds one record or several. */
class MessageDecoderTest {
  private static final String EVENT =
      "{\"@timestamp\":\"2026-03-01T10:00:00Z\",\"event\":{\"category\":[\"file\"]},"
          + "\"host\":{\"name\":\"WEB01\"},\"file\":{\"path\":\"C:\\\\a.dll\"}}";

  private final MessageDecoder decoder = new MessageDecoder(EventDecoders.auto());

  private List<Decoded> decode(String message) {
    return decoder.decode(message.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void oneRecordMaySpanSeveralLines() {
    List<Decoded> decoded = decode(EVENT.replace(",", ",\n  ").replace("{", "{\r\n"));
    assertEquals(1, decoded.size());
    assertEquals("C:\\a.dll", decoded.get(0).events().get(0).value("file.path"));
  }

  @Test
  void everyLineOfAMessageMayBeARecord() {
    List<Decoded> decoded = decode(EVENT + "\n\n" + EVENT.replace("a.dll", "b.dll") + "\n");
    assertEquals(
        List.of("C:\\a.dll", "C:\\b.dll"),
        decoded.stream().map(each -> each.events().get(0).value("file.path")).toList());
  }

  @Test
  void anEventIsNotNamedAfterItsPlaceInAMessage() {
    for (Decoded decoded : decode(EVENT + "\n" + EVENT)) {
      Event event = decoded.events().get(0);
      assertEquals(null, event.getEvent().getId());
    }
  }

  @Test
  void aBrokenRecordTakesNoOtherWithIt() {
    List<Decoded> decoded = decode(EVENT + "\nnonsense\n" + EVENT);
    assertEquals(
        List.of(true, false, true),
        decoded.stream().map(each -> !each.events().isEmpty()).toList());
    assertTrue(decoded.get(1).malformed().isPresent());
  }

  @Test
  void anEmptyMessageIsMalformed() {
    assertTrue(decode("").get(0).malformed().isPresent());
  }
}
