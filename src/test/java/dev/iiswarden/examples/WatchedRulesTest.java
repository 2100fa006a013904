package dev.iiswarden.examples;

import dev.iiswarden.Detector;
import dev.iiswarden.RulesWatch;
import dev.iiswarden.testing.Await;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WatchedRulesTest {
  @TempDir private Path directory;

  @Test
  void rulesThatAreNoGoodAreCounted() throws Exception {
    Files.writeString(directory.resolve("broken.drl"), "rule \"broken\" when");
    MeterRegistry registry = new SimpleMeterRegistry();
    try (Detector detector = Detector.builder().build();
        RulesWatch watch = WatchedRules.start(directory, detector, registry)) {
      Await.until(() -> registry.get("iiswarden.rules.refused").functionCounter().count() == 1);
      // and the watch is still there
      Files.delete(directory.resolve("broken.drl"));
      Files.copy(Path.of("rules-drl", "registry-then-file.drl"), directory.resolve("registry.drl"));
      Await.until(() -> watch.reloaded() == 1);
    }
  }
}
