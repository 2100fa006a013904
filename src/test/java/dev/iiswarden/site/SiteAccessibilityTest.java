package dev.iiswarden.site;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.iiswarden.testing.Browser;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Checks the site's accessibility with axe in a real browser: light and dark, on a screen and on a
 * phone.
 */
class SiteAccessibilityTest {
  @TempDir private Path site;

  @Test
  void axeFindsNothingAndNothingIsWiderThanAPhone() throws Exception {
    Site.build(Path.of(""), site);
    List<String> found = new ArrayList<>();
    try (Browser browser = Browser.start()) {
      List<Path> pages = pages();
      assertTrue(pages.size() > 12, pages::toString);
      for (Path page : pages) {
        browser.show(1280, 900, false);
        browser.open(page);
        browser.complaints().forEach(one -> found.add(page.getFileName() + ": " + one));
        browser.violations().forEach(one -> found.add(page.getFileName() + ", light: " + one));
        browser.show(360, 740, true);
        browser.violations().forEach(one -> found.add(page.getFileName() + ", dark: " + one));
        // Requests by axe itself, which a file page may not make, are not complaints about the
        // page.
        browser.complaints();
        int width = browser.number("document.documentElement.scrollWidth");
        if (width > 360) {
          found.add(page.getFileName() + " is " + width + " wide on a phone");
        }
      }
    }
    assertEquals(List.of(), found);
  }

  /** All at the top, and one of each kind that lies below. */
  private List<Path> pages() throws Exception {
    List<Path> pages = new ArrayList<>();
    try (Stream<Path> files = Files.list(site)) {
      files.filter(path -> path.toString().endsWith(".html")).sorted().forEach(pages::add);
    }
    pages.add(site.resolve("rules/index.html"));
    pages.add(site.resolve("rules/registry-then-file.html"));
    pages.add(site.resolve("source/rules-drl/scenarios/index.html"));
    pages.add(site.resolve("source/src/intrusions/rgdoor.ndjson.html"));
    return pages;
  }
}
