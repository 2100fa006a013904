package dev.iiswarden.examples;

import dev.iiswarden.Detector;
import dev.iiswarden.decode.EventDecoder;
import dev.iiswarden.decode.EventDecoders;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.core.LogEvent;
import org.apache.logging.log4j.core.LoggerContext;
import org.apache.logging.log4j.core.appender.AbstractAppender;
import org.apache.logging.log4j.core.config.Configuration;
import org.apache.logging.log4j.core.config.LoggerConfig;
import org.apache.logging.log4j.core.config.Property;

/** A pipeline in which each Windows event is the message of a log event. */
final class Log4jPipeline {
  private Log4jPipeline() {}

  // @start region=log4j-appender
  /** Hands the messages of a logger to a detector. */
  static final class DetectorAppender extends AbstractAppender {
    private final EventDecoder decoder = EventDecoders.auto();
    private final Detector detector;

    DetectorAppender(Detector detector) {
      super("iiswarden", null, null, true, Property.EMPTY_ARRAY);
      this.detector = detector;
    }

    @Override
    public void append(LogEvent event) {
      detector.accept(decoder.decode(event.getMessage().getFormattedMessage()));
    }
  }

  /** Sends everything that is logged to a logger to the detector, and nowhere else. */
  static void detect(LoggerContext context, String logger, Detector detector) {
    attach(context, logger, detector);
    context.addPropertyChangeListener( // a reloaded configuration lacks our appender
        change -> {
          if (change.getPropertyName().equals(LoggerContext.PROPERTY_CONFIG)) {
            attach(context, logger, detector);
          }
        });
  }

  private static void attach(LoggerContext context, String logger, Detector detector) {
    Configuration configuration = context.getConfiguration();
    if (configuration.getLoggerConfig(logger).getAppenders().containsKey("iiswarden")) {
      return;
    }
    DetectorAppender appender = new DetectorAppender(detector);
    appender.start();
    LoggerConfig events = new LoggerConfig(logger, Level.ALL, false);
    events.addAppender(appender, Level.ALL, null);
    configuration.removeLogger(logger);
    configuration.addLogger(logger, events);
    context.updateLoggers();
  }

  // @end
}
