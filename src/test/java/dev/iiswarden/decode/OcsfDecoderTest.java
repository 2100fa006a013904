package dev.iiswarden.decode;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.iiswarden.event.Event;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OcsfDecoderTest {
  @Test
  void aFileActivityHasAllItsFields() {
    assertEquals(
        "{@timestamp=2026-03-04T13:12:07.226Z, event={id=u-1, category=[file], type=[creation], code=1001}, host={name=WEB01}, process={name=x.exe, executable=C:\\x.exe, pid=42, entity_id=p, command_line=x y}, user={name=eve}, file={path=C:\\a.dll, name=a.dll, extension=dll, hash={md5=ee, sha256=ff}}}",
        only("{'category_uid':1,'time':'1772629927226','device':{'hostname':'WEB01'},'class_uid':1001,'activity_id':'1','metadata':{'uid':'u-1','version':'1.3.0'},'actor':{'user':{'name':'eve'},'process':{'pid':42,'uid':'p','cmd_line':'x y','file':{'path':'C:\\\\x.exe'}}},'file':{'path':'C:\\\\a.dll','hashes':[{'algorithm_id':3,'value':'ff'},{'algorithm_id':1,'value':'ee'}]}}")
            .toMap()
            .toString());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'category_uid':1,'time':'1772629927226','device':{'hostname':'WEB01'},'class_uid':4001,'activity_id':1}",
        "{'category_uid':1,'time':'1772629927226','device':{'hostname':'WEB01'},'class_uid':1001,'activity_id':99}",
        "{'category_uid':1,'time':'1772629927226','device':{'hostname':'WEB01'},'class_uid':1005,'activity_id':2}",
        "{'category_uid':1,'time':'1772629927226','device':{'hostname':'WEB01'},'class_uid':'x','activity_id':-1}",
        "{'category_uid':1,'time':'1772629927226','device':{'hostname':'WEB01'},'class_uid':1001,'activity_id':1,'status_id':2}"
      })
  void activitiesWithoutAFactAreNothing(String json) {
    assertNothing(json);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'class_uid':1001,'category_uid':1,'activity_id':1}",
        "{'class_uid':1001,'category_uid':1,'activity_id':1,'time':'soon'}",
        "{'class_uid':1001,'category_uid':1,'activity_id':1,'time':[1,2]}"
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
