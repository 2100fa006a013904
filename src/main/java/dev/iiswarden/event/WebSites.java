package dev.iiswarden.event;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Finds the folder of a web site in a canonical path. See {@link WindowsPaths#siteOf(String)} for
 * the rule.
 */
final class WebSites {
  private static final Set<String> ROOTS =
      Set.of("inetpub", "wwwroot", "vhosts", "httpdocs", "websites", "sites", "webapps", "webroot");
  private static final Set<String> NO_SITES = Set.of("temp", "history", "logs");
  private static final Set<String> OTHER_BINARIES =
      Set.of("windows", "program files", "program files (x86)", "programdata", "users");

  private static final Set<String> NO_APPLICATIONS =
      Set.of("inetpub", "perflogs", "$recycle.bin", "inetsrv", "iis");

  /** How many folders make that of an application. */
  private static final int APPLICATION = 2;

  private WebSites() {}

  /** Returns the site's folder of a file whose path and drive or share are these. */
  static @Nullable String siteOf(String canonical, int rootLength) {
    List<String> folders = folders(canonical, rootLength);
    int root = root(folders);
    int binary = folders.subList(root + 1, folders.size()).indexOf("bin");
    int end = binary < 0 ? folders.size() : root + 1 + binary;
    int length;
    if (root >= 0) {
      length = siteLength(folders.subList(0, end), root, binary >= 0);
    } else {
      length = binary > 0 && !isOther(folders) ? end : 0;
    }
    return length == 0 ? null : prefix(canonical, rootLength, folders.subList(0, length));
  }

  /** Returns the folder of an application that is no site; null if there is none. */
  static @Nullable String applicationOf(String canonical, int rootLength) {
    List<String> folders = folders(canonical, rootLength);
    return folders.isEmpty() || isOther(folders) || NO_APPLICATIONS.contains(folders.get(0))
        ? null
        : prefix(canonical, rootLength, folders.subList(0, Math.min(APPLICATION, folders.size())));
  }

  /** The names of the folders; plain, because joins of rules ask for them once a pair of facts. */
  private static List<String> folders(String canonical, int rootLength) {
    List<String> folders = new ArrayList<>();
    int start = canonical.startsWith("\\", rootLength) ? rootLength + 1 : rootLength;
    for (int end = canonical.indexOf('\\', start); end >= 0; end = canonical.indexOf('\\', start)) {
      folders.add(canonical.substring(start, end));
      start = end + 1;
    }
    return folders;
  }

  private static String prefix(String canonical, int rootLength, List<String> folders) {
    String drive = canonical.substring(0, rootLength);
    String slash =
        drive.endsWith("\\") || (drive.isEmpty() && !canonical.startsWith("\\")) ? "" : "\\";
    return drive + slash + String.join("\\", folders);
  }

  /** The index of the web root, or -1: the first one, or the last of those that follow it. */
  private static int root(List<String> folders) {
    int root = 0;
    while (root < folders.size() && !ROOTS.contains(folders.get(root))) {
      root++;
    }
    if (root == folders.size() || isExcluded(folders, root)) {
      return -1;
    }
    while (root + 1 < folders.size() && ROOTS.contains(folders.get(root + 1))) {
      root++;
    }
    return root;
  }

  private static boolean isExcluded(List<String> folders, int root) {
    return folders.get(root).equals("inetpub")
        && root + 1 < folders.size()
        && NO_SITES.contains(folders.get(root + 1));
  }

  private static int siteLength(List<String> folders, int root, boolean hasBinaries) {
    int site = Math.min(root + 2, folders.size());
    if (!hasBinaries) {
      return site;
    }
    int end = folders.size();
    while (end > site && isPartOfSite(folders.get(end - 1))) {
      end--;
    }
    return end == site ? site : folders.size();
  }

  /** Folders of releases, and the root inside the folder of a site. */
  private static boolean isPartOfSite(String folder) {
    return ROOTS.contains(folder)
        || folder.chars().allMatch(c -> c == '.' || (c >= '0' && c <= '9'));
  }

  private static boolean isOther(List<String> folders) {
    return OTHER_BINARIES.contains(folders.get(0))
        || folders.contains("temp")
        || isInetpub(folders);
  }

  private static boolean isInetpub(List<String> folders) {
    int at = folders.indexOf("inetpub");
    return at >= 0 && isExcluded(folders, at);
  }
}
