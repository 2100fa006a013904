package dev.iiswarden.event;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class WindowsPathsProperties {
  private static final String PATH = "C:\\Windows\\System32\\inetsrv\\filter.dll";

  @Property(tries = 3_000)
  void howeverAPathIsWrittenItIsTheSame(@ForAll("spellings") String spelling) {
    assertTrue(WindowsPaths.samePath(PATH, spelling));
    assertTrue(WindowsPaths.pathLike(spelling, PATH));
  }

  @Property(tries = 3_000)
  void aCanonicalKeyIsItsOwnCanonicalKey(@ForAll("paths") String key) {
    String canonical = WindowsPaths.canonicalKey(key);

    assertEquals(canonical, WindowsPaths.canonicalKey(canonical));
  }

  @Property(tries = 3_000)
  void beingTheSameGoesBothWays(@ForAll("paths") String one, @ForAll("paths") String other) {
    assertTrue(WindowsPaths.samePath(one, one));
    assertTrue(WindowsPaths.sameKey(one, one));
    assertEquals(WindowsPaths.samePath(one, other), WindowsPaths.samePath(other, one));
    assertEquals(WindowsPaths.sameKey(one, other), WindowsPaths.sameKey(other, one));
  }

  @Property(tries = 3_000)
  void aPathIsLikeItself(@ForAll("paths") String path) {
    assertTrue(
        WindowsPaths.pathLike(path, "*"),
        () -> WindowsPaths.canonicalPath(path) + " is not like *");
    assertTrue(WindowsPaths.keyLike(path, "*"));
  }

  @Property(tries = 3_000)
  void folderAndNameMakeThePath(@ForAll("paths") String path) {
    String folder = WindowsPaths.folderOf(path);
    String canonical = WindowsPaths.canonicalPath(path).replaceFirst("\\\\$", "");

    if (folder != null) {
      String slash = folder.endsWith("\\") ? "" : "\\";
      assertEquals(canonical, folder + slash + WindowsPaths.fileName(path));
    }
    assertEquals(folder != null, WindowsPaths.sameFolder(path, path));
  }

  @Provide
  Arbitrary<String> spellings() {
    Arbitrary<String> start =
        Arbitraries.of(
            "C:\\Windows",
            "%windir%",
            "\\\\?\\c:\\windows",
            "\\Device\\HarddiskVolume7\\WINDOWS",
            "\\SystemRoot",
            "c:/windows");
    Arbitrary<String> separator = Arbitraries.of("\\", "/", "\\\\", "\\.\\", "\\x\\..\\", "//");
    Arbitrary<String> folder = Arbitraries.of("System32", "SYSTEM32", "system32");
    return Combinators.combine(start, separator, folder, separator, separator)
        .as(
            (root, first, name, second, third) ->
                root + first + name + second + "INETSRV" + third + "Filter.dll");
  }

  @Provide
  Arbitrary<String> paths() {
    Arbitrary<String> parts =
        Arbitraries.of(
            "C:",
            "d:",
            "\\",
            "\\\\",
            "/",
            "?",
            ".",
            "..",
            "\\??\\",
            "%windir%",
            "%x%",
            "*",
            "\"",
            "Device",
            "HarddiskVolume1",
            "UNC",
            "unc\\",
            "SystemRoot",
            "Windows",
            "HKLM",
            "registry",
            "machine",
            "System",
            "ControlSet001",
            "CurrentControlSet",
            "\u0130",
            "\u00df",
            "");
    return parts.list().ofMaxSize(8).map(list -> String.join("", list));
  }
}
