package dev.iiswarden.traces;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.iiswarden.testing.WindowsEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * The events of one server as its collectors send them: most in the form of Elastic Defend, some
 * from Sysmon through NXLog, and those of IIS and PowerShell from the event log. The ids of
 * Elastic's events say what caused them. Each arrives up to ten seconds after it happened. Not
 * thread-safe.
 */
final class Feed {
  /** One event: when it arrived, and its JSON. */
  record Line(Instant arrived, String text) {}

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int LONGEST_DELAY_MS = 10_000;
  private static final int DELAYED_PERCENT = 7;

  private final String host;
  private final Random random;
  private final List<Line> lines = new ArrayList<>();
  private String cause = "unknown";
  private int sysmonPercent;
  private int number;

  Feed(String host, Random random) {
    this.host = host;
    this.random = random;
  }

  /** Says what causes the events that follow, in a few words. */
  void because(String what) {
    cause = what;
  }

  /** Says how many in a hundred of the events that follow come from Sysmon. */
  void fromSysmon(int percent) {
    sysmonPercent = percent;
  }

  /** A program starts. */
  void starts(Instant time, StartedProgram program, StartedProgram parent) {
    if (isFromSysmon()) {
      Map<String, String> data = by(program);
      data.put("CommandLine", program.commandLine());
      data.put("ParentProcessGuid", guid(parent));
      data.put("ParentProcessId", Integer.toString(parent.pid()));
      data.put("ParentImage", parent.executable());
      data.put("ParentCommandLine", parent.commandLine());
      sysmon(time, 1, data);
      return;
    }
    Map<String, Object> event = elastic(time, "process", "start", "start", program);
    Map<String, Object> process = process(program);
    process.put("command_line", program.commandLine());
    process.put("parent", process(parent));
    event.put("process", process);
    add(time, event);
  }

  /** A program creates or overwrites a file. */
  void writes(Instant time, StartedProgram by, String path) {
    if (isFromSysmon()) {
      Map<String, String> data = by(by);
      data.put("TargetFilename", path);
      sysmon(time, 11, data);
      return;
    }
    file(time, by, "creation", "creation", path);
  }

  /** A program overwrites a file; Sysmon does not tell that from a creation. */
  void overwrites(Instant time, StartedProgram by, String path) {
    file(time, by, "change", "overwrite", path);
  }

  /** A program gives a file this name; Sysmon does not log it. */
  void renames(Instant time, StartedProgram by, String path) {
    file(time, by, "change", "rename", path);
  }

  /** A program reads a file; Sysmon does not log it. */
  void reads(Instant time, StartedProgram by, String path) {
    file(time, by, "access", "open", path);
  }

  private void file(Instant time, StartedProgram by, String type, String action, String path) {
    Map<String, Object> event = elastic(time, "file", type, action, by);
    String name = lastPart(path, '\\');
    event.put("file", Map.of("path", path, "name", name, "extension", lastPart(name, '.')));
    add(time, event);
  }

  /**
   * A program loads a DLL.
   *
   * @param signer who signed it; null if nobody did
   */
  void loads(Instant time, StartedProgram by, String path, @Nullable String signer) {
    if (isFromSysmon()) {
      Map<String, String> data = by(by);
      data.put("ImageLoaded", path);
      data.put("Signed", signer == null ? "false" : "true");
      data.put("Signature", signer == null ? "-" : signer);
      data.put("SignatureStatus", signer == null ? "Unavailable" : "Valid");
      sysmon(time, 7, data);
      return;
    }
    Map<String, Object> event = elastic(time, "library", "start", "load", by);
    Map<String, Object> signature = new LinkedHashMap<>();
    signature.put("exists", signer != null);
    signature.put("trusted", signer != null);
    if (signer != null) {
      signature.put("subject_name", signer);
    }
    event.put(
        "dll", Map.of("path", path, "name", lastPart(path, '\\'), "code_signature", signature));
    add(time, event);
  }

  /** A program sets a value of the registry. */
  void sets(Instant time, StartedProgram by, String path, String data) {
    if (isFromSysmon()) {
      Map<String, String> fields = by(by);
      fields.put("EventType", "SetValue");
      fields.put("TargetObject", path);
      fields.put("Details", data);
      sysmon(time, 13, fields);
      return;
    }
    Map<String, Object> event = elastic(time, "registry", "change", "modification", by);
    event.put(
        "registry",
        Map.of(
            "path",
            path,
            "value",
            lastPart(path, '\\'),
            "data",
            Map.of("strings", List.of(data), "type", "REG_SZ")));
    add(time, event);
  }

