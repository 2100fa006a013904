package dev.iiswarden.event;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A list of EQL patterns, prepared once and matched many times.
 *
 * <p>Most patterns in detection rules have the form {@code *text*}. One pass over the value
 * searches for all such patterns of a list together, and skips ahead as far as the last two
 * characters in its window allow (S. Wu and U. Manber, "A fast algorithm for multi-pattern
 * searching", TR-94-17, University of Arizona, 1994, with blocks of two characters). Other patterns
 * are matched one by one, each in time proportional to the value's length. Immutable and safe for
 * use by several threads.
 */
public final class Wildcards {
  private static final int BLOCKS = 1024;
  private static final int LONGEST_SKIP = 100;

  private static final PatternCache<Wildcards> CACHE = new PatternCache<>(Wildcards::new);

  private final String[] contained;
  private final String[] literals;
  private final String[] globs;
  private final int window;
  private final byte[] skips;

  private Wildcards(String[] patterns) {
    List<String> containedTexts = new ArrayList<>();
    List<String> literalTexts = new ArrayList<>();
    List<String> globTexts = new ArrayList<>();
    for (String pattern : patterns) {
      String folded = fold(pattern);
      int last = folded.length() - 1;
      if (last >= 3
          && folded.charAt(0) == '*'
          && folded.charAt(last) == '*'
          && !hasWildcard(folded, 1, last)) {
        containedTexts.add(folded.substring(1, last));
      } else if (hasWildcard(folded, 0, folded.length())) {
        globTexts.add(folded);
      } else {
        literalTexts.add(folded);
      }
    }
    contained = containedTexts.toArray(String[]::new);
    literals = literalTexts.toArray(String[]::new);
    globs = globTexts.toArray(String[]::new);
    window = containedTexts.stream().mapToInt(String::length).reduce(LONGEST_SKIP, Math::min);
    skips = skips();
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
    for (String literal : literals) {
      if (literal.length() == value.length() && startsAt(value, 0, literal)) {
        return true;
      }
    }
    if (contained.length > 0 && containsAny(value)) {
      return true;
    }
    for (String glob : globs) {
      if (matchesGlob(value, glob)) {
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

  /**
   * How far the window may move when it ends in a given block of two characters: up to the next
   * place where a text could contain that block, or past it.
   */
  private byte[] skips() {
    if (contained.length == 0) {
      return new byte[0];
    }
    byte[] table = new byte[BLOCKS];
    Arrays.fill(table, (byte) (window - 1));
    for (String text : contained) {
      for (int i = 1; i < window; i++) {
        int block = block(text.charAt(i - 1), text.charAt(i));
        table[block] = (byte) Math.min(table[block], window - 1 - i);
      }
    }
    return table;
  }

  /**
   * The number of a block, the same for both cases of a letter. Other characters may share a
   * number, which does no harm.
   */
  private static int block(char first, char second) {
    return ((first | 0x20) * 37 ^ (second | 0x20)) & (BLOCKS - 1);
  }

  private boolean containsAny(String value) {
    int end = value.length();
    int at = window - 1;
    while (at < end) {
      int skip = skips[block(value.charAt(at - 1), value.charAt(at))];
      if (skip == 0) {
        for (String text : contained) {
          if (startsAt(value, at - window + 1, text)) {
            return true;
          }
        }
        skip = 1;
      }
      at += skip;
    }
    return false;
  }

  private static boolean startsAt(String value, int from, String text) {
    if (from + text.length() > value.length()) {
      return false;
    }
    for (int i = 0; i < text.length(); i++) {
      if (fold(value.charAt(from + i)) != text.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  /**
   * Matches each star with the shortest run and extends only the last star, so it never backtracks
   * further.
   */
  private static boolean matchesGlob(String value, String glob) {
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
      } else if (in < glob.length() && wanted == fold(value.charAt(at))) {
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

  private static int afterCharacter(String value, int at) {
    return at + Character.charCount(value.codePointAt(at));
  }

  private static boolean hasWildcard(String text, int from, int to) {
    for (int i = from; i < to; i++) {
      if (text.charAt(i) == '*' || text.charAt(i) == '?') {
        return true;
      }
    }
    return false;
  }

  private static char fold(char c) {
    return c >= 'A' && c <= 'Z' ? (char) (c | 0x20) : c;
  }

  private static String fold(String text) {
    char[] folded = text.toCharArray();
    for (int i = 0; i < folded.length; i++) {
      folded[i] = fold(folded[i]);
    }
    return new String(folded);
  }
}
