package dev.iiswarden.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.iiswarden.Detector;
import dev.iiswarden.inventory.Inventory;
import dev.iiswarden.sink.InMemorySink;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class InventoryComparisonTest {
  private static String sample(String name) throws Exception {
    return Files.readString(Path.of("src", "samples", name));
  }

  @Test
  void whatIsNewInARecordIsARegistration() throws Exception {
    String before = sample("web01.applicationHost.before.config");
    String after = sample("web01.applicationHost.config");
    Instant monday = Instant.parse("2026-03-02T06:00:00Z");
    Instant tuesday = Instant.parse("2026-03-03T06:00:00Z");
    InMemorySink sink = new InMemorySink();
    try (Detector detector = Detector.builder().sink(sink).build()) {
      Inventory first =
          Inventory.read(
              "WEB01",
              monday,
              List.of(Path.of("src", "samples", "web01.applicationHost.before.config")));
      Inventory second = InventoryComparison.take("WEB01", monday, before, first, detector);
      InventoryComparison.take("WEB01", tuesday, after, second, detector);
    }

    assertEquals(
        List.of(
            "registration-unusual-image",
            "registration-configuration-log",
            "registration-configuration-log",
            "registration-unusual-image",
            "registration-configuration-log"),
        sink.alerts().stream().map(alert -> alert.rule().id()).toList());
    assertEquals(
        List.of(tuesday),
        sink.alerts().stream().map(alert -> alert.timestamp()).distinct().toList());
  }
}
