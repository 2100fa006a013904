package dev.iiswarden.inventory;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Decodes XML or JSON by its byte order mark, its zero bytes or its declaration ("Extensible Markup
 * Language (XML) 1.0", appendix F). The JDK's parser would write about wrong bytes to standard
 * error, so it is given text.
 */
final class ConfigurationText {
  private static final int DECLARATION = 200;
  private static final Pattern ENCODING =
      Pattern.compile("\\A<\\?xml\\s[^>]*?encoding\\s*=\\s*[\"']([A-Za-z][\\w.-]*)[\"']");

  private ConfigurationText() {}

  static String decode(String file, byte[] bytes) throws InventoryException {
    if (bytes.length == 0) {
      throw new InventoryException(file, 0, "the file is empty; copy it again");
    }
    Charset charset = charset(file, bytes);
    try {
      String text = charset.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
      return text.startsWith("\ufeff") ? text.substring(1) : text;
    } catch (CharacterCodingException e) {
      throw new InventoryException(
          file,
          0,
          "not text in "
              + charset
              + ", so it is damaged, encrypted or another kind of file; copy it again from the server");
    }
  }

  private static Charset charset(String file, byte[] bytes) throws InventoryException {
    int first = at(bytes, 0);
    int second = at(bytes, 1);
    if ((first == 0xfe && second == 0xff) || (first == 0 && second > 0)) {
      return StandardCharsets.UTF_16BE;
    }
    if ((first == 0xff && second == 0xfe) || (first > 0 && second == 0)) {
      return StandardCharsets.UTF_16LE;
    }
    String start =
        new String(bytes, 0, Math.min(bytes.length, DECLARATION), StandardCharsets.ISO_8859_1);
    Matcher declared = ENCODING.matcher(start);
    String name = declared.find() ? declared.group(1) : "UTF-8";
    if (name.toUpperCase(Locale.ROOT).startsWith("UTF-16")) {
      // It is none, or it would have zero bytes.
      return StandardCharsets.UTF_8;
    }
    try {
      return Charset.forName(name);
    } catch (IllegalCharsetNameException | UnsupportedCharsetException e) {
      throw new InventoryException(
          file, 1, "the encoding " + name + " is not known; save the file as UTF-8");
    }
  }

  private static int at(byte[] bytes, int index) {
    return index < bytes.length ? bytes[index] & 0xff : -1;
  }
}
