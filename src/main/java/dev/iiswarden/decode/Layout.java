package dev.iiswarden.decode;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * The layout of a {@link Shape}: where its records have each field, and which of their times is the
 * event's own. {@code docs/shapes.md} shows the layouts as a table, which a test compares with this
 * class. Immutable.
 */
final class Layout {
  private static final Map<Shape, Layout> BY_SHAPE = new EnumMap<>(Shape.class);

  static {
    of(
        Shape.ECS,
        "winlog.event_data.",
        List.of(Field.TIMESTAMP),
        at(Field.TIMESTAMP, "@timestamp"),
        at(Field.WINLOG_EVENT_ID, "winlog.event_id"),
        at(Field.PROVIDER, "winlog.provider_name"),
        at(Field.CHANNEL, "winlog.channel"),
        at(Field.RECORD_ID, "winlog.record_id"),
        at(Field.COMPUTER, "winlog.computer_name"),
        at(Field.ECS_MESSAGE, "message"),
        at(Field.ECS_ORIGINAL, "event.original"),
        at(Field.ECS_MARK, "ecs.version", "event.kind", "event.module", "event.dataset"));
    of(
        Shape.WINLOGBEAT,
        "winlog.event_data.",
        List.of(Field.UTC_TIME, Field.TIMESTAMP),
        at(Field.TIMESTAMP, "@timestamp"),
        at(Field.WINLOG_EVENT_ID, "winlog.event_id"),
        at(Field.PROVIDER, "winlog.provider_name"),
        at(Field.CHANNEL, "winlog.channel"),
        at(Field.RECORD_ID, "winlog.record_id"),
        at(Field.COMPUTER, "winlog.computer_name"),
        at(Field.LOGGING_PROCESS_ID, "winlog.process.pid"),
        at(Field.USER_ID, "winlog.user.identifier"));
    of(
        Shape.WINLOGBEAT_6,
        "event_data.",
        List.of(Field.UTC_TIME, Field.TIMESTAMP),
        at(Field.TIMESTAMP, "@timestamp"),
        at(Field.BEAT_EVENT_ID, "event_id"),
        at(Field.PROVIDER, "source_name"),
        at(Field.CHANNEL, "log_name"),
        at(Field.RECORD_ID, "record_number"),
        at(Field.COMPUTER, "computer_name"),
        at(Field.LOGGING_PROCESS_ID, "process_id"),
        at(Field.USER_ID, "user.identifier"));
    of(
        Shape.FLAT,
        "",
        List.of(Field.UTC_TIME, Field.EVENT_TIME, Field.TIMESTAMP),
        at(Field.EVENT_TIME, "EventTime"),
        at(Field.TIMESTAMP, "@timestamp"),
        at(Field.TIME_CREATED, "TimeCreated"),
        at(Field.LOGSTASH_VERSION, "@version"),
        at(Field.EVENT_ID, "EventID"),
        at(Field.PROVIDER, "SourceName"),
        at(Field.CHANNEL, "Channel"),
        at(Field.RECORD_ID, "RecordNumber"),
        at(Field.HOSTNAME, "Hostname"),
        at(Field.COMPUTER, "Computer"),
        at(Field.LOGGING_PROCESS_ID, "ExecutionProcessID"),
        at(Field.USER_ID, "UserID"),
        at(Field.MESSAGE, "Message"));
    of(
        Shape.EVTX_DUMP,
        "Event.EventData.",
        List.of(Field.UTC_TIME, Field.SYSTEM_TIME),
        at(Field.SYSTEM_TIME, "Event.System.TimeCreated.#attributes.SystemTime"),
        at(Field.SYSTEM_EVENT_ID, "Event.System.EventID", "Event.System.EventID.#text"),
        at(Field.PROVIDER, "Event.System.Provider.#attributes.Name"),
        at(Field.CHANNEL, "Event.System.Channel"),
        at(Field.RECORD_ID, "Event.System.EventRecordID"),
        at(Field.COMPUTER, "Event.System.Computer"),
        at(Field.LOGGING_PROCESS_ID, "Event.System.Execution.#attributes.ProcessID"),
        at(Field.USER_ID, "Event.System.Security.#attributes.UserID"));
    of(
        Shape.AZURE,
        "EventData.",
        List.of(Field.UTC_TIME, Field.TIME_GENERATED),
        at(Field.TIME_GENERATED, "TimeGenerated"),
        at(Field.EVENT_ID, "EventID"),
        at(Field.PROVIDER, "Provider", "EventSourceName"),
        at(Field.CHANNEL, "Channel"),
        at(Field.RECORD_ID, "EventRecordId"),
        at(Field.COMPUTER, "Computer"),
        at(Field.EVENT_DATA, "EventData"));
    of(
        Shape.XML,
        "Event/EventData/Data@Name=",
        List.of(Field.UTC_TIME, Field.SYSTEM_TIME),
        at(Field.SYSTEM_TIME, "Event/System/TimeCreated@SystemTime"),
        at(Field.SYSTEM_EVENT_ID, "Event/System/EventID"),
        at(Field.PROVIDER, "Event/System/Provider@Name"),
        at(Field.CHANNEL, "Event/System/Channel"),
        at(Field.RECORD_ID, "Event/System/EventRecordID"),
        at(Field.COMPUTER, "Event/System/Computer"),
        at(Field.LOGGING_PROCESS_ID, "Event/System/Execution@ProcessID"),
        at(Field.USER_ID, "Event/System/Security@UserID"));
    of(
        Shape.SPLUNK,
        "Message: ",
        List.of(Field.UTC_TIME, Field.SYSTEM_TIME),
        at(Field.SYSTEM_TIME, "first line"),
        at(Field.EVENT_ID, "EventCode="),
        at(Field.PROVIDER, "SourceName="),
        at(Field.CHANNEL, "LogName="),
        at(Field.RECORD_ID, "RecordNumber="),
        at(Field.COMPUTER, "ComputerName="),
        at(Field.USER_ID, "Sid="));
    of(
        Shape.COLLECTOR,
        "event data: ",
        List.of(Field.UTC_TIME, Field.SYSTEM_TIME),
        at(Field.SYSTEM_TIME, "system time, or a time with its zone"),
        at(Field.SYSTEM_EVENT_ID, "event id"),
        at(Field.PROVIDER, "provider"),
        at(Field.CHANNEL, "channel"),
        at(Field.RECORD_ID, "event record id"),
        at(Field.COMPUTER, "computer, or the host around the record"),
        at(Field.LOGGING_PROCESS_ID, "execution process id"),
        at(Field.USER_ID, "security user id"));
    // Fields that these products share with another shape, under the same key, are the same Field:
    // a key leads to one field only.
    of(
        Shape.DEFENDER,
        "",
        List.of(Field.DEFENDER_TIMESTAMP, Field.TIME_GENERATED),
        at(Field.TIME_GENERATED, "TimeGenerated"),
        at(Field.PROCESS_ID, "ProcessId"));
    of(
        Shape.OCSF,
        "",
        List.of(Field.OCSF_TIME),
        at(Field.ECS_FILE_PATH, "file.path"),
        at(Field.ECS_PROCESS_NAME, "process.name"),
        at(Field.ECS_PROCESS_PID, "process.pid"));
    of(
        Shape.CROWDSTRIKE_FDR,
        "",
        List.of(Field.FALCON_CONTEXT_TIME_STAMP, Field.FALCON_TIMESTAMP),
        at(Field.COMMAND_LINE, "CommandLine"),
        at(Field.PARENT_PROCESS_ID, "ParentProcessId"));
  }

