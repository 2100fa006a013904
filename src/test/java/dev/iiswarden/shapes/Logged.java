package dev.iiswarden.shapes;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One event as Windows logged it, and the parts of which collectors build their records. */
record Logged(
    String provider,
    String channel,
    int id,
    int recordId,
    Instant time,
    int pid,
    Map<String, String> data) {
  static final String HOST = "WEB07.shop.example";
  static final String SID = "S-1-5-18";

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String SYSMON = "Microsoft-Windows-Sysmon";
  private static final String SECURITY = "Microsoft-Windows-Security-Auditing";
  private static final String DLL = "C:\\Windows\\System32\\inetsrv\\HttpTraceMod.dll";
  private static final String INSTALL =
      "appcmd.exe install module /name:HttpTraceMod /image:" + DLL;

  /** All strings of an event in the order of its manifest. */
  private static final Map<Integer, String> ORDER =
      Map.of(
          1,
          "RuleName UtcTime ProcessGuid ProcessId Image FileVersion Description Product Company"
              + " OriginalFileName CommandLine CurrentDirectory User LogonGuid LogonId"
              + " TerminalSessionId IntegrityLevel Hashes ParentProcessGuid ParentProcessId"
              + " ParentImage ParentCommandLine ParentUser",
          7,
          "RuleName UtcTime ProcessGuid ProcessId Image ImageLoaded FileVersion Description Product"
              + " Company OriginalFileName Hashes Signed Signature SignatureStatus User",
          11,
          "RuleName UtcTime ProcessGuid ProcessId Image TargetFilename CreationUtcTime User",
          13,
          "RuleName EventType UtcTime ProcessGuid ProcessId Image TargetObject Details User",
          4688,
          "SubjectUserSid SubjectUserName SubjectDomainName SubjectLogonId NewProcessId"
              + " NewProcessName TokenElevationType ProcessId CommandLine TargetUserSid"
              + " TargetUserName TargetDomainName TargetLogonId ParentProcessName MandatoryLabel",
          4657,
          "SubjectUserSid SubjectUserName SubjectDomainName SubjectLogonId ObjectName"
              + " ObjectValueName HandleId OperationType OldValueType OldValue NewValueType NewValue"
              + " ProcessId ProcessName",
          4104,
          "MessageNumber MessageTotal ScriptBlockText ScriptBlockId Path",
          29,
          "PhysicalPath ConfigPath EffectiveLocationPath Configuration EditOperationType OldValue"
              + " NewValue");

  /** The nine records of one intrusion. */
  static final List<Logged> INTRUSION =
      List.of(
          sysmon(
              1,
              9001,
              "2026-03-10T15:02:10.104Z",
              "ProcessId=4880|Image=C:\\Windows\\System32\\cmd.exe|OriginalFileName=Cmd.Exe"
                  + "|CommandLine=cmd.exe /c whoami|CurrentDirectory=c:\\windows\\system32\\inetsrv\\"
                  + "|User=IIS APPPOOL\\ShopPool|LogonId=0x4c1b2|IntegrityLevel=High"
                  + "|ParentProcessGuid={5c1f2a77-0b1e-69af-0009-00000000a100}|ParentProcessId=3312"
                  + "|ParentImage=c:\\windows\\system32\\inetsrv\\w3wp.exe"
                  + "|ParentCommandLine=c:\\windows\\system32\\inetsrv\\w3wp.exe -ap \"ShopPool\"",
              "0001"),
          sysmon(
              11,
              9002,
              "2026-03-10T15:03:20.250Z",
              "ProcessId=5012|Image=C:\\Windows\\System32\\WindowsPowerShell\\v1.0\\powershell.exe"
                  + "|TargetFilename="
                  + DLL
                  + "|CreationUtcTime=2026-03-10 15:03:20.250|User=NT AUTHORITY\\SYSTEM",
              "0002"),
          sysmon(
              13,
              9003,
              "2026-03-10T15:04:01.777Z",
              "EventType=SetValue|ProcessId=5100|Image=C:\\Windows\\System32\\reg.exe"
                  + "|TargetObject=HKLM\\System\\CurrentControlSet\\Services\\W3SVC\\Parameters"
                  + "\\Filter DLLs|Details="
                  + DLL
                  + "|User=NT AUTHORITY\\SYSTEM",
              "0003"),
          sysmon(
              1,
              9004,
              "2026-03-10T15:05:30.001Z",
              "ProcessId=5208|Image=C:\\Windows\\System32\\inetsrv\\appcmd.exe"
                  + "|OriginalFileName=appcmd.exe|CommandLine="
                  + INSTALL
                  + "|CurrentDirectory=C:\\|User=NT AUTHORITY\\SYSTEM"
                  + "|ParentProcessGuid={5c1f2a77-0b1e-69af-0001-00000000a100}|ParentProcessId=4880"
                  + "|ParentImage=C:\\Windows\\System32\\cmd.exe|ParentCommandLine=cmd.exe",
              "0004"),
          sysmon(
              7,
              9005,
              "2026-03-10T15:06:11.500Z",
              "ProcessId=5300|Image=c:\\windows\\system32\\inetsrv\\w3wp.exe"
                  + "|ImageLoaded=C:\\ProgramData\\cache\\MsgFilter.dll|Signed=false"
                  + "|SignatureStatus=Unavailable|User=IIS APPPOOL\\ShopPool",
              "0005"),
          new Logged(
              SECURITY,
              "Security",
              4688,
              9006,
              Instant.parse("2026-03-10T15:05:30.003Z"),
              4,
              data(
                  "SubjectUserSid=S-1-5-18|SubjectUserName=WEB07$|SubjectDomainName=SHOP"
                      + "|SubjectLogonId=0x3e7|NewProcessId=0x1458"
                      + "|NewProcessName=C:\\Windows\\System32\\inetsrv\\appcmd.exe"
                      + "|TokenElevationType=%%1936|ProcessId=0x1310|CommandLine="
                      + INSTALL
                      + "|TargetUserSid=S-1-0-0|TargetUserName=-"
                      + "|ParentProcessName=C:\\Windows\\System32\\cmd.exe"
                      + "|MandatoryLabel=S-1-16-16384")),
          new Logged(
              SECURITY,
              "Security",
              4657,
              9007,
              Instant.parse("2026-03-10T15:07:01.100Z"),
              4,
              data(
                  "SubjectUserSid=S-1-5-18|SubjectUserName=WEB07$|SubjectDomainName=SHOP"
                      + "|SubjectLogonId=0x3e7|ObjectName=\\REGISTRY\\MACHINE\\SYSTEM"
                      + "\\ControlSet001\\Services\\W3SVC\\Parameters"
                      + "|ObjectValueName=Filter DLLs|HandleId=0x12c|OperationType=%%1904"
                      + "|OldValueType=-|OldValue=-|NewValueType=%%1873"
                      + "|NewValue=C:\\inetpub\\flt\\owafilt.dll|ProcessId=0x13f0"
                      + "|ProcessName=C:\\Windows\\regedit.exe")),
          new Logged(
              "Microsoft-Windows-PowerShell",
              "Microsoft-Windows-PowerShell/Operational",
              4104,
              9008,
              Instant.parse("2026-03-10T15:08:15.900Z"),
              6001,
              data(
                  "MessageNumber=1|MessageTotal=1|ScriptBlockText=New-WebGlobalModule -Name"
                      + " HttpTraceMod -Image "
                      + DLL
                      + "|ScriptBlockId=3f0a0a11-2b6d-4c5e-9f00-0123456789ab|Path=")),
          new Logged(
              "Microsoft-Windows-IIS-Configuration",
              "Microsoft-IIS-Configuration/Operational",
              29,
              9009,
              Instant.parse("2026-03-10T15:08:16.200Z"),
              6001,
              data(
                  "PhysicalPath=\\\\?\\C:\\Windows\\system32\\inetsrv\\config\\applicationHost.config"
                      + "|ConfigPath=MACHINE/WEBROOT/APPHOST|EffectiveLocationPath="
                      + "|Configuration=/system.webServer/globalModules/add[@name=\"HttpTraceMod\"]"
                      + "/@image|EditOperationType=1|OldValue=|NewValue="
                      + DLL)));

  private static Logged sysmon(int id, int recordId, String time, String fields, String guid) {
    Instant at = Instant.parse(time);
    Map<String, String> data = new LinkedHashMap<>();
    data.put("RuleName", "-");
    data.put("UtcTime", format("yyyy-MM-dd HH:mm:ss.SSS", at));
    data.put("ProcessGuid", "{5c1f2a77-0b1e-69af-" + guid + "-00000000a100}");
    data.putAll(data(fields));
    return new Logged(SYSMON, SYSMON + "/Operational", id, recordId, at, 2140, data);
  }

  private static Map<String, String> data(String fields) {
    Map<String, String> data = new LinkedHashMap<>();
    for (String field : fields.split("\\|", -1)) {
      int equals = field.indexOf('=');
      data.put(field.substring(0, equals), field.substring(equals + 1));
    }
    return data;
  }

  boolean isSysmon() {
    return provider.equals(SYSMON);
  }

  /** The values without their names, in the order of the manifest; a missing value is a dash. */
  List<String> strings() {
    List<String> strings = new ArrayList<>();
    for (String name : String.valueOf(ORDER.get(id)).split(" ", -1)) {
      strings.add(data.getOrDefault(name, "-"));
    }
    return strings;
  }

  /** The time in UTC. */
  String at(String pattern) {
    return format(pattern, time);
  }

  private static String format(String pattern, Instant time) {
    return DateTimeFormatter.ofPattern(pattern, Locale.ENGLISH)
        .withZone(ZoneOffset.UTC)
        .format(time);
  }

  String iso() {
    return time.toString();
  }

  double seconds() {
    return time.toEpochMilli() / 1000.0;
  }

  /** Windows Event XML on one line. */
  String xml() {
    StringBuilder xml = new StringBuilder();
    xml.append("<Event xmlns='http://schemas.microsoft.com/win/2004/08/events/event'><System>");
    xml.append("<Provider Name='").append(provider).append("'/><EventID>").append(id);
    xml.append("</EventID><TimeCreated SystemTime='").append(at("yyyy-MM-dd'T'HH:mm:ss.SSS"));
    xml.append("0000Z'/><EventRecordID>").append(recordId).append("</EventRecordID>");
    xml.append("<Execution ProcessID='").append(pid).append("' ThreadID='2900'/><Channel>");
    xml.append(channel).append("</Channel><Computer>").append(HOST);
    xml.append("</Computer><Security UserID='").append(SID).append("'/></System>");
    return xml.append(eventData()).append("</Event>").toString();
  }

  /** The element EventData. */
  String eventData() {
    StringBuilder xml = new StringBuilder("<EventData>");
    data.forEach(
        (name, value) ->
            xml.append("<Data Name='")
                .append(name)
                .append("'>")
                .append(escaped(value))
                .append("</Data>"));
    return xml.append("</EventData>").toString();
  }

  static String escaped(String value) {
    return value.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }

  /** The English text of the event, its lines parted by CR LF. */
  String message() {
    return switch (id) {
      case 4688 ->
          "A new process has been created.\r\n\r\nCreator Subject:\r\n"
              + lines(
                  "Security ID", "SubjectUserSid",
                  "Account Name", "SubjectUserName",
                  "Account Domain", "SubjectDomainName",
                  "Logon ID", "SubjectLogonId")
              + "\r\nTarget Subject:\r\n"
              + lines("Security ID", "TargetUserSid", "Account Name", "TargetUserName")
              + "\r\nProcess Information:\r\n"
              + lines(
                  "New Process ID", "NewProcessId",
                  "New Process Name", "NewProcessName",
                  "Token Elevation Type", "TokenElevationType",
                  "Mandatory Label", "MandatoryLabel",
                  "Creator Process ID", "ProcessId",
                  "Creator Process Name", "ParentProcessName",
                  "Process Command Line", "CommandLine");
      case 4657 ->
          "A registry value was modified.\r\n\r\nSubject:\r\n"
              + lines(
                  "Security ID", "SubjectUserSid",
                  "Account Name", "SubjectUserName",
                  "Account Domain", "SubjectDomainName",
                  "Logon ID", "SubjectLogonId")
              + "\r\nObject:\r\n"
              + lines(
                  "Object Name", "ObjectName",
                  "Object Value Name", "ObjectValueName",
                  "Handle ID", "HandleId")
              + "\tOperation Type:\t\tNew registry value created\r\n\r\nProcess Information:\r\n"
              + lines("Process ID", "ProcessId", "Process Name", "ProcessName")
              + "\r\nChange Information:\r\n"
              + lines("Old Value Type", "OldValueType", "Old Value", "OldValue")
              + "\tNew Value Type:\t\tREG_SZ\r\n"
              + lines("New Value", "NewValue");
      case 4104 ->
          "Creating Scriptblock text (1 of 1):\r\n"
              + data.get("ScriptBlockText")
              + "\r\n\r\nScriptBlock ID: "
              + data.get("ScriptBlockId")
              + "\r\nPath: ";
      case 29 ->
          "Changes to '"
              + data.get("Configuration")
              + "' at '"
              + data.get("ConfigPath")
              + "' have successfully been committed.";
      default -> {
        StringBuilder text = new StringBuilder("Event:");
        data.forEach((name, value) -> text.append("\r\n").append(name).append(": ").append(value));
        yield text.toString();
      }
    };
  }

  private String lines(String... labelsAndNames) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < labelsAndNames.length; i += 2) {
      text.append('\t').append(labelsAndNames[i]).append(":\t\t");
      text.append(data.getOrDefault(labelsAndNames[i + 1], "-")).append("\r\n");
    }
    return text.toString();
  }

  /** The text on one line, as syslog agents send it. */
  String flatMessage() {
    return message().replace("\t\t", "  ").replace("\t", "").replace("\r\n", "  ");
  }

  /** Splunk's classic text. */
  String splunk() {
    return at("MM/dd/yyyy hh:mm:ss.SSS a")
        + "\nLogName="
        + channel
        + "\nEventCode="
        + id
        + "\nEventType=4\nComputerName="
        + HOST
        + "\nSourceName="
        + provider
        + "\nType=Information\nRecordNumber="
        + recordId
        + "\nMessage="
        + message().replace("\r\n", "\n");
  }

  /** The document of Winlogbeat 7 and 8. */
  Map<String, Object> winlogbeat() {
    return map(
        "@timestamp",
        iso(),
        "event",
        map("code", "" + id, "kind", "event", "provider", provider),
        "winlog",
        map(
            "event_id",
            "" + id,
            "channel",
            channel,
            "provider_name",
            provider,
            "computer_name",
            HOST,
            "record_id",
            recordId,
            "process",
            map("pid", pid),
            "user",
            map("identifier", SID),
            "event_data",
            data));
  }

  /** The fields of NXLog. */
  Map<String, Object> nxlog() {
    Map<String, Object> fields =
        map(
            "EventTime",
            at("yyyy-MM-dd'T'HH:mm:ss.SSS'000+00:00'"),
            "Hostname",
            HOST,
            "EventID",
            id,
            "SourceName",
            provider,
            "Channel",
            channel,
            "RecordNumber",
            recordId,
            "ExecutionProcessID",
            pid,
            "UserID",
            SID);
    fields.putAll(data);
    return fields;
  }

  /** The object that evtx_dump makes of an event when it keeps attributes apart. */
  Map<String, Object> separateAttributes() {
    return map("Event", map("EventData", data, "System", systemApart()));
  }

  Map<String, Object> systemApart() {
    return map(
        "Provider_attributes",
        map("Name", provider),
        "EventID",
        id,
        "TimeCreated_attributes",
        map("SystemTime", iso()),
        "EventRecordID",
        recordId,
        "Execution_attributes",
        map("ProcessID", pid, "ThreadID", 2900),
        "Channel",
        channel,
        "Computer",
        HOST,
        "Security_attributes",
        map("UserID", SID));
  }

  static Map<String, Object> map(@Nullable Object... keysAndValues) {
    Map<String, Object> map = new LinkedHashMap<>();
    for (int i = 0; i < keysAndValues.length; i += 2) {
      map.put(keysAndValues[i].toString(), keysAndValues[i + 1]);
    }
    return map;
  }

  static String json(Object value) {
    try {
      return JSON.writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  static String pretty(Object value) {
    try {
      return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }
}
