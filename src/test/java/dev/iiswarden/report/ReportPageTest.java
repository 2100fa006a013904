package dev.iiswarden.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.iiswarden.event.Event;
import dev.iiswarden.event.FileEvent;
import dev.iiswarden.event.LibraryEvent;
import dev.iiswarden.event.RegistryEvent;
import dev.iiswarden.testing.Browser;
import dev.iiswarden.testing.IisEvents;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;

/** Tests the report in a real browser. */
class ReportPageTest {
  /** The folder for this test's screenshots, for manual review. */
  private static final Path PICTURES = Path.of("target/pages");

  @TempDir static Path directory;
  private static Browser browser;
  private static Path sample;

  @BeforeAll
  static void open() throws IOException {
    browser = Browser.start();
    sample = directory.resolve("report.html");
    Reports.ofSample(sample);
    Files.createDirectories(PICTURES);
  }

  @AfterAll
  static void close() {
    if (browser != null) {
      browser.close();
    }
  }

  private static String firstIncident() {
    return String.valueOf(browser.first("#incidents a").getDomAttribute("href"));
  }

  private static void openIncidentOf(Path page) {
    browser.open(page, "");
    browser.open(page, firstIncident());
  }

  private static List<String> texts(String selector) {
    return browser.all(selector).stream().map(WebElement::getText).toList();
  }

  @ParameterizedTest
  @CsvSource({"1200,false", "1200,true", "375,false", "375,true"})
  void everyoneCanReadItInBothThemesAndOnAPhone(int width, boolean dark) throws IOException {
    String name = (dark ? "dark-" : "light-") + width + ".png";
    browser.show(width, 900, dark);
    browser.open(sample, "");
    assertEquals(List.of(), browser.violations());
    assertNoScrollingSideways(width);
    browser.photograph(PICTURES.resolve("report-" + name));
    browser.show(width, 900, dark);
    browser.open(sample, firstIncident());
    browser.run("document.querySelectorAll('details').forEach((d) => { d.open = true; })");
    assertEquals(List.of(), browser.violations());
    assertNoScrollingSideways(width);
    browser.photograph(PICTURES.resolve("incident-" + name));
    assertEquals(List.of(), browser.complaints());
  }

  private static void choose(String button) {
    browser.all("button").stream()
        .filter(WebElement::isDisplayed)
        .filter(one -> one.getText().startsWith(button))
        .findFirst()
        .orElseThrow()
        .click();
  }

  private static void assertNoScrollingSideways(int width) {
    int needed = browser.number("document.documentElement.scrollWidth");
    assertTrue(needed <= width, () -> "it is " + needed + " wide");
  }

  @Test
  void theSummarySaysHowManyAlertsOnHowManyHosts() {
    browser.show(1200, 900, false);
    browser.open(sample, "");

    assertEquals("6 alerts on 1 host", browser.text("h1"));
    assertTrue(browser.text(".lead").contains("3 high, 2 medium, 1 low"), browser.text(".lead"));
    assertEquals("1 incident", browser.text("[role=status]"));
    assertEquals(List.of("WEB01.corp.example"), texts("#incidents h3 a"));
    assertEquals(6, browser.all(".heat tbody button").size());
  }

  @Test
  void theTimelineHasTheRightMarksAtTheRightPlaces() {
    browser.show(1200, 900, false);
    openIncidentOf(sample);

    assertEquals(
        List.of("1", "2", "3", "4"),
        browser.all("svg .mark").stream()
            .map(mark -> mark.getDomAttribute("data-events"))
            .toList());
    assertEquals(
        List.of("mark process", "mark process", "mark registry", "mark file"),
        browser.all("svg .mark").stream().map(mark -> mark.getDomAttribute("class")).toList());
    List<Instant> times =
        List.of(
            Instant.parse("2026-03-04T03:10:58.114Z"),
            Instant.parse("2026-03-04T03:12:06.871Z"),
            Instant.parse("2026-03-04T03:12:07.226Z"),
            Instant.parse("2026-03-04T03:12:49.640Z"));
    List<Double> places =
        browser.all("svg .mark").stream()
            .map(mark -> String.valueOf(mark.getDomAttribute("transform")))
            .map(transform -> Double.parseDouble(transform.replaceAll("\\w+\\(([\\d.]+).*", "$1")))
            .toList();
    double perMilli =
        (places.get(3) - places.get(0)) / Duration.between(times.get(0), times.get(3)).toMillis();
    for (int i = 0; i < times.size(); i++) {
      double expected =
          places.get(0) + perMilli * Duration.between(times.get(0), times.get(i)).toMillis();
      assertEquals(expected, places.get(i), 0.5, "the mark of event " + (i + 1));
    }
    assertEquals(
        Set.of(
            "registration-by-worker-process",
            "registration-registry",
            "drop-into-inetsrv",
            "registry-then-file",
            "registration-then-drop",
            "shell-by-worker-process"),
        Set.copyOf(texts("svg .pill text")));
    assertEquals(6, browser.all("svg .sequence").size());
    Instant end = times.get(2).plus(Duration.ofHours(1));
    WebElement window = browser.first("svg .window[data-to='" + end.toEpochMilli() + "']");
    assertEquals(
        Long.toString(times.get(2).toEpochMilli()),
        window.getDomAttribute("data-from"),
        "the hour that registry-then-file waits begins with the registration");
  }

