package dev.iiswarden.read;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class LineReaderTest {

  static Stream<Arguments> texts() {
    return Stream.of(
        Arguments.of("", List.of()),
        Arguments.of("a", List.of("a")),
        Arguments.of("a\n", List.of("a")),
        Arguments.of("a\nbc", List.of("a", "bc")),
        Arguments.of("a\r\nbc\r\n", List.of("a", "bc")),
        Arguments.of("a\r\nbc\r", List.of("a", "bc")),
        Arguments.of("\n", List.of("")),
        Arguments.of("\n\r\n\n", List.of("", "", "")),
        Arguments.of("a\n\nbc\n", List.of("a", "", "bc")),
        Arguments.of("a\rb\n", List.of("a\rb")),
        Arguments.of("a\u2028b\u0085c\n", List.of("a\u2028b\u0085c")));
  }

  @ParameterizedTest
  @MethodSource("texts")
  void linesEndAtLineFeedsOrTheEnd(String text, List<String> expected) throws IOException {
    assertEquals(expected, lines(stream(text)));
  }

  @ParameterizedTest
  @MethodSource("texts")
  void linesAreTheSameByteByByte(String text, List<String> expected) throws IOException {
    assertEquals(expected, lines(new ByteByByte(stream(text))));
  }

  @ParameterizedTest
  @ValueSource(ints = {65_534, 65_535, 65_536, 65_537, 131_071, 131_072, 131_073, 1_000_000})
  void aLineMayEndAnywhereInTheBuffer(int length) throws IOException {
    String first = "x".repeat(length);
    assertEquals(List.of(first, "y", first), lines(stream(first + "\r\ny\n" + first)));
  }

  @Test
  void aLineThatReachesIntoTheNextChunkIsWhole() throws IOException {
    List<String> expected = new ArrayList<>();
    for (int i = 0; i < 50_000; i++) {
      expected.add("line " + i);
    }
    assertEquals(expected, lines(stream(String.join("\n", expected))));
  }

  @Test
  void aLineJustBelowTheLimitIsThere() throws IOException {
    LineReader reader = new LineReader(stream(ofLength(LogReader.LONGEST_RECORD - 1) + "\nb"));
    assertTrue(reader.next());
    assertFalse(reader.isTooLong());
    assertEquals(LogReader.LONGEST_RECORD - 1, reader.length());
    assertNextIs("b", 2, reader);
  }

  @Test
  void aLineThatIsTooLongIsSkippedAndCounted() throws IOException {
    LineReader reader =
        new LineReader(stream("a\n" + ofLength(LogReader.LONGEST_RECORD + 1) + "\nb\n"));
    assertNextIs("a", 1, reader);
    assertTrue(reader.next());
    assertTrue(reader.isTooLong());
    assertEquals(2, reader.number());
    assertNextIs("b", 3, reader);
    assertFalse(reader.next());
  }

  @Test
  void aLineThatIsManyTimesTooLongIsStillOne() throws IOException {
    String part = ofLength(LogReader.LONGEST_RECORD / 2);
    InputStream in = stream("\nb");
    for (int i = 0; i < 7; i++) {
      in = new SequenceInputStream(stream(part), in);
    }
    LineReader reader = new LineReader(in);
    assertTrue(reader.next());
    assertTrue(reader.isTooLong());
    assertEquals(1, reader.number());
    assertNextIs("b", 2, reader);
  }

  @Test
  void aLineThatIsTooLongIsNotForgottenAtTheEnd() throws IOException {
    LineReader reader = new LineReader(stream(ofLength(LogReader.LONGEST_RECORD + 1)));
    assertTrue(reader.next());
    assertTrue(reader.isTooLong());
    assertFalse(reader.next());
  }

  @ParameterizedTest
  @ValueSource(strings = {"\n", "  \t\n", " \r\n", " "})
  void blanksAndTabsAreABlankLine(String text) throws IOException {
    LineReader reader = new LineReader(stream(text));
    assertTrue(reader.next());
    assertTrue(reader.isBlank());
  }

  @ParameterizedTest
  @ValueSource(strings = {"a\n", "  {\n", "\u00a0\n"})
  void anythingElseIsNone(String text) throws IOException {
    LineReader reader = new LineReader(stream(text));
    assertTrue(reader.next());
    assertFalse(reader.isBlank());
  }

  @Test
  void afterTheEndThereIsNoLineHoweverOftenOneAsks() throws IOException {
    LineReader reader = new LineReader(stream("a"));
    assertNextIs("a", 1, reader);
    assertFalse(reader.next());
    assertFalse(reader.next());
    assertEquals(1, reader.number());
  }

  @Test
  void linesBeforeTheStreamBreaksOffAreThere() throws IOException {
    InputStream breaking =
        new FilterInputStream(InputStream.nullInputStream()) {
          @Override
          public int read(byte[] bytes, int offset, int length) throws IOException {
            throw new IOException("the cable is out");
          }
        };
    LineReader reader = new LineReader(new SequenceInputStream(stream("a\nb\nhalf of"), breaking));
    assertNextIs("a", 1, reader);
    assertNextIs("b", 2, reader);
    assertThrows(IOException.class, reader::next);
    assertEquals(2, reader.number());
  }

  @Test
  void closingClosesTheStream() throws IOException {
    AtomicBoolean closed = new AtomicBoolean();
    InputStream in =
        new FilterInputStream(stream("a")) {
          @Override
          public void close() {
            closed.set(true);
          }
        };
    new LineReader(in).close();
    assertTrue(closed.get());
  }

  private static List<String> lines(InputStream in) throws IOException {
    List<String> lines = new ArrayList<>();
    try (LineReader reader = new LineReader(in)) {
      while (reader.next()) {
        lines.add(text(reader));
        assertEquals(lines.size(), reader.number());
        assertFalse(reader.isTooLong());
      }
    }
    return lines;
  }

  private static void assertNextIs(String text, long number, LineReader reader) throws IOException {
    assertTrue(reader.next());
    assertEquals(text, text(reader));
    assertEquals(number, reader.number());
    assertFalse(reader.isTooLong());
  }

  private static String text(LineReader reader) {
    return new String(reader.buffer(), reader.start(), reader.length(), StandardCharsets.UTF_8);
  }

  private static String ofLength(int length) {
    return "x".repeat(length);
  }

  private static InputStream stream(String text) {
    return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
  }

  /** A stream that never has more than one byte available, like a slow pipe. */
  private static final class ByteByByte extends FilterInputStream {
    ByteByByte(InputStream in) {
      super(in);
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      return super.read(bytes, offset, Math.min(length, 1));
    }
  }
}
