package dev.iiswarden.engine;

import dev.iiswarden.engine.HostState.LoggedAction;
import dev.iiswarden.event.Event;
import dev.iiswarden.event.Sha256;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Recognises an action that Windows logs a second time under another event code. For example,
 * Sysmon logs a written file when it is created (11) and when it turns out to be executable (29),
 * and the Security log audits the same write (4663). Not safe for use by several threads.
 *
 * <p>In public logs event 29 follows event 11 by up to half a second. The span here is generous,
 * because a process that does the same to the same object twice within seconds is one story to the
 * reader of the alert.
 */
final class LoggedActions {
  private static final long SPAN_MILLIS = 10_000;

  /** A longer object, which nearly no path is, is remembered by its digest. */
  private static final int LONGEST_OBJECT = 300;

  /** Limits the memory that a flood can take. */
  private static final int MOST = 1_000;

  private final Map<Action, Logged> recent = new LinkedHashMap<>();

  /** Whether the same action has already been logged by an event with another code. */
  boolean isRepeated(Event event) {
    Action action = event.isCountedOnce() ? action(event) : null;
    if (action == null) {
      return false;
    }
    Logged logged =
        new Logged(event.getEvent().getCode(), event.getProcess().getPid(), event.getSessionTime());
    Logged earlier = recent.get(action);
    if (earlier != null && logged.repeats(earlier)) {
      return true;
    }
    recent.remove(action);
    recent.put(action, logged);
    if (recent.size() > MOST) {
      Iterator<Action> oldest = recent.keySet().iterator();
      oldest.next();
      oldest.remove();
    }
    return false;
  }

  /**
   * Forgets the actions that nothing can repeat any more once the host's clock shows this session
   * time. Returns whether there were any.
   */
  boolean forgetUntil(long watermark) {
    if (recent.isEmpty()) {
      return false;
    }
    int before = recent.size();
    Iterator<Logged> oldest = recent.values().iterator();
    while (oldest.hasNext() && oldest.next().millis + SPAN_MILLIS < watermark) {
      oldest.remove();
    }
    return recent.size() < before;
  }

  /** The remembered actions, the oldest first. */
  List<LoggedAction> state() {
    List<LoggedAction> state = new ArrayList<>(recent.size());
    recent.forEach(
        (action, logged) ->
            state.add(
                new LoggedAction(
                    action.kind,
                    action.deletion,
                    action.object,
                    logged.code == null ? "" : logged.code,
                    logged.pid == null ? -1 : logged.pid,
                    logged.millis)));
    return state;
  }

  /** Restores what {@link #state()} returned. */
  void restore(List<LoggedAction> state) {
    for (LoggedAction each : state) {
      recent.put(
          new Action(each.kind(), each.deletion(), each.object()),
          new Logged(
              each.code().isEmpty() ? null : each.code(),
              each.pid() < 0 ? null : each.pid(),
              each.millis()));
    }
  }

  boolean isEmpty() {
    return recent.isEmpty();
  }

  private static @Nullable Action action(Event event) {
    boolean deletion = event.getEvent().getType().contains("deletion");
    String target = event.kind().target(event);
    if (target == null) {
      return null;
    }
    // One of the two events may give a device's path, which names no drive.
    String object = target.startsWith(":\\", 1) ? target.substring(2) : target;
    return new Action(event.kind().name(), deletion, brief(object));
  }

  private static String brief(String object) {
    return object.length() <= LONGEST_OBJECT
        ? object
        : "sha256:" + HexFormat.of().formatHex(Sha256.of(object));
  }

  /** Something done to an object. */
  private record Action(String kind, boolean deletion, String object) {}

  /** The code, process and time of a logged action. */
  private record Logged(@Nullable String code, @Nullable Long pid, long millis) {
    boolean repeats(Logged earlier) {
      return !Objects.equals(code, earlier.code)
          && (pid == null || earlier.pid == null || pid.equals(earlier.pid))
          && Math.abs(millis - earlier.millis) <= SPAN_MILLIS;
    }
  }
}
