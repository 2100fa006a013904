package dev.iiswarden.examples;

import dev.iiswarden.Detector;
import dev.iiswarden.RulesWatch;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import java.nio.file.Path;

/** Rules that are reloaded when they change, with a meter for rejected changes. */
final class WatchedRules {
  private WatchedRules() {}

  static RulesWatch start(Path directory, Detector detector, MeterRegistry registry) {
    // @start region=rules-refused
    RulesWatch watch = RulesWatch.start(directory, detector);
    FunctionCounter.builder("iiswarden.rules.refused", watch, RulesWatch::refused)
        .register(registry);
    // @end
    return watch;
  }
}
