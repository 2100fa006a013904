package dev.iiswarden.decode;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The host and time around a record count if it has none. */
class SurroundingsTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  private static Surroundings of(String json) throws IOException {
    return Surroundings.NONE.inside(JSON.readTree(json), null);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"host\":\"WEB07\"}|WEB07",
        "{\"host\":{\"name\":\"web07\",\"ip\":\"10.0.0.7\"}}|web07",
        "{\"host\":[\"WEB07\"]}|WEB07",
        "{\"agent\":{\"hostname\":\"WEB07\"}}|WEB07",
        "{\"agent\":{\"type\":\"filebeat\"},\"host\":\"b\"}|b",
        "{\"source\":\"web07.shop.example\"}|web07.shop.example",
        "{\"source\":\"x\",\"Computer\":\"WEB07\"}|WEB07"
      })
  void theHostAroundARecord(String json, String host) throws IOException {
    assertEquals(host, of(json).host());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"source\":\"Microsoft-Windows-Sysmon\"}",
        "{\"source\":\"WinEventLog:Security\"}",
        "{\"source\":\"C:\\\\logs\\\\a.json\"}",
        "{\"source\":\"/var/log/win.json\"}",
        "{\"source\":\"Microsoft-Windows-Sysmon/Operational\"}",
        "{\"source\":{}}",
        "{\"source\":[\"a\",\"b\"]}",
        "{\"host\":\"\"}",
        "{\"host\":7}",
        "{\"host\":null}",
        "{\"host\":\"two words\"}",
        "{}"
      })
  void whatIsNoMachineIsNoHost(String json) throws IOException {
    assertNull(of(json).host());
  }

  @Test
  void theNearestCounts() throws IOException {
    Surroundings outer = of("{\"host\":\"relay\",\"@timestamp\":\"2026-03-10T15:05:30Z\"}");
    assertEquals("near", outer.inside(JSON.readTree("{\"host\":\"near\"}"), null).host());
    assertEquals(outer, outer.inside(JSON.readTree("{\"a\":1}"), null));
  }

  @Test
  void aTimeCountsIfItsZoneIsKnown() throws IOException {
    Instant time = Instant.parse("2026-03-10T15:05:30Z");
    assertEquals(time, of("{\"@timestamp\":\"2026-03-10T15:05:30Z\"}").time());
    assertEquals(time, of("{\"time\":1773155130}").time());
    assertEquals(time, of("{\"time\":[1773155130]}").time());
    assertEquals(time, of("{\"TimeGenerated [UTC]\":\"3/10/2026, 3:05:30.000 PM\"}").time());
    assertNull(of("{\"time\":\"2026-03-10 15:05:30\"}").time());
    assertNull(of("{\"time\":{\"x\":1}}").time());
    assertEquals(
        time,
        Surroundings.NONE
            .inside(JSON.readTree("{\"time\":\"2026-03-10 15:05:30\"}"), ZoneOffset.UTC)
            .time());
  }

  @Test
  void theRecordsOwnHostStays() throws IOException {
    Surroundings around = of("{\"host\":\"relay\"}");
    for (Field own : new Field[] {Field.COMPUTER, Field.HOSTNAME, Field.ECS_HOST_NAME}) {
      FieldValues values = new FieldValues();
      values.add(own, "WEB07");
      around.complete(values);
      assertEquals("WEB07", values.first(own));
      assertEquals(
          1,
          values.all(own).size() + (own == Field.COMPUTER ? 0 : values.all(Field.COMPUTER).size()));
    }
    FieldValues none = new FieldValues();
    around.complete(none);
    assertEquals("relay", none.first(Field.COMPUTER));
  }
}
