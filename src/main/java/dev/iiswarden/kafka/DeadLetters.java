package dev.iiswarden.kafka;

/**
 * The names of the headers that a record in the dead-letter topic has. Such a record is an input
 * record that could not be decoded. It keeps its value and its own headers, and these headers say
 * why and where it failed. All their values are UTF-8 text. Constants only, so safe for use by
 * several threads.
 */
public final class DeadLetters {
  /** The reason why the record could not be decoded. */
  public static final String REASON = "iiswarden.reason";

  /** The topic of the input record. */
  public static final String TOPIC = "iiswarden.topic";

  /** The partition of the input record, in decimal digits. */
  public static final String PARTITION = "iiswarden.partition";

  /** The offset of the input record, in decimal digits. */
  public static final String OFFSET = "iiswarden.offset";

  private DeadLetters() {}
}
