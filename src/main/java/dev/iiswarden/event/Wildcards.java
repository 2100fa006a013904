package dev.iiswarden.event;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A list of EQL patterns, prepared once and matched many times.
 *
 * <p>Most patterns in detection rules are a text, or have the form {@code *text*}. All such
 * patterns of a list are matched together, see {@link TextSearch}. Other patterns are matched one
 * by one: first the texts before the first wildcard and after the last one, then the rest in time
 * proportional to the value's length. Immutable and safe for use by several threads.
 */
public final class Wildcards {
  private static final PatternCache<Wildcards> CACHE = new PatternCache<>(Wildcards::new);

  private final TextSearch texts;
  private final Glob[] globs;

  private Wildcards(String[] patterns) {
    List<String> contained = new ArrayList<>();
    List<String> wholes = new ArrayList<>();
    List<Glob> others = new ArrayList<>();
    for (String pattern : patterns) {
      String folded = TextSearch.fold(pattern);
      int last = folded.length() - 1;
      if (last >= 3
          && folded.charAt(0) == '*'
          && folded.charAt(last) == '*'
          && !hasWildcard(folded, 1, last)) {
        contained.add(folded.substring(1, last));
      } else if (hasWildcard(folded, 0, folded.length())) {
        others.add(new Glob(folded));
      } else {
        wholes.add(folded);
      }
    }
    texts = new TextSearch(wholes, contained);
    globs = others.toArray(Glob[]::new);
  }

  /** Returns the prepared form of a list of patterns. */
  public static Wildcards of(String... patterns) {
    return CACHE.get(patterns);
  }

  /** Returns whether the whole value matches one of the patterns; false for null. */
  public boolean matches(@Nullable String value) {
    if (value == null) {
      return false;
    }
    if (texts.matches(value)) {
      return true;
    }
    for (Glob glob : globs) {
      if (glob.matches(value)) {
        return true;
      }
    }
    return false;
  }

  /** Returns whether any of the values matches one of the patterns. */
  public boolean matchesAny(List<String> values) {
    for (int i = 0; i < values.size(); i++) {
      if (matches(values.get(i))) {
        return true;
      }
    }
    return false;
  }

  private static int afterCharacter(String value, int at) {
    return at + Character.charCount(value.codePointAt(at));
  }

  private static boolean isWildcard(char c) {
    return c == '*' || c == '?';
  }

  private static boolean hasWildcard(String text, int from, int to) {
    for (int i = from; i < to; i++) {
      if (isWildcard(text.charAt(i))) {
        return true;
      }
    }
    return false;
  }

  /** A pattern with wildcards, folded. */
  private static final class Glob {
    private final String pattern;

    /** The texts before the first wildcard and after the last one. */
    private final String head;

    private final String tail;

    private final boolean isOneStar;

    Glob(String pattern) {
      this.pattern = pattern;
      int first = 0;
      while (!isWildcard(pattern.charAt(first))) {
        first++;
      }
      int last = pattern.length() - 1;
      while (!isWildcard(pattern.charAt(last))) {
        last--;
      }
      head = pattern.substring(0, first);
      tail = pattern.substring(last + 1);
      // A star stands for whole characters, so what follows it cannot begin within one.
      isOneStar =
          first == last
              && pattern.charAt(first) == '*'
              && (tail.isEmpty() || !Character.isLowSurrogate(tail.charAt(0)));
    }

    boolean matches(String value) {
      return value.length() >= head.length() + tail.length()
          && TextSearch.startsAt(value, value.length() - tail.length(), tail)
          && TextSearch.startsAt(value, 0, head)
          && (isOneStar || matchesWhole(value, pattern));
    }

    /**
     * Matches each star with the shortest run and extends only the last star, so it never
     * backtracks further.
     */
    private static boolean matchesWhole(String value, String glob) {
      int at = 0;
      int in = 0;
      int afterStar = -1;
      int starEnd = 0;
      while (at < value.length()) {
        char wanted = in < glob.length() ? glob.charAt(in) : '\0';
        if (in < glob.length() && wanted == '*') {
          afterStar = ++in;
          starEnd = at;
        } else if (in < glob.length() && wanted == '?') {
          in++;
          at = afterCharacter(value, at);
        } else if (in < glob.length() && wanted == TextSearch.fold(value.charAt(at))) {
          in++;
          at++;
        } else if (afterStar >= 0) {
          in = afterStar;
          starEnd = afterCharacter(value, starEnd);
          at = starEnd;
        } else {
          return false;
        }
      }
      while (in < glob.length() && glob.charAt(in) == '*') {
        in++;
      }
      return in == glob.length();
    }
  }
}
