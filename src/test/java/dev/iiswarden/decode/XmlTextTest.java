package dev.iiswarden.decode;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What XML forbids goes, and nothing else does. */
class XmlTextTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "\0", "\u0001", "\b", "\u000b", "\f", "\u000e", "\u001b", "\u001f", "\ufffe", "\uffff"
      })
  void aForbiddenCharacterGoes(String forbidden) {
    assertEquals("ab", XmlText.allowed("a" + forbidden + "b"));
    assertEquals("ab", XmlText.allowed(forbidden + "ab" + forbidden + forbidden));
  }

  @ParameterizedTest
  @ValueSource(strings = {"\ud83d", "\ude00", "\ude00\ud83d", "\ud83d\ud83d", "\udfff", "\ud800"})
  void aLoneSurrogateGoes(String lone) {
    assertEquals("ab", XmlText.allowed("a" + lone + "b"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "&#0;",
        "&#1;",
        "&#x1B;",
        "&#x1b;",
        "&#xB;",
        "&#11;",
        "&#xD800;",
        "&#55357;",
        "&#xDFFF;",
        "&#xFFFE;",
        "&#65535;",
        "&#x110000;",
        "&#xFFFFFFFF;",
        "&#999999999;",
        "&#x0000001;"
      })
  void aReferenceToAForbiddenCharacterGoes(String reference) {
    assertEquals("ab", XmlText.allowed("a" + reference + "b"));
    assertEquals("ab", XmlText.allowed(reference + reference + "ab" + reference));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "\t\r\n ~\u007f\u0085\u00a0",
        "\ud7ff\ue000\ufffd",
        "\ud83d\ude00 \ud800\udc00 \udbff\udfff",
        "&#9;&#10;&#13;&#x20;&#xD7FF;&#xE000;&#xFFFD;&#x10000;&#x10FFFF;",
        "&lt;&amp;&#;&#x;&#g;&# 1;&#x1",
        "&amp;#0;"
      })
  void theRestStays(String text) {
    assertEquals(text, XmlText.allowed(text));
  }

  @Test
  void noReferenceIsMadeOfTheRestOfTwo() {
    // What is left would be a reference to U+0000, which the parser then refuses.
    assertEquals("&#0;", XmlText.allowed("&#\u00010;"));
  }
}
