package dev.iiswarden.cli;

import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * File names that the encoding of the locale cannot express, such as {@code Größe.xml} under {@code
 * LC_ALL=C}, the locale of many services and containers. The names on disk are UTF-8 there as well,
 * but Java replaces each of their bytes outside ASCII, in arguments and in the text of a path.
 *
 * <p>The way around it is the URI of a path: both its directions keep the bytes of a name. Linux
 * keeps the bytes of the arguments. On other systems, and for names that the locale can express,
 * nothing here differs from {@link Path#of(String, String...)} and {@link Path#toString()}.
 */
final class FileNames {
  private static final Path COMMAND_LINE = Path.of("/proc/self/cmdline");
  private static final char REPLACED = '\ufffd';
  private static final String UNRESERVED = "-._~/";

  private FileNames() {}

  /** Returns the arguments of the program as they were given, if Java has damaged them. */
  static String[] arguments(String[] damaged) {
    Charset charset = charset();
    if (charset == null || !Files.isReadable(COMMAND_LINE)) {
      return damaged;
    }
    List<byte[]> given;
    try {
      given = split(Files.readAllBytes(COMMAND_LINE));
    } catch (IOException e) {
      return damaged;
    }
    // Those of the JVM come first.
    int first = given.size() - damaged.length;
    String[] arguments = damaged.clone();
    for (int i = 0; i < arguments.length && first >= 0; i++) {
      String text = utf8(given.get(first + i));
      if (text != null && !charset.newEncoder().canEncode(text)) {
        arguments[i] = text;
      }
    }
    return arguments;
  }

  /** The encoding of arguments and file names; null if unknown. */
  private static @Nullable Charset charset() {
    String name = System.getProperty("sun.jnu.encoding");
    return name == null || !Charset.isSupported(name) ? null : Charset.forName(name);
  }

  /** Splits a command line, of which each word ends in a zero byte. */
  private static List<byte[]> split(byte[] line) {
    String bytes = new String(line, StandardCharsets.ISO_8859_1);
    String words = bytes.endsWith("\0") ? bytes.substring(0, bytes.length() - 1) : bytes;
    return Arrays.stream(words.split("\0", -1))
        .map(word -> word.getBytes(StandardCharsets.ISO_8859_1))
        .toList();
  }

  private static @Nullable String utf8(byte[] bytes) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      return null;
    }
  }

  /**
   * Returns the path with a name.
   *
   * @throws InvalidPathException if no file can have the name, or it cannot be expressed
   */
  static Path path(String name) {
    try {
      return Path.of(name);
    } catch (InvalidPathException e) {
      // A name that is damaged already is no longer that of the file.
      if (!Files.exists(COMMAND_LINE) || name.indexOf(REPLACED) >= 0 || name.indexOf('\0') >= 0) {
        throw e;
      }
      boolean isAbsolute = name.startsWith("/");
      Path path = Path.of(URI.create("file://" + (isAbsolute ? "" : "/") + escape(name)));
      return isAbsolute ? path : path.subpath(0, path.getNameCount());
    }
  }

  private static String escape(String name) {
    StringBuilder escaped = new StringBuilder();
    for (byte one : name.getBytes(StandardCharsets.UTF_8)) {
      char c = (char) (one & 0xff);
      boolean isPlain =
          (c >= 'a' && c <= 'z')
              || (c >= 'A' && c <= 'Z')
              || (c >= '0' && c <= '9')
              || UNRESERVED.indexOf(c) >= 0;
      if (isPlain) {
        escaped.append(c);
      } else {
        escaped.append('%').append(Character.forDigit(c >> 4, 16));
        escaped.append(Character.forDigit(c & 0xf, 16));
      }
    }
    return escaped.toString();
  }

  /** Returns the name of a path, for people. */
  static String name(Path path) {
    String text = path.toString();
    if (text.indexOf(REPLACED) < 0 || !Files.exists(COMMAND_LINE)) {
      return text;
    }
    // It is absolute, and that of a directory ends in a slash.
    String name = path.toUri().getPath();
    if (name.endsWith("/")) {
      name = name.substring(0, name.length() - 1);
    }
    if (path.isAbsolute()) {
      return name;
    }
    String[] names = name.split("/", -1);
    return String.join(
        "/", Arrays.asList(names).subList(names.length - path.getNameCount(), names.length));
  }
}
