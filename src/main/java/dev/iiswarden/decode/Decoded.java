package dev.iiswarden.decode;

import dev.iiswarden.event.Event;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The result of decoding one record: facts, nothing, or an error. An {@link EventDecoder} creates
 * it with the factory methods of this class. Immutable and safe for use by several threads.
 *
 * <p>An error is a value, not an exception, so a loop over a feed continues after a bad record. The
 * detector counts and reports errors.
 *
 * <p>Collectors put several records into one document, for example {@code {"records": [...]}}. Its
 * result has one {@linkplain #records() result for each}.
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

  /** Empty unless the record is a document of several records. */
  private final List<Decoded> records;

  private Decoded(List<Event> events, Optional<Malformed> malformed, @Nullable Shape shape) {
    this.events = events;
    this.malformed = malformed;
    this.shape = shape;
    records = List.of();
  }

  private Decoded(List<Decoded> records) {
    this.records = records;
    events = records.stream().flatMap(record -> record.events.stream()).toList();
    malformed = records.stream().flatMap(record -> record.malformed.stream()).findFirst();
    shape =
        records.stream()
            .map(record -> record.shape)
            .filter(Objects::nonNull)
            .findFirst()
            .orElse(null);
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
   * Returns the result for a document of several records, such as an array.
   *
   * @param records the result for each of them, in their order; {@link #nothing()} is returned if
   *     there are none, and the result itself if there is one
   */
  public static Decoded ofRecords(List<Decoded> records) {
    List<Decoded> flat = records.stream().flatMap(record -> record.records().stream()).toList();
    return switch (flat.size()) {
      case 0 -> NOTHING;
      case 1 -> flat.get(0);
      default -> new Decoded(flat);
    };
  }

  /**
   * Returns the result for a damaged record.
   *
   * @param reason what is wrong, as a phrase; it is cut after 300 characters and control characters
   *     are replaced by question marks
   * @param line the record's line in its input, from 1; 0 if unknown
   * @param column the position in the record, in bytes from 1; 0 if the error concerns the whole
   *     record
   */
  public static Decoded malformed(String reason, long line, int column) {
    return lost(Outcome.MALFORMED, reason, line, column);
  }

  /**
   * Returns the result for a record of an unknown shape.
   *
   * @param reason what was expected and not found, as a phrase; treated as by {@link #malformed}
   * @param line the record's line in its input, from 1; 0 if unknown
   */
  public static Decoded unrecognised(String reason, long line) {
    return lost(Outcome.UNRECOGNISED, reason, line, 0);
  }

  /**
   * Returns the result for a record whose event has no time that can be trusted.
   *
   * @param reason what was found instead, as a phrase; treated as by {@link #malformed}
   * @param line the record's line in its input, from 1; 0 if unknown
   */
  public static Decoded withoutTime(String reason, long line) {
    return lost(Outcome.NO_TIME, reason, line, 0);
  }

  private static Decoded lost(Outcome outcome, String reason, long line, int column) {
    // The reason may quote the record. It must not bring control characters into a log or a
    // terminal, and the quoted text may be long.
    String brief =
        reason.length() > LONGEST_REASON ? reason.substring(0, LONGEST_REASON) + "…" : reason;
    String printable = NOT_PRINTABLE.matcher(brief).replaceAll("?");
    return new Decoded(
        List.of(), Optional.of(new Malformed(outcome, printable, "", line, column, "")), null);
  }

  /** Returns the same result with the text of the record, if it is lost and has none yet. */
  Decoded withText(Supplier<String> text) {
    if (malformed.isEmpty()) {
      return this;
    }
    // One copy for all records of a document, which may be very many.
    String whole = text.get();
    return with(lost -> lost.record.isEmpty() ? lost.withRecord(whole) : lost);
  }

  /** Returns the same result with the name of the log, if the record is lost. */
  Decoded in(String log) {
    return with(lost -> lost.withLog(log));
  }

  private Decoded with(UnaryOperator<Malformed> change) {
    if (malformed.isEmpty()) {
      return this;
    }
    return records.isEmpty()
        ? new Decoded(events, malformed.map(change), shape)
        : new Decoded(records.stream().map(record -> record.with(change)).toList());
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

  /**
   * Returns the facts; empty if the record holds no event of interest or was lost. For a document
   * of several records, the facts of all of them.
   */
  public List<Event> events() {
    return events;
  }

  /**
   * Returns why the record was lost: it is malformed, has no time, or was not recognised. Empty if
   * it was read. For a document of several records, the first that was lost.
   */
  public Optional<Malformed> malformed() {
    return malformed;
  }

  /** Returns what became of the record. For a document of several records, of the first. */
  public Outcome outcome() {
    if (!records.isEmpty()) {
      return records.get(0).outcome();
    }
    if (malformed.isPresent()) {
      return malformed.get().outcome();
    }
    return events.isEmpty() ? Outcome.NOT_OF_INTEREST : Outcome.FACTS;
  }

  /**
   * Returns the results for the records of the document, in their order; only this result if the
   * record holds no others.
   */
  public List<Decoded> records() {
    return records.isEmpty() ? List.of(this) : records;
  }

  /** Whether the record is a document of several records. */
  public boolean isSeveral() {
    return !records.isEmpty();
  }

  /**
   * A record that was lost: why, where, and the record itself.
   *
   * @param outcome {@link Outcome#MALFORMED}, {@link Outcome#NO_TIME} or {@link
   *     Outcome#UNRECOGNISED}
   * @param reason what is wrong, as a phrase
   * @param log the name of the log; empty if unknown
   * @param line the record's line in its input, from 1; 0 if unknown
   * @param column the position in the record, in bytes from 1; 0 if the error concerns the whole
   *     record
   * @param record the text of the record; empty if unknown, for example because it is too long
   */
  public record Malformed(
      Outcome outcome, String reason, String log, long line, int column, String record) {

    private Malformed withRecord(String text) {
      return new Malformed(outcome, reason, log, line, column, text);
    }

    private Malformed withLog(String name) {
      return new Malformed(outcome, reason, name, line, column, record);
    }

    /** Returns the place and the reason, such as {@code iis.xml: line 7: not valid XML}. */
    @Override
    public String toString() {
      return (log.isEmpty() ? "" : log + ": ")
          + (line > 0 ? "line " + line + ": " : "")
          + (column > 0 ? "column " + column + ": " : "")
          + reason;
    }
  }
}
