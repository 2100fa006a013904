package dev.iiswarden.drl;

import dev.iiswarden.engine.RequiredTexts;
import dev.iiswarden.event.PathPatterns;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What a condition requires of the fields it compares: texts of which one must be there for the
 * condition to be met. An empty list means that nothing of the kind is known. The gate finds by
 * these texts which rules an event can be relevant to.
 */
final class Requirements {
  private static final Object[] NO_OTHERS = {};
  private static final int SHORTEST = 3;

  private Requirements() {}

  /** What {@code like} requires. */
  static List<RequiredTexts> ofLike(Node operand, List<String> patterns) {
    List<String> wholes = new ArrayList<>();
    List<String> contained = new ArrayList<>();
    for (String pattern : patterns) {
      if (pattern.indexOf('*') < 0 && pattern.indexOf('?') < 0) {
        wholes.add(pattern);
      } else {
        String longest =
            Arrays.stream(pattern.split("[*?]+"))
                .max(Comparator.comparingInt(String::length))
                .orElse("");
        if (longest.length() < SHORTEST) {
          return List.of();
        }
        contained.add(longest);
      }
    }
    return of(operand, wholes, contained, false);
  }

  /** What {@code pathLike} requires. */
  static List<RequiredTexts> ofPathLike(Node operand, List<String> patterns) {
    List<String> names = PathPatterns.of(patterns.toArray(String[]::new)).names();
    return names.isEmpty() ? List.of() : of(operand, List.of(), names, true);
  }

  /** What a comparison with constants requires. */
  static List<RequiredTexts> ofEqual(Node operand, List<Node> values) {
    List<String> wholes = new ArrayList<>();
    for (Node value : values) {
      if (!(value instanceof Node.Constant constant)
          || !(constant.constant() instanceof String text)) {
        return List.of();
      }
      wholes.add(text);
    }
    return of(operand, wholes, List.of(), false);
  }

  private static List<RequiredTexts> of(
      Node operand, List<String> wholes, List<String> contained, boolean ofPath) {
    if (!(operand instanceof Node.Path)) {
      return List.of();
    }
    Function<Object, @Nullable Object> value = fact -> operand.value(fact, NO_OTHERS);
    return List.of(new RequiredTexts(operand.text(), value, wholes, contained, ofPath));
  }

  /** What it requires that all of several conditions are met: what the most selective requires. */
  static List<RequiredTexts> ofAll(List<Node> conditions) {
    return conditions.stream()
        .map(Node::required)
        .filter(required -> !required.isEmpty())
        .min(RequiredTexts.MOST_SELECTIVE)
        .orElse(List.of());
  }

  /** What it requires that any of several conditions is met. */
  static List<RequiredTexts> ofAny(List<Node> conditions) {
    List<RequiredTexts> all = new ArrayList<>();
    for (Node condition : conditions) {
      List<RequiredTexts> required = condition.required();
      if (required.isEmpty()) {
        return List.of();
      }
      all.addAll(required);
    }
    return all;
  }
}
