package dev.iiswarden.event;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Functions for rule conditions that treat all spellings of a Windows path, or of a registry key,
 * as equal. The base rules do not use them, because the Elastic query they follow compares text as
 * it was sent.
 *
 * <p>For file paths, these functions ignore letter case, forward slashes, doubled backslashes,
 * {@code .} and {@code ..}, and the prefixes {@code \\?\}, {@code \\.\} and {@code \??\} ("Naming
 * Files, Paths, and Namespaces", Microsoft). {@code \Device\HarddiskVolumeN}, {@code \SystemRoot}
 * and environment variables such as {@code %windir%} do not determine the drive: such a path equals
 * one on any drive.
 *
 * <p>For registry keys, they ignore letter case and treat {@code \REGISTRY\MACHINE} and {@code
 * HKEY_LOCAL_MACHINE} as {@code HKLM}, and {@code ControlSet001} as {@code CurrentControlSet}
 * ("Registry Hives", "HKLM\SYSTEM\CurrentControlSet Registry Tree", Microsoft).
 *
 * <p>All functions take time linear in the length of the value. A missing value meets no condition.
 * Safe for use by several threads.
 */
public final class WindowsPaths {
  private static final PatternCache<Wildcards> KEY_PATTERNS =
      new PatternCache<>(patterns -> Wildcards.of(keyPatterns(patterns)));

  private static final Map<String, String> FOLDERS =
      Map.of(
          "%windir%", "\\windows",
          "%systemroot%", "\\windows",
          "%systemdrive%", "",
          "%programfiles%", "\\program files",
          "%programfiles(x86)%", "\\program files (x86)",
          "%programdata%", "\\programdata",
          "%allusersprofile%", "\\programdata",
          "%public%", "\\users\\public",
          "%iis_bin%", "\\windows\\system32\\inetsrv");

  private static final Map<String, String> MORE_FOLDERS =
      Map.of(
          "%comspec%", "\\windows\\system32\\cmd.exe",
          "%programw6432%", "\\program files",
          "%commonprogramfiles%", "\\program files\\common files",
          "%commonprogramw6432%", "\\program files\\common files",
          "%commonprogramfiles(x86)%", "\\program files (x86)\\common files");

  private static final String VOLUME = "\\device\\harddiskvolume";
  private static final String SYSTEM_ROOT = "\\systemroot\\";
  private static final Pattern NUMBERED_SET = Pattern.compile("\\\\controlset\\d{3}\\\\");
  private static final String CONTROL_SET = "hklm\\system\\controlset";

  private WindowsPaths() {}

  /**
   * Returns whether both are the same path; false if one is null.
   *
   * <p>Example: {@code samePath( dll.path, $dropped.file.path )}
   */
  public static boolean samePath(@Nullable String one, @Nullable String other) {
    if (one == null || other == null) {
      return false;
    }
    String first = canonicalPath(one);
    String second = canonicalPath(other);
    if (hasDrive(first) == hasDrive(second)) {
      return first.equals(second);
    }
    return hasDrive(first) ? first.substring(2).equals(second) : second.substring(2).equals(first);
  }

  /**
   * Returns whether both may be the same file: the same path or, if one of them is a file name
   * alone, the same name; false if one is null.
   *
   * <p>Example: {@code sameFile( dll.path, $waiting.key )}
   */
  public static boolean sameFile(@Nullable String one, @Nullable String other) {
    if (one == null || other == null) {
      return false;
    }
    String first = canonicalPath(one);
    String second = canonicalPath(other);
    return (first.indexOf('\\') < 0 || second.indexOf('\\') < 0)
        ? name(first).equals(name(second))
        : samePath(one, other);
  }

  private static String name(String canonical) {
    return canonical.substring(canonical.lastIndexOf('\\') + 1);
  }

  /**
   * Returns the folder of a file in canonical spelling, so that it can be the key of a sequence. A
   * slash at the end of the path is ignored.
   *
   * <p>Example: {@code insert( new PendingSequence( "page-then-load", folderOf( $path ), $dropped )
   * );}
   *
   * @return the folder; null if the path is null, is a file name alone or is a root, such as {@code
   *     C:\} or {@code \\server\share}
   */
  public static @Nullable String folderOf(@Nullable String path) {
    String canonical = withoutLastSlash(path);
    int root = rootLength(canonical);
    int slash = canonical.lastIndexOf('\\');
    return canonical.length() == root || slash < 0
        ? null
        : canonical.substring(0, Math.max(root, slash));
  }

  /**
   * Returns the last part of a path in canonical spelling. A slash at the end of the path is
   * ignored. The name of an alternate data stream remains, as in ECS's {@code file.name}.
   *
   * <p>Example: {@code like( fileName( dll.path ), "*.dll" )}
   *
   * @return the name; null if the path is null or is a root, such as {@code C:\} or {@code
   *     \\server\share}
   */
  public static @Nullable String fileName(@Nullable String path) {
    String canonical = withoutLastSlash(path);
    int root = rootLength(canonical);
    return canonical.length() == root
        ? null
        : canonical.substring(Math.max(root, canonical.lastIndexOf('\\') + 1));
  }

  /**
   * Returns whether both files are in the same folder; false if the folder of one is unknown.
   *
   * <p>Example: {@code sameFolder( dll.path, $dropped.file.path )}
   */
  public static boolean sameFolder(@Nullable String one, @Nullable String other) {
    return samePath(folderOf(one), folderOf(other));
  }

  /**
   * Returns whether a file is in the folder of a web site, see {@link #siteOf(String)}.
   *
   * <p>Example: {@code inSite( file.path )}
   */
  public static boolean inSite(@Nullable String path) {
    return siteOf(path) != null;
  }

  /**
   * Returns the folder of the web site that a file belongs to, judged by the names of folders.
   *
   * <p>The web root is the first folder called {@code inetpub}, {@code wwwroot}, {@code vhosts},
   * {@code httpdocs}, {@code websites}, {@code sites}, {@code webapps} or {@code webroot}, or the
   * last of several such folders that directly follow one another. The site's folder is the one
   * below the web root, or the root itself for a file directly in it: {@code
   * c:\inetpub\wwwroot\shop}, {@code c:\inetpub\vhosts\d0.com}, {@code d:\sites\app}. {@code
   * \inetpub\temp}, {@code \inetpub\history} and {@code \inetpub\logs} hold no sites.
   *
   * <p>If there is a folder {@code bin} below the root, the site is the folder above the first one;
   * a folder of digits and dots (a release, such as {@code 1.2.3}) and a root's name between the
   * site's folder and {@code bin} are not part of it. Without a web root, the folder above the
   * first {@code bin} is a site unless it is a drive, is below {@code Windows}, {@code Program
   * Files}, {@code ProgramData} or {@code Users}, or has a folder {@code Temp} in its path.
   *
   * <p>Example: {@code siteOf( file.path ) == $waiting.key}
   *
   * @return the folder in canonical spelling; null if the path is null or in no site
   */
  public static @Nullable String siteOf(@Nullable String path) {
    if (path == null) {
      return null;
    }
    String canonical = canonicalPath(path);
    return WebSites.siteOf(canonical, rootLength(canonical));
  }

  /**
   * Returns the folder that a deployment replaces as a whole: that of the web site, as {@code
   * siteOf} returns it, or that of an application elsewhere. The latter is made of the first two
   * folders of a path on a drive, such as {@code d:\apps\erp}, or of the only one, as in {@code
   * d:\lib}. Below {@code Windows}, {@code Program Files}, {@code ProgramData}, {@code Users},
   * {@code PerfLogs} and {@code inetpub}, and where there is a folder {@code Temp} in the path,
   * there are no such applications.
   *
   * <p>Example: {@code applicationFolder( file.path ) == $waiting.key}
   *
   * @return the folder in canonical spelling; null if the path is null or in neither
   */
  public static @Nullable String applicationFolder(@Nullable String path) {
    String site = siteOf(path);
    if (site != null || path == null) {
      return site;
    }
    String canonical = canonicalPath(path);
    return hasDrive(canonical) ? WebSites.applicationOf(canonical, rootLength(canonical)) : null;
  }

  /**
   * Returns whether ASP.NET may have loaded the dropped DLL of a site from its shadow copy: the
   * loaded file has the same name and is below {@code Temporary ASP.NET Files} in a folder {@code
   * assembly\dl3}.
   *
   * <p>Example: {@code shadowCopyOf( dll.path, $dropped.file.path )}
   */
  public static boolean shadowCopyOf(@Nullable String loadedPath, @Nullable String droppedPath) {
    if (loadedPath == null || droppedPath == null) {
      return false;
    }
    String loaded = canonicalPath(loadedPath);
    int temporary = loaded.indexOf("\\temporary asp.net files\\");
    return temporary >= 0
        && loaded.indexOf("\\assembly\\dl3\\", temporary) > 0
        && name(loaded).equals(name(canonicalPath(droppedPath)))
        && inSite(droppedPath);
  }

  /** The canonical spelling without a slash at the end; empty for a missing path. */
  private static String withoutLastSlash(@Nullable String path) {
    String canonical = path == null ? "" : canonicalPath(path);
    return canonical.endsWith("\\") ? canonical.substring(0, canonical.length() - 1) : canonical;
  }

  /** The length of the drive or share that a canonical path begins with; 0 if it has neither. */
  private static int rootLength(String canonical) {
    if (canonical.startsWith("\\\\")) {
      int share = canonical.indexOf('\\', 2);
      int end = share < 0 ? -1 : canonical.indexOf('\\', share + 1);
      return end < 0 ? canonical.length() : end;
    }
    int drive = hasDrive(canonical) ? 2 : 0;
    return canonical.startsWith("\\", drive) ? drive + 1 : drive;
  }

  /**
   * Returns the DLLs that a command line or a script names, as the text spells them. The values of
   * options and attributes that name a module come first, whatever their extension; the type of a
   * .NET module names a DLL by its assembly. At most 256 are returned.
   *
   * <p>Example: {@code pathLike( dllsIn( process.commandLine ), "?:\\inetpub\\*" )}
   */
  public static List<String> dllsIn(@Nullable String text) {
    return text == null ? List.of() : DllNames.in(text);
  }

  /**
   * {@link Eql#like(String, String...)} for a path in any spelling.
   *
   * <p>Example: {@code pathLike( file.path, "%windir%\\system32\\inetsrv\\*" )}
   */
  public static boolean pathLike(@Nullable String path, String... patterns) {
    return path != null && PathPatterns.of(patterns).matches(path);
  }

  /**
   * {@link Eql#notLike(String, String...)} for a path in any spelling.
   *
   * <p>Example: {@code notPathLike( process.executable, "?:\\Windows\\System32\\*" )}
   */
  public static boolean notPathLike(@Nullable String path, String... patterns) {
    return !pathLike(path, patterns);
  }

  /** Returns whether any path in the list matches, see {@link #pathLike(String, String...)}. */
  public static boolean pathLike(List<String> paths, String... patterns) {
    for (int i = 0; i < paths.size(); i++) {
      if (pathLike(paths.get(i), patterns)) {
        return true;
      }
    }
    return false;
  }

  /**
   * Returns whether both are the same key, or the same value of a key; false if one is null.
   *
   * <p>Example: {@code sameKey( registry.path, $written.registry.path )}
   */
  public static boolean sameKey(@Nullable String one, @Nullable String other) {
    return one != null && other != null && canonicalKey(one).equals(canonicalKey(other));
  }

  /**
   * {@link Eql#like(String, String...)} for a key, or a value of a key, in any spelling.
   *
   * <p>Example: {@code keyLike( registry.path,
   * "HKLM\\SYSTEM\\CurrentControlSet\\Services\\W3SVC\\*" )}
   */
  public static boolean keyLike(@Nullable String key, String... patterns) {
    return key != null && KEY_PATTERNS.get(patterns).matches(canonicalKey(key));
  }

  /**
   * Returns the canonical spelling of a path; without a drive if the path does not determine it.
   *
   * <p>Example: {@code insert( new PendingSequence( "drop-then-load", canonicalPath( $path ),
   * $dropped ) );}
   */
  public static String canonicalPath(String path) {
    String unquoted =
        path.length() > 1 && path.charAt(0) == '"' && path.endsWith("\"")
            ? path.substring(1, path.length() - 1)
            : path;
    return withoutDots(rooted(unquoted.toLowerCase(Locale.ROOT).replace('/', '\\')));
  }

  /**
   * Returns the canonical spelling of a key, or of a value of a key.
   *
   * <p>Example: {@code canonicalKey( registry.path ) == $waiting.key}
   */
  public static String canonicalKey(String key) {
    String folded = withHive(collapsed(key.toLowerCase(Locale.ROOT)));
    int end = folded.length();
    folded = end > 1 && folded.charAt(end - 1) == '\\' ? folded.substring(0, end - 1) : folded;
    int digits = CONTROL_SET.length();
    boolean numbered =
        folded.startsWith(CONTROL_SET)
            && folded.length() >= digits + 3
            && folded.chars().skip(digits).limit(3).allMatch(c -> c >= '0' && c <= '9')
            && (folded.length() == digits + 3 || folded.charAt(digits + 3) == '\\');
    return numbered ? "hklm\\system\\currentcontrolset" + folded.substring(digits + 3) : folded;
  }

  private static String withHive(String key) {
    if (key.startsWith("\\registry\\machine\\")) {
      return "hklm" + key.substring("\\registry\\machine".length());
    }
    if (key.startsWith("\\registry\\user\\")) {
      return "hku" + key.substring("\\registry\\user".length());
    }
    int end = key.indexOf('\\');
    String hive =
        switch (end < 0 ? key : key.substring(0, end)) {
          case "hkey_local_machine" -> "hklm";
          case "hkey_users" -> "hku";
          case "hkey_classes_root" -> "hkcr";
          case "hkey_current_user" -> "hkcu";
          default -> null;
        };
    return hive == null ? key : end < 0 ? hive : hive + key.substring(end);
  }

  /**
   * Removes prefixes that do not change the path, and replaces those that do not determine the
   * drive.
   */
  private static String rooted(String path) {
    String rooted = path;
    while (rooted.startsWith("\\\\?\\")
        || rooted.startsWith("\\\\.\\")
        || rooted.startsWith("\\??\\")) {
      rooted = rooted.substring(4);
      if (rooted.startsWith("unc\\")) {
        return "\\\\" + rooted.substring(4);
      }
    }
    if (rooted.startsWith(VOLUME)) {
      int end = rooted.indexOf('\\', VOLUME.length());
      return end < 0 ? rooted : rooted.substring(end);
    }
    if (rooted.startsWith(SYSTEM_ROOT)) {
      return "\\windows" + rooted.substring(SYSTEM_ROOT.length() - 1);
    }
    int variable = rooted.startsWith("%") ? rooted.indexOf('%', 1) : -1;
    String name = rooted.substring(0, variable + 1);
    String folder = FOLDERS.getOrDefault(name, MORE_FOLDERS.get(name));
    return folder == null ? rooted : folder + rooted.substring(variable + 1);
  }

  /** Collapses doubled backslashes; the callers restore the two that begin a share's path. */
  private static String collapsed(String path) {
    int doubled = path.indexOf("\\\\");
    if (doubled < 0) {
      return path;
    }
    StringBuilder single = new StringBuilder(path.length());
    for (int i = 0; i < path.length(); i++) {
      if (path.charAt(i) != '\\' || i == 0 || path.charAt(i - 1) != '\\') {
        single.append(path.charAt(i));
      }
    }
    return single.toString();
  }

  private static String withoutDots(String path) {
    String start = path.startsWith("\\\\") ? "\\" : "";
    String single = collapsed(path);
    if (!single.contains("\\.")) {
      return start + single;
    }
    List<String> parts = new ArrayList<>();
    for (String part : single.split("\\\\", -1)) {
      if (part.equals("..") && parts.size() > 1) {
        parts.remove(parts.size() - 1);
      } else if (!part.equals(".") && !part.equals("..")) {
        parts.add(part);
      }
    }
    return start + String.join("\\", parts);
  }

  static boolean hasDrive(String canonical) {
    return canonical.length() > 1 && canonical.charAt(1) == ':';
  }

  /**
   * Expands patterns: one with a drive also matches a path without, and one without a drive matches
   * any drive.
   */
  static List<String> expanded(String... patterns) {
    List<String> canonical = new ArrayList<>();
    for (String pattern : patterns) {
      String folded = collapsedPattern(pattern.toLowerCase(Locale.ROOT).replace('/', '\\'));
      canonical.add(folded);
      if (hasDrive(folded)) {
        canonical.add(folded.substring(2));
      } else if (folded.startsWith("\\") && !folded.startsWith("\\\\")) {
        canonical.add("?:" + folded);
      }
    }
    return canonical;
  }

  private static String collapsedPattern(String pattern) {
    if (pattern.startsWith("*")) {
      return collapsed(pattern);
    }
    String rooted = rooted(pattern);
    return (rooted.startsWith("\\\\") ? "\\" : "") + collapsed(rooted);
  }

  private static String[] keyPatterns(String... patterns) {
    return Arrays.stream(patterns)
        .map(
            pattern ->
                pattern.startsWith("*")
                    ? NUMBERED_SET
                        .matcher(collapsed(pattern.toLowerCase(Locale.ROOT)))
                        .replaceAll("\\\\currentcontrolset\\\\")
                    : canonicalKey(pattern))
        .toArray(String[]::new);
  }
}
