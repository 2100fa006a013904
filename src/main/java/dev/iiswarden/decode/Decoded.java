package dev.iiswarden.decode;

import dev.iiswarden.event.Event;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The result of decoding one record: facts, nothing, or an error. An {@link EventDecoder} creates
 * it with the factory methods of this class. Immutable and safe for use by several threads.
 *
 * <p>An error is a value, not an exception, so a loop over a feed continues after a bad record. The
 * detector counts and reports errors.
 */
public final class Decoded {
  private static final Pattern NOT_PRINTABLE = Pattern.compile("[\\p{C}\\p{Zl}\\p{Zp}]");
  private static final int LONGEST_REASON = 300;
  private static final Decoded NOTHING = new Decoded(List.of(), Optional.empty(), null);
  private static final Map<Shape, Decoded> NOTHING_OF_SHAPE = new EnumMap<>(Shape.class);

  static {
    for (Shape shape : Shape.values()) {
      NOTHING_OF_SHAPE.put(shape, new Decoded(List.of(), Optional.empty(), shape));
    }
  }

  private final List<Event> events;
  private final Optional<Malformed> malformed;
  private final @Nullable Shape shape;

  private Decoded(List<Event> events, Optional<Malformed> malformed, @Nullable Shape shape) {
    this.events = events;
    this.malformed = malformed;
    this.shape = shape;
  }

  /** Returns the result for a well-formed record without an event that a rule could match. */
  public static Decoded nothing() {
    return NOTHING;
  }

  /** Returns the result for a record of one event. */
  public static Decoded of(Event event) {
    return new Decoded(List.of(event), Optional.empty(), null);
  }

  /**
   * Returns the result for a record whose event has several categories: one fact for each.
   *
   * @param facts the facts; {@link #nothing()} is returned if there are none
   * @throws IllegalArgumentException if the facts differ in host or time, because then they cannot
   *     come from one record
   */
  public static Decoded of(List<? extends Event> facts) {
    if (facts.isEmpty()) {
      return NOTHING;
    }
    List<Event> events = List.copyOf(facts);
    Event first = events.get(0);
    for (Event event : events) {
      if (!event.getTimestamp().equals(first.getTimestamp())
          || !Objects.equals(event.getHost().getName(), first.getHost().getName())) {
        throw new IllegalArgumentException(
            "the facts of one record must have the same host and time");
      }
    }
    return new Decoded(events, Optional.empty(), null);
  }

  /**
   * Returns the result for a record that cannot be decoded.
   *
   * @param reason what is wrong, as a phrase; it is cut after 300 characters and control characters
   *     are replaced by question marks
   * @param line the record's line in its input, from 1; 0 if unknown
   * @param column the position in the record, in bytes from 1; 0 if the error concerns the whole
   *     record
   */
  public static Decoded malformed(String reason, long line, int column) {
    // The reason may quote the record. It must not bring control characters into a log or a
    // terminal, and the quoted text may be long.
    String brief =
        reason.length() > LONGEST_REASON ? reason.substring(0, LONGEST_REASON) + "…" : reason;
    String printable = NOT_PRINTABLE.matcher(brief).replaceAll("?");
    return new Decoded(List.of(), Optional.of(new Malformed(printable, line, column)), null);
  }

  /** Returns the same result for a record of the given shape. */
  Decoded as(Shape shape) {
    return this == NOTHING
        ? Objects.requireNonNull(NOTHING_OF_SHAPE.get(shape))
        : new Decoded(events, malformed, shape);
  }

  /**
   * Returns the shape as which the record was decoded. It is empty if the record could not be
   * parsed or if the decoder is not one of iiswarden's own.
   */
  public Optional<Shape> shape() {
    return Optional.ofNullable(shape);
  }

  /** Returns the facts; empty if the record holds no event of interest or is malformed. */
  public List<Event> events() {
    return events;
  }

  /** Returns the error; empty if the record was decoded. */
  public Optional<Malformed> malformed() {
    return malformed;
  }

  /**
   * Why a record could not be decoded, and where.
   *
   * @param reason what is wrong, as a phrase
   * @param line the record's line in its input, from 1; 0 if unknown
   * @param column the position in the record, in bytes from 1; 0 if the error concerns the whole
   *     record
   */
  public record Malformed(String reason, long line, int column) {
    @Override
    public String toString() {
      return (line > 0 ? "line " + line + ": " : "")
          + (column > 0 ? "column " + column + ": " : "")
          + reason;
    }
  }
}
