package dev.iiswarden.shapes;

import static dev.iiswarden.shapes.Logged.HOST;
import static dev.iiswarden.shapes.Logged.SID;
import static dev.iiswarden.shapes.Logged.json;
import static dev.iiswarden.shapes.Logged.map;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The forms in which a record is one JSON object on one line. */
@SuppressWarnings("ImmutableEnumChecker") // the functions are
enum JsonForm implements Form {
  /** Fluent Bit, input winevtlog: docs.fluentbit.io and its source plugins/in_winevtlog/pack.c. */
  FLUENT_BIT_WINEVTLOG(JsonForm::fluentBit),

  /** Fluent Bit, the older input winlog: docs.fluentbit.io, Windows Event Log. */
  FLUENT_BIT_WINLOG(
      e ->
          map(
              "RecordNumber", e.recordId(),
              "TimeGenerated", e.at("yyyy-MM-dd HH:mm:ss xx"),
              "TimeWritten", e.at("yyyy-MM-dd HH:mm:ss xx"),
              "EventID", e.id(),
              "EventType", "SuccessAudit",
              "EventCategory", 1,
              "Channel", e.channel(),
              "SourceName", e.provider(),
              "ComputerName", HOST,
              "Data", "",
              "Sid", SID,
              "Message", e.message(),
              "StringInserts", e.strings())),

  /** Fluentd, windows_eventlog2: README of fluent-plugin-windows-eventlog, read keys. */
  FLUENTD_EVENTLOG2(
      e ->
          map(
              "ProviderName",
              e.provider(),
              "EventID",
              "" + e.id(),
              "Level",
              "0",
              "TimeCreated",
              e.at("yyyy-MM-dd'T'HH:mm:ss.SSS") + "000000Z",
              "EventRecordID",
              "" + e.recordId(),
              "ProcessID",
              "" + e.pid(),
              "ThreadID",
              "2900",
              "Channel",
              e.channel(),
              "Computer",
              HOST,
              "UserID",
              SID,
              "Version",
              "2",
              "Description",
              e.message(),
              "EventData",
              e.strings())),

  /** Fluentd, the older windows_eventlog: README of fluent-plugin-windows-eventlog. */
  FLUENTD_EVENTLOG(
      e ->
          map(
              "channel",
              e.channel(),
              "record_number",
              "" + e.recordId(),
              "time_generated",
              e.at("yyyy-MM-dd HH:mm:ss xx"),
              "time_written",
              e.at("yyyy-MM-dd HH:mm:ss xx"),
              "event_id",
              "" + e.id(),
              "event_type",
              "audit_success",
              "event_category",
              "13312",
              "source_name",
              e.provider(),
              "computer_name",
              HOST,
              "user",
              "",
              "description",
              e.message(),
              "string_inserts",
              e.strings())),

  /** Telegraf, inputs.win_eventlog with the JSON serializer: its README. */
  TELEGRAF(
      e -> {
        Map<String, Object> fields =
            map(
                "EventRecordID", e.recordId(),
                "ProcessID", e.pid(),
                "TimeCreated", e.iso(),
                "UserID", SID);
        e.data().forEach((name, value) -> fields.put("Data_" + name, value));
        return map(
            "fields",
            fields,
            "name",
            "win_eventlog",
            "tags",
            map(
                "Channel",
                e.channel(),
                "Computer",
                HOST,
                "EventID",
                "" + e.id(),
                "Source",
                e.provider(),
                "host",
                "collector"),
            "timestamp",
            e.time().getEpochSecond());
      }),

  /** OpenTelemetry, windowseventlogreceiver: event_data is a map in newer versions. */
  OTEL_BODY_MAP(e -> map("body", otel(e), "timestamp", e.iso(), "attributes", map())),

  /** OpenTelemetry, windowseventlogreceiver with raw: true: its README. */
  OTEL_RAW(e -> map("timestamp", e.iso(), "body", e.xml(), "resource", map())),

  /**
   * OpenTelemetry, one log record of OTLP as JSON: opentelemetry-proto, logs.proto. From memory.
   */
  OTLP_RECORD(
      e ->
          map(
              "timeUnixNano",
              e.time().toEpochMilli() + "000000",
              "severityNumber",
              9,
              "body",
              anyValue(otel(e)))),

