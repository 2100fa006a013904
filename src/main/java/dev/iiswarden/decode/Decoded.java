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
 * What became of one record: facts, nothing, or an error. Immutable.
 *
 * <p>An error is a value, not an exception, so that a loop over a feed goes on past a bad record
 * without having to think of it; the detector counts and reports it.
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

  /** A well-formed record that holds no event any rule could speak of. */
  public static Decoded nothing() {
    return NOTHING;
  }

  /** A record that holds one event. */
  public static Decoded of(Event event) {
    return new Decoded(List.of(event), Optional.empty(), null);
  }

  /**
   * A record that is an event of several categories: one fact for each.
   *
   * @throws IllegalArgumentException if the facts differ in host or time, and so are not of one
   *     record
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
        throw new IllegalArgumentException("facts of one record have one host and one time");
      }
    }
    return new Decoded(events, Optional.empty(), null);
  }

  /**
   * A record that cannot be understood.
   *
   * @param reason what is wrong, as a phrase; only its beginning is kept if it is long
   * @param line the record's line in its input, from 1; 0 if unknown
   * @param column where in the record, in bytes from 1; 0 if it is about the record as a whole
   */
  public static Decoded malformed(String reason, long line, int column) {
    // It may quote the record, whose control characters are not to reach a log or a terminal, and
    // which may be long.
    String brief =
        reason.length() > LONGEST_REASON ? reason.substring(0, LONGEST_REASON) + "…" : reason;
    String printable = NOT_PRINTABLE.matcher(brief).replaceAll("?");
    return new Decoded(List.of(), Optional.of(new Malformed(printable, line, column)), null);
  }

  /** The same, taken from a record of the given shape. */
  Decoded as(Shape shape) {
    return this == NOTHING
        ? Objects.requireNonNull(NOTHING_OF_SHAPE.get(shape))
        : new Decoded(events, malformed, shape);
  }

  /**
   * What shape the record was taken for; empty if it was none of ours, or could not even be read.
   */
  public Optional<Shape> shape() {
    return Optional.ofNullable(shape);
  }

  /** The facts, none if there is nothing of interest or an error. */
  public List<Event> events() {
    return events;
  }

  /** The error, if the record could not be understood. */
  public Optional<Malformed> malformed() {
    return malformed;
  }

  /**
   * Why a record could not be understood, and where.
   *
   * @param reason what is wrong, as a phrase
   * @param line the record's line in its input, from 1; 0 if unknown
   * @param column where in the record, in bytes from 1; 0 if it is about the record as a whole
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
