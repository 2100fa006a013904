package dev.iiswarden.shapes;

import static dev.iiswarden.shapes.Logged.HOST;
import static dev.iiswarden.shapes.Logged.SID;
import static dev.iiswarden.shapes.Logged.json;

import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The forms in which a record is text with its own syntax, or has a header of syslog. */
@SuppressWarnings("ImmutableEnumChecker") // the functions are
enum TextForm implements Form {
  /** Snare's own format: the LogLogic Universal Collector's page on event output format. */
  SNARE(e -> HOST + "\t" + snare(e, "\t"), false),

  /** Snare in RFC 3164 syslog: the same page, and syslog-ng's format-snare. */
  SNARE_SYSLOG(e -> "<14>" + e.at("MMM d HH:mm:ss") + " WEB07 " + snare(e, "\t"), false),

  /** Snare through rsyslog, which escapes tabs. */
  SNARE_ESCAPED_TABS(e -> "<14>" + e.at("MMM d HH:mm:ss") + " WEB07 " + snare(e, "#011"), false),

  /** Snare with JSON instead of fields: rsyslog's page on mmsnareparse. */
  SNARE_JSON(e -> "<14>" + e.at("MMM d HH:mm:ss") + " WEB07 MSWinEventLog\t0\t" + json(e.nxlog())),

  /** QRadar's events without agent: blanks, milliseconds; the page on SIEM support of ATA. */
  QRADAR_BLANKS(
      e ->
          "<13>"
              + e.at("MMM dd HH:mm:ss")
              + " 192.0.2.7 AgentDevice=WindowsLog AgentLogFile="
              + e.channel()
              + " Source="
              + e.provider()
              + " Computer="
              + HOST
              + " User= Domain= EventID="
              + e.id()
              + " EventIDCode="
              + e.id()
              + " EventType=8 EventCategory=1 RecordNumber="
              + e.recordId()
              + " TimeGenerated="
              + e.time().toEpochMilli()
              + " TimeWritten="
              + e.time().toEpochMilli()
              + " Message="
              + e.flatMessage(),
      false),

  /** LEEF 1.0 with the data as attributes: the LEEF components page. The names are free. */
  LEEF(
      e ->
          "LEEF:1.0|Microsoft|Windows|10.0|"
              + e.id()
              + "|devTime="
              + e.iso()
              + "\tdevTimeFormat=yyyy-MM-dd'T'HH:mm:ss.SSSX\tComputer="
              + HOST
              + "\tSource="
              + e.provider()
              + "\tChannel="
              + e.channel()
              + "\t"
              + fields(e, "=", "\t", Function.identity())),

  /** ArcSight CEF: the page on SIEM support of ATA; the data's names from memory. */
  CEF(
      e ->
          "CEF:0|Microsoft|Microsoft Windows||"
              + e.provider()
              + ":"
              + e.id()
              + "|Happened|Low| externalId="
              + e.id()
              + " cat="
              + e.channel()
              + " rt="
              + e.time().toEpochMilli()
              + " dhost="
              + HOST
              + " "
              + fields(
                  e, "=", " ", value -> value.replace("\\", "\\\\").replace("=", "\\="), "ad.")),

  /** NXLog's to_syslog_ietf: structured data; nxlog-ce's source, extension syslog. */
  NXLOG_IETF(
      e ->
          "<14>1 "
              + e.iso()
              + " "
              + HOST
              + " "
              + e.provider()
              + " "
              + e.pid()
              + " - [NXLOG@14506 EventID=\""
              + e.id()
              + "\" RecordNumber=\""
              + e.recordId()
              + "\" Channel=\""
              + e.channel()
              + "\" UserID=\""
              + SID
              + "\" "
              + fields(e, "=", " ", TextForm::quoted)
              + "] "
              + e.flatMessage()),

  /** NXLog's xm_kvp: quoted values; its reference. */
  NXLOG_KVP(
      e ->
          e.nxlog().entrySet().stream()
              .map(field -> field.getKey() + "=" + quoted("" + field.getValue()))
              .collect(Collectors.joining(", "))),

  /** NXLog's to_xml: the fields are elements; the reference of xm_xml. */
  NXLOG_XML(
      e ->
          "<Event>"
              + e.nxlog().entrySet().stream()
                  .map(
                      f ->
                          "<"
                              + f.getKey()
                              + ">"
                              + Logged.escaped("" + f.getValue())
                              + "</"
                              + f.getKey()
                              + ">")
                  .collect(Collectors.joining())
              + "</Event>"),

  /** CEE: rsyslog's page on mmjsonparse. */
  CEE(e -> "<14>" + e.at("MMM d HH:mm:ss") + " relay win: @cee: " + json(e.nxlog())),