  /** Event 29: an element or attribute of the IIS configuration is set. */
  void configures(Instant time, String element, String value) {
    Map<String, Object> event = new LinkedHashMap<>();
    event.put("EventTime", time.toString());
    event.put("Hostname", host);
    event.put("EventID", 29);
    event.put("SourceName", "Microsoft-Windows-IIS-Configuration");
    event.put("Channel", "Microsoft-IIS-Configuration/Operational");
    event.put("RecordNumber", ++number);
    event.put("PhysicalPath", "\\\\?\\" + AdministrationWeek.CONFIGURATION);
    event.put("ConfigPath", "MACHINE/WEBROOT/APPHOST");
    event.put("Configuration", "/system.webServer/" + element);
    event.put("EditOperationType", 3);
    event.put("OldValue", "");
    event.put("NewValue", value);
    add(time, event);
  }

  /** Event 4104: PowerShell runs a script. */
  void runs(Instant time, StartedProgram by, String script) {
    Map<String, Object> event = elastic(time, "process", "info", "Execute a Remote Command", by);
    event.put("process", Map.of("pid", by.pid()));
    Map<String, Object> common = new LinkedHashMap<>(asMap(event.get("event")));
    common.put("code", "4104");
    common.put("provider", "Microsoft-Windows-PowerShell");
    event.put("event", common);
    event.put(
        "powershell",
        Map.of(
            "file",
            Map.of("script_block_text", script, "script_block_id", "b" + ++number),
            "sequence",
            1,
            "total",
            1));
    add(time, event);
  }

  /** The events in the order in which they arrived. */
  List<Line> lines() {
    return lines.stream().sorted(Comparator.comparing(Line::arrived)).toList();
  }

  private Map<String, Object> elastic(
      Instant time, String category, String type, String action, StartedProgram by) {
    Map<String, Object> event = new LinkedHashMap<>();
    event.put("@timestamp", time.toString());
    event.put("agent", Map.of("type", "endpoint"));
    Map<String, Object> common = new LinkedHashMap<>();
    common.put("id", cause + " " + ++number);
    common.put("kind", "event");
    common.put("category", List.of(category));
    common.put("type", List.of(type));
    common.put("action", action);
    common.put("module", "endpoint");
    event.put("event", common);
    event.put("host", Map.of("name", host));
    event.put("process", process(by));
    return event;
  }

  private Map<String, Object> process(StartedProgram program) {
    Map<String, Object> process = new LinkedHashMap<>();
    process.put("executable", program.executable());
    process.put("name", program.name());
    process.put("pid", program.pid());
    process.put("entity_id", host + "-" + program.pid());
    return process;
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Object> asMap(@Nullable Object value) {
    return value instanceof Map<?, ?> map ? (Map<String, Object>) map : Map.of();
  }

  private boolean isFromSysmon() {
    return random.nextInt(100) < sysmonPercent;
  }

  private Map<String, String> by(StartedProgram program) {
    Map<String, String> data = new LinkedHashMap<>();
    data.put("ProcessGuid", guid(program));
    data.put("ProcessId", Integer.toString(program.pid()));
    data.put("Image", program.executable());
    return data;
  }

  private static String guid(StartedProgram program) {
    return String.format(
        Locale.ROOT, "{7a1c2e50-9b3d-69a7-%04x-%012x}", program.pid() & 0xFFFF, program.pid());
  }

  private void sysmon(Instant time, int id, Map<String, String> data) {
    add(time, WindowsEvent.sysmon(id, time, host, data).nxlog());
  }

  private void add(Instant time, Map<String, Object> event) {
    try {
      add(time, JSON.writeValueAsString(event));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  private void add(Instant time, String text) {
    boolean isDelayed = random.nextInt(100) < DELAYED_PERCENT;
    Duration delay = Duration.ofMillis(isDelayed ? random.nextInt(LONGEST_DELAY_MS) : 0);
    lines.add(new Line(time.plus(delay), text));
  }

  static String lastPart(String text, char separator) {
    return text.substring(text.lastIndexOf(separator) + 1);
  }
}
