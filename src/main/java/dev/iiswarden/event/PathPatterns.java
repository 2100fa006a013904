package dev.iiswarden.event;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * A list of patterns of paths, prepared once and matched many times against paths in any spelling,
 * see {@link WindowsPaths}.
 *
 * <p>A path on a drive that is pure ASCII and has no variables contains every name of its canonical
 * spelling. If it contains none of the patterns' names, the canonical spelling need not be
 * computed. Immutable and safe for use by several threads.
 */
public final class PathPatterns {
  private static final PatternCache<PathPatterns> CACHE = new PatternCache<>(PathPatterns::new);

  private final Wildcards canonical;
  private final List<String> names;
  private final TextSearch anyName;

  private PathPatterns(String[] patterns) {
    List<String> expanded = WindowsPaths.expanded(patterns);
    canonical = Wildcards.of(expanded.toArray(String[]::new));
    List<String> longest = expanded.stream().map(PathPatterns::longestName).distinct().toList();
    names = longest.stream().allMatch(name -> name.length() > 2) ? longest : List.of();
    anyName = new TextSearch(List.of(), names);
  }

  /** Returns the prepared form of a list of patterns. */
  public static PathPatterns of(String... patterns) {
    return CACHE.get(patterns);
  }

  private static String longestName(String pattern) {
    return Arrays.stream(pattern.split("[*?\\\\:]+"))
        .filter(name -> !name.equals(".") && !name.equals(".."))
        .max(Comparator.comparingInt(String::length))
        .orElse("");
  }

  /**
   * Returns names of which a {@linkplain #isPlain plain} path that matches contains one; none if
   * some pattern has no such name.
   */
  public List<String> names() {
    return names;
  }

  /** Returns whether a path, in any spelling, matches one of the patterns. */
  public boolean matches(String path) {
    return (names.isEmpty() || anyName.matches(path) || !isPlain(path))
        && canonical.matches(WindowsPaths.canonicalPath(path));
  }

  /** Returns whether a path contains every name of its canonical spelling. */
  public static boolean isPlain(String path) {
    if (!WindowsPaths.hasDrive(path)) {
      return false;
    }
    for (int i = 0; i < path.length(); i++) {
      char c = path.charAt(i);
      if (c == '%' || c > 127) {
        return false;
      }
    }
    return true;
  }
}
