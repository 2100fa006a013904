package dev.iiswarden.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Reads the code blocks and tables of the README and the pages of {@code docs}. */
public final class Readme {
  private static final Path README = Path.of("README.md");
  private static final Path DOCS = Path.of("docs");
  private static final Pattern HEADING = Pattern.compile("(?m)^#{1,6} (.+)$");

  private Readme() {}

  /** The README, followed by all pages except the rule guides. */
  public static List<Path> pages() {
    List<Path> pages = new ArrayList<>(List.of(README));
    try (Stream<Path> docs = Files.list(DOCS)) {
      docs.filter(path -> path.toString().endsWith(".md")).sorted().forEach(pages::add);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return pages;
  }

  /**
   * The first block of a language, on any page, that contains a text.
   *
   * @throws IllegalStateException if there is none
   */
  public static String block(String language, String containing) {
    return pages().stream()
        .flatMap(page -> blocks(page, language).stream())
        .filter(block -> block.contains(containing))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalStateException(
                    "no page has a " + language + " block with '" + containing + "'"));
  }

  /** As {@link #block(String, String)}, but on one page. */
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
    return Pattern.compile("(?s)```" + Pattern.quote(language) + "\n(.*?)```")
        .matcher(text(page))
        .results()
        .map(block -> block.group(1))
        .toList();
  }

  /**
   * The rows of the tables under a heading, up to the next heading, unchanged.
   *
   * @param heading the heading without its markup
   */
  public static List<String> rowsUnder(String heading) {
    return pages().stream()
        .filter(page -> HEADING.matcher(text(page)).results().anyMatch(is(heading)))
        .findFirst()
        .map(page -> rowsUnder(page, heading))
        .orElseThrow(() -> new IllegalStateException("no page has a section " + heading));
  }

  /** As {@link #rowsUnder(String)}, but on one page. */
  public static List<String> rowsUnder(Path page, String heading) {
    String text = text(page);
    int start =
        HEADING
            .matcher(text)
            .results()
            .filter(is(heading))
            .findFirst()
            .orElseThrow(() -> new IllegalStateException(page + " has no section " + heading))
            .end();
    Matcher next = HEADING.matcher(text);
    int end = next.find(start) ? next.start() : text.length();
    return text.substring(start, end).lines().filter(line -> line.startsWith("| ")).toList();
  }

  private static Predicate<MatchResult> is(String heading) {
    return found -> found.group(1).equals(heading);
  }

  private static String text(Path page) {
    try {
      return Files.readString(page);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
