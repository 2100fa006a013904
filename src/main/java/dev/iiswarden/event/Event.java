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
 * An endpoint event as a fact: the part that all kinds of events share, under the field names of
 * the Elastic Common Schema. The subclass is the kind: {@link RegistryEvent}, {@link FileEvent},
 * {@link LibraryEvent}, {@link ProcessEvent}, {@link ConfigurationEvent}, {@link ScriptBlockEvent},
 * {@link ModuleLoadFailureEvent}.
 *
 * <p>Rules name a field as EQL does: {@code event.type}, {@code host.name}, {@code process.name}. A
 * missing field set is empty, never null, so every such path can be followed. A missing single
 * value is null; a missing list is empty.
 *
 * <p>Events are made by the subclass's {@code builder()} or by a decoder. The public constructors
 * without arguments are only for readers that fill the fields by reflection: snapshots, host
 * stores, topics and KIE test scenarios ({@code .scesim}). Such an event has no fields until then.
 * Events compare by identity, because the same event sent twice is two events. Immutable and safe
 * for use by several threads.
 *
 * <p>Example: {@code $event : Event( like( user.name, "svc-*" ) )}
 */
public abstract class Event implements Cloneable {

  /**
   * The order of a host's stream: by {@code @timestamp} to the nanosecond, then by {@code
   * event.sequence} with missing values last, then by arrival. Elasticsearch EQL orders by
   * timestamp and tiebreaker field in the same way ("EQL search reference", section "Specify a sort
   * tiebreaker").
   */
  public static final Comparator<Event> STREAM_ORDER =
      Comparator.comparing(Event::getTimestamp)
          .thenComparing(
              event -> event.getEvent().getSequence(),
              Comparator.nullsLast(Comparator.naturalOrder()))
          .thenComparingLong(event -> event.arrival);

  /** The earliest valid timestamp: the beginning of year 0. */
  public static final Instant EARLIEST = Instant.parse("0000-01-01T00:00:00Z");

  /** The latest valid timestamp: the end of year 9999. */
  public static final Instant LATEST = Instant.parse("9999-12-31T23:59:59.999999999Z");

  private static final EventFields NO_EVENT = new EventFields();
  private static final HostFields NO_HOST = new HostFields();
  private static final ProcessFields NO_PROCESS = new ProcessFields();
  private static final UserFields NO_USER = new UserFields();
  static final FileFields NO_FILE = new FileFields();
  static final DllFields NO_DLL = new DllFields();
  static final RegistryFields NO_REGISTRY = new RegistryFields();
  static final IisConfigurationFields NO_IIS = new IisConfigurationFields();
  static final PowershellFields NO_POWERSHELL = new PowershellFields();

