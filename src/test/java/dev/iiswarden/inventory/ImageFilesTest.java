package dev.iiswarden.inventory;

import static dev.iiswarden.inventory.Configurations.nativeModule;
import static dev.iiswarden.inventory.Configurations.only;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.iiswarden.event.Sha256;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Images below a root. */
class ImageFilesTest {
  @TempDir private Path directory;

  private Path write(String place) throws Exception {
    Path file = directory.resolve("root").resolve(place);
    Files.createDirectories(file.getParent());
    return Files.writeString(file, "MZ");
  }

  private Image find(String image) throws Exception {
    Path root = directory.resolve("root");
    Files.createDirectories(root);
    return ImageFiles.below(root).find(only(nativeModule("A", image)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"Windows/System32/inetsrv/evil.dll", "C/WINDOWS/system32/InetSrv/Evil.DLL"})
  void anImageIsFoundAndHashed(String place) throws Exception {
    write(place);

    for (String image :
        new String[] {
          "%windir%\\System32\\inetsrv\\evil.dll", "c:\\windows\\system32\\inetsrv\\EVIL.dll"
        }) {
      assertEquals(
          new Image(Image.Presence.PRESENT, HexFormat.of().formatHex(Sha256.of("MZ"))),
          find(image));
    }
  }

  @Test
  void anotherDriveIsAnotherFolder() throws Exception {
    write("tools/evil.dll");

    assertEquals(Image.Presence.MISSING, find("D:\\tools\\evil.dll").presence());
    write("D/tools/evil.dll");
    assertEquals(Image.Presence.PRESENT, find("D:\\tools\\evil.dll").presence());
  }

  @Test
  void aFolderIsNoImage() throws Exception {
    write("tools/evil.dll/x");

    assertEquals(Image.Presence.MISSING, find("C:\\tools\\evil.dll").presence());
  }

  @ParameterizedTest
  @ValueSource(strings = {"\\\\nas\\share\\evil.dll", "%unknown%\\evil.dll", "evil.dll"})
  void whatIsOnAShareOrHasNoPlaceIsUnknown(String image) throws Exception {
    write("nas/share/evil.dll");
    write("evil.dll");

    assertEquals(Image.UNKNOWN, find(image));
  }

  @Test
  @DisabledOnOs(OS.WINDOWS)
  void noLinkLeadsOutOfTheRoot() throws Exception {
    Path outside = Files.writeString(directory.resolve("outside.dll"), "secret");
    Path inside = write("tools/inside.dll");
    Files.createSymbolicLink(inside.resolveSibling("link.dll"), outside);
    Files.createSymbolicLink(inside.resolveSibling("same.dll"), inside);

    assertNull(find("C:\\tools\\link.dll").sha256());
    assertEquals(Image.Presence.PRESENT, find("C:\\tools\\same.dll").presence());
    assertEquals(Image.Presence.MISSING, find("C:\\tools\\..\\..\\outside.dll").presence());
  }

  @Test
  void withoutARootNothingIsLookedAt() throws Exception {
    Component module = only(nativeModule("A", "C:\\evil.dll"));

    assertEquals(Image.UNKNOWN, ImageFiles.none().find(module));
  }
}
