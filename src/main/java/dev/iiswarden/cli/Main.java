package dev.iiswarden.cli;

import java.io.IOException;
import java.io.InputStream;
import java.util.Properties;

/** The program's entry point. */
public final class Main {
  private Main() {}

  /** Runs the program and ends the JVM with its exit code. */
  public static void main(String[] args) {
    logBrieflyToStandardError();
    String[] arguments = FileNames.arguments(args);
    System.exit(
        PlainReplay.isAskedForBy(arguments) ? PlainReplay.run(arguments) : Commands.run(arguments));
  }

  /** Set here because a file in the jar would change the logging of embedding applications. */
  private static void logBrieflyToStandardError() {
    System.setProperty("org.slf4j.simpleLogger.defaultLogLevel", "warn");
    System.setProperty("org.slf4j.simpleLogger.showThreadName", "false");
    System.setProperty("org.slf4j.simpleLogger.showShortLogName", "true");
    System.setProperty("org.slf4j.simpleLogger.levelInBrackets", "true");
    System.setProperty("org.slf4j.simpleLogger.log.dev.iiswarden.ContentWatch", "info");
    System.setProperty("org.slf4j.simpleLogger.log.dev.iiswarden.kafka.PublishedRules", "info");
    // It recommends settings for Kafka's next major release at every start.
    System.setProperty(
        "org.slf4j.simpleLogger.log.org.apache.kafka.streams.StreamsConfig", "error");
    // The program itself reports what these log: alerts that a sink rejects, and errors in rules,
    // with their file.
    System.setProperty("org.slf4j.simpleLogger.log.dev.iiswarden.alert.Outbox", "off");
    System.setProperty(
        "org.slf4j.simpleLogger.log.org.drools.compiler.kie.builder.impl.KieProject", "off");
  }

  /** The version Maven built. */
  static String version() throws IOException {
    Properties properties = new Properties();
    try (InputStream in =
        Main.class.getResourceAsStream("/META-INF/maven/dev.iiswarden/iiswarden/pom.properties")) {
      if (in != null) {
        properties.load(in);
      }
    }
    return properties.getProperty("version", "(not packaged)");
  }
}