  private @Nullable Instant timestamp;
  private @Nullable Instant reportedTimestamp;
  private @Nullable EventFields event;
  private @Nullable HostFields host;
  private @Nullable ProcessFields process;
  private transient @Nullable Supplier<ProcessFields> unreadProcess;
  private @Nullable UserFields user;
  private transient @Nullable Supplier<UserFields> unreadUser;
  private transient @Nullable Supplier<@Nullable LogRecordId> logRecord;
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
    logRecord = builder.logRecord;
    countedOnce = builder.countedOnce;
  }

  private static long sessionTime(Instant timestamp) {
    if (timestamp.isBefore(EARLIEST) || timestamp.isAfter(LATEST)) {
      throw new IllegalArgumentException(
          "@timestamp " + timestamp + " is not in the years 0000 to 9999");
    }
    return SessionTime.of(timestamp);
  }

  /**
   * {@code @timestamp}: when the event happened on its host, to the nanosecond.
   *
   * @return the time; the epoch if a test scenario has set none
   */
  public Instant getTimestamp() {
    return timestamp == null ? Instant.EPOCH : timestamp;
  }

  /**
   * The event's own time if it was replaced as implausible: see {@link #judgedAs}.
   *
   * @return the reported time; null if {@link #getTimestamp()} is the event's own time
   */
  public @Nullable Instant getReportedTimestamp() {
    return reportedTimestamp;
  }

  /** {@code event.*}: id, categories, types. */
  public EventFields getEvent() {
    return event == null ? NO_EVENT : event;
  }

  /** {@code host.*}: the machine on which the event happened; an empty set if unknown. */
  public HostFields getHost() {
    return host == null ? NO_HOST : host;
  }

  /** {@code process.*}: the process that acted; an empty set if unknown. */
  public ProcessFields getProcess() {
    ProcessFields read = orRead(process, unreadProcess, NO_PROCESS);
    process = read;
    return read;
  }

  /** {@code user.*}: the user that the process ran as; an empty set if unknown. */
  public UserFields getUser() {
    UserFields read = orRead(user, unreadUser, NO_USER);
    user = read;
    return read;
  }

  /** {@code file.*}; an empty set if unknown, or if this kind of event is not about a file. */
  public FileFields getFile() {
    return NO_FILE;
  }

  /** {@code dll.*}; an empty set if unknown, or if this kind of event is not about a DLL. */
  public DllFields getDll() {
    return NO_DLL;
  }

  /** {@code registry.*}; an empty set if unknown, or if this is not a registry event. */
  public RegistryFields getRegistry() {
    return NO_REGISTRY;
  }

  /** {@code iis.*}; an empty set if unknown, or if this is not a configuration event. */
  public IisConfigurationFields getIis() {
    return NO_IIS;
  }

  /** {@code powershell.*}; an empty set if unknown, or if this is not a script block event. */
  public PowershellFields getPowershell() {
    return NO_POWERSHELL;
  }

  /**
   * Returns whether the detector drops this event if the host has logged the same action under
   * another {@code event.code} at about the same time: see {@link EventBuilder#countOnce()}.
   */
  public boolean isCountedOnce() {
    return countedOnce;
  }

  /**
   * The place of the event's record in its Windows event log: see {@link EventBuilder#logRecord}.
   *
   * @return null if unknown, and after the detector has taken the event, which needs it no longer
   */
  public @Nullable LogRecordId getLogRecord() {
    return logRecord == null ? null : logRecord.get();
  }

  /**
   * The event's session time. It is that of {@code @timestamp}, except for an event that arrived
   * too late to be ordered: such an event counts as of its host's clock.
   *
   * @return milliseconds since {@link #EARLIEST}, see {@link SessionTime}; not negative, because a
   *     fact with a negative time never expires
   */
  public long getSessionTime() {
    return sessionTime == null ? sessionTime(getTimestamp()) : sessionTime;
  }

  /**
   * Returns whether this event comes strictly after the last event of a pending sequence, on the
   * same machine, and at most the given span after its first event: EQL's {@code maxspan},
   * inclusive and exact to the nanosecond. An event never follows itself, nor another fact made
   * from the same document.
   *
   * <p>Example: {@code follows( $waiting, "1h" )}
   *
   * @param pending the pending sequence
   * @param maxspan a whole number with a unit: {@code ms}, {@code s}, {@code m}, {@code h} or
   *     {@code d}, as in EQL
   * @throws IllegalArgumentException if the span does not have that form
   */
  public boolean follows(PendingSequence pending, String maxspan) {
    return follows(pending.getFirst(), maxspan)
        && (pending.getFirst() == pending.getLast()
            || STREAM_ORDER.compare(this, pending.getLast()) > 0);
  }

  /**
   * Returns whether this event comes strictly after another, on the same machine and by at most the
   * given span; see {@link #follows(PendingSequence, String)}.
   *
   * @throws IllegalArgumentException if the span does not have the form named there
   */
  public boolean follows(Event earlier, String maxspan) {
    return STREAM_ORDER.compare(this, earlier) > 0
        && Duration.between(earlier.getTimestamp(), getTimestamp()).compareTo(Maxspan.of(maxspan))
            <= 0
        && getHost().isSameMachineAs(earlier.getHost());
  }

  /**
   * Returns a copy of this event with another time, because its own is implausibly far in the
   * future. The copy keeps the original as {@link #getReportedTimestamp()}.
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
   * Returns a copy of this event with its place in the stream. The detector calls this for relevant
   * events; other callers need it only to drive a Drools session themselves.
   *
   * @param arrival the order of arrival among events of equal time and sequence, lowest first
   * @param notBefore the lower bound of the copy's {@link #getSessionTime()}
   */
  public Event placed(long arrival, long notBefore) {
    try {
      Event copy = (Event) clone();
      copy.process = getProcess().readAll();
      copy.unreadProcess = null;
      copy.user = getUser();
      copy.unreadUser = null;
      copy.logRecord = null;
      copy.readAll();
      copy.arrival = arrival;
      copy.sessionTime = Math.max(getSessionTime(), notBefore);
      return copy;
    } catch (CloneNotSupportedException e) {
      throw new AssertionError("Event is Cloneable", e);
    }
  }

  /**
   * Returns the event as nested maps under ECS names, without missing fields.
   *
   * @return a new map in a fixed order, which the caller may change
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

  /** The kind of this event. */
  public abstract EventKind kind();

  /**
   * Returns the value of a field by its ECS name.
   *
   * @return a {@code String}, {@code Long}, {@code Boolean} or {@code List<String>}; null if the
   *     kind of event does not have the field, or this event has no value for it
   */
  public final @Nullable Object value(String ecsName) {
    return kind().field(ecsName).map(field -> field.value(this)).orElse(null);
  }

  /** Reads the unread field sets of this kind of event and releases their source. */
  abstract void readAll();

  /** Returns the known field set, or reads it now, or returns the empty one if there is neither. */
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
