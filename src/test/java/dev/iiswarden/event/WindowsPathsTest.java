package dev.iiswarden.event;

import static dev.iiswarden.event.WindowsPaths.canonicalKey;
import static dev.iiswarden.event.WindowsPaths.canonicalPath;
import static dev.iiswarden.event.WindowsPaths.fileName;
import static dev.iiswarden.event.WindowsPaths.folderOf;
import static dev.iiswarden.event.WindowsPaths.keyLike;
import static dev.iiswarden.event.WindowsPaths.pathLike;
import static dev.iiswarden.event.WindowsPaths.sameFolder;
import static dev.iiswarden.event.WindowsPaths.sameKey;
import static dev.iiswarden.event.WindowsPaths.samePath;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class WindowsPathsTest {
  private static final String FILTER = "C:\\Windows\\System32\\inetsrv\\filter.dll";

  @ParameterizedTest
  @ValueSource(
      strings = {
        "c:\\windows\\system32\\INETSRV\\Filter.DLL",
        "C:/Windows/System32/inetsrv/filter.dll",
        "C:\\\\Windows\\\\System32\\\\inetsrv\\\\filter.dll",
        "\\\\?\\C:\\Windows\\System32\\inetsrv\\filter.dll",
        "\\\\.\\C:\\Windows\\System32\\inetsrv\\filter.dll",
        "\\??\\C:\\Windows\\System32\\inetsrv\\filter.dll",
        "\\Device\\HarddiskVolume2\\Windows\\System32\\inetsrv\\filter.dll",
        "\\device\\harddiskvolume13\\windows\\system32\\inetsrv\\filter.dll",
        "%windir%\\System32\\inetsrv\\filter.dll",
        "%SystemRoot%\\System32\\inetsrv\\filter.dll",
        "\\SystemRoot\\System32\\inetsrv\\filter.dll",
        "%SystemDrive%\\Windows\\System32\\inetsrv\\filter.dll",
        "%IIS_BIN%\\filter.dll",
        "\"C:\\Windows\\System32\\inetsrv\\filter.dll\"",
        "C:\\Windows\\Temp\\..\\System32\\.\\inetsrv\\filter.dll"
      })
  void allSpellingsAreTheSamePath(String spelling) {
    assertTrue(samePath(FILTER, spelling));
    assertTrue(samePath(spelling, FILTER));
    assertTrue(pathLike(spelling, FILTER));
    assertTrue(pathLike(spelling, "*\\System32\\inetsrv\\*"));
    assertTrue(pathLike(spelling, "c:/windows/*/filter.dll"));
    assertTrue(pathLike(spelling, "%windir%\\*"));
    assertTrue(pathLike(spelling, "\\\\?\\C:\\Windows\\System32\\*"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "D:\\Windows\\System32\\inetsrv\\filter.dll",
        "C:\\Windows\\System32\\inetsrv\\filter.dl",
        "C:\\Windows\\SysWOW64\\inetsrv\\filter.dll",
        "\\\\server\\Windows\\System32\\inetsrv\\filter.dll",
        "filter.dll",
        ""
      })
  void otherPathsAreNot(String other) {
    assertFalse(samePath(FILTER, other));
    assertFalse(pathLike(other, FILTER));
  }

  @Test
  void twoPathsOfOpenDriveAreTheSameIfTheRestIs() {
    assertTrue(samePath("%windir%\\x.dll", "\\Device\\HarddiskVolume3\\WINDOWS\\x.dll"));
  }

  @Test
  void aShareIsNoDrive() {
    assertEquals("\\\\server\\share\\x.dll", canonicalPath("\\\\Server\\Share\\x.dll"));
    assertEquals("\\\\server\\share\\x.dll", canonicalPath("\\\\?\\UNC\\Server\\Share\\x.dll"));
    assertTrue(pathLike("//server/share/x.dll", "\\\\server\\share\\*"));
    assertFalse(pathLike("C:\\server\\share\\x.dll", "\\\\server\\share\\*"));
  }

  @Test
  void wildcardsInAValueAreOrdinaryCharacters() {
    assertFalse(pathLike("C:\\*\\x.dll", "C:\\inetpub\\x.dll"));
    assertTrue(pathLike("C:\\a?b\\x.dll", "C:\\a?b\\x.dll"));
  }

  @Test
  void aPathCannotClimbAboveItsRoot() {
    assertEquals("c:\\x.dll", canonicalPath("C:\\..\\..\\x.dll"));
    assertEquals("c:\\.hidden\\x.dll", canonicalPath("C:\\.hidden\\x.dll"));
  }

  @Test
  void aVariableThatNobodyKnowsStays() {
    assertEquals("%temp%\\x.dll", canonicalPath("%TEMP%\\x.dll"));
    assertEquals("%windir", canonicalPath("%windir"));
  }

  @ParameterizedTest
  @CsvSource({
    "HKLM\\System\\CurrentControlSet\\Services\\W3SVC\\Parameters\\FilterDLLs",
    "hklm\\SYSTEM\\ControlSet001\\Services\\W3SVC\\Parameters\\filterdlls",
    "\\REGISTRY\\MACHINE\\SYSTEM\\ControlSet002\\Services\\W3SVC\\Parameters\\FilterDLLs",
    "HKEY_LOCAL_MACHINE\\SYSTEM\\CurrentControlSet\\Services\\W3SVC\\Parameters\\FilterDLLs\\",
    "HKLM\\\\System\\\\CurrentControlSet\\\\Services\\\\W3SVC\\\\Parameters\\\\FilterDLLs"
  })
  void allSpellingsAreTheSameKey(String spelling) {
    String key = "HKLM\\SYSTEM\\CurrentControlSet\\Services\\W3SVC\\Parameters\\FilterDLLs";

    assertTrue(sameKey(key, spelling));
    assertTrue(keyLike(spelling, key));
    assertTrue(keyLike(spelling, "HKLM\\SYSTEM\\ControlSet001\\Services\\W3SVC\\*"));
    assertTrue(keyLike(spelling, "*\\w3svc\\Parameters\\*"));
    assertTrue(keyLike(spelling, "*\\ControlSet001\\Services\\*"));
  }

  @Test
  void otherKeysAreNot() {
    assertFalse(sameKey("HKLM\\System\\ControlSet01\\x", "HKLM\\System\\CurrentControlSet\\x"));
    assertFalse(sameKey("HKLM\\System\\ControlSet0012\\x", "HKLM\\System\\CurrentControlSet2\\x"));
    assertFalse(sameKey("HKU\\x", "HKLM\\x"));
    assertEquals("hklm\\software\\a/b", canonicalKey("HKLM\\Software\\a/b"));
    assertEquals("hku\\s-1-5-18\\x", canonicalKey("\\REGISTRY\\USER\\S-1-5-18\\x"));
    assertEquals("hkcr\\x", canonicalKey("HKEY_CLASSES_ROOT\\x"));
    assertEquals("hkcu\\x", canonicalKey("HKEY_CURRENT_USER\\x"));
    assertEquals("hkcu", canonicalKey("HKEY_CURRENT_USER"));
    assertEquals("hku\\x", canonicalKey("HKEY_USERS\\x"));
  }

  @Test
  void whatIsMissingMeetsNoCondition() {
    assertFalse(samePath(null, FILTER));
    assertFalse(samePath(FILTER, null));
    assertFalse(samePath(null, null));
    assertFalse(pathLike((String) null, "*"));
    assertFalse(sameKey(null, null));
    assertFalse(keyLike(null, "*"));
  }

  @Test
  void anyPathOfAListWillDo() {
    assertTrue(pathLike(List.of("x", "%IIS_BIN%\\filter.dll"), FILTER));
    assertFalse(pathLike(List.of("x"), FILTER));
    assertFalse(pathLike(List.of(), "*"));
  }

  @Test
  void anyOfThePatternsWillDo() {
    assertTrue(pathLike(FILTER, "D:\\*", "*.dll"));
    assertTrue(keyLike("HKLM\\Software\\x", "HKU\\*", "HKLM\\*"));
    assertFalse(pathLike(FILTER));
  }

  @ParameterizedTest
  @CsvSource({
    "C:\\inetpub\\bin\\x.dll, c:\\inetpub\\bin, x.dll",
    "c:/INETPUB/bin//X.DLL, c:\\inetpub\\bin, x.dll",
    "\\\\?\\C:\\inetpub\\bin\\x.dll, c:\\inetpub\\bin, x.dll",
    "\\Device\\HarddiskVolume2\\inetpub\\bin\\x.dll, \\inetpub\\bin, x.dll",
    "%windir%\\Temp\\x.dll, \\windows\\temp, x.dll",
    "C:\\inetpub\\bin\\..\\logs\\x.dll, c:\\inetpub\\logs, x.dll",
    "\\\\server\\share\\bin\\x.dll, \\\\server\\share\\bin, x.dll",
    "\\\\server\\share\\x.dll, \\\\server\\share, x.dll",
    "//server/share/x.dll, \\\\server\\share, x.dll",
    "\\\\?\\UNC\\server\\share\\x.dll, \\\\server\\share, x.dll",
    "C:\\x.dll, c:\\, x.dll",
    "\\Device\\HarddiskVolume2\\x.dll, \\, x.dll",
    "C:\\inetpub\\bin\\, c:\\inetpub, bin",
    "C:/inetpub/bin/, c:\\inetpub, bin",
    "\\\\server\\share\\bin\\, \\\\server\\share, bin",
    "C:\\inetpub\\x.txt:evil.dll, c:\\inetpub, x.txt:evil.dll",
    "C:\\inetpub\\x.dll::$DATA, c:\\inetpub, x.dll::$data",
    "C:\\inetpub:evil, c:\\, inetpub:evil",
    "bin\\x.dll, bin, x.dll",
    "'\"C:\\inetpub\\x.dll\"', c:\\inetpub, x.dll"
  })
  void aPathConsistsOfFolderAndName(String path, String folder, String name) {
    assertEquals(folder, folderOf(path));
    assertEquals(name, fileName(path));
  }

  @ParameterizedTest
  @ValueSource(strings = {"x.dll", "c:x.dll", "x.dll:evil"})
  void aNameAloneTellsNoFolder(String path) {
    assertEquals(null, folderOf(path));
    assertEquals(path.substring(path.indexOf("x")), fileName(path));
    assertFalse(sameFolder(path, path));
  }

  @ParameterizedTest
  @NullSource
  @ValueSource(
      strings = {
        "",
        "C:",
        "C:\\",
        "c:/",
        "\\",
        "\\\\",
        "\\\\server",
        "\\\\server\\",
        "\\\\server\\share",
        "\\\\server\\share\\",
        "\\\\?\\C:\\",
        "\\\\?\\UNC\\server\\share",
        "\\Device\\HarddiskVolume2\\"
      })
  void aRootHasNeither(@Nullable String path) {
    assertEquals(null, folderOf(path));
    assertEquals(null, fileName(path));
    assertFalse(sameFolder(path, path));
  }

  @Test
  void aFolderIsAPathLikeAnyOther() {
    String folder = folderOf("\\Device\\HarddiskVolume2\\inetpub\\bin\\x.dll");

    assertTrue(samePath(folder, "C:\\inetpub\\bin"));
    assertTrue(pathLike(folder, "?:\\inetpub\\*"));
    assertTrue(samePath(folderOf("\\Device\\HarddiskVolume2\\x.dll"), "C:\\"));
  }

  @Test
  void filesOfOneFolderAreThereInAnySpelling() {
    assertTrue(sameFolder(FILTER, "%windir%/system32/INETSRV/other.dll"));
    assertTrue(sameFolder("C:\\a.dll", "c:/b.dll"));
    assertTrue(sameFolder("\\\\server\\share\\a.dll", "//SERVER/share/b.dll"));
    assertFalse(sameFolder(FILTER, "D:\\Windows\\System32\\inetsrv\\filter.dll"));
    assertFalse(sameFolder(FILTER, "C:\\Windows\\System32\\filter.dll"));
    assertFalse(sameFolder(FILTER, "C:\\Windows\\System32\\inetsrv\\config\\filter.dll"));
    assertFalse(sameFolder(FILTER, null));
    assertFalse(sameFolder(null, FILTER));
  }
}
