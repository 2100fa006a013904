package dev.iiswarden.event;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * EQL's comparison operators as functions for rule conditions, with EQL's semantics ("EQL syntax
 * reference" of Elasticsearch, sections "Comparison operators", "Pattern comparison keywords" and
 * "Wildcards").
 *
 * <p>A missing value meets no condition: {@code like} and {@code oneOf} return false for it, and
 * {@code notLike} returns true. A list meets a condition if any of its values does. All functions
 * take time linear in the length of the value, for every value. Safe for use by several threads.
 */
public final class Eql {

  private Eql() {}

  /**
   * EQL's {@code field : ("pattern", ...)}: returns whether the whole value matches one of the
   * patterns, ignoring the case of ASCII letters. {@code *} stands for any number of characters,
   * including none and line ends; {@code ?} stands for exactly one character.
   *
   * <p>Example: {@code like( process.name, "w3wp.exe", "iis*.exe" )}
   */
  public static boolean like(@Nullable String value, String... patterns) {
    return value != null && Wildcards.of(patterns).matches(value);
  }

  /** Returns whether any value in the list matches, see {@link #like(String, String...)}. */
  public static boolean like(List<String> values, String... patterns) {
    return !values.isEmpty() && Wildcards.of(patterns).matchesAny(values);
  }

  /**
   * EQL's {@code not field : ("pattern", ...)}, which is true for a missing field.
   *
   * <p>Example: {@code notLike( process.name, "msiexec.exe", "setup.exe" )}
   */
  public static boolean notLike(@Nullable String value, String... patterns) {
    return !like(value, patterns);
  }

  /** EQL's {@code not field : ("pattern", ...)}, which is true if no value in the list matches. */
  public static boolean notLike(List<String> values, String... patterns) {
    return !like(values, patterns);
  }

  /**
   * EQL's {@code field in ("a", "b")}: an exact, case-sensitive comparison without wildcards.
   *
   * <p>Example: {@code oneOf( event.type, "creation", "change" )}
   */
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

  /**
   * Returns whether any value in the list is one of these, see {@link #oneOf(String, String...)}.
   */
  public static boolean oneOf(List<String> values, String... candidates) {
    for (int i = 0; i < values.size(); i++) {
      if (oneOf(values.get(i), candidates)) {
        return true;
      }
    }
    return false;
  }
}
