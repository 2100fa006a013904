package dev.iiswarden.sink;

import dev.iiswarden.alert.Alert;
import dev.iiswarden.alert.AlertFormat;
import dev.iiswarden.alert.AlertSink;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * A sink that logs each alert as one line of JSON to the logger {@code dev.iiswarden.alerts}.
 * Critical and high alerts are logged as errors, medium ones as warnings, all others as
 * information. Create it with a constructor. Safe for use by several threads.
 */
public final class Slf4jSink implements AlertSink {
  private static final Logger ALERTS = LoggerFactory.getLogger("dev.iiswarden.alerts");

  private final AlertFormat format;

  /** Creates a sink that logs ECS. */
  public Slf4jSink() {
    this(AlertFormat.ECS);
  }

  /** Creates a sink that logs the given format. */
  public Slf4jSink(AlertFormat format) {
    this.format = format;
  }

  @Override
  public void accept(Alert alert) {
    ALERTS.atLevel(level(alert.rule().severity())).log("{}", format.toJson(alert));
  }

  private static Level level(String severity) {
    return switch (severity) {
      case "critical", "high" -> Level.ERROR;
      case "medium" -> Level.WARN;
      default -> Level.INFO;
    };
  }

  @Override
  public String toString() {
    return "SLF4J sink";
  }
}
