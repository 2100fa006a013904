package dev.iiswarden.decode;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TimestampsTest {

  @ParameterizedTest
  @CsvSource({
    "2026-03-01T10:20:30Z, 2026-03-01T10:20:30Z",
    "2026-03-01T10:20:30.5Z, 2026-03-01T10:20:30.500Z",
    "2026-03-01T10:20:30.123456789Z, 2026-03-01T10:20:30.123456789Z",
    "2026-03-01T10:20:30.000000001Z, 2026-03-01T10:20:30.000000001Z",
    "2026-03-01T10:20Z, 2026-03-01T10:20:00Z",
    "2026-03-01, 2026-03-01T00:00:00Z",
    "2026-03-01t10:20:30z, 2026-03-01T10:20:30Z",
    "2026-03-01T10:20:30+05:30, 2026-03-01T04:50:30Z",
    "2026-03-01T10:20:30-0800, 2026-03-01T18:20:30Z",
    "2026-03-01T00:20:30+01, 2026-02-28T23:20:30Z",
    "2024-02-29T23:59:59.999-00:01, 2024-03-01T00:00:59.999Z",
    "0000-01-01T00:00:00Z, 0000-01-01T00:00:00Z",
    "9999-12-31T23:59:59.999999999Z, 9999-12-31T23:59:59.999999999Z",
  })
  void readsIsoDates(String text, Instant expected) {
    assertEquals(expected, Timestamps.parse(text));
  }

  @ParameterizedTest
  @CsvSource({
    "2026-03-01T10:20:30, 2026-03-01T10:20:30Z",
    "2026-03-01 10:20:30.250, 2026-03-01T10:20:30.250Z",
    "'2026-03-01T10:20:30,250', 2026-03-01T10:20:30.250Z",
  })
  void withoutAZoneItIsUtc(String text, Instant expected) {
    assertEquals(expected, Timestamps.parse(text));
  }

  @ParameterizedTest
  @CsvSource({
    "1969-12-31T23:59:59.999999999Z, -1, 999999999",
    "1960-02-29T00:00:00.25Z, -310521600, 250000000",
    "1601-01-01T00:00:00Z, -11644473600, 0",
  })
  void readsDatesBeforeTheEpoch(String text, long seconds, int nanos) {
    assertEquals(Instant.ofEpochSecond(seconds, nanos), Timestamps.parse(text));
  }

  @ParameterizedTest
  @CsvSource({
    "0, 1970-01-01T00:00:00Z",
    "-1, 1969-12-31T23:59:59Z",
    "1772359200, 2026-03-01T10:00:00Z",
    "99999999999, 5138-11-16T09:46:39Z",
    "1772359200123, 2026-03-01T10:00:00.123Z",
    "-1772359200123, 1913-11-02T13:59:59.877Z",
    "1772359200123456, 2026-03-01T10:00:00.123456Z",
    "1772359200123456789, 2026-03-01T10:00:00.123456789Z",
    "9223372036854775807, 2262-04-11T23:47:16.854775807Z",
    "-9223372036854775808, 1677-09-21T00:12:43.145224192Z",
  })
  void theSizeOfAnIntegerTellsItsUnit(long number, Instant expected) {
    assertEquals(expected, Timestamps.parse(number));
    assertEquals(expected, Timestamps.parseZoned(number));
  }

  @ParameterizedTest
  @ValueSource(strings = {"0000-01-01T00:00:00+01:00", "9999-12-31T23:59:59-01:00"})
  void aZoneCannotLeadOutOfTheYears0To9999(String text) {
    assertNull(Timestamps.parse(text));
  }

  @Test
  void anInstantStandsForItself() {
    Instant instant = Instant.parse("2026-03-01T10:20:30.000000001Z");

    assertEquals(instant, Timestamps.parse(instant));
    assertEquals(instant, Timestamps.parseZoned(instant));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "yesterday",
        "true",
        "1.5",
        "26-03-01",
        "2026-3-1",
        "2026-03-01T",
        "2026-03-01Z",
        "2026-03-01T10:20:30 ",
        " 2026-03-01T10:20:30",
        "2026-03-01  10:20:30",
        "2026-03-01_10:20:30",
        "2026-03-01T10:2",
        "2026-03-01T10:20:3",
        "2026-03-01T10:20:",
        "2026-03-01T10:20:30.Z",
        "2026-03-01T10:20:30.1234567891Z",
        "2026-03-01T10:20:30ZZ",
        "2026-03-01T10:20:30 CET",
        "2026-03-01T10:20:30+",
        "2026-03-01T10:20:30+5",
        "2026-03-01T10:20:30+05:",
        "2026-03-01T10:20:30+05:3",
        "2026-03-01T10:20:30+05:60",
        "2026-03-01T10:20:30+19:00",
        "2026-03-01T10:20:30+05:30:00",
        "2026-03-01T10:20:30.5.5Z",
        "2026/03/01 10:20:30",
        "20260301T102030Z",
        "03/01/2026 10:20:30 AM",
        "-026-03-01",
        "+2026-03-01",
        "12026-03-01",
        "2026-W09-7",
        "\u0662\u0660\u0662\u0666-03-01T10:20:30Z",
        "2026\u221203\u221201",
        "2026-03-01T10:20:30Z\0",
      })
  void anythingElseIsNoDate(String text) {
    assertNull(Timestamps.parse(text));
    assertNull(Timestamps.parseZoned(text));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "2026-00-01",
        "2026-13-01",
        "2026-01-00",
        "2026-01-32",
        "2026-04-31",
        "2026-02-29",
        "1900-02-29",
        "2026-03-01T24:00:00Z",
        "2026-03-01T23:60:00Z",
        "2026-03-01T23:59:60Z",
      })
  void aDayOrTimeThatNeverWasIsNoDate(String text) {
    assertNull(Timestamps.parse(text));
  }

  @Test
  void aMissingValueIsNoDate() {
    assertNull(Timestamps.parse(null));
    assertNull(Timestamps.parseZoned(null));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"2026-03-01T10:20:30Z", "2026-03-01 10:20:30z", "2026-03-01T15:50:30+05:30"})
  void aDateWithAZoneIsZoned(String text) {
    assertEquals(Instant.parse("2026-03-01T10:20:30Z"), Timestamps.parseZoned(text));
  }

  @ParameterizedTest
  @ValueSource(strings = {"2026-03-01T10:20:30", "2026-03-01 10:20:30.123", "2026-03-01"})
  void aDateThatLeavesItsZoneOpenIsNotZoned(String text) {
    assertNull(Timestamps.parseZoned(text));
  }

  @Test
  void anExcerptIsShort() {
    assertEquals("", Timestamps.excerpt(null));
    assertEquals("x".repeat(40), Timestamps.excerpt("x".repeat(40)));
    assertEquals("x".repeat(40) + "\u2026", Timestamps.excerpt("x".repeat(41)));
  }
}
