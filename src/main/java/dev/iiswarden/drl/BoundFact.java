package dev.iiswarden.drl;

import org.jspecify.annotations.Nullable;

/** A place among a rule's conditions that a fact takes. Compares by identity. */
final class BoundFact {
  private final @Nullable String variable;
  private final Class<?> type;
  private final long windowMillis;

  /**
   * Creates a place.
   *
   * @param variable the variable of the fact; null if it has none
   * @param windowMillis the length of the sliding window; 0 for none
   */
  BoundFact(@Nullable String variable, Class<?> type, long windowMillis) {
    this.variable = variable;
    this.type = type;
    this.windowMillis = windowMillis;
  }

  @Nullable String variable() {
    return variable;
  }

  Class<?> type() {
    return type;
  }

  long windowMillis() {
    return windowMillis;
  }
}