  private final Shape shape;
  private final String dataPlace;
  private final List<Field> times;
  private final Map<Field, List<String>> places = new EnumMap<>(Field.class);

  private Layout(Shape shape, String dataPlace, List<Field> times, Place... places) {
    this.shape = shape;
    this.dataPlace = dataPlace;
    this.times = times;
    for (Place place : places) {
      this.places.put(place.field, place.paths);
    }
  }

  private static void of(Shape shape, String dataPlace, List<Field> times, Place... places) {
    BY_SHAPE.put(shape, new Layout(shape, dataPlace, times, places));
  }

  static Layout of(Shape shape) {
    return Objects.requireNonNull(BY_SHAPE.get(shape));
  }

  /** Returns the fields that hold an event's time; the first that a record has is used. */
  List<Field> times() {
    return times;
  }

  /** Returns the places of a field: none, one, or alternatives. */
  List<String> placesOf(Field field) {
    return switch (field.part()) {
      case ECS -> labelIn(Shape.ECS, field);
      case SYSTEM -> places.getOrDefault(field, List.of());
      case DATA ->
          shape.isWindowsEvent() ? dataPlaces(field) : places.getOrDefault(field, List.of());
      case DEFENDER -> labelIn(Shape.DEFENDER, field);
      case OCSF -> labelIn(Shape.OCSF, field);
      case FALCON -> labelIn(Shape.CROWDSTRIKE_FDR, field);
    };
  }

  private List<String> labelIn(Shape owner, Field field) {
    return shape == owner ? List.of(field.label()) : places.getOrDefault(field, List.of());
  }

  private List<String> dataPlaces(Field field) {
    // A SecurityEvent row has its fields at the top level, a WindowsEvent row has them in
    // EventData.
    return shape == Shape.AZURE
        ? List.of(dataPlace + field.label(), field.label())
        : List.of(dataPlace + field.label());
  }

  private static Place at(Field field, String... paths) {
    return new Place(field, List.of(paths));
  }

  private record Place(Field field, List<String> paths) {}
}
