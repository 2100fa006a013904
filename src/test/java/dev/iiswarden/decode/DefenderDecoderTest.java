package dev.iiswarden.decode;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.iiswarden.event.Event;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DefenderDecoderTest {
  @Test
  void aRegistryRowHasAllItsFields() {
    assertEquals(
        "{@timestamp=2026-03-04T13:12:07.226Z, event={id=web01.corp.example:7:2026-03-04T13:12:07.226Z, category=[registry], type=[change], provider=Microsoft-Defender, action=RegistryValueSet}, host={name=web01.corp.example}, process={name=reg.exe, executable=c:\\x\\reg.exe, pid=42, command_line=reg add, parent={name=cmd.exe, pid=7}}, user={name=eve, domain=corp, id=S-1}, registry={path=HKLM\\SYSTEM\\K\\DLL, value=DLL, data={strings=[C:\\a.dll]}}}",
        only("{'Timestamp':'2026-03-04T13:12:07.226Z','DeviceName':'web01.corp.example','ReportId':7,'ActionType':'RegistryValueSet','RegistryKey':'HKEY_LOCAL_MACHINE\\\\SYSTEM\\\\K','RegistryValueName':'DLL','RegistryValueData':'C:\\\\a.dll','InitiatingProcessFileName':'reg.exe','InitiatingProcessFolderPath':'c:\\\\x\\\\reg.exe','InitiatingProcessId':'42','InitiatingProcessCommandLine':'reg add','InitiatingProcessParentFileName':'cmd.exe','InitiatingProcessParentId':7,'InitiatingProcessAccountName':'eve','InitiatingProcessAccountDomain':'corp','InitiatingProcessAccountSid':'S-1'}")
            .toMap()
            .toString());
  }

  @Test
  void aFolderPathWithoutTheNameGetsTheName() {
    String row =
        "{'TimeGenerated':'2026-03-04','DeviceId':'d','ActionType':'FileCreated','FileName':'a.dll','FolderPath':'C:\\\\x";

    assertTrue(only(row + "'}").toString().contains("file={path=C:\\x\\a.dll, name=a.dll"));
    assertTrue(only(row + "\\\\A.dll'}").toString().contains("file={path=C:\\x\\A.dll,"));
    assertEquals("d", only(row + "'}").getHost().getName());
  }

  @Test
  void aDeletionIsNamedByThePreviousKey() {
    String row =
        "{'Timestamp':'2026-03-04','DeviceId':'d','ActionType':'RegistryValueDeleted','RegistryKey':'',"
            + "'PreviousRegistryKey':'HKEY_USERS\\\\k','PreviousRegistryValueName':'v'}";

    assertTrue(only(row).toString().contains("path=HKU\\k\\v"), only(row).toString());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'Timestamp':'2026-03-04T13:12:07.226Z','DeviceName':'web01.corp.example','ReportId':7,'ActionType':'ConnectionSuccess'}",
        "{'Timestamp':'2026-03-04T13:12:07.226Z','DeviceName':'web01.corp.example','ReportId':7,'ActionType':7}",
        "{'Timestamp':'2026-03-04T13:12:07.226Z','DeviceName':'web01.corp.example','ReportId':7,'ActionType':['a',{}]}"
      })
  void rowsAboutOtherThingsAreNothing(String json) {
    assertNothing(json);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'DeviceName':'a','ActionType':'FileCreated'}",
        "{'DeviceName':'a','ActionType':'FileCreated','Timestamp':'x'}",
        "{'DeviceName':'a','ActionType':'FileCreated','Timestamp':['2026-03-04','2026-03-05']}"
      })
  void aRowWithoutOneTimeIsMalformed(String json) {
    assertMalformed(json);
  }

  private static Event only(String json) {
    Decoded decoded = EventDecoders.auto().decode(json.replace('\'', '"'));
    assertEquals(1, decoded.events().size(), () -> decoded.malformed() + json);
    return decoded.events().get(0);
  }

  @Test
  void aRowWithoutADeviceIsNotRecognised() {
    assertEquals(
        Outcome.UNRECOGNISED,
        EventDecoders.auto().decode("{\"ActionType\":\"FileCreated\"}").outcome());
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
