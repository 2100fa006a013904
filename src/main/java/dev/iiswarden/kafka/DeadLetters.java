package dev.iiswarden.kafka;

/**
 * The headers of a record in the topic of dead letters: a record of the input that could not be
 * decoded, as it came, with the headers it had, and why. All values are UTF-8 texts.
 */
public final class DeadLetters {
  /** What is wrong. */
  public static final String REASON = "iiswarden.reason";

  /** The topic it came from. */
  public static final String TOPIC = "iiswarden.topic";

  /** The partition of that topic, in decimal digits. */
  public static final String PARTITION = "iiswarden.partition";

  /** The offset in that partition, in decimal digits. */
  public static final String OFFSET = "iiswarden.offset";

  private DeadLetters() {}
}
