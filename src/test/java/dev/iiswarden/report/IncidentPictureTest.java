package dev.iiswarden.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.iiswarden.testing.Browser;
import dev.iiswarden.testing.Picture;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The README's picture shows an incident of the bundled samples as the report shows it today.
 *
 * <p>Versions of Chromium and fonts draw the same page in slightly different pixels. The picture
 * therefore carries the text of the page that it was taken of, which is compared exactly; the
 * pixels are compared with a tolerance.
 */
class IncidentPictureTest {
  private static final Path PICTURE = Path.of("docs", "incident.png");
  private static final Path FRESH = Path.of("target", "pages", "incident.png");
  private static final String TAKE_IT =
      "docs/incident.png is out of date; to take the new picture: cp " + FRESH + " " + PICTURE;

  private static final int WIDTH = 1200;
  private static final int HEIGHT = 1260;
  private static final int MOST_BYTES = 250_000;

  /** The brightness, from 0 to 255, by which squares of the pictures may differ on average. */
  private static final double TOLERANCE = 4;

  /** What lies within the picture. */
  private static final String TEXT =
      """
      return ['h1', '.lead', 'svg text', 'ol.events summary']
        .flatMap((selector) => [...document.querySelectorAll(selector)])
        .map((element) => element.textContent.replace(/\\s+/g, ' ').trim())
        .join('\\n')""";

  @TempDir static Path directory;
  private static Browser browser;
  private static Picture fresh;

  @BeforeAll
  static void takeThePicture() throws IOException {
    browser = Browser.start();
    Path page = directory.resolve("report.html");
    Reports.ofSample(page);
    Files.createDirectories(FRESH.getParent());
    // Higher than the page, which thus has no scroll bar.
    browser.show(WIDTH, 3 * HEIGHT, false);
    browser.open(page, "");
    browser.open(page, String.valueOf(browser.first("#incidents a").getDomAttribute("href")));
    Path whole = directory.resolve("whole.png");
    browser.photograph(whole);
    fresh = Picture.read(whole).top(HEIGHT).withText(String.valueOf(browser.run(TEXT)));
    fresh.write(FRESH);
  }

  @AfterAll
  static void close() {
    if (browser != null) {
      browser.close();
    }
  }

  @Test
  void verdictTimelineAndEventsLieWithinThePicture() {
    assertEquals("WEB01.corp.example", browser.text("h1"));
    assertTrue(browser.text(".lead").startsWith("HIGH"), browser.text(".lead"));
    assertTrue(browser.text(".lead").endsWith("6 alerts from 4 events."), browser.text(".lead"));
    assertEquals(4, browser.all("svg .mark").size());
    assertEquals(6, browser.all("svg .pill").size());
    assertEquals(4, browser.all("ol.events > li").size());
    int end =
        browser.number(
            "Math.ceil(document.querySelector('ol.events').getBoundingClientRect().bottom)");
    assertTrue(end <= HEIGHT, () -> "the list of events ends at " + end);
  }

  @Test
  void thePictureIsOfThisPage() throws IOException {
    assertTrue(Files.exists(PICTURE), TAKE_IT);
    assertTrue(Files.size(PICTURE) <= MOST_BYTES, () -> PICTURE.toFile().length() + " bytes");
    Picture picture = Picture.read(PICTURE);

    assertEquals(WIDTH, picture.width(), TAKE_IT);
    assertEquals(HEIGHT, picture.height(), TAKE_IT);
    assertEquals(fresh.text(), picture.text(), TAKE_IT);
    double difference = picture.differenceFrom(fresh);
    assertTrue(difference <= TOLERANCE, () -> TAKE_IT + " (it differs by " + difference + ")");
  }

  @Test
  void theToleranceTellsOtherPagesAndTheDarkThemeApart() throws IOException {
    Path page = directory.resolve("other.html");
    Reports.ofSample(page);
    for (boolean dark : new boolean[] {false, true}) {
      browser.show(WIDTH, 3 * HEIGHT, dark);
      browser.open(page, "");
      if (dark) {
        browser.open(page, String.valueOf(browser.first("#incidents a").getDomAttribute("href")));
      }
      Path whole = directory.resolve("other.png");
      browser.photograph(whole);
      double difference = Picture.read(whole).top(HEIGHT).differenceFrom(fresh);
      assertTrue(difference > 2 * TOLERANCE, () -> "it differs by " + difference);
    }
  }
}
