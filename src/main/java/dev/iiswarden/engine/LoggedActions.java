package dev.iiswarden.engine;

import dev.iiswarden.engine.HostState.LoggedAction;
import dev.iiswarden.event.Event;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What has happened on a host lately, to recognise an action that Windows logs a second time under
 * another event code: a file that Sysmon saw being created (11) and found to be executable (29) and
 * that the Security log audited (4663) was written once. Not safe for use by several threads.
 *
 * <p>In public logs 29 comes up to half a second after 11. A process that does the same to the same
 * object twice within seconds is one story to who reads the alert, so the span is generous.
 */
final class LoggedActions {
  private static final long SPAN_MILLIS = 10_000;

  /** So that a flood costs no more memory than this. */
  private static final int MOST = 1_000;

  private final Map<Action, Logged> recent = new LinkedHashMap<>();

  /** Whether the same action has been logged already, by an event of another code. */
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

  /** Forgets what nothing can repeat any more once the host's clock shows this session time. */
  void forgetUntil(long watermark) {
    if (recent.isEmpty()) {
      return;
    }
    Iterator<Logged> oldest = recent.values().iterator();
    while (oldest.hasNext() && oldest.next().millis + SPAN_MILLIS < watermark) {
      oldest.remove();
    }
  }

  /** What is remembered, the oldest first. */
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

  /** Remembers what {@link #state()} has told. */
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
    return new Action(event.kind().name(), deletion, object);
  }

  /** Something done to an object. */
  private record Action(String kind, boolean deletion, String object) {}

  /** Under which code, by which process and when an action was logged. */
  private record Logged(@Nullable String code, @Nullable Long pid, long millis) {
    boolean repeats(Logged earlier) {
      return !Objects.equals(code, earlier.code)
          && (pid == null || earlier.pid == null || pid.equals(earlier.pid))
          && Math.abs(millis - earlier.millis) <= SPAN_MILLIS;
    }
  }
}
