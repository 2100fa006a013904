package dev.iiswarden.testing;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * An event as Windows logs it. It can be written in each shape in which SIEMs deliver such events,
 * with the surrounding fields of that shape: other times, the collector's name, the service's own
 * process.
 *
 * @param provider the provider that logs the event, such as {@code Microsoft-Windows-Sysmon}
 * @param channel the log that contains the event
 * @param id its event id
 * @param time the time of the event
 * @param computer the machine's name as the machine reports it
 * @param data the event's data, in order
 */
public record WindowsEvent(
    String provider,
    String channel,
    int id,
    Instant time,
    String computer,
    Map<String, String> data) {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String COLLECTOR = "collector.internal.example";
  private static final DateTimeFormatter BLANK =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss.SSS", Locale.ROOT).withZone(ZoneOffset.UTC);
  private static final DateTimeFormatter SEVEN_DIGITS =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSS'0000Z'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);
  private static final DateTimeFormatter US =
      DateTimeFormatter.ofPattern("MM/dd/yyyy hh:mm:ss a", Locale.ROOT).withZone(ZoneOffset.UTC);

  /** An event of Sysmon. */
  public static WindowsEvent sysmon(
      int id, Instant time, String computer, Map<String, String> fields) {
    Map<String, String> data = new LinkedHashMap<>();
    data.put("RuleName", "-");
    data.put("UtcTime", BLANK.format(time));
    data.putAll(fields);
    return new WindowsEvent(
        "Microsoft-Windows-Sysmon",
        "Microsoft-Windows-Sysmon/Operational",
        id,
        time,
        computer,
        data);
  }

  /** Windows Event XML on one line, as Splunk's forwarder sends it. */
  public String xml() {
    StringBuilder xml = new StringBuilder();
    xml.append("<Event xmlns='http://schemas.microsoft.com/win/2004/08/events/event'><System>");
    xml.append("<Provider Name='").append(provider).append("'/><EventID Qualifiers='0'>");
    xml.append(id).append("</EventID><Version>2</Version><Keywords>0x8000000000000000</Keywords>");
    xml.append("<TimeCreated SystemTime='").append(time.plusMillis(3)).append("'/>");
    // Of its content, so that only the same event written twice is the same record.
    xml.append("<EventRecordID>").append(data.hashCode() & 0xFFFFFF);
    xml.append("</EventRecordID><Correlation/>");
    xml.append("<Execution ProcessID='3208' ThreadID='1724'/><Channel>").append(channel);
    xml.append("</Channel><Computer>").append(computer);
    xml.append("</Computer><Security UserID='S-1-5-18'/></System><EventData>");
    data.forEach(
        (name, value) ->
            xml.append("<Data Name='")
                .append(name)
                .append("'>")
                .append(text(value))
                .append("</Data>"));
    return xml.append("</EventData></Event>").toString();
  }

  private static String text(String value) {
    return value.replace("&", "&amp;").replace("<", "&lt;");
  }

  /** The same over many lines, as {@code wevtutil} and other tools indent it. */
  public String indentedXml() {
    return xml().replace("><", ">\n  <").replace('\'', '"');
  }

  /** The JSON of {@code evtx_dump}: numbers typed, GUIDs without braces. */
  public String evtxDump() {
    Map<String, Object> typed = new LinkedHashMap<>();
    data.forEach(
        (name, value) ->
            typed.put(
                name,
                name.endsWith("ProcessId") && value.matches("\\d+")
                    ? (Object) Long.valueOf(value)
                    : value.replaceAll("^\\{(.*)\\}$", "$1")));
    Map<String, Object> system = new LinkedHashMap<>();
    system.put("Provider", Map.of("#attributes", Map.of("Name", provider)));
    system.put("EventID", Map.of("#attributes", Map.of("Qualifiers", 0), "#text", id));
    system.put("TimeCreated", Map.of("#attributes", Map.of("SystemTime", "" + time.plusMillis(3))));
    system.put("Execution", Map.of("#attributes", Map.of("ProcessID", 3208, "ThreadID", 1724)));
    system.put("Channel", channel);
    system.put("Computer", computer);
    system.put("Security", Map.of("#attributes", Map.of("UserID", "S-1-5-18")));
    Map<String, Object> event = new LinkedHashMap<>();
    event.put("System", system);
    event.put("EventData", typed);
    return json(Map.of("Event", event));
  }

  /** The Mordor data sets: local time in 12-hour form, marked as UTC, beside {@code UtcTime}. */
  public String mordor() {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("SourceName", provider);
    fields.put("Channel", channel);
    fields.put("Hostname", computer);
    fields.put("TimeCreated", time.minusSeconds(19 * 3600).toString());
    fields.put("@timestamp", time.minusSeconds(19 * 3600).toString());
    fields.put("EventID", id);
    fields.putAll(data);
    return json(fields);
  }

  /** NXLog: an {@code EventType} and process ids of its own, times without a zone. */
  public String nxlog() {
    return json(nxlogFields());
  }

  private Map<String, Object> nxlogFields() {
    Map<String, Object> fields = new LinkedHashMap<>(data);
    fields.put("EventTime", BLANK.format(time.minusSeconds(4 * 3600)).substring(0, 19));
    fields.put("Hostname", computer);
    fields.put("EventType", "INFO");
    fields.put("EventID", id);
    fields.put("SourceName", provider);
    fields.put("ProcessID", 2928);
    fields.put("ExecutionProcessID", 2928);
    fields.put("ThreadID", 3404);
    fields.put("Channel", channel);
    fields.put("UserID", "S-1-5-18");
    return fields;
  }

  /** NXLog through Logstash: {@code host} is the collector. */
  public String logstash() {
    Map<String, Object> fields = nxlogFields();
    fields.put("@version", "1");
    fields.put("@timestamp", time.plusSeconds(2).toString());
    fields.put("host", COLLECTOR);
    fields.put("tags", List.of("mordorDataset"));
    return json(fields);
  }

  /** Winlogbeat 6: {@code host.name} is the collector, {@code process_id} the service's. */
  public String winlogbeat6() {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("@timestamp", time.plusMillis(37).toString());
    fields.put("source_name", provider);
    fields.put("log_name", channel);
    fields.put("event_id", id);
    fields.put("process_id", 2612);
    fields.put("user", Map.of("identifier", "S-1-5-18"));
    fields.put("event_data", data);
    fields.put("computer_name", computer);
    fields.put("beat", Map.of("name", "WECserver"));
    fields.put("host", Map.of("name", "WECserver"));
    return json(fields);
  }

  /** Winlogbeat 7 and 8 before the ingest pipeline. */
  public String winlogbeat() {
    Map<String, Object> winlog = new LinkedHashMap<>();
    winlog.put("event_id", Integer.toString(id));
    winlog.put("channel", channel);
    winlog.put("provider_name", provider);
    winlog.put("computer_name", computer);
    winlog.put("process", Map.of("pid", 3208));
    winlog.put("user", Map.of("identifier", "S-1-5-18"));
    winlog.put("event_data", data);
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("@timestamp", time.plusMillis(3).toString());
    fields.put(
        "event", Map.of("code", Integer.toString(id), "kind", "event", "provider", provider));
    fields.put("host", Map.of("name", COLLECTOR));
    fields.put("winlog", winlog);
    return json(fields);
  }

  /** A row of Azure's table WindowsEvent: JSON inside the JSON. */
  public String azure() {
    Map<String, Object> inner = new LinkedHashMap<>(data);
    inner.computeIfPresent("UtcTime", (name, value) -> SEVEN_DIGITS.format(time));
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("TimeGenerated", time.plusMillis(3).toString());
    fields.put("Provider", provider);
    fields.put("Channel", channel);
    fields.put("Computer", computer);
    fields.put("EventData", json(inner));
    fields.put("EventID", id);
    fields.put("Type", "WindowsEvent");
    return json(fields);
  }

  /** Splunk's classic text, of Sysmon's events. */
  public String splunk() {
    StringBuilder text = new StringBuilder(US.format(time.minusSeconds(4 * 3600)));
    text.append("\nLogName=").append(channel);
    text.append("\nEventCode=").append(id);
    text.append("\nEventType=4\nComputerName=").append(computer);
    text.append("\nSid=S-1-5-18\nSidType=0\nSourceName=").append(provider);
    text.append("\nType=Information\nRecordNumber=").append(data.hashCode() & 0xFFFFFF);
    text.append("\nKeywords=None\nMessage=Happened:");
    data.forEach((name, value) -> text.append('\n').append(name).append(": ").append(value));
    return text.toString();
  }

  private static String json(Map<String, ?> fields) {
    try {
      return JSON.writeValueAsString(fields);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }
}
