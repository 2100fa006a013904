package dev.iiswarden.cli.print;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FitTest {

  @ParameterizedTest
  @CsvSource({
    "abcdef, 6, abcdef",
    "abcdef, 5, ab…ef",
    "abcdef, 4, ab…f",
    "abcdef, 1, …",
    "日本語, 6, 日本語",
    "日本語, 5, 日…語",
    "日本語, 4, 日…"
  })
  void whatIsTooLongLosesItsMiddle(String text, int columns, String expected) {
    assertEquals(expected, Fit.cut(text, columns));
  }
}
