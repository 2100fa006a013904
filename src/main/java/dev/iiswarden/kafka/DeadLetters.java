package dev.iiswarden.kafka;

/**
 * The names of the headers that a record in the dead-letter topic has. Such a record is an input
 * record that was lost: it is malformed, of no known shape, or without a time. It keeps its value
 * and its own headers, and these headers say why and where it failed. A message of several records
 * of which any was lost is one dead letter, and the headers are about the first one that was lost.
 * All their values are UTF-8 text. Constants only, so safe for use by several threads.
 */
public final class DeadLetters {
  /**
   * The cause: {@code unrecognised}, {@code no time} or {@code malformed}, the {@link
   * dev.iiswarden.decode.Outcome#label() label} of the outcome.
   */
  public static final String CAUSE = "iiswarden.cause";

  /** The number of records of the message that were lost, in decimal digits. */
  public static final String LOST = "iiswarden.lost";

  /** What is wrong with the record. */
  public static final String REASON = "iiswarden.reason";

  /** The topic of the input record. */
  public static final String TOPIC = "iiswarden.topic";

  /** The partition of the input record, in decimal digits. */
  public static final String PARTITION = "iiswarden.partition";

  /** The offset of the input record, in decimal digits. */
  public static final String OFFSET = "iiswarden.offset";

  /**
   * Which part of the message this is, as {@code 2/3}; missing if it is the whole message. A
   * message that would not fit into a record of the dead-letter topic is divided into several
   * records. The values of all its parts, one after the other, are its value.
   */
  public static final String PART = "iiswarden.part";

  private DeadLetters() {}
}
