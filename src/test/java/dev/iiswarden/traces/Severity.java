package dev.iiswarden.traces;

import dev.iiswarden.alert.Alert;
import java.util.List;
import java.util.Locale;

/** How loudly a trace speaks, from nothing at all to a high alert. */
enum Severity {
  NONE,
  LOW,
  MEDIUM,
  HIGH;

  /** Reads {@code none}, {@code low}, {@code medium} or {@code high}; critical counts as high. */
  static Severity parse(String text) {
    return text.equals("critical") ? HIGH : valueOf(text.toUpperCase(Locale.ROOT));
  }

  static Severity of(Alert alert) {
    return parse(alert.rule().severity());
  }

  static Severity highest(List<Alert> alerts) {
    return alerts.stream().map(Severity::of).reduce(NONE, Severity::max);
  }

  boolean isAtLeast(Severity other) {
    return compareTo(other) >= 0;
  }

  static Severity max(Severity one, Severity other) {
    return one.isAtLeast(other) ? one : other;
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
