package dev.iiswarden.event;

import org.jspecify.annotations.Nullable;

/**
 * A description of an event in words. Made by {@link #of}. The event's own texts are unchanged, so
 * they may contain an attacker's control characters: the code that displays them must escape them.
 * Immutable and safe for use by several threads.
 *
 * @param action the action: {@code registry change}, {@code library load}
 * @param object the object of the action with its new value; a question mark for a missing part
 * @param program the file name of the event's process
 * @param actor the process that acted: its path, process id and user; for the start of a process,
 *     the parent if it is known
 */
public record EventLine(String action, String object, String program, String actor) {
  private static final String UNNAMED = "an unnamed process";

  /** Describes an event in words. */
  public static EventLine of(Event event) {
    EventKind kind = event.kind();
    ProcessFields process = event.getProcess();
    ProcessFields actor = kind.actor(event);
    String path = path(actor);
    return new EventLine(
        kind.action(event),
        kind.subject(event) + (actor == process ? "" : pid(process)),
        program(process),
        (path == null ? UNNAMED : path) + pid(actor) + user(event.getUser()));
  }

  private static @Nullable String path(ProcessFields process) {
    return process.getExecutable() != null ? process.getExecutable() : process.getName();
  }

  private static String pid(ProcessFields process) {
    return process.getPid() == null ? "" : " (pid " + process.getPid() + ")";
  }

  private static String program(ProcessFields process) {
    if (process.getName() != null) {
      return process.getName();
    }
    String path = process.getExecutable();
    return path == null ? UNNAMED : path.substring(path.lastIndexOf('\\') + 1);
  }

  private static String user(UserFields user) {
    String name = user.getName() == null ? user.getId() : user.getName();
    if (name == null) {
      return "";
    }
    return " as " + (user.getDomain() == null ? "" : user.getDomain() + "\\") + name;
  }
}
