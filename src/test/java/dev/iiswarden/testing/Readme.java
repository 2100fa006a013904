package dev.iiswarden.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

/** The code blocks of the README and other pages. */
public final class Readme {
  private Readme() {}

  /**
   * The first block of a language that contains a text.
   *
   * @throws IllegalStateException if there is none
   */
  public static String block(String language, String containing) {
    return block(Path.of("README.md"), language, containing);
  }

  /** As {@link #block(String, String)}, of a page. */
  public static String block(Path page, String language, String containing) {
    return blocks(page, language).stream()
        .filter(block -> block.contains(containing))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalStateException(
                    page + " has no " + language + " block with '" + containing + "'"));
  }

  /** All blocks of a language in a page. */
  public static List<String> blocks(Path page, String language) {
    try {
      return Pattern.compile("(?s)```" + Pattern.quote(language) + "\n(.*?)```")
          .matcher(Files.readString(page))
          .results()
          .map(block -> block.group(1))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The rows of the tables in the section of this heading, as they stand. */
  public static List<String> rowsUnder(String heading) {
    try {
      String readme = Files.readString(Path.of("README.md"));
      int start = readme.indexOf("\n" + heading + "\n");
      if (start < 0) {
        throw new IllegalStateException("README.md has no section " + heading);
      }
      int next = readme.indexOf("\n## ", start + 1);
      return readme
          .substring(start, next < 0 ? readme.length() : next)
          .lines()
          .filter(line -> line.startsWith("| "))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
