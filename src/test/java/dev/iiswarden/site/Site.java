package dev.iiswarden.site;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Generates a site of static pages: the README and the pages beside it, the pages of {@code docs},
 * and all project files that these link to, so that only links to other sites leave it.
 */
public final class Site {
  private static final Path DOCS = Path.of("docs");
  private static final Path RULES = Path.of("rules-drl");

  private final Path project;
  private final Path out;
  private final Navigation navigation;

  /** The linked files that are not on the site yet. */
  private final Deque<Path> wanted = new ArrayDeque<>();

  private final Set<Path> shown = new LinkedHashSet<>();

  private Site(Path project, Path out, List<MarkdownPage> pages) {
    this.project = project;
    this.out = out;
    navigation = new Navigation(pages);
  }

  /**
   * Generates the site.
   *
   * @param project the folder with README.md and docs
   * @param out the folder for the site, which is created if it does not exist; other files in it
   *     are kept
   * @throws IOException if something cannot be read or written
   * @throws IllegalStateException if a page links to a file that is not there
   */
  public static void build(Path project, Path out) throws IOException {
    List<MarkdownPage> pages = pages(project);
    Site site = new Site(project, out, pages);
    for (MarkdownPage page : pages) {
      site.write(page);
    }
    for (Path next = site.wanted.poll(); next != null; next = site.wanted.poll()) {
      site.show(next);
    }
    site.copyStyle();
  }

  /** Takes the folder for the site as its argument. */
  public static void main(String... arguments) throws IOException {
    build(Path.of(""), Path.of(arguments[0]));
    System.out.println("the site is in " + Path.of(arguments[0], "index.html"));
  }

  private static List<MarkdownPage> pages(Path project) throws IOException {
    TreeMap<Path, MarkdownPage> pages = new TreeMap<>();
    try (Stream<Path> atTheTop = Files.list(project.toAbsolutePath());
        Stream<Path> docs = Files.walk(project.resolve(DOCS).toAbsolutePath())) {
      for (Path file :
          Stream.concat(atTheTop, docs).filter(path -> path.toString().endsWith(".md")).toList()) {
        Path page = project.toAbsolutePath().relativize(file);
        pages.put(page, MarkdownPage.read(project, page));
      }
    }
    return List.copyOf(pages.values());
  }

  private void write(MarkdownPage page) throws IOException {
    StringBuilder body = new StringBuilder(page.html(target -> place(page.file(), target)));
    Path rule = RULES.resolve(page.file().getFileName().toString().replaceAll("\\.md$", ".drl"));
    if (page.isRuleGuide() && Files.exists(project.resolve(rule))) {
      body.append("<h2 id=\"").append(MarkdownPage.RULE).append("\">The rule</h2>\n");
      body.append(Html.code(Files.readString(project.resolve(rule))));
    }
    write(SiteLayout.placeOf(page.file()), page.title(), page.contents(), body.toString());
  }

  private void write(Path place, String title, String contents, String body) throws IOException {
    Path file = out.resolve(place);
    Files.createDirectories(Objects.requireNonNull(file.getParent()));
    Files.writeString(file, Html.page(place, title, navigation.html(place), contents, body));
  }

  /** The place of a file that a page links to. */
  private Path place(Path from, Path file) {
    if (Files.notExists(project.resolve(file))) {
      throw new IllegalStateException(from + " links to " + file + ", which is not there");
    }
    if (file.toString().endsWith(".md")) {
      return SiteLayout.placeOf(file);
    }
    if (shown.add(file)) {
      wanted.add(file);
    }
    if (Files.isDirectory(project.resolve(file))) {
      return SiteLayout.placeOfFolder(file);
    }
    return isPicture(file) ? SiteLayout.placeOf(file) : SiteLayout.placeOfSource(file);
  }

  private static boolean isPicture(Path file) {
    return file.toString().matches(".*\\.(png|svg)");
  }

  private void show(Path file) throws IOException {
    Path there = project.resolve(file);
    if (Files.isDirectory(there)) {
      showFolder(file);
      return;
    }
    Path copy = SiteLayout.placeOf(file);
    Files.createDirectories(Objects.requireNonNull(out.resolve(copy).getParent()));
    Files.copy(there, out.resolve(copy), StandardCopyOption.REPLACE_EXISTING);
    if (!isPicture(file)) {
      Path place = SiteLayout.placeOfSource(file);
      String path = Html.escape(file.toString());
      write(
          place,
          file.toString(),
          "",
          "<h1>"
              + path
              + "</h1>\n<p><a href=\""
              + Html.escape(SiteLayout.link(place, copy))
              + "\">As a file</a></p>\n"
              + Html.code(Files.readString(there)));
    }
  }

  private void showFolder(Path folder) throws IOException {
    Path place = SiteLayout.placeOfFolder(folder);
    StringBuilder body = new StringBuilder("<h1>" + Html.escape(folder + "/") + "</h1>\n<ul>\n");
    try (Stream<Path> files = Files.list(project.resolve(folder))) {
      for (Path one : files.sorted().toList()) {
        Path file = project.relativize(one);
        body.append("<li><a href=\"")
            .append(Html.escape(SiteLayout.link(place, place(folder, file))))
            .append("\">")
            .append(Html.escape(file.getFileName().toString()))
            .append("</a></li>\n");
      }
    }
    write(place, folder + "/", "", body.append("</ul>\n").toString());
  }

  private void copyStyle() throws IOException {
    try (InputStream style = Site.class.getResourceAsStream(Html.STYLE)) {
      if (style == null) {
        throw new NoSuchFileException(Html.STYLE);
      }
      Files.copy(style, out.resolve(Html.STYLE), StandardCopyOption.REPLACE_EXISTING);
    }
  }
}
