package dev.iiswarden.decode;

/**
 * The shapes in which SIEMs hand on Windows events. All but {@link #ECS} are the fields of the
 * Windows event log under the names they have there, in different wrappings: what differs is where
 * the fields lie, and which of the times and machine names in a record is the event's own. {@code
 * docs/shapes.md} has a table of that.
 */
public enum Shape {
  /**
   * Documents of the Elastic Common Schema: Elastic Endpoint, and Windows events that Winlogbeat or
   * Elastic Agent sent through their ingest pipelines; keys nested, dotted or mixed.
   */
  ECS("ecs"),

  /** Winlogbeat 7 and 8 as it collects, before any ingest pipeline. */
  WINLOGBEAT("winlogbeat"),

  /** Winlogbeat 6. */
  WINLOGBEAT_6("winlogbeat-6"),

  /**
   * All fields at the top level: NXLog's {@code to_json}, NXLog through Logstash, and the Mordor
   * data sets. The times beside {@code UtcTime} often are local time, marked as UTC or not at all;
   * {@code EventTime} counts if it names its zone, {@code @timestamp} if {@code @version} says that
   * it is Logstash's, when the event was received.
   */
  FLAT("flat"),

  /** The JSON of {@code evtx_dump}. */
  EVTX_DUMP("evtx-dump"),

  /**
   * Rows of the tables WindowsEvent and SecurityEvent of Azure Monitor. {@code EventData} is JSON
   * text inside the JSON; a SecurityEvent has the fields at the top level.
   */
  AZURE("azure"),

  /**
   * Windows Event XML, one event a record: EVTX files rendered, Windows Event Forwarding, Splunk's
   * XmlWinEventLog.
   */
  XML("xml"),

  /**
   * Splunk's classic WinEventLog: {@code key=value} lines, then the event's text. Of its times only
   * the {@code UtcTime} of a Sysmon text names its zone.
   */
  SPLUNK("splunk");

  private final String label;

  Shape(String label) {
    this.label = label;
  }

  /** The name by which a decoder for this shape is chosen: see {@link EventDecoders#named}. */
  public String label() {
    return label;
  }

  boolean isJson() {
    return this != XML && this != SPLUNK;
  }

  /**
   * Which of the JSON shapes a record has, by where its event id lies. A document that says of
   * itself what ECS event it is counts as that, whatever else it holds.
   */
  static Shape ofJson(FieldValues values) {
    if (values.has(Field.EVENT_ID)) {
      return values.has(Field.EVENT_DATA) || values.has(Field.TIME_GENERATED) ? AZURE : FLAT;
    }
    if (values.has(Field.SYSTEM_EVENT_ID)) {
      return EVTX_DUMP;
    }
    if (values.has(Field.BEAT_EVENT_ID) && !values.has(Field.ECS_EVENT_CATEGORY)) {
      return WINLOGBEAT_6;
    }
    return values.has(Field.WINLOG_EVENT_ID) && !EcsMapping.speaksOf(values) ? WINLOGBEAT : ECS;
  }
}
