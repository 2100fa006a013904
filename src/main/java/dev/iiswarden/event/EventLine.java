package dev.iiswarden.event;

import org.jspecify.annotations.Nullable;

/**
 * What an event says, in words for people. The words of the event itself are as they were sent, an
 * attacker's control characters with them: whoever shows them makes them harmless for where they
 * are shown.
 *
 * @param action what was done: {@code registry change}, {@code library load}
 * @param object to what, with the value it was given; a question mark for what is missing
 * @param program the file name of the program that the event is of
 * @param actor who did it: the program with its path, its process id and the user; of the start of
 *     a process its parent, where that is known
 */
public record EventLine(String action, String object, String program, String actor) {
  private static final String UNNAMED = "an unnamed process";

  /** Puts an event into words. */
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
