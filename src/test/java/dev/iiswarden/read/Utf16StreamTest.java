package dev.iiswarden.read;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** UTF-16 becomes the UTF-8 of the same text, however it arrives. */
class Utf16StreamTest {
  private static final ByteOrder LITTLE = ByteOrder.LITTLE_ENDIAN;

  /** Writes the units as they are: an encoder would replace lone surrogates. */
  private static byte[] utf16(String text, ByteOrder order) {
    ByteBuffer bytes = ByteBuffer.allocate(2 * text.length()).order(order);
    text.chars().forEach(unit -> bytes.putShort((short) unit));
    return bytes.array();
  }

  private static String read(String text) {
    return new String(Utf16Stream.utf8(utf16(text, LITTLE), LITTLE), StandardCharsets.UTF_8);
  }

  @Test
  void everyCharacterIsKept() {
    StringBuilder all = new StringBuilder();
    for (int c = 0; c <= Character.MAX_CODE_POINT; c++) {
      if (c < Character.MIN_SURROGATE || c > Character.MAX_SURROGATE) {
        all.appendCodePoint(c);
      }
    }
    assertEquals(all.toString(), read(all.toString()));
  }

  @Test
  void aLoneSurrogateIsReplacedAndWhatFollowsIsKept() {
    assertEquals("a\ufffd\nb", read("a\ud83d\nb"));
    assertEquals("a\ufffd\nb", read("a\ude00\nb"));
    assertEquals("\ufffd\ud83d\ude00", read("\ud83d\ud83d\ude00"));
    assertEquals("a\ufffd", read("a\ud83d"));
  }

  @Test
  void halfACharacterAtTheEndIsReplaced() {
    byte[] text = {'a', 0, 'b'};
    assertEquals("a\ufffd", new String(Utf16Stream.utf8(text, LITTLE), StandardCharsets.UTF_8));
  }

  @Test
  void onlyTheFirstMarkIsDropped() {
    assertEquals("a\ufeffb", read("\ufeffa\ufeffb"));
  }

  @Test
  void itDoesNotMatterInWhichPiecesItArrives() throws IOException {
    Random random = new Random(7);
    int[] some = {'a', '\n', 0xe4, 0x65e5, 0x1f600};
    StringBuilder text = new StringBuilder("x");
    random.ints(20_000, 0, some.length).forEach(i -> text.appendCodePoint(some[i]));
    for (ByteOrder order : new ByteOrder[] {LITTLE, ByteOrder.BIG_ENDIAN}) {
      InputStream pieces =
          new FilterInputStream(new ByteArrayInputStream(utf16(text.toString(), order))) {
            @Override
            public int read(byte[] to, int offset, int count) throws IOException {
              return super.read(to, offset, Math.min(count, 1 + random.nextInt(5)));
            }
          };
      try (InputStream in = new Utf16Stream(pieces, order)) {
        assertEquals('x', in.read());
        assertEquals(text.substring(1), new String(in.readAllBytes(), StandardCharsets.UTF_8));
      }
    }
  }

  @Test
  void whatIsBeforeAFailureIsRead() throws IOException {
    InputStream failing =
        new FilterInputStream(new ByteArrayInputStream(utf16("ab", LITTLE))) {
          @Override
          public int read(byte[] to, int offset, int count) throws IOException {
            int read = super.read(to, offset, count);
            if (read < 0) {
              throw new IOException("cut off");
            }
            return read;
          }
        };
    try (InputStream in = new Utf16Stream(failing, LITTLE)) {
      assertEquals("ab", new String(in.readNBytes(2), StandardCharsets.UTF_8));
      assertThrows(IOException.class, in::read);
    }
  }
}
