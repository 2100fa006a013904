package dev.iiswarden.testing;

import dev.iiswarden.alert.Alert;
import dev.iiswarden.decode.Decoded;
import dev.iiswarden.decode.EventDecoders;
import dev.iiswarden.rules.Rules;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Builds the events of one machine as Windows logs them, one per minute unless a test sets the
 * time.
 */
public final class Story {
  public static final String W3WP = "C:\\Windows\\System32\\inetsrv\\w3wp.exe";
  public static final String CMD = "C:\\Windows\\System32\\cmd.exe";
  public static final String APPCMD = "C:\\Windows\\System32\\inetsrv\\appcmd.exe";
  public static final String POWERSHELL =
      "C:\\Windows\\System32\\WindowsPowerShell\\v1.0\\powershell.exe";

  private static final Rules BUNDLED = Rules.bundled();
  private static final Instant START = Instant.parse("2026-03-04T22:12:07.226Z");
  private static final Duration STEP = Duration.ofMinutes(1);

  private final List<WindowsEvent> events = new ArrayList<>();
  private Instant time = START;

  private Story() {}

  /** Begins a story without events. */
  public static Story begin() {
    return new Story();
  }

  /** Lets time pass. */
  public Story after(Duration duration) {
    time = time.plus(duration).minus(STEP);
    return this;
  }

  /** A process starts. */
  public Story started(int pid, String image, String command, int parentPid, String parent) {
    return sysmon(
        1,
        "ProcessId",
        "" + pid,
        "Image",
        image,
        "CommandLine",
        command,
        "ParentProcessId",
        "" + parentPid,
        "ParentImage",
        parent);
  }

  /** A process starts from cmd.exe. */
  public Story started(String image, String command) {
    return started(5000, image, command, 4000, CMD);
  }

  /** A file is written. */
  public Story wrote(int pid, String image, String path) {
    return sysmon(11, "ProcessId", "" + pid, "Image", image, "TargetFilename", path);
  }

  /** A file is written, by PowerShell. */
  public Story wrote(String path) {
    return wrote(5000, POWERSHELL, path);
  }

  /** A registry value is set, by reg.exe. */
  public Story set(String path, String data) {
    return set("C:\\Windows\\System32\\reg.exe", path, data);
  }

  /** A registry value is set. */
  public Story set(String image, String path, String data) {
    return sysmon(
        13,
        "EventType",
        "SetValue",
        "ProcessId",
        "77",
        "Image",
        image,
        "TargetObject",
        path,
        "Details",
        data);
  }

  /** The worker process loads a DLL that is not signed. */
  public Story loaded(String dll) {
    return loaded(W3WP, dll, "false", "-", "Unavailable");
  }

  /** A process loads a DLL. */
  public Story loaded(String image, String dll, String signed, String signer, String status) {
    return sysmon(
        7,
        "ProcessId",
        "600",
        "Image",
        image,
        "ImageLoaded",
        dll,
        "Signed",
        signed,
        "Signature",
        signer,
        "SignatureStatus",
        status);
  }

  /** IIS logs a change of its configuration. */
  public Story configured(String configuration, String value) {
    return event(
        "Microsoft-Windows-IIS-Configuration",
        "Microsoft-IIS-Configuration/Operational",
        29,
        "PhysicalPath",
        "\\\\?\\C:\\Windows\\system32\\inetsrv\\config\\applicationHost.config",
        "Configuration",
        configuration,
        "NewValue",
        value);
  }

  /** PowerShell logs a script block. */
  public Story ran(String script) {
    return event(
        "Microsoft-Windows-PowerShell",
        "Microsoft-Windows-PowerShell/Operational",
        4104,
        "ScriptBlockText",
        script);
  }

  /** The worker process cannot load a module. */
  public Story failedToLoad(String dll) {
    return event("Microsoft-Windows-IIS-W3SVC-WP", "Application", 2282, "ModuleDll", dll);
  }

  /** A file is read, according to the Security log. */
  public Story read(String image, String path) {
    return event(
        "Microsoft-Windows-Security-Auditing",
        "Security",
        4663,
        "ObjectType",
        "File",
        "ObjectName",
        path,
        "AccessMask",
        "0x1",
        "ProcessId",
        "0x4d",
        "ProcessName",
        image);
  }

  /** Any event of Sysmon. */
  public Story sysmon(int id, String... namesAndValues) {
    events.add(WindowsEvent.sysmon(id, time, "WEB01", fields(namesAndValues)));
    time = time.plus(STEP);
    return this;
  }

  private Story event(String provider, String channel, int id, String... namesAndValues) {
    events.add(new WindowsEvent(provider, channel, id, time, "WEB01", fields(namesAndValues)));
    time = time.plus(STEP);
    return this;
  }

  private static Map<String, String> fields(String... namesAndValues) {
    Map<String, String> fields = new LinkedHashMap<>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      fields.put(namesAndValues[i], namesAndValues[i + 1]);
    }
    return fields;
  }

  /** The alerts that the bundled rules raise. */
  public List<Alert> alerts() {
    return RaisedAlerts.raisedBy(BUNDLED, records());
  }

  /** The events, one per line. */
  public List<String> lines() {
    return events.stream().map(event -> event.xml().replace('\n', ' ')).toList();
  }

  /** The events, decoded. */
  public List<Decoded> records() {
    return events.stream().map(event -> EventDecoders.auto().decode(event.xml())).toList();
  }

  /** The ids of the rules of all raised alerts, in alphabetical order, one per alert. */
  public List<String> rules() {
    return alerts().stream().map(alert -> alert.rule().id()).sorted().toList();
  }
}