  /** OpenTelemetry Collector, otlpjson file exporter: a whole ExportLogsServiceRequest a line. */
  OTLP_REQUEST(
      e ->
          map(
              "resourceLogs",
              List.of(
                  map(
                      "resource",
                      map(),
                      "scopeLogs",
                      List.of(
                          map(
                              "scope",
                              map(),
                              "logRecords",
                              List.of(
                                  map(
                                      "observedTimeUnixNano",
                                      "1773500000000000000",
                                      "body",
                                      anyValue(otel(e)))))))))),

  /** Vector, source windows_event_log, with string_inserts only. From memory. */
  VECTOR_INSERTS(
      e ->
          map(
              "timestamp", e.iso(),
              "event_id", e.id(),
              "provider_name", e.provider(),
              "channel", e.channel(),
              "computer", HOST,
              "record_id", e.recordId(),
              "process_id", e.pid(),
              "string_inserts", e.strings())),

  /** Winlogbeat with dotted keys: what the decode of an index template's fields gives. */
  WINLOGBEAT_DOTTED(e -> dotted(e.winlogbeat())),

  /** Winlogbeat 5: the exported fields of its reference. */
  WINLOGBEAT_5(
      e ->
          map(
              "@timestamp", e.iso(),
              "beat", map("hostname", "WEC01", "name", "WEC01", "version", "5.6.3"),
              "computer_name", HOST,
              "event_data", e.data(),
              "event_id", e.id(),
              "log_name", e.channel(),
              "record_number", "" + e.recordId(),
              "source_name", e.provider(),
              "process_id", e.pid(),
              "type", "wineventlog",
              "user", map("identifier", SID, "name", "SYSTEM"))),

  /** Filebeat that reads NDJSON without decoding it: reference of the log input. */
  FILEBEAT_MESSAGE(
      e ->
          map(
              "@timestamp", "2026-03-12T08:00:00.000Z",
              "agent", map("type", "filebeat"),
              "host", map("name", "loghost"),
              "log", map("offset", 17, "file", map("path", "/var/log/win.json")),
              "message", json(e.winlogbeat()))),

  /** Filebeat that decodes NDJSON below a key: json.keys_under_root false. */
  FILEBEAT_JSON_KEY(
      e ->
          map(
              "@timestamp",
              "2026-03-12T08:00:00.000Z",
              "agent",
              map("type", "filebeat"),
              "json",
              e.nxlog())),

  /** Logstash, codec json_lines into message, around NXLog's JSON. */
  LOGSTASH_MESSAGE(
      e ->
          map(
              "@version", "1",
              "@timestamp", "2026-03-12T08:00:00.000Z",
              "host", "192.0.2.9",
              "port", 5140,
              "message", json(e.nxlog()))),

  /** Logstash, input eventlog: Win32_NTLogEvent's members; reference of logstash-input-eventlog. */
  LOGSTASH_EVENTLOG(e -> wmi(e, true)),

  /** Win32_NTLogEvent as JSON: its class reference at learn.microsoft.com. */
  WMI_NTLOGEVENT(e -> wmi(e, false)),

  /** PowerShell 5.1, Get-WinEvent | ConvertTo-Json -Depth 3: dates in milliseconds. From memory. */
  POWERSHELL_5(
      e ->
          getWinEvent(
              e,
              "/Date(" + e.time().toEpochMilli() + ")/",
              e.strings().stream().map(s -> map("Value", s)).toList())),

  /** PowerShell 7, Get-WinEvent | ConvertTo-Json -Depth 3: ISO dates. From memory. */
  POWERSHELL_7(
      e ->
          getWinEvent(
              e,
              e.at("yyyy-MM-dd'T'HH:mm:ss.SSS") + "0000+00:00",
              e.strings().stream().map(s -> map("Value", s)).toList())),

  /**
   * PowerShell, Get-WinEvent | ConvertTo-Json -Depth 1: properties are class names. From memory.
   */
  POWERSHELL_SHALLOW(
      e ->
          getWinEvent(
              e,
              e.at("yyyy-MM-dd'T'HH:mm:ss.SSS") + "0000+00:00",
              e.strings().stream()
                  .map(s -> "System.Diagnostics.Eventing.Reader.EventProperty")
                  .toList()),
      false),

