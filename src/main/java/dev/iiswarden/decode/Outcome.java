package dev.iiswarden.decode;

/**
 * What became of a record, so that every record of a feed can be accounted for. {@link
 * Decoded#outcome()} returns it.
 */
public enum Outcome {
  /** The record became facts. */
  FACTS("decoded"),

  /** The record was read, and holds no event that a rule could match. */
  NOT_OF_INTEREST("not of interest"),

  /** The record is well formed, but its shape is not known. */
  UNRECOGNISED("unrecognised"),

  /** The record holds an event that a rule could match, but no time that can be trusted. */
  NO_TIME("no time"),

  /** The record is damaged. */
  MALFORMED("malformed");

  private final String label;

  Outcome(String label) {
    this.label = label;
  }

  /** Returns the outcome as a phrase for messages, such as {@code not of interest}. */
  public String label() {
    return label;
  }

  /** Whether the record was not read, so that an event in it would be missed. */
  public boolean isLoss() {
    return this == UNRECOGNISED || this == NO_TIME || this == MALFORMED;
  }
}
