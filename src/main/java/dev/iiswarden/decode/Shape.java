package dev.iiswarden.decode;

/**
 * The shape in which a SIEM passes on Windows events. All shapes except {@link #ECS}, {@link
 * #DEFENDER}, {@link #OCSF} and {@link #CROWDSTRIKE_FDR} have the fields of the Windows event log
 * under their original names, in different wrappings. Shapes differ in where the fields are, and in
 * which of a record's times and machine names belong to the event itself. {@code docs/shapes.md}
 * has a table of these differences.
 */
public enum Shape {
  /**
   * Documents of the Elastic Common Schema: from Elastic Endpoint, and Windows events that
   * Winlogbeat or Elastic Agent sent through their ingest pipelines. Keys are nested, dotted or
   * mixed.
   */
  ECS("ecs"),

  /** Events of Winlogbeat 7 and 8 as collected, before any ingest pipeline. */
  WINLOGBEAT("winlogbeat"),

  /** Events of Winlogbeat 6. */
  WINLOGBEAT_6("winlogbeat-6"),

  /**
   * All fields at the top level: NXLog's {@code to_json}, NXLog through Logstash, and the Mordor
   * data sets. Times other than {@code UtcTime} are often local time that is marked as UTC or not
   * marked at all. {@code EventTime} is used if it includes its time zone. {@code @timestamp} is
   * used only beside {@code @version}, which shows that Logstash set it when it received the event.
   */
  FLAT("flat"),

  /** JSON written by {@code evtx_dump}. */
  EVTX_DUMP("evtx-dump"),

  /**
   * Rows of the tables WindowsEvent and SecurityEvent of Azure Monitor. {@code EventData} is JSON
   * text inside the JSON; a SecurityEvent row has the fields at the top level.
   */
  AZURE("azure"),

  /**
   * Windows Event XML, one event a record: rendered EVTX files, Windows Event Forwarding, Splunk's
   * XmlWinEventLog.
   */
  XML("xml"),

  /**
   * Splunk's classic WinEventLog: {@code key=value} lines, then the event's text. The only time in
   * a known time zone is the {@code UtcTime} of a Sysmon text.
   */
  SPLUNK("splunk"),

  /**
   * Events to which a collector has given names and nesting of its own, as JSON or text: Wazuh,
   * Graylog, Fluent Bit, OpenTelemetry, Velociraptor, EvtxECmd, WinCollect, Snare and others.
   */
  COLLECTOR("collector"),

  /**
   * Rows of Microsoft Defender's advanced hunting tables DeviceRegistryEvents, DeviceFileEvents,
   * DeviceImageLoadEvents and DeviceProcessEvents.
   */
  DEFENDER("defender"),

  /**
   * Events of the Open Cybersecurity Schema Framework 1.x: registry key and registry value
   * activity, file activity, module activity and process activity.
   */
  OCSF("ocsf"),

  /** Events of CrowdStrike's Falcon Data Replicator. */
  CROWDSTRIKE_FDR("crowdstrike-fdr");

  private final String label;

  Shape(String label) {
    this.label = label;
  }

  /** Returns the name that selects a decoder for this shape: see {@link EventDecoders#named}. */
  public String label() {
    return label;
  }

  /** Whether records have the fields of the Windows event log. */
  boolean isWindowsEvent() {
    return switch (this) {
      case DEFENDER, OCSF, CROWDSTRIKE_FDR -> false;
      default -> true;
    };
  }

  boolean isJson() {
    return this != XML && this != SPLUNK && this != COLLECTOR;
  }

  /**
   * Determines the shape of a JSON record from the place of its event id. A document with a known
   * ECS category is {@link #ECS}, whatever else it holds, unless its event id is where {@link
   * #FLAT}, {@link #AZURE} or {@link #EVTX_DUMP} have it.
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
    if (values.has(Field.WINLOG_EVENT_ID) && !EcsMapping.hasKnownCategory(values)) {
      return WINLOGBEAT;
    }
    return values.has(Field.ECS_EVENT_CATEGORY) ? ECS : ofProduct(values);
  }

  /** Determines the shape of a record without a Windows event id or an ECS category. */
  private static Shape ofProduct(FieldValues values) {
    if (values.has(Field.DEFENDER_ACTION_TYPE)
        && values.hasAny(Field.DEFENDER_DEVICE_NAME, Field.DEFENDER_DEVICE_ID)) {
      return DEFENDER;
    }
    if (values.has(Field.OCSF_CLASS_UID)
        && values.hasAny(Field.OCSF_CATEGORY_UID, Field.OCSF_METADATA_VERSION)) {
      return OCSF;
    }
    return values.has(Field.FALCON_EVENT_SIMPLE_NAME) ? CROWDSTRIKE_FDR : ECS;
  }
}