  /** PowerShell 5.1, selected members; a date beside DateTime. From memory. */
  POWERSHELL_SELECTED(
      e ->
          map(
              "TimeCreated",
              map(
                  "value",
                  "/Date(" + e.time().toEpochMilli() + ")/",
                  "DisplayHint",
                  2,
                  "DateTime",
                  e.at("EEEE, MMMM d, yyyy h:mm:ss a")),
              "Id",
              e.id(),
              "ProviderName",
              e.provider(),
              "LogName",
              e.channel(),
              "MachineName",
              HOST,
              "Message",
              e.message()),
      false),

  /** PowerShell, Get-EventLog | ConvertTo-Json: members of EventLogEntry, learn.microsoft.com. */
  POWERSHELL_GET_EVENTLOG(
      e ->
          map(
              "MachineName",
              HOST,
              "Data",
              List.of(),
              "Index",
              e.recordId(),
              "Category",
              "(1)",
              "CategoryNumber",
              1,
              "EventID",
              e.id(),
              "EntryType",
              8,
              "Message",
              e.message(),
              "Source",
              e.provider(),
              "ReplacementStrings",
              e.strings(),
              "InstanceId",
              e.id(),
              "TimeGenerated",
              "/Date(" + e.time().toEpochMilli() + ")/",
              "TimeWritten",
              "/Date(" + e.time().toEpochMilli() + ")/",
              "UserName",
              null)),

  /** Chainsaw, hunt --json: README of chainsaw. */
  CHAINSAW_HUNT(
      e ->
          map(
              "group", "Sigma",
              "kind", "individual",
              "name", "Some rule",
              "authors", List.of(),
              "level", "high",
              "timestamp", e.iso(),
              "document", map("kind", "evtx", "path", "a.evtx", "data", e.separateAttributes()))),

  /** Chainsaw, hunt --json with several events in a group: documents. From memory. */
  CHAINSAW_HUNT_AGGREGATE(
      e ->
          map(
              "group",
              "Sigma",
              "kind",
              "aggregate",
              "timestamp",
              e.iso(),
              "documents",
              List.of(map("kind", "evtx", "path", "a.evtx", "data", e.separateAttributes())))),

  /** Chainsaw, flat hunt rows of older versions: parsers of such rows in public repositories. */
  CHAINSAW_FLAT(
      e ->
          map(
              "EventTime", e.iso(),
              "Detection", "Some rule",
              "Computer", HOST,
              "Channel", e.channel(),
              "EventID", e.id(),
              "SystemData", e.systemApart(),
              "EventData", e.data())),

  /** Hayabusa, json-timeline with the profile all-field-info: its README. */
  HAYABUSA_ALL_FIELDS(
      e ->
          map(
              "Timestamp",
              e.at("yyyy-MM-dd HH:mm:ss.SSS xxx"),
              "RuleTitle",
              "Some rule",
              "Level",
              "high",
              "Computer",
              HOST,
              "Channel",
              hayabusaChannel(e),
              "EventID",
              e.id(),
              "RecordID",
              e.recordId(),
              "AllFieldInfo",
              e.data(),
              "RuleFile",
              "a.yml",
              "EvtxFile",
              "a.evtx")),

  /** The Python package evtx, records_json: README of pyevtx-rs. */
  PYEVTX_RECORDS_JSON(
      e ->
          map(
              "event_record_id", e.recordId(),
              "timestamp", e.at("yyyy-MM-dd HH:mm:ss.SSS") + "000 UTC",
              "data",
                  json(
                      map(
                          "Event",
                          map(
                              "System",
                              map(
                                  "Provider", map("#attributes", map("Name", e.provider())),
                                  "EventID", e.id(),
                                  "TimeCreated", map("#attributes", map("SystemTime", e.iso())),
                                  "EventRecordID", e.recordId(),
                                  "Channel", e.channel(),
                                  "Computer", HOST),
                              "EventData",
                              e.data()))))),

