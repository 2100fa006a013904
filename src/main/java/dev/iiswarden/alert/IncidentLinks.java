package dev.iiswarden.alert;

import dev.iiswarden.event.ConfigurationEvent;
import dev.iiswarden.event.Event;
import dev.iiswarden.event.FileEvent;
import dev.iiswarden.event.ProcessFields;
import dev.iiswarden.event.RegistryEvent;
import dev.iiswarden.event.WindowsPaths;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What an alert has in common with other alerts of its incident: the DLLs and processes of its
 * evidence, what was registered, the events themselves, and its subject.
 */
final class IncidentLinks {
  private static final String WORKER = "w3wp.exe";

  private final String host;
  private final Map<Long, Span> links = new LinkedHashMap<>();

  private IncidentLinks(String host) {
    this.host = host;
  }

  /** Returns when each link occurs in the evidence of an alert, by the digest of the link. */
  static Map<Long, Span> of(Alert alert) {
    IncidentLinks found = new IncidentLinks(alert.hostKey());
    AlertSubject subject = AlertSubject.of(alert);
    String own = subject.ownKey();
    found.add(alert.timestamp(), "subject", own == null ? subject.repetitionKey() : own);
    List<String> eventKeys = alert.identity().eventKeys();
    for (int i = 0; i < eventKeys.size(); i++) {
      found.add(alert.evidence().get(i), eventKeys.get(i));
    }
    return found.links;
  }

  /**
   * Returns the only link of an alert that shows no step of an intrusion: all those of a host are
   * one incident.
   */
  static Map<Long, Span> ofAudit(Alert alert) {
    IncidentLinks found = new IncidentLinks(alert.hostKey());
    found.add(alert.timestamp(), "audit", "");
    return found.links;
  }

  /**
   * Whether an alert shows no step of an intrusion by itself: its rule names none, or the DLLs that
   * it is about are Microsoft's.
   */
  static boolean isAudit(Alert alert) {
    return AlertWeight.of(alert) == AlertWeight.LOW
        && (alert.rule().stages().isEmpty() || !alert.rule().severity().equals("low"));
  }

  private void add(Event event, String key) {
    Instant time = event.getTimestamp();
    add(time, "event", key);
    addProcess(time, event.getProcess());
    if (event instanceof FileEvent) {
      addWorker(time, event);
    }
    addProcess(time, event.getProcess().getParent());
    if (event instanceof RegistryEvent) {
      add(time, "registration", event.kind().target(event));
    } else if (event instanceof ConfigurationEvent) {
      add(time, "registration", element(event.getIis().getConfiguration()));
    }
    event.kind().dlls(event).forEach(dll -> addDll(time, dll));
    addDll(time, event.kind().file(event));
  }

  private void addDll(Instant time, @Nullable String path) {
    String canonical = path == null ? "" : WindowsPaths.canonicalPath(path);
    if (canonical.endsWith(".dll")) {
      // A variable such as %windir% does not determine the drive.
      boolean hasDrive = canonical.startsWith(":\\", 1);
      add(time, "dll", hasDrive ? canonical.substring(2) : canonical);
    }
  }

  private void addProcess(Instant time, ProcessFields process) {
    if (SharedProcesses.include(process)) {
      return;
    }
    if (process.getEntityId() != null) {
      add(time, "process", process.getEntityId());
    } else if (process.getPid() != null) {
      // Windows reuses the number, but hardly for the same program within a day.
      add(time, "process", process.getPid() + " " + SharedProcesses.name(process));
    }
  }

  /** A worker process serves many requests, but it is one story what it writes into one site. */
  private void addWorker(Instant time, Event event) {
    ProcessFields process = event.getProcess();
    String folder = WindowsPaths.applicationFolder(event.kind().file(event));
    if (WORKER.equals(SharedProcesses.name(process)) && folder != null) {
      add(time, "worker", process.getKey() + " " + folder);
    }
  }

  /**
   * Returns the element that a change of the IIS configuration is about, such as the module of a
   * name, without the attribute that has changed; null if the change names no single element.
   */
  private static @Nullable String element(@Nullable String configuration) {
    int end = configuration == null ? -1 : configuration.indexOf(']');
    return configuration == null || end < 0
        ? null
        : configuration.substring(0, end).toLowerCase(Locale.ROOT);
  }

  private void add(Instant time, String kind, @Nullable String what) {
    if (what != null) {
      long millis = time.toEpochMilli();
      links.merge(Alert.shortDigest(kind, host, what), new Span(millis, millis), Span::union);
    }
  }

  /** From the first to the last occurrence of a link, in milliseconds since 1970. */
  record Span(long first, long last) {
    Span union(Span other) {
      return new Span(Math.min(first, other.first), Math.max(last, other.last));
    }

    /** Whether the spans overlap, or the gap between them is at most this long. */
    boolean isWithin(long gap, Span other) {
      return other.first - last <= gap && first - other.last <= gap;
    }
  }
}
