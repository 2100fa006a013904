package dev.iiswarden.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.iiswarden.Detector;
import dev.iiswarden.examples.SpringApplicationExample.CaseManagement;
import dev.iiswarden.examples.SpringApplicationExample.Detection;
import io.micrometer.core.instrument.MeterRegistry;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentSkipListSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.Banner;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

class SpringApplicationExampleTest {
  private static final String LOGGING = "org.springframework.boot.logging.LoggingSystem";

  @TempDir private Path directory;

  private final Set<String> cases = new ConcurrentSkipListSet<>();

  /** Spring Boot must not configure the logging of the tests. */
  @BeforeEach
  void leaveLoggingAlone() {
    System.setProperty(LOGGING, "none");
  }

  @AfterEach
  void forgetLogging() {
    System.clearProperty(LOGGING);
  }

  private ConfigurableApplicationContext start() {
    return new SpringApplicationBuilder(SpringApplicationExample.class)
        .web(WebApplicationType.NONE)
        .bannerMode(Banner.Mode.OFF)
        .logStartupInfo(false)
        .registerShutdownHook(false)
        .properties(
            "iiswarden.lateness=1h",
            "iiswarden.alerts=" + directory.resolve("alerts.ndjson"),
            "iiswarden.state=" + directory.resolve("state"))
        .initializers(
            context ->
                context
                    .getBeanFactory()
                    .registerSingleton(
                        "cases",
                        (CaseManagement)
                            (id, json) -> assertTrue(cases.add(id) || json.length() > 0)))
        .run();
  }

  private static void feed(ConfigurableApplicationContext context, List<String> lines) {
    Detection detection = context.getBean(Detection.class);
    assertTrue(detection.isRunning());
    lines.forEach(line -> detection.onMessage(line.getBytes(StandardCharsets.UTF_8)));
  }

  @Test
  void beansDetectAndWhatIsOpenOutlivesTheApplication() throws Exception {
    List<String> all = SampleLines.all();
    Detector first;
    try (ConfigurableApplicationContext context = start()) {
      first = context.getBean(Detector.class);
      feed(context, all.subList(0, all.size() / 3));
    }
    assertThrows(IllegalStateException.class, first::flush, "Spring has closed the detector");
    assertFalse(cases.equals(SampleLines.alertIds()));
    try (ConfigurableApplicationContext context = start()) {
      feed(context, all.subList(all.size() / 3, all.size()));
    }
    assertEquals(SampleLines.alertIds(), new TreeSet<>(cases));
    assertEquals(
        SampleLines.alertIds(), SampleLines.alertIdsIn(directory.resolve("alerts.ndjson")));
  }

  @Test
  void metersAreInTheRegistryOfTheApplication() throws Exception {
    try (ConfigurableApplicationContext context = start()) {
      feed(context, SampleLines.all());
      MeterRegistry registry = context.getBean(MeterRegistry.class);
      // The meters look at the detector once a second at most.
      Thread.sleep(1_100);
      assertEquals(
          SampleLines.all().size(), registry.get("iiswarden.events").functionCounter().count());
    }
  }
}