  /** The Python package evtx, records: XML in data. */
  PYEVTX_RECORDS_XML(
      e ->
          map(
              "event_record_id", e.recordId(),
              "timestamp", e.at("yyyy-MM-dd HH:mm:ss.SSS") + "000 UTC",
              "data", "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n" + e.xml())),

  /** xmltodict with attr_prefix '' as some scripts use it: Name and #text. From memory. */
  XMLTODICT_NO_PREFIX(
      e ->
          map(
              "Event",
              map(
                  "System",
                  map(
                      "Provider", map("Name", e.provider()),
                      "EventID", map("Qualifiers", "", "#text", "" + e.id()),
                      "TimeCreated", map("SystemTime", e.iso()),
                      "EventRecordID", "" + e.recordId(),
                      "Execution", map("ProcessID", "" + e.pid()),
                      "Channel", e.channel(),
                      "Computer", HOST,
                      "Security", map("UserID", SID)),
                  "EventData",
                  map("Data", pairs(e, "Name", "#text"))))),

  /** XML turned to JSON with Name and text, as a public record of 4104 has it. */
  XML_TO_JSON_NAME_TEXT(
      e ->
          map(
              "Event",
              map(
                  "System",
                  map(
                      "Provider", map("Name", e.provider()),
                      "EventID", "" + e.id(),
                      "TimeCreated", map("SystemTime", e.iso()),
                      "Channel", e.channel(),
                      "Computer", HOST),
                  "EventData",
                  map("Data", pairs(e, "Name", "text"))))),

  /** Velociraptor, rows of Windows.EventLogs.EvtxHunter: the artifact's query. */
  VELOCIRAPTOR_EVTX_HUNTER(
      e ->
          map(
              "EventTime",
              e.iso(),
              "Computer",
              HOST,
              "Channel",
              e.channel(),
              "Provider",
              e.provider(),
              "EventID",
              e.id(),
              "EventRecordID",
              e.recordId(),
              "UserSID",
              SID,
              "Username",
              "SYSTEM",
              "EventData",
              e.data(),
              "UserData",
              null,
              "Message",
              e.message(),
              "OSPath",
              "C:\\a.evtx",
              "FlowId",
              "F.1",
              "ClientId",
              "C.1",
              "Fqdn",
              HOST)),

  /** osquery, table windows_eventlog as osqueryi --json rows: the schema at osquery.io. */
  OSQUERY_WINDOWS_EVENTLOG(JsonForm::osquery),

  /** Azure Monitor, table Event: EventData is a DataItem; reference of the tables. */
  AZURE_EVENT(
      e ->
          azure(
              e,
              "EventData",
              "<DataItem Type=\"System.XmlData\" time=\"2026-03-10T15:00:00\""
                  + " sourceHealthServiceId=\"5c1f2a77\">"
                  + e.eventData().replace("<EventData>", "<EventData xmlns=\"urn:x\">")
                  + "</DataItem>")),

  /** Azure Monitor, table Event: ParameterXml has the values without names. */
  AZURE_PARAMETER_XML(
      e ->
          azure(
              e,
              "ParameterXml",
              e.strings().stream()
                  .map(s -> "<Param>" + Logged.escaped(s) + "</Param>")
                  .collect(Collectors.joining()))),

  /** Azure Monitor, table Event: RenderedDescription alone. */
  AZURE_RENDERED(e -> azure(e, "RenderedDescription", e.message()), false),

  /** Azure Diagnostics, WADWindowsEventLogsTable: RawXml; learn.microsoft.com. */
  AZURE_WAD(
      e ->
          map(
              "PartitionKey",
              "0",
              "EventTickCount",
              1,
              "DeploymentId",
              "d",
              "Role",
              "IaaS",
              "RoleInstance",
              "_WEB07",
              "ProviderName",
              e.provider(),
              "EventId",
              e.id(),
              "Level",
              4,
              "Pid",
              e.pid(),
              "Channel",
              e.channel(),
              "RawXml",
              e.xml(),
              "Description",
              e.message())),

  /** Azure Event Hub, one record with properties. From memory. */
  AZURE_PROPERTIES(
      e ->
          map(
              "time",
              "2026-03-12T08:00:00Z",
              "category",
              "Event",
              "properties",
              map(
                  "TimeGenerated", e.iso(),
                  "Provider", e.provider(),
                  "Channel", e.channel(),
                  "Computer", HOST,
                  "EventID", e.id(),
                  "EventData", json(e.data())))),

