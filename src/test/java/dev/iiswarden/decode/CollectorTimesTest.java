package dev.iiswarden.decode;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.TextNode;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Times as collectors write them. */
class CollectorTimesTest {
  private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");
  private static final ObjectMapper JSON = new ObjectMapper();

  private static JsonNode text(String text) {
    return TextNode.valueOf(text);
  }

  private static JsonNode json(String json) throws IOException {
    return JSON.readTree(json);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "2026-03-10T15:05:30.0010000Z|2026-03-10T15:05:30.001Z",
        "2026-03-10T16:05:30+01:00|2026-03-10T15:05:30Z",
        "2026-03-10 15:05:30 UTC|2026-03-10T15:05:30Z",
        "2026-03-10 16:05:30 +0100|2026-03-10T15:05:30Z",
        "2026-03-10 16:05:30 +01:00|2026-03-10T15:05:30Z",
        "2026-03-10 15:05:30 GMT|2026-03-10T15:05:30Z",
        "3/10/2026 3:05:30 PM +00:00|2026-03-10T15:05:30Z",
        "3/10/2026, 3:05:30.001 PM UTC|2026-03-10T15:05:30.001Z",
        "20260310150530.000000-000|2026-03-10T15:05:30Z",
        "20260310160530.500000+060|2026-03-10T15:05:30.500Z",
        "20260310120530.000000-180|2026-03-10T15:05:30Z",
        "/Date(1773155130003)/|2026-03-10T15:05:30.003Z",
        "\\/Date(1773155130003)\\/|2026-03-10T15:05:30.003Z",
        "/Date(1773155130003+0100)/|2026-03-10T15:05:30.003Z"
      })
  void aTimeThatNamesItsZoneNeedsNoOther(String written, String expected) {
    assertEquals(Instant.parse(expected), CollectorTimes.zoned(text(written), null));
    assertEquals(Instant.parse(expected), CollectorTimes.zoned(text(written), BERLIN));
    assertEquals(Instant.parse(expected), CollectorTimes.utc(text(written)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "2026-03-10 15:05:30.123|2026-03-10T15:05:30.123Z",
        "2026-03-10T15:05:30|2026-03-10T15:05:30Z",
        "3/10/2026 3:05:30 PM|2026-03-10T15:05:30Z",
        "3/10/2026 3:05:30 pm|2026-03-10T15:05:30Z",
        "3/10/2026, 3:05:30.001 PM|2026-03-10T15:05:30.001Z",
        "3/10/2026 15:05:30|2026-03-10T15:05:30Z",
        "Tue Mar 10 15:05:30 2026|2026-03-10T15:05:30Z",
        "Thu Mar  5 15:05:30 2026|2026-03-05T15:05:30Z",
        "Mar 10, 2026 @ 15:05:30.001|2026-03-10T15:05:30.001Z",
        "2026/03/10 15:05:30|2026-03-10T15:05:30Z",
        "Mar 10 2026 15:05:30|2026-03-10T15:05:30Z"
      })
  void aTimeWithoutZoneIsReadInTheZoneThatIsGiven(String written, String utc) {
    assertNull(CollectorTimes.zoned(text(written), null));
    assertEquals(Instant.parse(utc), CollectorTimes.utc(text(written)));
    // Berlin is an hour ahead in March.
    assertEquals(
        Instant.parse(utc).minusSeconds(3600), CollectorTimes.zoned(text(written), BERLIN));
  }

  @ParameterizedTest
  @CsvSource({
    "1773155130, 2026-03-10T15:05:30Z",
    "1773155130003, 2026-03-10T15:05:30.003Z",
    "1773155130003000, 2026-03-10T15:05:30.003Z",
    "1773155130003000000, 2026-03-10T15:05:30.003Z",
    "1773155130.003, 2026-03-10T15:05:30.003Z",
    "1773155130.0, 2026-03-10T15:05:30Z",
    "1773155130003.5, 2026-03-10T15:05:30.003Z",
    "0, 1970-01-01T00:00:00Z",
    "-1.5, 1969-12-31T23:59:58.500Z",
    "99999999999, 5138-11-16T09:46:39Z",
    "100000000000, 1973-03-03T09:46:40Z"
  })
  void theSizeOfANumberTellsItsUnit(String number, String expected) throws IOException {
    assertEquals(Instant.parse(expected), CollectorTimes.zoned(json(number), null));
    assertEquals(Instant.parse(expected), CollectorTimes.zoned(text(number), null));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1e400",
        "9e99999",
        "-1e400",
        "1e308",
        "1e-400",
        "123456789012345678901234567890",
        "-123456789012345678901234567890",
        "123456789012345678901234567890.5",
        "9223372036854775807",
        "-9223372036854775808",
        "9223372036854775808",
        "0.000000000000000000000000000001"
      })
  void aNumberOfNoTimeHarmsNothing(String number) throws IOException {
    for (JsonNode value : new JsonNode[] {json(number), text(number)}) {
      assertTimeout(
          Duration.ofSeconds(5),
          () -> {
            Instant time = CollectorTimes.zoned(value, null);
            assertEquals(time, time == null ? null : Timestamps.parse(time), number);
          });
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "now",
        "-",
        "2026-13-10T15:05:30Z",
        "2/30/2026 3:05:30 PM Z",
        "20261310150530.000000-000",
        "2026-03-10 15:05:30 +99:99",
        "/Date()/",
        "/Date(99999999999999999)/",
        "/Date(99999999999999999999)/",
        "/Date(-99999999999999999)/",
        "1773155130.",
        "1,773,155,130",
        "\u0661\u0667\u0667\u0663"
      })
  void whatIsNoTimeIsNone(String written) {
    assertNull(CollectorTimes.zoned(text(written), null), written);
    assertNull(CollectorTimes.utc(text(written)), written);
  }

  @Test
  void aLongTextIsRefusedAtOnce() {
    for (String part : new String[] {"1", " ", "+01:00", "/Date(", "1:", "Z"}) {
      String text = part.repeat((1 << 20) / part.length());
      assertTimeout(Duration.ofSeconds(10), () -> assertNull(CollectorTimes.utc(text(text)), part));
    }
  }

  @Test
  void anObjectIsNoTime() throws IOException {
    for (String value : new String[] {"{}", "[]", "null", "true", "[1773155130]"}) {
      assertNull(CollectorTimes.utc(Objects.requireNonNull(json(value))), value);
    }
  }
}