  /** Octet counting: RFC 6587, and NXLog's page on syslog. */
  OCTETS(
      e -> {
        String message = "<14>1 " + e.iso() + " relay win - - - " + json(e.nxlog());
        return Form.utf8(message).length + " " + message;
      }),

  /** Event XML behind an RFC 5424 header with a byte order mark. */
  XML_5424(e -> "<14>1 " + e.iso() + " relay win 1 - - \ufeff" + e.xml()),

  /** A tag and a date before JSON, as Fluentd's and Fluent Bit's stdout write. */
  FLUENTD_FILE(e -> e.at("yyyy-MM-dd'T'HH:mm:ssxxx") + "\twin\t" + json(e.nxlog())),

  /** French texts of 4688: a public article on Get-WinEvent. */
  SPLUNK_FRENCH(
      e ->
          localised(
              e,
              "New Process ID:",
              "ID du nouveau processus :",
              "New Process Name:",
              "Nom du nouveau processus :",
              "Creator Process ID:",
              "ID du processus cr\u00e9ateur :",
              "Creator Process Name:",
              "Nom du processus cr\u00e9ateur :",
              "Process Command Line:",
              "Ligne de commande du processus :",
              "Account Name:",
              "Nom du compte :",
              "Security ID:",
              "ID de s\u00e9curit\u00e9 :"),
      false),

  /** Japanese texts of 4688: the page on event 4688 at learn.microsoft.com, ja-jp. */
  SPLUNK_JAPANESE(
      e ->
          localised(
              e,
              "New Process ID:",
              "\u65b0\u3057\u3044\u30d7\u30ed\u30bb\u30b9 ID:",
              "New Process Name:",
              "\u65b0\u3057\u3044\u30d7\u30ed\u30bb\u30b9\u540d:",
              "Creator Process ID:",
              "\u4f5c\u6210\u5143\u30d7\u30ed\u30bb\u30b9 ID:",
              "Creator Process Name:",
              "\u4f5c\u6210\u5143\u30d7\u30ed\u30bb\u30b9\u540d:",
              "Process Command Line:",
              "\u30d7\u30ed\u30bb\u30b9\u306e\u30b3\u30de\u30f3\u30c9 \u30e9\u30a4\u30f3:"),
      false),

  /** Chinese texts of 4688: public notes on detections. */
  SPLUNK_CHINESE(
      e ->
          localised(
              e,
              "New Process ID:",
              "\u65b0\u8fdb\u7a0b ID:",
              "New Process Name:",
              "\u65b0\u8fdb\u7a0b\u540d\u79f0:",
              "Creator Process ID:",
              "\u521b\u5efa\u8005\u8fdb\u7a0b ID:",
              "Creator Process Name:",
              "\u521b\u5efa\u8005\u8fdb\u7a0b\u540d\u79f0:",
              "Process Command Line:",
              "\u8fdb\u7a0b\u547d\u4ee4\u884c:"),
      false);

  private final Function<Logged, String> writer;
  private final boolean namesTheSetting;

  TextForm(Function<Logged, String> writer) {
    this(writer, true);
  }

  TextForm(Function<Logged, String> writer, boolean namesTheSetting) {
    this.writer = writer;
    this.namesTheSetting = namesTheSetting;
  }

  @Override
  public byte[] log(List<Logged> events) {
    return Form.utf8(
        events.stream().map(e -> writer.apply(e) + "\n").collect(Collectors.joining()));
  }

  @Override
  public boolean namesTheSetting() {
    return namesTheSetting;
  }

  private static String snare(Logged e, String tab) {
    return String.join(
        tab,
        "MSWinEventLog",
        "1",
        e.channel(),
        "" + e.recordId(),
        e.at("EEE MMM dd HH:mm:ss yyyy"),
        "" + e.id(),
        e.provider(),
        "SYSTEM",
        "Well Known Group",
        "Information",
        HOST,
        "None",
        "",
        e.flatMessage(),
        "" + e.recordId());
  }

  private static String fields(
      Logged e, String equals, String between, Function<String, String> value) {
    return fields(e, equals, between, value, "");
  }

  private static String fields(
      Logged e, String equals, String between, Function<String, String> value, String prefix) {
    return e.data().entrySet().stream()
        .map(field -> prefix + field.getKey() + equals + value.apply(field.getValue()))
        .collect(Collectors.joining(between));
  }

  private static String quoted(String value) {
    return '"' + value.replace("\\", "\\\\").replace("\"", "\\\"").replace("]", "\\]") + '"';
  }

  private static String localised(Logged e, String... englishAndOther) {
    String text = e.splunk();
    for (int i = 0; i < englishAndOther.length; i += 2) {
      if (e.id() == 4688) {
        text = text.replace("\t" + englishAndOther[i], "\t" + englishAndOther[i + 1]);
      }
    }
    return text;
  }
}
