package dev.iiswarden.shapes;

import static dev.iiswarden.shapes.Logged.HOST;
import static dev.iiswarden.shapes.Logged.json;
import static dev.iiswarden.shapes.Logged.map;
import static dev.iiswarden.shapes.Logged.pretty;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.zip.GZIPOutputStream;

/** The forms in which a log is one document, or its records depend on each other. */
@SuppressWarnings("ImmutableEnumChecker") // the functions are
enum LogForm implements Form {
  /** A JSON array with CR LF. */
  ARRAY_CRLF(events -> pretty(beats(events)).replace("\n", "\r\n")),

  /** A pretty array after a byte order mark, as PowerShell 5.1 writes UTF-8 files. */
  ARRAY_AFTER_MARK(events -> "\ufeff" + pretty(beats(events))),

  /** An object with the events under Events, as some exporters write. */
  EVENTS_ROOT(events -> json(map("Events", beats(events)))),

  /** A JSON text sequence: RFC 7464. */
  TEXT_SEQUENCE(
      events -> beats(events).stream().map(e -> "\u001e" + json(e) + "\n").collect(joining(""))),

  /** Objects on one line, parted by commas. */
  COMMAS(events -> beats(events).stream().map(Logged::json).collect(joining(","))),

  /** Each line is a JSON string that holds the JSON text. */
  DOUBLY_ENCODED(
      events -> beats(events).stream().map(e -> json(json(e)) + "\n").collect(joining(""))),

  /** An array of strings of Event XML. */
  ARRAY_OF_XML(events -> json(events.stream().map(Logged::xml).toList())),

  /** wevtutil /f:xml /e:Events, over lines with CR LF. */
  XML_EVENTS_CRLF(
      events ->
          "<?xml version=\"1.0\" encoding=\"utf-8\" standalone=\"yes\"?>\r\n<Events>\r\n"
              + lines(events, e -> e.xml().replace("><", ">\r\n<") + "\r\n")
              + "</Events>\r\n"),

  /** chainsaw search --json: README of chainsaw. */
  CHAINSAW_SEARCH(events -> json(events.stream().map(Logged::separateAttributes).toList())),

  /** osquery, snapshot results: its page on logging. */
  OSQUERY_SNAPSHOT(
      events ->
          json(
              map(
                  "snapshot", events.stream().map(JsonForm::osquery).toList(),
                  "action", "snapshot",
                  "name", "pack_win",
                  "hostIdentifier", "WEB07",
                  "unixTime", 1773500000))),

  /** osquery, batch differential results: its page on logging. */
  OSQUERY_DIFF(
      events ->
          json(
              map(
                  "diffResults",
                  map(
                      "added",
                      events.stream().map(JsonForm::osquery).toList(),
                      "removed",
                      List.of()),
                  "name",
                  "pack_win",
                  "hostIdentifier",
                  "WEB07"))),

  /** Log Analytics API: tables of columns and rows; its response format. */
  LOG_ANALYTICS(
      events -> {
        List<List<String>> table = azureTable(events, "yyyy-MM-dd'T'HH:mm:ss.SSS'Z'", "");
        return json(
            map(
                "tables",
                List.of(
                    map(
                        "name",
                        "PrimaryResult",
                        "columns",
                        table.get(0).stream()
                            .map(name -> map("name", name, "type", "string"))
                            .toList(),
                        "rows",
                        table.subList(1, table.size())))));
      }),

  /** Azure portal, export to CSV: time columns are marked. From memory. */
  AZURE_PORTAL_CSV(events -> csv(azureTable(events, "M/d/yyyy, h:mm:ss.SSS a", " [UTC]"))),

  /** CloudWatch Logs, subscription filter: logEvents with Event XML. */
  CLOUDWATCH_SUBSCRIPTION(
      events ->
          json(
              map(
                  "messageType",
                  "DATA_MESSAGE",
                  "owner",
                  "1",
                  "logGroup",
                  "g",
                  "logStream",
                  "s",
                  "logEvents",
                  cloudwatch(events)))),

  /** CloudWatch Logs, get-log-events. */
  CLOUDWATCH_GET_EVENTS(events -> pretty(map("events", cloudwatch(events)))),

  /** CloudWatch Logs Insights, get-query-results: fields and values. */
  CLOUDWATCH_INSIGHTS(
      events ->
          json(
              map(
                  "results",
                  events.stream()
                      .map(e -> List.of(map("field", "@message", "value", e.xml())))
                      .toList(),
                  "status",
                  "Complete"))),

  /** Splunk, a search's results as JSON: output_mode json. */
  SPLUNK_RESULTS(
      events ->
          json(
              map(
                  "preview",
                  false,
                  "results",
                  events.stream().map(e -> map("_raw", e.xml(), "host", "WEB07")).toList()))),

  /** Splunk, export to CSV with XML in _raw. */
  SPLUNK_CSV(
      events -> {
        List<List<String>> table = new ArrayList<>();
        table.add(List.of("_raw", "_time", "host", "sourcetype"));
        events.forEach(e -> table.add(List.of(e.xml(), e.iso(), "WEB07", "XmlWinEventLog")));
        return csv(table);
      }),

