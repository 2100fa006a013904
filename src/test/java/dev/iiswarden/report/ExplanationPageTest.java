package dev.iiswarden.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.iiswarden.decode.EventDecoders;
import dev.iiswarden.rules.Rules;
import dev.iiswarden.testing.Browser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.openqa.selenium.WebElement;

/** Tests the explanation page in a real browser. */
class ExplanationPageTest {
  private static final Path PICTURES = Path.of("target/pages");

  @TempDir static Path directory;
  private static Browser browser;
  private static Path page;

  @BeforeAll
  static void open() throws IOException {
    browser = Browser.start();
    ExplanationPage explanations = new ExplanationPage(Rules.bundled(), List.of(), List.of());
    int line = 0;
    for (String text : Files.readAllLines(Path.of("src/samples/web02.ecs.ndjson"))) {
      explanations.add("web02:" + ++line, EventDecoders.auto().decode(text));
    }
    explanations.add("web02:" + ++line, EventDecoders.auto().decode("{\"<b>cut"));
    page = directory.resolve("explain.html");
    explanations.write(page, "0.0.0", "web02");
    Files.createDirectories(PICTURES);
  }

  @AfterAll
  static void close() {
    if (browser != null) {
      browser.close();
    }
  }

  private static WebElement record(String where) {
    return browser.all("nav[aria-label=Records] li button").stream()
        .filter(button -> button.getText().startsWith(where))
        .findFirst()
        .orElseThrow();
  }

  private static void choose(String where) {
    record(where).click();
    browser.waitFor("document.getElementById('h-record').textContent === '" + where + "'");
  }

  @ParameterizedTest
  @CsvSource({"1200,false", "1200,true", "375,false", "375,true"})
  void everyoneCanReadItInBothThemesAndOnAPhone(int width, boolean dark) throws IOException {
    browser.show(width, 900, dark);
    browser.open(page, "");
    choose("web02:3");
    browser.run("document.querySelectorAll('details').forEach((d) => { d.open = true; })");
    assertEquals(List.of(), browser.violations());
    assertTrue(browser.number("document.documentElement.scrollWidth") <= width);
    browser.photograph(PICTURES.resolve("explain-" + (dark ? "dark-" : "light-") + width + ".png"));
    assertEquals(List.of(), browser.complaints());
  }

  @Test
  void theRuleThatComesClosestIsShownFirstWithWhatItIsNotMetBy() {
    browser.show(1200, 900, false);
    browser.open(page, "");
    choose("web02:3");
    assertEquals(
        "DLL dropped into an IIS folder after a component was registered 3 of 5 conditions met,"
            + " 1 undecidable from this event alone",
        String.join(
            " ",
            browser.all("details.trial summary").stream()
                .map(WebElement::getText)
                .filter(text -> text.contains("after a component"))
                .toList()));
    browser.run("document.querySelectorAll('details').forEach((d) => { d.open = true; })");
    List<String> unmet =
        browser.all("details.trial tr").stream()
            .map(WebElement::getText)
            .filter(text -> text.contains("not met") && text.contains("setup.exe"))
            .toList();
    assertTrue(
        unmet.stream().anyMatch(text -> text.contains("process.name msiexec.exe")),
        unmet.toString());
    assertTrue(
        browser.all("mark.unmet").stream()
            .anyMatch(mark -> mark.getText().startsWith("notLike( process.name, \"msiexec.exe\"")));
  }

  @Test
  void whatIsMalformedSaysWhyAsText() {
    browser.show(1200, 900, false);
    browser.open(page, "");
    int last = browser.all("nav[aria-label=Records] li button").size();
    WebElement malformed = browser.all("nav[aria-label=Records] li button").get(last - 1);
    malformed.click();
    browser.waitFor("document.querySelector('section').textContent.includes('malformed')");

    assertEquals(List.of(), browser.all("main b"));
    assertEquals(List.of(), browser.complaints());
  }

  @Test
  void theListNarrowsToWhatIsSoughtAndWhereARuleIsMet() {
    browser.show(1200, 900, false);
    browser.open(page, "");
    int all = browser.all("nav[aria-label=Records] li button").size();
    browser.first("#only-met").click();
    int met = browser.all("nav[aria-label=Records] li button").size();
    browser.first("#by-text").sendKeys("web02:no-such-line");

    assertTrue(met > 0 && met < all, met + " of " + all);
    assertEquals(List.of(), browser.all("nav[aria-label=Records] li button"));
    assertEquals("0 of " + all + " records", browser.text("[role=status]"));
  }
}
