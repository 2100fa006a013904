package dev.iiswarden.event;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.arbitraries.StringArbitrary;

/** {@link Wildcards} agrees with a matcher that follows EQL's definition step by step. */
class WildcardsProperties {
  private static final String[] CHARACTERS = {
    "a",
    "A",
    "b",
    "s",
    "S",
    "k",
    "\\",
    ".",
    "*",
    "?",
    "\n",
    "@",
    "`",
    "[",
    "{",
    "\u017F",
    "\u212A",
    "\u0131",
    "\u0130",
    "\uD83D\uDE00",
    "\uD83D\uDE01"
  };

  record Question(String value, List<String> patterns) {}

  @Property(tries = 4_000)
  void agreesWithTheDefinition(@ForAll("questions") Question question) {
    agrees(question);
  }

  @Property(tries = 2_000)
  void agreesWithTheDefinitionOnPatternsMadeFromTheValue(@ForAll("nearMisses") Question question) {
    agrees(question);
  }

  @Property(tries = 1_000)
  void agreesWithTheDefinitionOnLongRepetitiveText(@ForAll("repetitive") Question question) {
    agrees(question);
  }

  private static void agrees(Question question) {
    String[] patterns = question.patterns().toArray(String[]::new);
    boolean expected = false;
    boolean other = false;
    for (String pattern : patterns) {
      boolean alone = defined(question.value(), pattern);
      assertEquals(alone, Eql.like(question.value(), pattern), () -> "pattern " + pattern);
      expected |= alone;
      other |= defined("zz", pattern);
    }
    assertEquals(expected, Eql.like(question.value(), patterns));
    assertEquals(expected || other, Eql.like(List.of("zz", question.value()), patterns));
    assertEquals(!expected, Eql.notLike(question.value(), patterns));
  }

  /**
   * Computes, code point by code point, which positions in the pattern each prefix of the value can
   * reach.
   */
  private static boolean defined(String value, String pattern) {
    int[] wanted = pattern.codePoints().toArray();
    boolean[] reached = new boolean[wanted.length + 1];
    reached[0] = true;
    passStars(wanted, reached);
    for (int character : value.codePoints().toArray()) {
      boolean[] next = new boolean[wanted.length + 1];
      for (int i = 0; i < wanted.length; i++) {
        if (reached[i] && wanted[i] == '*') {
          next[i] = true;
        } else if (reached[i] && (wanted[i] == '?' || lower(wanted[i]) == lower(character))) {
          next[i + 1] = true;
        }
      }
      passStars(wanted, next);
      reached = next;
    }
    return reached[wanted.length];
  }

  private static void passStars(int[] wanted, boolean[] reached) {
    for (int i = 0; i < wanted.length; i++) {
      if (reached[i] && wanted[i] == '*') {
        reached[i + 1] = true;
      }
    }
  }

  private static int lower(int character) {
    return character >= 'A' && character <= 'Z' ? character - 'A' + 'a' : character;
  }

  @Provide
  Arbitrary<Question> questions() {
    Arbitrary<String> pattern =
        Arbitraries.oneOf(
            text(0, 4), text(2, 4).map(text -> "*" + text + "*"), text(1, 3).map(t -> "*" + t));
    return Combinators.combine(text(0, 12), pattern.list().ofMinSize(1).ofMaxSize(5))
        .as(Question::new);
  }

  @Provide
  Arbitrary<Question> nearMisses() {
    Arbitrary<Integer> edits = Arbitraries.integers().between(0, 5);
    return text(1, 10)
        .flatMap(
            value ->
                edits
                    .list()
                    .ofSize(value.codePointCount(0, value.length()))
                    .map(each -> edited(value, each))
                    .list()
                    .ofMinSize(1)
                    .ofMaxSize(3)
                    .map(patterns -> new Question(value, patterns)));
  }

  private static String edited(String value, List<Integer> edits) {
    List<String> parts = new ArrayList<>();
    int[] characters = value.codePoints().toArray();
    for (int i = 0; i < characters.length; i++) {
      String own = Character.toString(characters[i]);
      parts.add(
          switch (edits.get(i)) {
            case 0 -> "?";
            case 1 -> "*";
            case 2 -> own.equals("a") ? "A" : own.equals("A") ? "a" : own;
            default -> own;
          });
    }
    return String.join("", parts);
  }

  @Provide
  Arbitrary<Question> repetitive() {
    Arbitrary<String> lines = Arbitraries.strings().withChars('a', 'A', 'b').ofMaxLength(400);
    StringArbitrary block = Arbitraries.strings().withChars('a', 'b').ofMinLength(1);
    Arbitrary<String> contained =
        Combinators.combine(
                block.ofMaxLength(4),
                Arbitraries.integers().between(1, 40),
                Arbitraries.of("", "b", "a?"))
            .as((text, times, end) -> "*" + text.repeat(times) + end + "*");
    return Combinators.combine(lines, contained.list().ofMinSize(1).ofMaxSize(4), contained)
        .as((value, patterns, source) -> new Question(value + source.substring(1), patterns));
  }

  private static Arbitrary<String> text(int least, int most) {
    return Arbitraries.of(CHARACTERS)
        .list()
        .ofMinSize(least)
        .ofMaxSize(most)
        .map(characters -> String.join("", characters));
  }
}