  /** Kinesis Agent for Windows, WindowsEventLogSource with IncludeEventData: its guide. */
  KINESIS_AGENT(
      e ->
          map(
              "EventId", e.id(),
              "Description", e.message(),
              "LevelDisplayName", "Information",
              "LogName", e.channel(),
              "MachineName", HOST,
              "ProviderName", e.provider(),
              "TimeCreated", e.iso(),
              "Index", e.recordId(),
              "UserName", null,
              "Keywords", "None",
              "EventData", e.strings())),

  /** Google Cloud Logging, Ops Agent's windows_event_log: cloud.google.com. */
  GCP_JSON_PAYLOAD(
      e ->
          map(
              "insertId",
              "x",
              "timestamp",
              e.iso(),
              "logName",
              "projects/p/logs/windows_event_log",
              "jsonPayload",
              fluentBit(e))),

  /** Google Cloud Logging with receiver_version 2 and render_as_xml: raw_xml. */
  GCP_RAW_XML(
      e ->
          map(
              "timestamp",
              "2026-03-12T08:00:00Z",
              "jsonPayload",
              map("raw_xml", e.xml(), "Message", e.message()))),

  /** Splunk HEC with an object as event: the format of events for HTTP Event Collector. */
  SPLUNK_HEC_OBJECT(
      e ->
          map(
              "time",
              e.seconds(),
              "host",
              "WEB07",
              "sourcetype",
              "_json",
              "event",
              e.winlogbeat())),

  /** Splunk HEC with classic text as event. */
  SPLUNK_HEC_TEXT(
      e ->
          map(
              "time",
              e.seconds(),
              "host",
              "WEB07",
              "source",
              "WinEventLog:" + e.channel(),
              "sourcetype",
              "WinEventLog",
              "event",
              e.splunk()),
      false),

  /** Splunk, export with extracted fields: names of the add-on for Windows. */
  SPLUNK_EXPORT_FIELDS(
      e -> {
        Map<String, Object> result =
            map(
                "_time",
                e.at("yyyy-MM-dd'T'HH:mm:ss.SSSxxx"),
                "EventCode",
                "" + e.id(),
                "EventID",
                "" + e.id(),
                "Channel",
                e.channel(),
                "Name",
                "'" + e.provider() + "'",
                "Computer",
                HOST,
                "RecordNumber",
                "" + e.recordId(),
                "host",
                "WEB07",
                "source",
                "XmlWinEventLog:" + e.channel(),
                "sourcetype",
                "XmlWinEventLog");
        result.putAll(e.data());
        return map("preview", false, "offset", e.recordId(), "result", result);
      }),

  /** Splunk, export of raw classic text. */
  SPLUNK_EXPORT_RAW_TEXT(
      e -> map("preview", false, "result", map("_raw", e.splunk(), "host", "WEB07")), false),

  /** elasticdump: one document a line; its README. */
  ELASTICDUMP(e -> map("_index", "winlogbeat", "_id", "a", "_score", 1, "_source", e.winlogbeat())),

  /** NXLog through GELF: every field with an underscore; the GELF payload specification. */
  GELF_NXLOG(
      e -> {
        Map<String, Object> gelf =
            map(
                "version",
                "1.1",
                "host",
                HOST,
                "short_message",
                "x",
                "full_message",
                e.message(),
                "timestamp",
                e.seconds(),
                "level",
                6);
        e.nxlog().forEach((name, value) -> gelf.put("_" + name, value));
        return gelf;
      }),

  /** Graylog's stored message with NXLog's fields below message: search API. From memory. */
  GRAYLOG_API_MESSAGE(
      e -> {
        Map<String, Object> message = map("timestamp", e.iso(), "source", HOST, "_id", "a");
        message.putAll(e.nxlog());
        return map("highlight_ranges", map(), "index", "graylog_0", "message", message);
      }),

