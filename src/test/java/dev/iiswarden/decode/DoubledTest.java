package dev.iiswarden.decode;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Doubled backslashes become single ones only if all are doubled. */
class DoubledTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "C:\\\\inetpub\\\\a.dll|C:\\inetpub\\a.dll",
        "\\\\|\\",
        "\\\\\\\\server\\\\share|\\\\server\\share",
        "a\\\\|a\\",
        "\\\\a|\\a",
        "no backslash|no backslash",
        "C:\\inetpub\\a.dll|C:\\inetpub\\a.dll",
        "\\\\server\\share|\\\\server\\share",
        "C:\\\\a\\b|C:\\\\a\\b",
        "\\|\\",
        "\\\\\\|\\\\\\"
      })
  void pairsBecomeOneUnlessOneStandsAlone(String text, String expected) {
    assertEquals(expected, Doubled.undone(text));
  }

  @ParameterizedTest
  @CsvSource({"1", "2", "1000001", "1000002"})
  void manyAreUndoneInOnePass(int count) {
    String text = "\\".repeat(count);
    assertEquals(count % 2 == 0 ? count / 2 : count, Doubled.undone(text).length());
  }
}
