package dev.iiswarden.event;

import static dev.iiswarden.event.Eql.like;
import static dev.iiswarden.event.Eql.notLike;
import static dev.iiswarden.event.Eql.oneOf;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EqlTest {
  private static final int LONG = 200_000;

  @Test
  void aMissingValueMeetsNoCondition() {
    assertFalse(like((String) null, "*"));
    assertFalse(oneOf((String) null, "a"));
  }

  @Test
  void notLikeHoldsOfAMissingValue() {
    assertTrue(notLike((String) null, "*"));
  }

  @ParameterizedTest(name = "<{0}> like <{1}>: {2}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "w3wp.exe          | w3wp.exe           | true",
        "W3WP.EXE          | w3wp.exe           | true",
        "w3wp.exe          | W3WP.Exe           | true",
        "w3wp.exe.bak      | w3wp.exe           | false",
        "xw3wp.exe         | w3wp.exe           | false",
        "w3wp_exe          | w3wp.exe           | false",
        "C:\\inetpub\\a    | *\\inetpub\\*      | true",
        "C:\\INETPUB\\a    | *\\inetPub\\*      | true",
        "C:/inetpub/a      | *\\inetpub\\*      | false",
        "C:\\inetpub       | *\\inetpub\\*      | false",
        "\\inetpub\\       | *\\inetpub\\*      | true",
        "module.dll        | *.dll              | true",
        "module.dll.txt    | *.dll              | false",
        ".dll              | *.dll              | true",
        "module.dll        | module*            | true",
        "a module.dll      | module*            | false",
        "module.dll        | m*e.d*l            | true",
        "module.dll        | m*x.d*l            | false",
        "abab              | *ab                | true",
        "aab               | *a*ab              | true",
        "ab                | *a*ab              | false",
        "abc               | a?c                | true",
        "ac                | a?c                | false",
        "abbc              | a?c                | false",
        "abc               | ???                | true",
        "abc               | ????               | false",
        "abc               | **                 | true",
        "abc               | *?*                | true",
        "abc               | *b*                | true",
        "abc               | *d*                | false",
        "\"\"              | *                  | true",
        "\"\"              | **                 | true",
        "\"\"              | ?                  | false",
        "\"\"              | *?*                | false",
        "\"\"              | \"\"               | true",
        "a                 | \"\"               | false",
      })
  void comparesTheWholeValueWithThePattern(String value, String pattern, boolean expected) {
    assertEquals(expected, like(value, pattern));
    assertEquals(!expected, notLike(value, pattern));
  }

  @ParameterizedTest
  @ValueSource(strings = {"*\\inetpub\\*", "C:\\*.dll", "*.dll", "C:\\*"})
  void aStarAlsoStandsForLineEnds(String pattern) {
    assertTrue(like("C:\\a\r\n\u2028b\\inetpub\\\nc.dll", pattern));
  }

  @Test
  void aTrailingLineEndBelongsToTheValue() {
    assertFalse(like("setup.exe\n", "setup.exe"));
  }

  @Test
  void aQuestionMarkIsOneCodePoint() {
    assertTrue(like("a\uD83D\uDE00b", "a?b"));
    assertFalse(like("a\uD83D\uDE00b", "a??b"));
  }

  @Test
  void wildcardsInTheValueAreOrdinaryCharacters() {
    assertFalse(like("a*c", "abc"));
    assertFalse(like("*", "a"));
    assertFalse(like("??", "?"));
    assertTrue(like("*a?", "?a*"));
  }

  @ParameterizedTest(name = "{0} is not {1}")
  @CsvSource({
    "wu\u017Fa.exe, wusa.exe",
    "p\u212Agmgr.exe, pkgmgr.exe",
    "ms\u0131exec.exe, msiexec.exe",
    "MS\u0130EXEC.EXE, msiexec.exe",
    "\uFF53etup.exe, setup.exe",
    "\u00C4, \u00E4",
  })
  void onlyAsciiLettersAreFolded(String value, String pattern) {
    assertFalse(like(value, pattern));
    assertFalse(like(value, "*" + pattern));
    assertFalse(like("-" + value + "-", "*" + pattern + "*"));
  }

  @ParameterizedTest(name = "{0} is not {1}")
  @CsvSource({"@, `", "[, {", "], }", "^, ~", "0, P"})
  void charactersOneCaseBitApartAreNotFoldedUnlessTheyAreLetters(String value, String other) {
    assertFalse(like(value, other));
    assertFalse(like(value + value, "*" + other + other + "*"));
    assertFalse(like(other + other, "*" + value + value + "*"));
  }

  @Test
  void oneOfSeveralPatternsIsEnough() {
    String[] patterns = {"*\\iis\\*", "*.tmp", "web.config"};

    assertTrue(like("C:\\iis\\a", patterns));
    assertTrue(like("a.tmp", patterns));
    assertTrue(like("Web.config", patterns));
    assertFalse(like("C:\\web.config", patterns));
  }

  @Test
  void noPatternsMatchNothing() {
    assertFalse(like("a"));
    assertFalse(like(""));
    assertTrue(notLike("a"));
  }

  @Test
  void aListIsLikeAPatternIfAnyOfItsValuesIs() {
    assertTrue(like(List.of("text", "a.dll"), "*.dll"));
    assertFalse(like(List.of("text", "a.exe"), "*.dll"));
    assertFalse(like(List.of(), "*"));
  }

  @Test
  void aListIsNotLikeAPatternIfNoneOfItsValuesIs() {
    assertFalse(notLike(List.of("text", "a.dll"), "*.dll"));
    assertTrue(notLike(List.of("text", "a.exe"), "*.dll"));
    assertTrue(notLike(List.of(), "*"));
  }

  @Test
  void oneOfComparesLetterForLetter() {
    assertTrue(oneOf("creation", "change", "creation"));
    assertFalse(oneOf("Creation", "change", "creation"));
    assertFalse(oneOf("creation", "c*"));
    assertFalse(oneOf("creation"));
  }

  @Test
  void aListIsOneOfTheCandidatesIfAnyOfItsValuesIs() {
    assertTrue(oneOf(List.of("start", "creation"), "change", "creation"));
    assertFalse(oneOf(List.of("start", "Creation"), "change", "creation"));
    assertFalse(oneOf(List.of(), "change"));
  }

  @Test
  void patternsMayBeLongerThanAnySkip() {
    String text = "abc".repeat(100);

    assertTrue(like("x" + text + "x", "*" + text + "*"));
    assertFalse(like("x" + text.substring(1) + "x", "*" + text + "*"));
  }

  @Test
  void patternsChangedAfterwardsDoNotChangeWhatWasPrepared() {
    String[] patterns = {"*first of all*", "other"};
    assertTrue(like("first of all", patterns));

    patterns[0] = "*then of all*";

    assertFalse(like("first of all", patterns));
    assertTrue(like("first of all", "*first of all*", "other"));
  }

  @Test
  void thousandsOfPatternListsAreKeptApart() {
    for (int round = 0; round < 2; round++) {
      for (int i = 0; i < 5_000; i++) {
        String own = "*<" + i + ">*";
        assertTrue(like("a<" + i + ">b", "first", own, "last"), own);
        assertFalse(like("a<" + i + "0>b", "first", own, "last"), own);
      }
    }
  }

  @Test
  void severalThreadsMayAskAtOnce() {
    List<Integer> wrong =
        IntStream.range(0, 20_000)
            .parallel()
            .filter(i -> !like("a<" + i % 3_000 + ">b", "*<" + i % 3_000 + ">*", "z"))
            .boxed()
            .toList();

    assertEquals(List.of(), wrong);
  }

  @ParameterizedTest
  @Timeout(30)
  @ValueSource(
      strings = {
        "*aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaab*",
        "*baaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa*",
        "*a*a*a*a*a*a*a*a*a*a*a*a*a*a*b",
        "a*a*a*a*a*a*a*a?a*a*a*a*a*a*ab*",
        "*aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa?b",
        "*?*?*?*?*?*?*?*?*?*?b",
      })
  void aLongNearMissIsOverSoon(String pattern) {
    String nearMiss = "a".repeat(LONG);

    assertFalse(like(nearMiss, pattern));
    assertFalse(like(List.of(nearMiss, nearMiss), pattern, pattern + pattern));
  }
}