  /** rsyslog with a JSON template: the message in msg; rsyslog's page on templates. */
  RSYSLOG_JSON_MSG(
      e ->
          map(
              "timereported", "2026-03-12T08:00:00+00:00",
              "hostname", "relay",
              "syslogtag", "win:",
              "msg", " " + json(e.nxlog()))),

  /** syslog-ng, format-json: MESSAGE in capitals; its administration guide. */
  SYSLOG_NG_MESSAGE(
      e ->
          map(
              "HOST", "relay",
              "PROGRAM", "win",
              "DATE", "Mar 12 08:00:00",
              "MESSAGE", e.xml())),

  /** Kafka Connect, JsonConverter with schemas: payload is the record. */
  KAFKA_CONNECT(
      e -> map("schema", map("type", "struct", "optional", false), "payload", e.winlogbeat())),

  /** Kafka Connect, JsonConverter around text. */
  KAFKA_CONNECT_TEXT(
      e -> map("schema", map("type", "string", "optional", false), "payload", e.xml())),

  /** Debezium's envelope: the row is in after. */
  DEBEZIUM(
      e ->
          map(
              "payload",
              map("before", null, "after", e.nxlog(), "op", "c", "ts_ms", 1773500000000L))),

  /** kcat -J: the message in payload; its README. */
  KCAT(
      e ->
          map(
              "topic",
              "win",
              "partition",
              0,
              "offset",
              e.recordId(),
              "ts",
              1773500000000L,
              "key",
              "WEB07",
              "payload",
              json(e.winlogbeat()))),

  /** CloudEvents in structured mode: the specification. */
  CLOUD_EVENTS(
      e ->
          map(
              "specversion", "1.0",
              "id", "a",
              "source", "/win",
              "type", "log",
              "time", "2026-03-12T08:00:00Z",
              "data", e.winlogbeat())),

  /** Amazon EventBridge: the event in detail. */
  EVENT_BRIDGE(
      e ->
          map(
              "version", "0",
              "id", "a",
              "source", "logs",
              "time", "2026-03-12T08:00:00Z",
              "detail-type", "log",
              "detail", e.nxlog())),

  /** Amazon SNS: the event as text in Message. */
  SNS(e -> map("Type", "Notification", "MessageId", "a", "Message", json(e.winlogbeat()))),

  /** Amazon SQS: the event as text in Body. */
  SQS(e -> map("MessageId", "a", "ReceiptHandle", "b", "Body", json(e.winlogbeat()))),

  /** Cribl's event: _raw and _time. */
  CRIBL(
      e ->
          map("_raw", e.xml(), "_time", e.seconds(), "host", "WEB07", "sourcetype", "windows:xml")),

  /** Sumo Logic, a message of the search job API: map._raw. */
  SUMO_LOGIC(
      e -> map("map", map("_raw", json(e.nxlog()), "_sourcehost", "WEB07", "_messagetime", "1"))),

  /** Datadog, a log of the list API: attributes.attributes; the agent's Event. From memory. */
  DATADOG(
      e ->
          map(
              "id",
              "a",
              "type",
              "log",
              "attributes",
              map(
                  "service",
                  "windows.events",
                  "host",
                  "web07",
                  "timestamp",
                  e.iso(),
                  "message",
                  "x",
                  "attributes",
                  map(
                      "Event",
                      map(
                          "System",
                          map(
                              "Provider", map("Name", e.provider()),
                              "EventID", "" + e.id(),
                              "TimeCreated", map("SystemTime", e.iso()),
                              "EventRecordID", "" + e.recordId(),
                              "Execution", map("ProcessID", "" + e.pid()),
                              "Channel", e.channel(),
                              "Computer", HOST),
                          "EventData",
                          map("Data", e.data())))))),

  /** Falcon LogScale: @rawstring. */
  LOGSCALE(
      e -> map("@rawstring", e.xml(), "@timestamp", 1773500000000L, "#repo", "win", "@id", "a")),

  /** Rapid7 InsightIDR, raw events: eventCode and lower-camel names. From memory. */
  INSIGHT_IDR(
      e -> {
        Map<String, Object> data = new LinkedHashMap<>();
        e.data().forEach((name, value) -> data.put(lowerCamel(name), value));
        return map(
            "sourceId",
            "x",
            "eventCode",
            e.id(),
            "computerName",
            HOST,
            "sourceName",
            e.provider(),
            "timeWritten",
            e.iso(),
            "eventData",
            data);
      }),

