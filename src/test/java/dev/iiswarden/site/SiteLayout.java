package dev.iiswarden.site;

import java.nio.file.Path;

/** Maps the project's files to places on the site. All paths are relative to the root. */
final class SiteLayout {
  static final Path README = Path.of("README.md");
  private static final Path DOCS = Path.of("docs");
  private static final Path SOURCE = Path.of("source");

  private SiteLayout() {}

  /** The place of a page written in Markdown, or of a file that is copied unchanged. */
  static Path placeOf(Path file) {
    if (file.equals(README)) {
      return Path.of("index.html");
    }
    String name = file.getFileName().toString();
    boolean isPage = name.endsWith(".md");
    Path place =
        file.startsWith(DOCS)
            ? DOCS.relativize(file)
            : isPage && file.getNameCount() == 1 ? file : SOURCE.resolve(file);
    if (!isPage) {
      return place;
    }
    return place.resolveSibling(
        name.equals("README.md") ? "index.html" : name.replaceAll("\\.md$", ".html"));
  }

  /** The place of the page that shows a file that is not a page. */
  static Path placeOfSource(Path file) {
    return SOURCE.resolve(file + ".html");
  }

  /** The place of the page that lists a folder. */
  static Path placeOfFolder(Path folder) {
    return SOURCE.resolve(folder).resolve("index.html");
  }

  /** A link from one place to another. */
  static String link(Path from, Path to) {
    Path parent = from.getParent();
    Path way = parent == null ? to : parent.relativize(to);
    return way.toString().replace('\\', '/');
  }
}
