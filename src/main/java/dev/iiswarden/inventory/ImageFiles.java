package dev.iiswarden.inventory;

import dev.iiswarden.event.Sha256;
import dev.iiswarden.event.WindowsPaths;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Looks at the images of components: on this machine, in a mounted image of a disk, or in a folder
 * with files that were collected. It never follows a path to a share, because Windows would log on
 * there, and what is below a root stays below it. Safe for use by several threads.
 */
public final class ImageFiles {
  private final @Nullable Path root;

  private ImageFiles(@Nullable Path root) {
    this.root = root;
  }

  /** Looks at no files: the presence of all images is unknown. */
  public static ImageFiles none() {
    return new ImageFiles(null);
  }

  /**
   * Looks below a folder that has the content of drive C: or a folder for each drive, called {@code
   * C}. Letter case does not matter.
   */
  public static ImageFiles below(Path root) {
    return new ImageFiles(root);
  }

  /** Looks on this machine if it runs Windows, otherwise nowhere. */
  public static ImageFiles ofThisMachine() {
    String drive = System.getenv("SystemDrive");
    boolean isWindows = System.getProperty("os.name", "").startsWith("Windows");
    return isWindows && drive != null ? below(Path.of(drive + "\\")) : none();
  }

  /** Returns what there is of a component's image. */
  public Image find(Component component) {
    String named = component.image();
    if (root == null || named == null) {
      return Image.UNKNOWN;
    }
    String path = WindowsPaths.canonicalPath(named);
    boolean hasDrive = path.length() > 2 && path.startsWith(":\\", 1);
    if (path.startsWith("\\\\") || !(hasDrive || path.startsWith("\\"))) {
      return Image.UNKNOWN;
    }
    try {
      Path file = find(root, path, hasDrive);
      return file == null
          ? new Image(Image.Presence.MISSING, null)
          : new Image(Image.Presence.PRESENT, sha256(file));
    } catch (IOException | InvalidPathException e) {
      return Image.UNKNOWN;
    }
  }

  /** The file below the root; null if there is none. */
  private static @Nullable Path find(Path root, String path, boolean hasDrive) throws IOException {
    String withoutDrive = hasDrive ? path.substring(3) : path.substring(1);
    Path drive = child(root, hasDrive ? path.substring(0, 1) : "c");
    Path file = drive == null ? null : descend(drive, withoutDrive);
    // A root without folders for drives is drive C:.
    if (file == null && (!hasDrive || path.startsWith("c"))) {
      file = descend(root, withoutDrive);
    }
    boolean isThere =
        file != null
            && Files.isRegularFile(file)
            && file.toRealPath().startsWith(root.toRealPath());
    return isThere ? file : null;
  }

  private static @Nullable Path descend(Path folder, String path) throws IOException {
    Path at = folder;
    for (String name : path.split("\\\\", -1)) {
      at = at == null || name.isEmpty() || name.equals("..") ? null : child(at, name);
    }
    return at;
  }

  /** The entry of a folder with this name, in any letter case; null if there is none. */
  private static @Nullable Path child(Path folder, String name) throws IOException {
    Path same = folder.resolve(name);
    if (Files.exists(same, LinkOption.NOFOLLOW_LINKS)) {
      return same;
    }
    if (!Files.isDirectory(folder)) {
      return null;
    }
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder)) {
      for (Path entry : entries) {
        Path last = entry.getFileName();
        if (last != null && last.toString().toLowerCase(Locale.ROOT).equals(name)) {
          return entry;
        }
      }
    }
    return null;
  }

  private static @Nullable String sha256(Path file) {
    MessageDigest digest = Sha256.begin();
    try (InputStream in = Files.newInputStream(file)) {
      byte[] buffer = new byte[1 << 16];
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        digest.update(buffer, 0, read);
      }
    } catch (IOException e) {
      // It is there, but not readable; a missing digest says so.
      return null;
    }
    return HexFormat.of().formatHex(digest.digest());
  }
}