  /** Cortex XDR, dataset xdr_data: action_evtlog_*; its schema reference. */
  CORTEX_XDR(
      e ->
          map(
              "_time", e.time().toEpochMilli(),
              "event_timestamp", e.time().toEpochMilli(),
              "agent_hostname", HOST,
              "action_evtlog_event_id", e.id(),
              "action_evtlog_provider_name", e.provider(),
              "action_evtlog_data_fields", json(e.data()),
              "action_evtlog_message", e.message())),

  /** SentinelOne, Deep Visibility: winEventLog.*. From memory. */
  SENTINELONE(
      e ->
          map(
              "event.type", "Windows Event Log Creation",
              "endpoint.name", "WEB07",
              "winEventLog.id", e.id(),
              "winEventLog.channel", e.channel(),
              "winEventLog.providerName", e.provider(),
              "winEventLog.xml", e.xml())),

  /** Wazuh, an alert that keeps only full_log: the agent's JSON as text. */
  WAZUH_FULL_LOG(
      e -> {
        Map<String, Object> data = new LinkedHashMap<>();
        e.data().forEach((name, value) -> data.put(lowerCamel(name), value));
        return map(
            "timestamp",
            "2026-03-12T08:00:00.000+0000",
            "agent",
            map("id", "012", "name", "WEB07"),
            "location",
            "EventChannel",
            "full_log",
            json(
                map(
                    "win",
                    map(
                        "system",
                        map(
                            "providerName",
                            e.provider(),
                            "eventID",
                            "" + e.id(),
                            "systemTime",
                            e.iso(),
                            "eventRecordID",
                            "" + e.recordId(),
                            "processID",
                            "" + e.pid(),
                            "channel",
                            e.channel(),
                            "computer",
                            HOST),
                        "eventdata",
                        data))));
      });

  private final Function<Logged, Map<String, Object>> writer;
  private final boolean namesTheSetting;

  JsonForm(Function<Logged, Map<String, Object>> writer) {
    this(writer, true);
  }

  JsonForm(Function<Logged, Map<String, Object>> writer, boolean namesTheSetting) {
    this.writer = writer;
    this.namesTheSetting = namesTheSetting;
  }

  @Override
  public byte[] log(List<Logged> events) {
    return Form.utf8(
        events.stream().map(e -> json(writer.apply(e)) + "\n").collect(Collectors.joining()));
  }

  @Override
  public boolean namesTheSetting() {
    return namesTheSetting;
  }

  private static Map<String, Object> fluentBit(Logged e) {
    return map(
        "ProviderName",
        e.provider(),
        "ProviderGuid",
        "{00000000-0000-0000-0000-000000000000}",
        "Qualifiers",
        "",
        "EventID",
        e.id(),
        "Version",
        2,
        "Level",
        4,
        "TimeCreated",
        e.at("yyyy-MM-dd HH:mm:ss xx"),
        "EventRecordID",
        e.recordId(),
        "ActivityID",
        "",
        "ProcessID",
        e.pid(),
        "ThreadID",
        2900,
        "Channel",
        e.channel(),
        "Computer",
        HOST,
        "UserID",
        SID,
        "Message",
        e.message(),
        "StringInserts",
        e.strings());
  }

  private static Map<String, Object> otel(Logged e) {
    return map(
        "channel", e.channel(),
        "computer", HOST,
        "event_id", map("id", e.id(), "qualifiers", 0),
        "provider", map("name", e.provider(), "guid", "", "event_source", ""),
        "record_id", e.recordId(),
        "system_time", e.iso(),
        "execution", map("process_id", e.pid(), "thread_id", 2900),
        "security", map("user_id", SID),
        "event_data", e.data());
  }

  private static Map<String, Object> anyValue(Object value) {
    if (value instanceof Map<?, ?> fields) {
      List<Object> values = new ArrayList<>();
      fields.forEach((key, field) -> values.add(map("key", key, "value", anyValue(field))));
      return map("kvlistValue", map("values", values));
    }
    return value instanceof Integer ? map("intValue", "" + value) : map("stringValue", value);
  }

