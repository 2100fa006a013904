package dev.iiswarden.event;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One endpoint event as a fact: what every kind of event carries, under the field names of the
 * Elastic Common Schema. The kind is the subclass: {@link RegistryEvent}, {@link FileEvent}, {@link
 * LibraryEvent}, {@link ProcessEvent}, {@link ConfigurationEvent}, {@link ScriptBlockEvent}, {@link
 * ModuleLoadFailureEvent}.
 *
 * <p>In a rule a field reads as it does in EQL: {@code event.type}, {@code host.name}, {@code
 * process.name}. A field set that the event does not have is empty, never null, so such a path is
 * always safe to follow; a single value that is missing is null, a list that is missing is empty.
 *
 * <p>Events are immutable: build them with the subclass's {@code builder()} or let a decoder do it.
 * The public constructors without arguments exist only so that what reads events back from a
 * snapshot, a host store or a topic, and KIE test scenarios ({@code .scesim}), can fill the fields
 * by reflection; such an event has no fields at all until then. Events compare by identity, because
 * the same event sent twice is two events. Safe for use by several threads.
 */
public abstract class Event implements Cloneable {

  /**
   * The order of a host's stream: {@code @timestamp} to the nanosecond, then {@code event.sequence}
   * with events that have none last, then arrival. Elasticsearch EQL orders by timestamp and
   * tiebreaker field in the same way ("EQL search reference", section "Specify a sort tiebreaker").
   */
  public static final Comparator<Event> STREAM_ORDER =
      Comparator.comparing(Event::getTimestamp)
          .thenComparing(
              event -> event.getEvent().getSequence(),
              Comparator.nullsLast(Comparator.naturalOrder()))
          .thenComparingLong(event -> event.arrival);

  /** The earliest time an event can bear: the beginning of year 0. */
  public static final Instant EARLIEST = Instant.parse("0000-01-01T00:00:00Z");

  /** The latest time an event can bear: the end of year 9999. */
  public static final Instant LATEST = Instant.parse("9999-12-31T23:59:59.999999999Z");

  private static final EventFields NO_EVENT = new EventFields();
  private static final HostFields NO_HOST = new HostFields();
  private static final ProcessFields NO_PROCESS = new ProcessFields();
  private static final UserFields NO_USER = new UserFields();

  private @Nullable Instant timestamp;
  private @Nullable Instant reportedTimestamp;
  private @Nullable EventFields event;
  private @Nullable HostFields host;
  private @Nullable ProcessFields process;
  private transient @Nullable Supplier<ProcessFields> unreadProcess;
  private @Nullable UserFields user;
  private transient @Nullable Supplier<UserFields> unreadUser;
  private boolean countedOnce;
  private long arrival;
  private @Nullable Long sessionTime;

  Event() {}

  Event(EventBuilder<?> builder) {
    timestamp = Objects.requireNonNull(builder.timestamp, "an event needs a @timestamp");
    sessionTime = sessionTime(timestamp);
    event =
        new EventFields(
            builder.id,
            builder.line,
            builder.category,
            builder.type,
            builder.provider,
            builder.code,
            builder.action,
            builder.sequence);
    host = new HostFields(builder.hostName, builder.reportedByWindows);
    unreadProcess = builder.process;
    unreadUser = builder.user;
    countedOnce = builder.countedOnce;
  }

  private static long sessionTime(Instant timestamp) {
    if (timestamp.isBefore(EARLIEST) || timestamp.isAfter(LATEST)) {
      throw new IllegalArgumentException(
          "@timestamp " + timestamp + " does not lie in the years 0000 to 9999");
    }
    return SessionTime.of(timestamp);
  }

  /**
   * {@code @timestamp}: when the event happened on its host, to the nanosecond.
   *
   * @return the time; the epoch if a scenario set none
   */
  public Instant getTimestamp() {
    return timestamp == null ? Instant.EPOCH : timestamp;
  }

  /**
   * The time the event bears itself, if it is not to be believed: see {@link #judgedAs}.
   *
   * @return null if {@link #getTimestamp()} is the event's own
   */
  public @Nullable Instant getReportedTimestamp() {
    return reportedTimestamp;
  }

  /** {@code event.*}: id, categories, types. */
  public EventFields getEvent() {
    return event == null ? NO_EVENT : event;
  }

  /** {@code host.*}: the machine the event happened on. */
  public HostFields getHost() {
    return host == null ? NO_HOST : host;
  }

  /** {@code process.*}: the process that acted. */
  public ProcessFields getProcess() {
    ProcessFields read = orRead(process, unreadProcess, NO_PROCESS);
    process = read;
    return read;
  }

