package dev.iiswarden.event;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** {@link TextSearch} finds the texts that looking for each of them finds. */
class TextSearchProperties {
  @Property(tries = 5_000)
  void findsWhatLookingForEachFinds(
      @ForAll("texts") List<String> wholes,
      @ForAll("texts") List<String> contained,
      @ForAll("value") String value) {
    Set<Integer> expected = new TreeSet<>();
    String folded = TextSearch.fold(value);
    for (int i = 0; i < wholes.size(); i++) {
      if (TextSearch.fold(wholes.get(i)).equals(folded)) {
        expected.add(i);
      }
    }
    for (int i = 0; i < contained.size(); i++) {
      if (folded.contains(TextSearch.fold(contained.get(i)))) {
        expected.add(wholes.size() + i);
      }
    }
    TextSearch search = new TextSearch(wholes, contained);
    Set<Integer> found = new TreeSet<>();
    boolean accepted =
        search.search(
            value,
            found,
            (text, to) -> {
              to.add(text);
              return false;
            });
    assertEquals(expected, found);
    assertEquals(false, accepted);
    assertEquals(!expected.isEmpty(), search.matches(value));
  }

  @Provide
  Arbitrary<List<String>> texts() {
    Arbitrary<String> brief =
        Arbitraries.strings().withChars("abAB\\").ofMinLength(2).ofMaxLength(4);
    Arbitrary<String> any =
        Arbitraries.strings().withChars("abAB\\.@`\u0131").ofMinLength(2).ofMaxLength(70);
    return Arbitraries.oneOf(brief, any).list().ofMaxSize(40);
  }

  @Provide
  Arbitrary<String> value() {
    return Arbitraries.oneOf(
        Arbitraries.strings().withChars("abAB\\").ofMaxLength(5),
        Arbitraries.strings().withChars("abAB\\.@`\u0131").ofMaxLength(90));
  }
}