  private static Map<String, Object> dotted(Map<String, Object> nested) {
    Map<String, Object> flat = new LinkedHashMap<>();
    flatten("", nested, flat);
    return flat;
  }

  private static void flatten(String prefix, Map<?, ?> nested, Map<String, Object> flat) {
    nested.forEach(
        (key, value) -> {
          if (value instanceof Map<?, ?> inner) {
            flatten(prefix + key + ".", inner, flat);
          } else {
            flat.put(prefix + key, value);
          }
        });
  }

  private static Map<String, Object> wmi(Logged e, boolean logstash) {
    Map<String, Object> fields =
        map(
            "Category",
            1,
            "CategoryString",
            "x",
            "ComputerName",
            HOST,
            "Data",
            null,
            "EventCode",
            e.id(),
            "EventIdentifier",
            e.id(),
            "EventType",
            4,
            "InsertionStrings",
            e.strings(),
            "Logfile",
            e.channel(),
            "Message",
            e.message(),
            "RecordNumber",
            e.recordId(),
            "SourceName",
            e.provider(),
            "TimeGenerated",
            e.at("yyyyMMddHHmmss.SSS") + "000-000",
            "TimeWritten",
            e.at("yyyyMMddHHmmss.SSS") + "000-000",
            "Type",
            "Information",
            "User",
            null);
    if (logstash) {
      fields.put("@timestamp", e.iso());
      fields.put("@version", "1");
      fields.put("host", "WEC01");
    }
    return fields;
  }

  private static Map<String, Object> getWinEvent(Logged e, String time, List<?> properties) {
    return map(
        "Id",
        e.id(),
        "Version",
        2,
        "Qualifiers",
        null,
        "Level",
        4,
        "RecordId",
        e.recordId(),
        "ProviderName",
        e.provider(),
        "LogName",
        e.channel(),
        "ProcessId",
        e.pid(),
        "ThreadId",
        2900,
        "MachineName",
        HOST,
        "UserId",
        map("BinaryLength", 12, "AccountDomainSid", null, "Value", SID),
        "TimeCreated",
        time,
        "ContainerLog",
        e.channel(),
        "LevelDisplayName",
        "Information",
        "Properties",
        properties,
        "Message",
        e.message());
  }

  static String hayabusaChannel(Logged e) {
    return switch (e.channel()) {
      case "Microsoft-Windows-Sysmon/Operational" -> "Sysmon";
      case "Security" -> "Sec";
      case "Microsoft-Windows-PowerShell/Operational" -> "PwSh";
      default -> e.channel();
    };
  }

  private static List<Map<String, Object>> pairs(Logged e, String name, String text) {
    List<Map<String, Object>> pairs = new ArrayList<>();
    e.data()
        .forEach(
            (key, value) ->
                pairs.add(value.isEmpty() ? map(name, key) : map(name, key, text, value)));
    return pairs;
  }

  static Map<String, Object> osquery(Logged e) {
    return map(
        "channel",
        e.channel(),
        "computer_name",
        HOST,
        "data",
        json(map("EventData", e.data())),
        "datetime",
        e.at("yyyy-MM-dd'T'HH:mm:ss.SSS") + "0000Z",
        "eventid",
        "" + e.id(),
        "keywords",
        "0x8000000000000000",
        "level",
        "4",
        "pid",
        "" + e.pid(),
        "provider_guid",
        "{00000000-0000-0000-0000-000000000000}",
        "provider_name",
        e.provider(),
        "task",
        "0",
        "tid",
        "2900");
  }

  private static Map<String, Object> azure(Logged e, String column, String value) {
    return map(
        "TenantId",
        "x",
        "SourceSystem",
        "OpsManager",
        "TimeGenerated",
        e.iso(),
        "Source",
        e.provider(),
        "EventLog",
        e.channel(),
        "Computer",
        HOST,
        "EventID",
        e.id(),
        "UserName",
        "NT AUTHORITY\\SYSTEM",
        column,
        value,
        "Type",
        "Event");
  }

  private static String lowerCamel(String name) {
    return Character.toLowerCase(name.charAt(0)) + name.substring(1);
  }
}