  @Test
  void aMarkShowsItsFieldsAndOpensItsEventByKeyboardAlone() {
    browser.show(1200, 900, false);
    openIncidentOf(sample);
    browser.run("document.querySelector('svg .mark').focus()");
    assertTrue(browser.text("#tip").contains("whoami"), browser.text("#tip"));

    browser.press(Keys.ARROW_RIGHT, Keys.ARROW_RIGHT);
    assertTrue(browser.text("#tip").contains("HTTPParser.dll"), browser.text("#tip"));
    browser.press(Keys.ESCAPE);
    assertFalse(browser.first("#tip").isDisplayed());
    browser.press(Keys.ENTER);
    assertEquals("true", browser.first("#event-3 details").getDomAttribute("open"));
    assertTrue(browser.text("#event-3 .fields").contains("registry.path"));
  }

  @Test
  void aRuleShowsWhichEventMetWhichCondition() {
    browser.show(1200, 900, false);
    openIncidentOf(sample);
    browser.run("document.querySelectorAll('details').forEach((d) => { d.open = true; })");
    String alert = "#alert-" + browser.number(alertNumber("registry-then-file"));

    assertEquals(9, browser.all(alert + " pre.drl mark").size());
    assertTrue(
        texts(alert + " pre.drl mark").stream()
            .anyMatch(
                text -> text.startsWith("like( registry.path, ") && text.endsWith("event 3 met")));
    assertTrue(browser.text(alert + " .guide").contains("Investigate"));
    assertTrue(
        texts(alert + " .conditions .outcome").contains("met, together with the other events"));
  }

  private static String alertNumber(String rule) {
    return "Number([...document.querySelectorAll('ol.cards > li')].find((li) =>"
        + " li.querySelector('.facts code').textContent === '"
        + rule
        + "').id.replace('alert-', ''))";
  }

  @Test
  void whatAnAttackerWritesStaysText() throws IOException {
    String attack =
        "<img src=x onerror=\"window.hit=1\"></script><script>window.hit=1</script>"
            + "${window.hit=1}{{7*7}}javascript:alert(1)\ud800\u2028\u202etxt.exe";
    Path page = directory.resolve("attack.html");
    Instant start = IisEvents.START;
    Reports.of(
        List.of(
            RegistryEvent.builder()
                .timestamp(start)
                .type("change")
                .hostName(attack)
                .path("HKLM\\W3SVC\\" + attack + "\\FilterDLLs")
                .value("FilterDLLs")
                .dataStrings(attack + ".dll")
                .processName(attack)
                .build(),
            FileEvent.builder()
                .timestamp(start.plusSeconds(5))
                .type("creation")
                .hostName(attack)
                .path("C:\\inetpub\\" + attack + ".dll")
                .extension("dll")
                .processName(attack)
                .build()),
        page);
    browser.show(1200, 900, false);
    browser.open(page, "");
    assertTrue(browser.text("#incidents").contains("<img src=x onerror="));
    browser.run("document.querySelector('.problems').open = true");
    assertTrue(browser.text(".problems").contains("<script>alert(1)</script>"));
    openIncidentOf(page);
    browser.run("document.querySelectorAll('details').forEach((d) => { d.open = true; })");
    browser.run("document.querySelector('svg .mark').focus()");

    assertTrue(browser.text("h1").contains("</script><script>"));
    assertTrue(
        browser.text("h1").contains("\\u2028\\u202etxt.exe"), "what reverses a line is shown");
    assertTrue(browser.text("#tip").contains("${window.hit=1}{{7*7}}javascript:alert(1)"));
    assertNull(browser.run("return window.hit"));
    assertEquals(List.of(), browser.all("main img, main script"));
    assertEquals(List.of(), browser.complaints());
    String source = Files.readString(page);
    assertFalse(source.contains("onerror=\""), "it is not even in the file as it was sent");
  }

