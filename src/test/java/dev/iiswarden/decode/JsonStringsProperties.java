package dev.iiswarden.decode;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** {@link JsonStrings} reads any string back as it was before it was written as JSON. */
class JsonStringsProperties {
  private static final ObjectWriter PLAIN = new ObjectMapper().writer();
  private static final ObjectWriter ASCII = PLAIN.with(JsonWriteFeature.ESCAPE_NON_ASCII);

  private static final String ESCAPED = "\"\\/\b\f\n\r\t";
  private static final String SHORT_ESCAPES = "\"\\/bfnrt";

  @Property
  void readsWhatJacksonWrites(@ForAll("texts") String text) throws JsonProcessingException {
    assertRead(text, PLAIN.writeValueAsString(text));
    assertRead(text, ASCII.writeValueAsString(text));
  }

  @Property
  void readsEveryKindOfEscape(@ForAll("texts") String text, @ForAll List<Integer> choices) {
    StringBuilder json = new StringBuilder("\"");
    for (int i = 0; i < text.length(); i++) {
      int choice = choices.isEmpty() ? 0 : choices.get(i % choices.size());
      json.append(written(text.charAt(i), Math.floorMod(choice, 3)));
    }
    assertRead(text, json.append('"').toString());
  }

  /**
   * Writes a character as it is if that is allowed, as a short escape if it has one, or as a
   * number.
   */
  private static String written(char c, int how) {
    int shortEscape = ESCAPED.indexOf(c);
    boolean raw = c >= ' ' && c != '"' && c != '\\' && !Character.isSurrogate(c);
    if (how == 0 && raw) {
      return Character.toString(c);
    }
    if (how <= 1 && shortEscape >= 0) {
      return "\\" + SHORT_ESCAPES.charAt(shortEscape);
    }
    String number = String.format(Locale.ROOT, "%04x", (int) c);
    return "\\u" + (how == 1 ? number : number.toUpperCase(Locale.ROOT));
  }

  @Example
  void readsEachShortEscape() {
    for (int i = 0; i < SHORT_ESCAPES.length(); i++) {
      String text = "a" + ESCAPED.charAt(i) + "b";
      assertRead(text, "\"a\\" + SHORT_ESCAPES.charAt(i) + "b\"");
    }
  }

  @Example
  void readsTheEmptyString() {
    assertRead("", "\"\"");
  }

  @Example
  void readsStringsOfAnyLengthAroundTheUsualOne() {
    for (int length = 0; length < 600; length++) {
      assertRead("a\\" + "x".repeat(length), "\"a\\\\" + "x".repeat(length) + "\"");
      assertRead("\\".repeat(length), "\"" + "\\\\".repeat(length) + "\"");
    }
  }

  @Example
  void readsAStringLongerThanJacksonTakesByItself() {
    String text = "\u00E4".repeat(20_000_001);

    assertRead(text, "\"" + text + "\"");
  }

  private static void assertRead(String text, String json) {
    byte[] alone = json.getBytes(StandardCharsets.UTF_8);
    String before = "{\"before\\\\\":\"\u00E4\", \"text\" : ";
    byte[] record = (before + json + ",\"after\":\"\\\"\u20AC\"}").getBytes(StandardCharsets.UTF_8);

    assertEquals(text, JsonStrings.read(alone, 0));
    assertEquals(text, JsonStrings.read(record, before.getBytes(StandardCharsets.UTF_8).length));
  }

  @Provide
  Arbitrary<String> texts() {
    Arbitrary<String> windows =
        Arbitraries.strings().withChars("C:\\Windows\\a.dll\"/ ").ofMaxLength(300);
    Arbitrary<String> mixed =
        Arbitraries.of(
                "a",
                "\\",
                "\"",
                "/",
                "\n",
                "\t",
                "\b",
                "\f",
                "\r",
                "\u0001",
                "\u007F",
                "\u00E4",
                "\u20AC",
                "\u2028",
                "\uFEFF",
                "\uD83D\uDE00")
            .list()
            .ofMaxSize(30)
            .map(parts -> String.join("", parts));
    Arbitrary<String> any =
        Arbitraries.strings().ofMaxLength(40).filter(text -> text.equals(roundTrip(text)));
    return Arbitraries.oneOf(windows, mixed, any);
  }

  /** Excludes lone surrogates, which UTF-8 cannot represent. */
  private static String roundTrip(String text) {
    return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
  }
}
