package dev.iiswarden.site;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilder;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

/**
 * The site is complete: no link is dead, nothing is loaded from other sites, and every page is
 * valid.
 */
class SiteTest {
  private static final Set<String> LOADING = Set.of("script", "iframe", "object", "embed", "video");

  @TempDir private static Path site;

  private static final Map<Path, Document> PAGES = new TreeMap<>();

  @BeforeAll
  static void build() throws Exception {
    Site.build(Path.of(""), site);
    DocumentBuilder parser = DocumentBuilderFactory.newInstance().newDocumentBuilder();
    try (Stream<Path> files = Files.walk(site)) {
      for (Path file : files.filter(path -> path.toString().endsWith(".html")).toList()) {
        PAGES.put(
            site.relativize(file),
            parser.parse(new InputSource(new StringReader(Files.readString(file)))));
      }
    }
  }

  private static List<Element> elements(Document page, String name) {
    NodeList found = page.getElementsByTagName(name);
    return IntStream.range(0, found.getLength()).mapToObj(i -> (Element) found.item(i)).toList();
  }

  private static Set<String> ids(Document page) {
    Set<String> ids = new HashSet<>();
    for (Element element : elements(page, "*")) {
      if (element.hasAttribute("id")) {
        assertTrue(ids.add(element.getAttribute("id")), element.getAttribute("id"));
      }
    }
    return ids;
  }

  @Test
  void everyPageOfTheDocsIsThere() throws IOException {
    try (Stream<Path> docs = Files.walk(Path.of("docs"))) {
      for (Path file : docs.filter(path -> path.toString().endsWith(".md")).toList()) {
        assertTrue(PAGES.containsKey(SiteLayout.placeOf(file)), file::toString);
      }
    }
    assertTrue(PAGES.containsKey(Path.of("index.html")));
  }

  @Test
  void everyLinkLeadsToAPageOfTheSiteAndAPlaceOnIt() {
    List<String> dead = new ArrayList<>();
    int followed = 0;
    for (Map.Entry<Path, Document> page : PAGES.entrySet()) {
      for (Element link : elements(page.getValue(), "a")) {
        String target = link.getAttribute("href");
        if (target.startsWith("https://")) {
          continue;
        }
        followed++;
        int hash = target.indexOf('#');
        String name = hash < 0 ? target : target.substring(0, hash);
        Path linked =
            name.isEmpty() ? page.getKey() : page.getKey().resolveSibling(name).normalize();
        Document other = PAGES.get(linked);
        boolean leads =
            hash < 0
                ? Files.isRegularFile(site.resolve(linked))
                : other != null && ids(other).contains(target.substring(hash + 1));
        if (!leads) {
          dead.add(page.getKey() + ": " + target);
        }
      }
    }
    assertEquals(List.of(), dead);
    assertTrue(followed > 1000, "only " + followed + " links");
  }

  @Test
  void nothingIsLoadedFromElsewhere() throws IOException {
    for (Map.Entry<Path, Document> page : PAGES.entrySet()) {
      for (Element element : elements(page.getValue(), "*")) {
        assertFalse(LOADING.contains(element.getTagName()), () -> page + ": " + element);
        boolean isLink = element.getTagName().equals("link");
        String loaded = element.getAttribute(isLink ? "href" : "src");
        if (!loaded.isEmpty()) {
          assertTrue(
              Files.isRegularFile(site.resolve(page.getKey()).resolveSibling(loaded)),
              () -> page.getKey() + " loads " + loaded);
        }
        assertFalse(element.hasAttribute("style"), page::toString);
      }
    }
    String style = Files.readString(site.resolve(Html.STYLE));
    assertFalse(style.contains("url("));
    assertFalse(style.contains("@import"));
    assertFalse(style.contains("@font-face"));
  }

