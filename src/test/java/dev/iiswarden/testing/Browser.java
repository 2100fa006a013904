package dev.iiswarden.testing;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.deque.html.axecore.results.Results;
import com.deque.html.axecore.results.Rule;
import com.deque.html.axecore.selenium.AxeBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.logging.Level;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.openqa.selenium.By;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.TimeoutException;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;
import org.openqa.selenium.support.ui.WebDriverWait;

/** A real browser without a window: Chromium, if it is installed. */
public final class Browser implements AutoCloseable {
  private static final List<Path> PROGRAMS =
      List.of(Path.of("/usr/bin/chromium"), Path.of("/usr/bin/google-chrome"));

  private static final Path DRIVER = Path.of("/usr/bin/chromedriver");

  private final ChromeDriver driver;

  private Browser(ChromeDriver driver) {
    this.driver = driver;
  }

  /** Starts the browser. If there is none, the calling test is skipped with a message. */
  public static Browser start() {
    List<Path> programs = PROGRAMS.stream().filter(Files::isExecutable).toList();
    assumeTrue(
        !programs.isEmpty() && Files.isExecutable(DRIVER),
        "no Chromium with its driver on this machine: apt-get install chromium chromium-driver");
    LoggingPreferences logs = new LoggingPreferences();
    logs.enable(LogType.BROWSER, Level.ALL);
    ChromeOptions options = new ChromeOptions();
    options.setBinary(programs.get(0).toFile());
    options.addArguments(
        "--headless",
        "--no-sandbox",
        "--disable-gpu",
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        "--disable-dev-shm-usage");
    options.setCapability("goog:loggingPrefs", logs);
    ChromeDriverService service =
        new ChromeDriverService.Builder().usingDriverExecutable(DRIVER.toFile()).build();
    return new Browser(new ChromeDriver(service, options));
  }

  /** Opens one of our pages and waits until its scripts have drawn it. */
  public void open(Path page, String hash) {
    driver.get("about:blank");
    driver.get(page.toAbsolutePath().toUri() + hash);
    waitFor("document.documentElement.dataset.ready === 'true'");
  }

  /** Opens a page that needs no script. */
  public void open(Path page) {
    driver.get(page.toAbsolutePath().toUri().toString());
  }

  /** Waits until a JavaScript expression is true. */
  public void waitFor(String condition) {
    try {
      new WebDriverWait(driver, Duration.ofSeconds(20))
          .until(unused -> Boolean.TRUE.equals(run("return " + condition)));
    } catch (TimeoutException e) {
      throw new AssertionError("never true: " + condition + "; " + complaints(), e);
    }
  }

  /** Runs JavaScript. */
  public @Nullable Object run(String script, Object... arguments) {
    return driver.executeScript(script, arguments);
  }

  /** The whole number that a JavaScript expression is. */
  public int number(String expression) {
    return ((Number) Objects.requireNonNull(run("return " + expression), expression)).intValue();
  }

  /** Presses keys, wherever the focus is. */
  public void press(CharSequence... keys) {
    for (CharSequence key : keys) {
      driver.switchTo().activeElement().sendKeys(key);
    }
  }

  /** The elements that a CSS selector finds. */
  public List<WebElement> all(String selector) {
    return driver.findElements(By.cssSelector(selector));
  }

  /** The first element that a CSS selector finds. */
  public WebElement first(String selector) {
    return driver.findElement(By.cssSelector(selector));
  }

  /** The visible text of the first element that a CSS selector finds. */
  public String text(String selector) {
    return first(selector).getText();
  }

  /** The errors and blocked content that the browser reported since the last call. */
  public List<String> complaints() {
    return driver.manage().logs().get(LogType.BROWSER).getAll().stream()
        .filter(entry -> entry.getLevel().intValue() >= Level.WARNING.intValue())
        .map(LogEntry::toString)
        .toList();
  }

  /** Sets the width of the page and the theme that the system asks for. */
  public void show(int width, int height, boolean dark) {
    driver.executeCdpCommand(
        "Emulation.setDeviceMetricsOverride",
        Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", width < 500));
    driver.executeCdpCommand(
        "Emulation.setEmulatedMedia",
        Map.of(
            "media",
            "",
            "features",
            List.of(Map.of("name", "prefers-color-scheme", "value", dark ? "dark" : "light"))));
  }

  /** Shows the page as it prints on paper of this width. */
  public void showAsPrinted(int width) {
    show(width, 1000, false);
    driver.executeCdpCommand("Emulation.setEmulatedMedia", Map.of("media", "print"));
  }

  /**
   * The violations that axe finds of WCAG 2.2 up to level AA and of its best practices, each with
   * its place.
   */
  public List<String> violations() {
    Results results =
        new AxeBuilder()
            .withTags(
                List.of("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"))
            .analyze(driver);
    Stream<String> violations = results.getViolations().stream().map(Browser::describe);
    return results.isErrored()
        ? Stream.concat(violations, Stream.of(results.getErrorMessage())).toList()
        : violations.toList();
  }

  private static String describe(Rule rule) {
    return rule.getId()
        + ": "
        + rule.getNodes().stream().limit(3).map(node -> node.getHtml()).toList();
  }

  /** A picture of the whole page. */
  public void photograph(Path file) throws IOException {
    int height = number("document.documentElement.scrollHeight");
    int width = number("window.innerWidth");
    driver.executeCdpCommand(
        "Emulation.setDeviceMetricsOverride",
        Map.of(
            "width",
            width,
            "height",
            Math.min(height, 12_000),
            "deviceScaleFactor",
            1,
            "mobile",
            width < 500));
    Files.write(file, driver.getScreenshotAs(OutputType.BYTES));
  }

  @Override
  public void close() {
    driver.quit();
  }
}