  /** {@code user.*}: the user the process ran as. */
  public UserFields getUser() {
    UserFields read = orRead(user, unreadUser, NO_USER);
    user = read;
    return read;
  }

  /**
   * Whether the detector leaves this event out if the host has logged the same action under another
   * {@code event.code} at about the same time: see {@link EventBuilder#countOnce()}.
   */
  public boolean isCountedOnce() {
    return countedOnce;
  }

  /**
   * The time Drools gives the event: that of {@code @timestamp}, except for an event that came too
   * late to be put in order, which counts as of its host's clock.
   *
   * @return milliseconds since {@link #EARLIEST}, because a fact of a negative time would never
   *     expire
   */
  public long getSessionTime() {
    return sessionTime == null ? sessionTime(getTimestamp()) : sessionTime;
  }

  /**
   * Whether this event comes strictly after the last event of a pending sequence, on the same
   * machine and after its first by at most the given span: EQL's {@code maxspan}, exact to the
   * nanosecond and inclusive. An event never follows itself, nor another fact made of the same
   * document.
   *
   * @param pending the sequence that waits
   * @param maxspan a whole number with a unit: {@code ms}, {@code s}, {@code m}, {@code h} or
   *     {@code d}, as in EQL
   * @throws IllegalArgumentException if the span is not of that form
   */
  public boolean follows(PendingSequence pending, String maxspan) {
    return follows(pending.getFirst(), maxspan)
        && (pending.getFirst() == pending.getLast()
            || STREAM_ORDER.compare(this, pending.getLast()) > 0);
  }

  /**
   * Whether this event comes strictly after another, on the same machine and by at most the given
   * span; see {@link #follows(PendingSequence, String)}.
   *
   * @throws IllegalArgumentException if the span is not of the form named there
   */
  public boolean follows(Event earlier, String maxspan) {
    return STREAM_ORDER.compare(this, earlier) > 0
        && Duration.between(earlier.getTimestamp(), getTimestamp()).compareTo(Maxspan.of(maxspan))
            <= 0
        && getHost().isSameMachineAs(earlier.getHost());
  }

  /**
   * A copy of this event that counts as of another time, because its own lies too far in the future
   * to be true. What the event said of its time is kept.
   */
  public Event judgedAs(Instant time) {
    try {
      Event copy = (Event) clone();
      copy.reportedTimestamp = getTimestamp();
      copy.timestamp = time;
      copy.sessionTime = sessionTime(time);
      return copy;
    } catch (CloneNotSupportedException e) {
      throw new AssertionError("Event is Cloneable", e);
    }
  }

  /**
   * A copy of this event with its place in the stream. The detector calls this for events that a
   * rule is interested in; nobody else needs to, unless they drive a Drools session themselves.
   *
   * @param arrival decides between events of equal time and sequence: the lower arrived first
   * @param notBefore what {@link #getSessionTime()} shall not be below
   */
  public Event placed(long arrival, long notBefore) {
    try {
      Event copy = (Event) clone();
      copy.process = getProcess().readAll();
      copy.unreadProcess = null;
      copy.user = getUser();
      copy.unreadUser = null;
      copy.readAll();
      copy.arrival = arrival;
      copy.sessionTime = Math.max(getSessionTime(), notBefore);
      return copy;
    } catch (CloneNotSupportedException e) {
      throw new AssertionError("Event is Cloneable", e);
    }
  }

  /**
   * The event as a document of nested maps under ECS names, without the fields it does not have.
   *
   * @return a new map in a fixed order, the caller's to keep
   */
  public final Map<String, Object> toMap() {
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("@timestamp", getTimestamp().toString());
    if (reportedTimestamp != null) {
      Map<String, Object> labels = new LinkedHashMap<>();
      labels.put("reported_timestamp", reportedTimestamp.toString());
      document.put("labels", labels);
    }
    kind().describe(this, document);
    return document;
  }

  /** What kind of event this is. */
  public abstract EventKind kind();

  /**
   * The value of a field by its ECS name.
   *
   * @return a {@code String}, {@code Long}, {@code Boolean} or {@code List<String>}; null if the
   *     kind of event does not have the field, or this event has no value for it
   */
  public final @Nullable Object value(String ecsName) {
    return kind().field(ecsName).map(field -> field.value(this)).orElse(null);
  }

  /** Reads what is still unread of the field sets of this kind of event, and forgets from where. */
  abstract void readAll();

  /** A field set that was given, or is read now; the empty one if there is neither. */
  static <T> T orRead(@Nullable T known, @Nullable Supplier<T> unread, T empty) {
    if (known != null) {
      return known;
    }
    return unread == null ? empty : unread.get();
  }

  @Override
  public String toString() {
    return getClass().getSimpleName() + toMap();
  }
}
