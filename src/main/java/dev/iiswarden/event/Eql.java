package dev.iiswarden.event;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * EQL's comparisons as functions for rule conditions, with EQL's meaning ("EQL syntax reference" of
 * Elasticsearch, sections "Comparison operators", "Pattern comparison keywords" and "Wildcards").
 *
 * <p>A missing value meets no condition, so {@code like} and {@code oneOf} are false of it and
 * {@code notLike} is true. A list meets a condition if any of its values does. All functions take
 * time linear in the length of the value, whatever the value, and may be called by several threads.
 */
public final class Eql {

  private Eql() {}

  /**
   * EQL's {@code field : ("pattern", ...)}: whether the whole value is one of the patterns, letter
   * case of ASCII letters aside. {@code *} stands for any run of characters, also none and also
   * with line ends, {@code ?} for exactly one character.
   */
  public static boolean like(@Nullable String value, String... patterns) {
    return value != null && Wildcards.of(patterns).matches(value);
  }

  /** {@link #like(String, String...)} of any value in the list. */
  public static boolean like(List<String> values, String... patterns) {
    if (values.isEmpty()) {
      return false;
    }
    Wildcards wildcards = Wildcards.of(patterns);
    for (int i = 0; i < values.size(); i++) {
      if (wildcards.matches(values.get(i))) {
        return true;
      }
    }
    return false;
  }

  /** EQL's {@code not field : ("pattern", ...)}, which holds if the field is missing. */
  public static boolean notLike(@Nullable String value, String... patterns) {
    return !like(value, patterns);
  }

  /** EQL's {@code not field : ("pattern", ...)}, which holds if no value in the list matches. */
  public static boolean notLike(List<String> values, String... patterns) {
    return !like(values, patterns);
  }

  /** EQL's {@code field in ("a", "b")}: exactly, letter for letter, no wildcards. */
  public static boolean oneOf(@Nullable String value, String... candidates) {
    if (value != null) {
      for (String candidate : candidates) {
        if (value.equals(candidate)) {
          return true;
        }
      }
    }
    return false;
  }

  /** {@link #oneOf(String, String...)} of any value in the list. */
  public static boolean oneOf(List<String> values, String... candidates) {
    for (int i = 0; i < values.size(); i++) {
      if (oneOf(values.get(i), candidates)) {
        return true;
      }
    }
    return false;
  }
}
