package dev.iiswarden.event;

import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Compares paths of which one is spelt in a way that does not determine the file: with short (8.3)
 * names, with a variable whose value is unknown, or relative to a folder that is unknown.
 */
final class FileSpellings {
  /** A file system counts up the digits; after four it makes four digits of a checksum. */
  private static final Pattern SHORT = Pattern.compile("([^~.]{1,6})~\\d{1,6}(?:\\.([^.]{1,3}))?");

  private static final Pattern CHECKSUM = Pattern.compile("(.{0,2})[0-9a-f]{4}");

  private FileSpellings() {}

  /** Returns whether a path as a text spells it may be that of the file. */
  static boolean mayBe(String spelling, String file) {
    if (WindowsPaths.sameFile(spelling, file)) {
      return true;
    }
    String one = WindowsPaths.canonicalPath(spelling);
    String other = WindowsPaths.canonicalPath(file);
    List<String> named = parts(one);
    List<String> parts = parts(other);
    if (isOpen(one) && !named.isEmpty()) {
      boolean isVariable = named.get(0).startsWith("%") || named.get(0).startsWith("$");
      List<String> known = isVariable ? named.subList(1, named.size()) : named;
      return (known.size() > 1 || !isVariable) && sameEnd(known, parts);
    }
    if (one.indexOf('~') < 0 && other.indexOf('~') < 0) {
      return false;
    }
    return named.size() == 1
        ? sameEnd(named, parts)
        : one.startsWith("\\\\") == other.startsWith("\\\\")
            && sameDrive(one, other)
            && named.size() == parts.size()
            && sameEnd(named, parts);
  }

  /** Returns whether the path begins with an unknown variable or in an unknown folder. */
  private static boolean isOpen(String canonical) {
    return !canonical.startsWith("\\")
        && canonical.indexOf('\\') > 0
        && !canonical.startsWith(":", 1);
  }

  private static boolean sameDrive(String one, String other) {
    return !one.startsWith(":", 1) || !other.startsWith(":", 1) || one.charAt(0) == other.charAt(0);
  }

  /** The folders and the name, without the drive and the dots of a relative path. */
  private static List<String> parts(String canonical) {
    String path = canonical.startsWith(":", 1) ? canonical.substring(2) : canonical;
    return Arrays.stream(path.split("\\\\", -1))
        .filter(part -> !part.isEmpty() && !part.equals(".") && !part.equals(".."))
        .toList();
  }

  private static boolean sameEnd(List<String> some, List<String> all) {
    int skipped = all.size() - some.size();
    for (int i = some.size() - 1; i >= 0; i--) {
      if (skipped + i < 0 || !sameName(some.get(i), all.get(skipped + i))) {
        return false;
      }
    }
    return !some.isEmpty();
  }

  private static boolean sameName(String one, String other) {
    return one.equals(other) || isShort(one, other) || isShort(other, one);
  }

  /**
   * Returns whether the short name may be that of the long one ("Naming Files, Paths, and
   * Namespaces", section "Short vs. Long Names", Microsoft).
   */
  private static boolean isShort(String shortName, String longName) {
    if (shortName.indexOf('~') < 0) {
      return false;
    }
    Matcher matcher = SHORT.matcher(shortName);
    if (!matcher.matches()) {
      return false;
    }
    int dot = longName.lastIndexOf('.');
    String base = kept(dot > 0 ? longName.substring(0, dot) : longName);
    String extension = dot > 0 ? kept(longName.substring(dot + 1)) : "";
    String wanted = matcher.group(2) == null ? "" : matcher.group(2);
    if (!extension.substring(0, Math.min(3, extension.length())).equals(wanted)) {
      return false;
    }
    String start = matcher.group(1);
    Matcher checksum = CHECKSUM.matcher(start);
    return base.startsWith(start) || (checksum.matches() && base.startsWith(checksum.group(1)));
  }

  private static String kept(String name) {
    return name.replaceAll("[ .]", "").replaceAll("[+,;=\\[\\]]", "_");
  }
}
