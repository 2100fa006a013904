package dev.iiswarden.examples;

import dev.iiswarden.Detector;
import dev.iiswarden.DetectorBuilder;
import dev.iiswarden.StateDirectory;
import dev.iiswarden.alert.AlertSink;
import dev.iiswarden.decode.EventDecoder;
import dev.iiswarden.decode.EventDecoders;
import dev.iiswarden.metrics.DetectorMetrics;
import dev.iiswarden.sink.JsonLinesSink;
import dev.iiswarden.sink.QueuedSink;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** A Spring Boot application: detector, sinks and state are beans. */
// @start region=spring-beans
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration
class SpringApplicationExample {

  /** Every bean that is a sink gets every alert; Spring closes the detector before them. */
  @Bean
  Detector detector(List<AlertSink> sinks, @Value("${iiswarden.lateness:35s}") Duration lateness) {
    DetectorBuilder builder = Detector.builder().lateness(lateness);
    sinks.forEach(builder::sink);
    return builder.build();
  }

  @Bean
  JsonLinesSink alertsFile(@Value("${iiswarden.alerts}") Path file) throws IOException {
    return new JsonLinesSink(file);
  }

  @Bean
  QueuedSink caseManagement(CaseManagement cases) {
    return new QueuedSink(alert -> cases.open(alert.id(), alert.toJson()), 10_000);
  }

  /** Spring Boot binds it to the registry it has. */
  @Bean
  DetectorMetrics detectorMetrics(Detector detector) {
    return new DetectorMetrics(detector);
  }

  @Bean
  StateDirectory stateDirectory(@Value("${iiswarden.state}") Path directory) throws IOException {
    return StateDirectory.open(directory);
  }

  @Bean
  Detection detection(Detector detector, StateDirectory state) {
    return new Detection(detector, state);
  }

  // @end

  /** Where the alerts of this application become work for somebody; the application's own. */
  interface CaseManagement {
    /** Opens a case; one that is there already stays as it is. */
    void open(String id, String json);
  }

  // @start region=spring-lifecycle
  /** Listeners call it; it restores the state before they start, and saves it after they stop. */
  static final class Detection implements SmartLifecycle {
    private final EventDecoder decoder = EventDecoders.auto();
    private final Detector detector;
    private final StateDirectory state;
    private volatile boolean running;

    Detection(Detector detector, StateDirectory state) {
      this.detector = detector;
      this.state = state;
    }

    void onMessage(byte[] body) {
      detector.accept(decoder.decode(body));
    }

    @Override
    public void start() {
      try {
        state.restore(detector);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      running = true;
    }

    @Override
    public void stop() {
      running = false;
      try {
        state.save(detector, "");
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    @Override
    public boolean isRunning() {
      return running;
    }

    @Override
    public int getPhase() {
      return 0; // listeners of Spring have higher ones: they start later and stop earlier
    }
  }
  // @end
}
