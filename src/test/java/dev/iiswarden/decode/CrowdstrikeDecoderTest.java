package dev.iiswarden.decode;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.iiswarden.event.Event;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CrowdstrikeDecoderTest {
  @Test
  void aRawRegistryEventHasAllItsFields() {
    assertEquals(
        "{@timestamp=2026-03-04T13:12:07.226Z, event={id=i-1, category=[registry], type=[change], provider=CrowdStrike, action=AsepValueUpdate}, host={name=a1}, process={entity_id=77}, registry={path=HKLM\\K\\DLL, value=DLL, data={strings=[C:\\a.dll]}}}",
        only("{'event_simpleName':'AsepValueUpdate','event_platform':'Win','id':'i-1','aid':'a1','timestamp':'1772629927226','RegObjectName':'\\\\REGISTRY\\\\MACHINE\\\\K','RegValueName':'DLL','RegStringValue':'C:\\\\a.dll','ContextProcessId':'77'}")
            .toMap()
            .toString());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'event_simpleName':'SensorHeartbeat','timestamp':'1'}",
        "{'event_simpleName':'PeFileWritten','event_platform':'Mac','timestamp':'1'}",
        "{'event_simpleName':7}"
      })
  void otherEventsAreNothing(String json) {
    assertNothing(json);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'event_simpleName':'PeFileWritten'}",
        "{'event_simpleName':'PeFileWritten','timestamp':'x','ContextTimeStamp':'1e99'}",
        "{'event_simpleName':'PeFileWritten','timestamp':['1','2']}"
      })
  void anEventWithoutOneTimeIsMalformed(String json) {
    assertMalformed(json);
  }

  private static Event only(String json) {
    Decoded decoded = EventDecoders.auto().decode(json.replace('\'', '"'));
    assertEquals(1, decoded.events().size(), () -> decoded.malformed() + json);
    return decoded.events().get(0);
  }

  private static void assertNothing(String json) {
    Decoded decoded = EventDecoders.auto().decode(json.replace('\'', '"'));
    assertEquals(0, decoded.events().size());
    assertTrue(decoded.malformed().isEmpty(), () -> decoded.malformed().toString());
  }

  private static void assertMalformed(String json) {
    assertTrue(EventDecoders.auto().decode(json.replace('\'', '"')).malformed().isPresent());
  }
}