  /** Kibana, CSV report: dateFormat's default, and a dash where a field is missing. */
  KIBANA_CSV(
      events ->
          csv(
              table(
                  events.stream()
                      .map(
                          e -> {
                            Map<String, String> row = new LinkedHashMap<>();
                            row.put("@timestamp", e.at("MMM d, yyyy @ HH:mm:ss.SSS"));
                            row.put("winlog.event_id", "" + e.id());
                            row.put("winlog.provider_name", e.provider());
                            row.put("winlog.channel", e.channel());
                            row.put("winlog.computer_name", HOST);
                            e.data().forEach((name, v) -> row.put("winlog.event_data." + name, v));
                            return row;
                          })
                      .toList(),
                  "-"))),

  /** A CSV of NXLog-like fields with floats for numbers, as pandas writes columns with gaps. */
  PANDAS_CSV(
      events ->
          csv(
              table(
                  events.stream()
                      .map(
                          e -> {
                            Map<String, String> row = new LinkedHashMap<>();
                            e.nxlog().forEach((name, v) -> row.put(name, "" + v));
                            row.put("EventID", e.id() + ".0");
                            return row;
                          })
                      .toList(),
                  ""))),

  /** Elasticsearch, bulk request: an action line before each document. */
  ELASTICSEARCH_BULK(
      events ->
          lines(events, e -> "{\"index\":{\"_index\":\"win\"}}\n" + json(e.winlogbeat()) + "\n")),

  /** OpenSearch, a scroll response, pretty. */
  OPENSEARCH_SCROLL(
      events ->
          pretty(
              map(
                  "_scroll_id",
                  "x",
                  "took",
                  1,
                  "hits",
                  map(
                      "total",
                      map("value", 9, "relation", "eq"),
                      "hits",
                      events.stream()
                          .map(e -> map("_index", "win", "_id", "a", "_source", e.winlogbeat()))
                          .toList())))),

  /** Kafka REST proxy, v2: an array of records with value. */
  KAFKA_REST(
      events ->
          json(
              events.stream()
                  .map(e -> map("topic", "win", "key", null, "value", e.winlogbeat()))
                  .toList())),

  /** New Relic, Log API: logs below common. From memory. */
  NEW_RELIC(
      events ->
          json(
              List.of(
                  map(
                      "common",
                      map("attributes", map("plugin", "x")),
                      "logs",
                      events.stream()
                          .map(
                              e ->
                                  map(
                                      "timestamp",
                                      e.time().toEpochMilli(),
                                      "attributes",
                                      e.nxlog()))
                          .toList())))),

  /** Windows Event Forwarding: envelope with escaped events; MS-WSMV. */
  WEF_ESCAPED(
      events ->
          "<s:Envelope xmlns:s='http://www.w3.org/2003/05/soap-envelope'><s:Body><w:Events>"
              + lines(events, e -> "<w:Event>" + Logged.escaped(e.xml()) + "</w:Event>")
              + "</w:Events></s:Body></s:Envelope>"),

  /** The array, gzipped. */
  GZIP_ARRAY(events -> json(beats(events))) {
    @Override
    public byte[] log(List<Logged> events) {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
        gzip.write(super.log(events));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      return bytes.toByteArray();
    }
  };

  private final Function<List<Logged>, String> writer;

  LogForm(Function<List<Logged>, String> writer) {
    this.writer = writer;
  }

  @Override
  public byte[] log(List<Logged> events) {
    return Form.utf8(writer.apply(events));
  }

  @Override
  public boolean namesTheSetting() {
    return true;
  }

  private static java.util.stream.Collector<CharSequence, ?, String> joining(String between) {
    return Collectors.joining(between);
  }

  private static List<Map<String, Object>> beats(List<Logged> events) {
    return events.stream().map(Logged::winlogbeat).toList();
  }

  private static String lines(List<Logged> events, Function<Logged, String> writer) {
    return events.stream().map(writer).collect(Collectors.joining());
  }

  private static List<Map<String, Object>> cloudwatch(List<Logged> events) {
    return events.stream()
        .map(
            e ->
                map(
                    "id",
                    "1",
                    "timestamp",
                    e.time().toEpochMilli(),
                    "message",
                    e.xml(),
                    "ingestionTime",
                    1773500000000L))
        .toList();
  }

  private static List<List<String>> azureTable(
      List<Logged> events, String date, String markOfTime) {
    List<List<String>> table = new ArrayList<>();
    table.add(
        List.of(
            "TimeGenerated" + markOfTime,
            "Provider",
            "Channel",
            "Computer",
            "EventID",
            "EventData",
            "Type"));
    events.forEach(
        e ->
            table.add(
                List.of(
                    e.at(date),
                    e.provider(),
                    e.channel(),
                    HOST,
                    "" + e.id(),
                    json(e.data()),
                    "WindowsEvent")));
    return table;
  }

  private static List<List<String>> table(List<Map<String, String>> rows, String missing) {
    Set<String> names = new LinkedHashSet<>();
    rows.forEach(row -> names.addAll(row.keySet()));
    List<List<String>> table = new ArrayList<>();
    table.add(List.copyOf(names));
    for (Map<String, String> row : rows) {
      table.add(names.stream().map(name -> row.getOrDefault(name, missing)).toList());
    }
    return table;
  }

  private static String csv(List<List<String>> table) {
    return table.stream()
        .map(
            row ->
                row.stream()
                        .map(cell -> '"' + cell.replace("\"", "\"\"") + '"')
                        .collect(Collectors.joining(","))
                    + "\n")
        .collect(Collectors.joining());
  }
}
