package dev.iiswarden.scenario;

import java.util.List;

/**
 * Thrown when a scenario file cannot be read, or names a rule that does not exist. The message says
 * what is wrong and where.
 */
public final class ScenarioException extends RuntimeException {
  private static final long serialVersionUID = 1;

  ScenarioException(List<String> problems) {
    super(String.join(System.lineSeparator(), problems));
  }
}