  @Test
  void everyPageHasATitleOfItsOwnALanguageOneHeadingAndLandmarks() {
    Map<String, Path> titles = new HashMap<>();
    for (Map.Entry<Path, Document> page : PAGES.entrySet()) {
      Document html = page.getValue();
      String where = page.getKey().toString();
      String title = elements(html, "title").get(0).getTextContent();
      assertFalse(title.isBlank(), where);
      Path other = titles.put(title, page.getKey());
      assertTrue(other == null, () -> where + " and " + other + " are both '" + title + "'");
      assertEquals("en", html.getDocumentElement().getAttribute("lang"), where);
      for (String once : List.of("h1", "main", "header", "footer")) {
        assertEquals(1, elements(html, once).size(), () -> where + ": " + once);
      }
      Element first = elements(html, "a").get(0);
      assertEquals("#content", first.getAttribute("href"), where);
      ids(html);
    }
  }

  @Test
  void headingsSkipNoLevelAndPicturesSayWhatTheyShow() {
    for (Map.Entry<Path, Document> page : PAGES.entrySet()) {
      int before = 0;
      for (Element element : elements(page.getValue(), "*")) {
        if (element.getTagName().matches("h[1-6]")) {
          int level = element.getTagName().charAt(1) - '0';
          int last = before;
          assertTrue(
              level <= last + 1,
              () -> page.getKey() + ": h" + level + " after h" + last + element.getTextContent());
          before = level;
        }
        if (element.getTagName().equals("img")) {
          assertFalse(element.getAttribute("alt").isBlank(), page.getKey()::toString);
        }
        if (element.getTagName().equals("th")) {
          assertFalse(element.getTextContent().isBlank(), page.getKey()::toString);
        }
      }
    }
  }

  @Test
  void theGuideToARuleShowsTheRule() throws IOException {
    try (Stream<Path> rules = Files.list(Path.of("rules-drl"))) {
      for (Path rule : rules.filter(path -> path.toString().endsWith(".drl")).toList()) {
        String id = rule.getFileName().toString().replaceAll("\\.drl$", "");
        Document page = PAGES.get(Path.of("rules", id + ".html"));
        if (page == null) { // a rule that raises nothing by itself has no guide
          continue;
        }
        String text = Files.readString(rule);
        assertTrue(
            elements(page, "pre").stream().anyMatch(pre -> pre.getTextContent().equals(text)), id);
        assertTrue(ids(page).contains(MarkdownPage.RULE), id);
      }
    }
    assertTrue(PAGES.keySet().stream().filter(page -> page.startsWith("rules")).count() > 20);
  }

  /** The contrast as WCAG computes it: 4.5 to 1 for text, 3 to 1 for the focus indicator. */
  @Test
  void theColoursHaveContrastInLightAndInDark() throws IOException {
    String style = Files.readString(site.resolve(Html.STYLE));
    Matcher themes = Pattern.compile("(?s):root \\{(.*?)\\}").matcher(style);
    Set<String> grounds = new TreeSet<>();
    while (themes.find()) {
      Map<String, String> colours = new HashMap<>();
      Pattern.compile("--([a-z]+): (#[0-9a-f]{6});")
          .matcher(themes.group(1))
          .results()
          .forEach(colour -> colours.put(colour.group(1), colour.group(2)));
      for (String ground : List.of("ground", "raised")) {
        grounds.add(String.valueOf(colours.get(ground)));
        for (String text : List.of("text", "quiet", "link")) {
          assertTrue(contrast(colours, text, ground) >= 4.5, colours::toString);
        }
        if (colours.containsKey("focus")) {
          assertTrue(contrast(colours, "focus", ground) >= 3, colours::toString);
        }
      }
    }
    assertEquals(4, grounds.size(), grounds::toString);
  }

  private static double contrast(Map<String, String> colours, String one, String other) {
    double a = luminance(colours.getOrDefault(one, "none"));
    double b = luminance(colours.getOrDefault(other, "none"));
    return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
  }

  private static double luminance(String colour) {
    int rgb = Integer.parseInt(colour.substring(1), 16);
    return 0.2126 * linear(rgb >> 16 & 0xff)
        + 0.7152 * linear(rgb >> 8 & 0xff)
        + 0.0722 * linear(rgb & 0xff);
  }

  private static double linear(int value) {
    double part = value / 255.0;
    return part <= 0.04045 ? part / 12.92 : Math.pow((part + 0.055) / 1.055, 2.4);
  }
}