  @Test
  void scriptsThatAreNotOfThePageDoNotRun() throws IOException {
    Path injected = directory.resolve("injected.html");
    Files.writeString(
        injected,
        Files.readString(sample)
            .replace(
                "<footer",
                "<script>window.hit=1</script><img src=\"x\" onerror=\"window.hit=1\"><footer"));
    browser.show(1200, 900, false);
    browser.open(injected, "");
    browser.run(
        "const s = document.createElement('div'); try { s.innerHTML = '<b>x</b>'; }"
            + " catch (e) { window.refused = e.name; }");

    assertNull(browser.run("return window.hit"));
    assertEquals("TypeError", browser.run("return window.refused"));
    assertEquals(
        3,
        browser.complaints().stream().filter(text -> text.contains("Content Security")).count(),
        "the script, the picture and the markup");
  }

  @Test
  void ofAThousandEventsTheLastIsOpenedWithoutDrawingAllBeforeIt() throws IOException {
    Path page = directory.resolve("busy.html");
    List<Event> events =
        IntStream.range(0, 1000)
            .mapToObj(i -> IisEvents.load("e" + i, "WEB01", IisEvents.START.plusSeconds(i)))
            .map(Event.class::cast)
            .toList();
    Reports.of(events, page);
    browser.show(1200, 900, false);
    openIncidentOf(page);
    browser.run("document.querySelector('svg .mark').focus()");
    browser.run(
        "const all = document.querySelectorAll('svg .mark');"
            + "all[all.length - 1].dispatchEvent(new MouseEvent('click'))");
    assertTrue(browser.all("ol.events > li").size() <= 100);
    assertEquals(1, browser.all("ol.events > li > details[open]").size());
    assertEquals(List.of(), browser.complaints());
  }

  @Test
  void aSummaryOfWhatWasHeldBackHasItsOwnWords() throws IOException {
    Path page = directory.resolve("held-back.html");
    Reports.withLimit(
        2,
        IntStream.range(0, 10)
            .mapToObj(i -> IisEvents.load("e" + i, "WEB\u202e01", IisEvents.START.plusSeconds(i)))
            .toList(),
        page);
    browser.show(1200, 900, false);
    openIncidentOf(page);

    List<String> titles = texts("ol.cards > li > h3");
    assertTrue(titles.stream().anyMatch(title -> title.contains("\\u202e01")), titles.toString());
    assertEquals(titles.size(), Set.copyOf(titles).size() + 1, titles.toString());
  }

  @Test
  void theAccountOfEachLogIsThereWhenAsked() {
    browser.show(1200, 900, false);
    browser.open(sample, "");
    assertEquals(
        "1 problem while reading", browser.text(".problems summary").replaceAll(":.*", ""));
    browser.first("details.logs summary").click();
    assertTrue(browser.text("details.logs summary").startsWith("By log (1)"));
    List<String> cells =
        browser.all("details.logs tbody th, details.logs tbody td").stream()
            .map(WebElement::getText)
            .toList();
    assertEquals(List.of("<b>web.ndjson</b>", "1,241", "0", "1,234", "0", "0"), cells);
  }

  @Test
  void aWrongAddressShowsTheOverview() {
    browser.show(1200, 900, false);
    for (String hash : List.of("#main", "#/host/%zz", "#/incident/none", "#/host/none")) {
      browser.open(sample, hash);
      assertEquals("6 alerts on 1 host", browser.text("h1"), hash);
    }
    assertEquals(List.of(), browser.complaints());
  }

