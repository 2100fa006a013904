package dev.iiswarden.simulation;

import dev.iiswarden.testing.Story;
import dev.iiswarden.testing.WindowsEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * A machine on which intruders and others are at work. Much of what happens is what sequences are
 * made of, with few DLLs, so that sequences begin, restart, complete and run out all the time.
 */
final class SimulatedHost {
  private static final List<String> DLLS =
      List.of(
          "C:\\inetpub\\filter.dll",
          "C:\\Windows\\System32\\inetsrv\\module.dll",
          "C:\\Windows\\Temp\\handler.dll");
  private static final String REG = "C:\\Windows\\System32\\reg.exe";
  private static final String FILTERS =
      "HKLM\\SYSTEM\\CurrentControlSet\\Services\\W3SVC\\Parameters\\FilterDLLs";

  private final String label;
  private final String domain;
  private final boolean changesName;
  private final SplittableRandom random;
  private final SplittableRandom names;
  private Instant now;
  private int pid = 1_000;

  /**
   * Creates a machine.
   *
   * @param changesName whether it reports its name in several ways
   * @param names the random numbers that its names follow
   */
  SimulatedHost(
      String label,
      String domain,
      boolean changesName,
      Instant start,
      SplittableRandom random,
      SplittableRandom names) {
    this.label = label;
    this.domain = domain;
    this.changesName = changesName;
    this.random = random;
    this.names = names;
    now = start;
  }

  /** A name by which the machine reports itself. */
  private String name() {
    String full = label + "." + domain;
    if (!changesName) {
      return full;
    }
    return switch (names.nextInt(3)) {
      case 0 -> label.toUpperCase(Locale.ROOT);
      case 1 -> full.toUpperCase(Locale.ROOT);
      default -> full;
    };
  }

  /** What happens next; events in the order of their time. */
  List<WindowsEvent> next() {
    now = now.plus(pause());
    String dll = DLLS.get(random.nextInt(DLLS.size()));
    int what = random.nextInt(10);
    List<WindowsEvent> events = new ArrayList<>();
    switch (what) {
      case 0, 1 -> events.add(registration(dll));
      case 2, 3 -> events.add(drop(11, dll));
      case 4 -> {
        events.add(drop(11, dll));
        now = now.plusMillis(200);
        events.add(drop(29, dll));
      }
      case 5 -> events.add(load(dll));
      case 6 ->
          events.add(started(Story.APPCMD, "appcmd.exe install module /name:m /image:" + dll));
      case 7 -> addScript(dll, events);
      default -> events.add(ordinary(now));
    }
    return events;
  }

  /** One DLL of many is written, and perhaps loaded. */
  List<WindowsEvent> flood(int number) {
    now = now.plusMillis(1 + random.nextInt(200));
    String dll = "C:\\inetpub\\flood" + number + ".dll";
    List<WindowsEvent> events = new ArrayList<>(List.of(drop(11, dll)));
    if (random.nextInt(4) == 0) {
      now = now.plusMillis(20);
      events.add(load(dll));
    }
    return events;
  }

  /** Mostly seconds, now and then about as long as sequences may take, or exactly that. */
  private Duration pause() {
    int kind = random.nextInt(100);
    if (kind < 70) {
      return Duration.ofMillis(1 + random.nextInt(40_000));
    }
    if (kind < 90) {
      return Duration.ofMillis(1 + random.nextInt(600_000));
    }
    return kind < 97 ? Duration.ofMillis(1 + random.nextInt(5_400_000)) : Duration.ofHours(1);
  }

  private WindowsEvent registration(String dll) {
    return sysmon(
        13,
        now,
        fields("EventType", "SetValue", "Image", REG, "TargetObject", FILTERS, "Details", dll));
  }

  private WindowsEvent drop(int id, String dll) {
    return sysmon(id, now, fields("Image", Story.POWERSHELL, "TargetFilename", dll));
  }

  private WindowsEvent load(String dll) {
    return sysmon(
        7,
        now,
        fields(
            "Image", Story.W3WP, "ImageLoaded", dll, "Signed", "false", "SignatureStatus", "None"));
  }

  private WindowsEvent started(String image, String command) {
    return sysmon(1, now, fields("Image", image, "CommandLine", command, "ParentImage", Story.CMD));
  }

  /** A long script block in three parts, in some order, none of which names a cmdlet. */
  private void addScript(String dll, List<WindowsEvent> events) {
    List<String> parts = List.of("New-WebGlob", "alModule -Name m -Ima", "ge '" + dll + "'");
    int first = random.nextInt(parts.size());
    pid++;
    for (int i = 0; i < parts.size(); i++) {
      int number = (first + i) % parts.size();
      Map<String, String> fields = new LinkedHashMap<>();
      fields.put("MessageNumber", "" + (number + 1));
      fields.put("MessageTotal", "" + parts.size());
      fields.put("ScriptBlockText", parts.get(number));
      fields.put("ScriptBlockId", label + "-" + pid);
      now = now.plusMillis(1 + random.nextInt(10_000));
      events.add(
          new WindowsEvent(
              "Microsoft-Windows-PowerShell",
              "Microsoft-Windows-PowerShell/Operational",
              4104,
              now,
              name(),
              fields));
    }
  }

  /** An event that no rule is interested in. */
  WindowsEvent ordinary(Instant time) {
    return sysmon(
        11,
        time,
        fields("Image", "C:\\agent.exe", "TargetFilename", "C:\\Windows\\Prefetch\\AGENT.pf"));
  }

  private Map<String, String> fields(String... namesAndValues) {
    Map<String, String> fields = new LinkedHashMap<>();
    pid++;
    fields.put("ProcessId", "" + (namesAndValues[1].equals(Story.POWERSHELL) ? 77 : pid));
    for (int i = 0; i < namesAndValues.length; i += 2) {
      fields.put(namesAndValues[i], namesAndValues[i + 1]);
    }
    return fields;
  }

  private WindowsEvent sysmon(int id, Instant time, Map<String, String> fields) {
    return WindowsEvent.sysmon(id, time, name(), fields);
  }
}
