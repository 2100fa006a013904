package dev.iiswarden.decode;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Values without names, in the order of each version of an event. */
class PositionalDataTest {
  private static FieldValues read(int id, boolean isSysmon, String... texts) {
    FieldValues values = new FieldValues();
    PositionalData.add(id, isSysmon, Arrays.asList(texts), values);
    return values;
  }

  /** Splits at blanks; a dot is an empty value. */
  private static FieldValues sysmon(int id, String texts) {
    return read(id, true, values(texts));
  }

  private static FieldValues windows(int id, String texts) {
    return read(id, false, values(texts));
  }

  private static String[] values(String texts) {
    return Arrays.stream(texts.split(" ", -1))
        .map(text -> text.equals(".") ? "" : text)
        .toArray(String[]::new);
  }

  private static final String NOW = "2026-03-10T15:05:30.001";

  @ParameterizedTest
  @ValueSource(
      strings = {
        // Schema 4.60 on: the parent's user at the end.
        "- T G 7 a.exe fv d p c ORIG cmd cd U lg li ts il H pg 8 b.exe pcmd pu",
        // Schema 4.22 on: the original file name.
        "- T G 7 a.exe fv d p c ORIG cmd cd U lg li ts il H pg 8 b.exe pcmd",
        // Schema 4.10 on: the rule's name.
        "- T G 7 a.exe fv d p c cmd cd U lg li ts il H pg 8 b.exe pcmd",
        // Before: the time is first.
        "T G 7 a.exe fv d p c cmd cd U lg li ts il H pg 8 b.exe pcmd"
      })
  void aProcessOfEachVersionOfSysmon(String texts) {
    FieldValues values = sysmon(1, texts.replace("T", NOW));
    assertEquals(NOW, values.first(Field.UTC_TIME));
    assertEquals("a.exe", values.first(Field.IMAGE));
    assertEquals("cmd", values.first(Field.COMMAND_LINE));
    assertEquals("b.exe", values.first(Field.PARENT_IMAGE));
    assertEquals("pcmd", values.first(Field.PARENT_COMMAND_LINE));
    assertEquals("U", values.first(Field.USER));
    assertEquals(texts.contains("ORIG") ? "ORIG" : null, values.first(Field.ORIGINAL_FILE_NAME));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "- T G 7 w3wp.exe a.dll fv d p c ORIG H false - Unavailable U",
        "- T G 7 w3wp.exe a.dll fv d p c ORIG H false - Unavailable",
        "- T G 7 w3wp.exe a.dll fv d p c H false - Unavailable",
        "T G 7 w3wp.exe a.dll fv d p c H false - Unavailable"
      })
  void aLoadedModuleOfEachVersionOfSysmon(String texts) {
    FieldValues values = sysmon(7, texts.replace("T", NOW));
    assertEquals("w3wp.exe", values.first(Field.IMAGE));
    assertEquals("a.dll", values.first(Field.IMAGE_LOADED));
    assertEquals("H", values.first(Field.HASHES));
    assertEquals("false", values.first(Field.SIGNED));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "- SetValue T G 7 reg.exe HKLM details U",
        "- SetValue T G 7 reg.exe HKLM details",
        "SetValue T G 7 reg.exe HKLM details",
        ". SetValue T G 7 reg.exe HKLM details"
      })
  void aRegistryValueOfEachVersionOfSysmon(String texts) {
    FieldValues values = sysmon(13, texts.replace("T ", NOW + " "));
    assertEquals("SetValue", values.first(Field.EVENT_TYPE));
    assertEquals("reg.exe", values.first(Field.IMAGE));
    assertEquals("HKLM", values.first(Field.TARGET_OBJECT));
    assertEquals("details", values.first(Field.DETAILS));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "S N D 0x1 0x20 appcmd.exe %%1 0x10",
        "S N D 0x1 0x20 appcmd.exe %%1 0x10 cmd",
        "S N D 0x1 0x20 appcmd.exe %%1 0x10 cmd ts tn td tl parent.exe ml"
      })
  void aProcessOfEachVersionOfTheSecurityLog(String texts) {
    FieldValues values = windows(4688, texts);
    assertEquals("appcmd.exe", values.first(Field.NEW_PROCESS_NAME));
    assertEquals("0x20", values.first(Field.NEW_PROCESS_ID));
    assertEquals("0x10", values.first(Field.PROCESS_ID));
    assertEquals(
        texts.contains("cmd ") || texts.endsWith("cmd") ? "cmd" : null,
        values.first(Field.COMMAND_LINE));
    assertEquals(
        texts.contains("parent") ? "parent.exe" : null, values.first(Field.PARENT_PROCESS_NAME));
  }

  @Test
  void anIdMeansAnotherEventInAnotherLog() {
    assertFalse(sysmon(4688, "a b c d e f").has(Field.NEW_PROCESS_NAME));
    assertFalse(windows(1, "a b c d e f g h i j k l").has(Field.COMMAND_LINE));
    assertFalse(windows(-1, "a").has(Field.IMAGE));
  }

  @Test
  void noValuesAreNone() {
    assertNull(read(1, true).first(Field.IMAGE));
    assertNull(read(4688, false).first(Field.NEW_PROCESS_NAME));
  }

  @Test
  void moreValuesThanNamesAreLeft() {
    FieldValues values = windows(2282, "x.dll y.dll");
    assertEquals(List.of("x.dll"), values.all(Field.MODULE_DLL));
  }

  @Test
  void aValueThatIsThereStays() {
    FieldValues values = new FieldValues();
    values.add(Field.MODULE_DLL, "first.dll");
    PositionalData.add(2282, false, List.of("x.dll"), values);
    assertEquals(List.of("first.dll"), values.all(Field.MODULE_DLL));
  }
}