  @Test
  void aThousandAlertsTakeLessThanTwoMegabytesAndBeyondTheyComeInPages() throws IOException {
    Path page = directory.resolve("thousand.html");
    List<Event> events = new ArrayList<>();
    IntStream.range(0, 1000)
        .forEach(
            i ->
                events.add(
                    LibraryEvent.builder()
                        .timestamp(IisEvents.START.plus(Duration.ofMinutes(7L * i)))
                        .type("start")
                        .hostName("WEB" + i % 10)
                        .id("event-" + i)
                        .path(
                            "C:\\Users\\u"
                                + i * 7919
                                + "\\AppData\\Local\\Temp\\m"
                                + i * 31
                                + ".dll")
                        .name("m.dll")
                        .processName("w3wp.exe")
                        .build()));
    Reports.of(events, page);

    assertTrue(Files.size(page) < 2_000_000, () -> page.toFile().length() + " bytes");
    browser.show(1200, 900, false);
    browser.open(page, "");
    assertTrue(browser.text("h1").startsWith("1,000 alerts on 10 hosts"), browser.text("h1"));
    assertEquals(50, browser.all("#incidents > div > ol > li").size());
    choose("Show more incidents");
    assertEquals(100, browser.all("#incidents > div > ol > li").size());
    browser.open(page, "#/host/WEB3");
    assertEquals("WEB3", browser.text("h1"));
    assertEquals(100, browser.all("ol.events > li").size());
    assertEquals(List.of(), browser.complaints());
  }

  @Test
  void filtersAreInTheAddressAndStillThereOnTheWayBack() {
    browser.show(1200, 900, false);
    browser.open(sample, "");
    browser.first(".heat button[data-rule=registry-then-file]").click();
    assertEquals("1 incident, on 2026-03-04", browser.text("[role=status]"));
    browser.first("#by-text").sendKeys("no such host");
    assertTrue(browser.text("[role=status]").startsWith("No incident matches"));
    browser.open(sample, "#/?rule=registry-then-file&text=powershell");
    browser.first("#incidents a").click();
    browser.waitFor("document.querySelector('#h-timeline') !== null");
    browser.run("history.back()");
    browser.waitFor("document.querySelector('#by-text') !== null");

    assertEquals("powershell", browser.run("return document.querySelector('#by-text').value"));
    assertEquals("1 incident", browser.text("[role=status]"));
    browser.all(".filters button").get(0).click();
    assertEquals("", browser.run("return document.querySelector('#by-rule').value"));
  }

  @Test
  void zoomingInKeepsAnEventInSight() {
    browser.show(1200, 900, false);
    openIncidentOf(sample);
    for (int i = 0; i < 30; i++) {
      choose("Zoom in");
    }
    assertEquals(1, browser.all("svg .mark").size());
    choose("Later");
    choose("Later");
    assertEquals(0, browser.all("svg .mark").size());
    choose("Earlier");
    choose("Earlier");
    assertEquals(1, browser.all("svg .mark").size());
    browser.run("document.querySelector('svg .mark').focus()");
    String before = String.valueOf(browser.first("svg .mark").getDomAttribute("data-events"));
    browser.press(before.equals("4") ? Keys.ARROW_LEFT : Keys.ARROW_RIGHT);
    assertNotEquals(before, browser.first("svg .mark").getDomAttribute("data-events"));
    choose("Whole windows");
    assertTrue(texts("svg .window:not(.goes-on)").contains("registry-then-file: 1 h"));
    choose("All events");
    assertEquals(4, browser.all("svg .mark").size());
  }

  @Test
  void anEventSaysInWhichLogItWas() {
    browser.show(1200, 900, false);
    openIncidentOf(sample);
    browser.first("#event-1 summary").click();

    assertTrue(browser.text("#event-1").contains("Read from web.ndjson"));
  }

  @Test
  void onPaperEverythingIsUnfolded() {
    browser.show(1200, 900, false);
    openIncidentOf(sample);
    browser.run("window.dispatchEvent(new Event('beforeprint'))");
    assertEquals(0, browser.all("ol.events details:not([open])").size());
    browser.showAsPrinted(700);
    assertEquals(
        List.of(),
        browser.all(".timeline .buttons, .tools").stream()
            .filter(WebElement::isDisplayed)
            .toList());
    assertEquals(4, browser.all("svg .mark").size());
    assertNoScrollingSideways(700);
    browser.show(1200, 900, false);
    browser.run("window.dispatchEvent(new Event('afterprint'))");
    assertEquals(4, browser.all("ol.events details:not([open])").size());
  }
}
