package dev.iiswarden.engine;

import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Texts of which a field must be, or contain, one for a condition to be met, ignoring the case of
 * ASCII letters. The condition may ask for more.
 *
 * @param field the name of the field; equal for equal fields
 * @param value reads the field of a fact: a text, a list of texts, or null
 * @param wholes texts that the field may be
 * @param contained texts that the field may contain, each of at least three characters
 * @param ofPath whether this holds only for {@linkplain
 *     dev.iiswarden.event.PathPatterns#isPlain(String) plain} paths, so that any other path may
 *     meet the condition as well
 */
public record RequiredTexts(
    String field,
    Function<Object, @Nullable Object> value,
    List<String> wholes,
    List<String> contained,
    boolean ofPath) {
  /**
   * Puts first what excludes most events at least cost. Hardly any event has the name of a given
   * program or file, but many have a given type or code. To find a text within a field, the whole
   * field is searched. Alternatives in several fields exclude less than those in one. What requires
   * nothing comes last.
   */
  public static final Comparator<List<RequiredTexts>> MOST_SELECTIVE =
      Comparator.comparingInt(
          some ->
              some.isEmpty()
                  ? Integer.MAX_VALUE
                  : 10 * some.size() + some.stream().mapToInt(RequiredTexts::cost).sum());

  private int cost() {
    return (field.contains(".event.") ? 1_000 : 0)
        + 2 * wholes.size()
        + (contained.isEmpty() ? 0 : 20 + 3 * contained.size())
        + (ofPath ? 20 : 0);
  }
}
