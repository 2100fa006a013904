package dev.iiswarden.event;

import java.util.List;
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
  private static final String MISSING = "?";
  private static final String UNNAMED = "an unnamed process";

  /** Puts an event into words. */
  public static EventLine of(Event event) {
    ProcessFields process = event.getProcess();
    ProcessFields parent = process.getParent();
    boolean isStart =
        event instanceof ProcessEvent
            && event.getEvent().getType().contains("start")
            && path(parent) != null;
    // Who starts a process is its parent; the process itself is what is started.
    ProcessFields actor = isStart ? parent : process;
    String path = path(actor);
    return new EventLine(
        action(event),
        object(event) + (isStart ? pid(process) : ""),
        program(process),
        (path == null ? UNNAMED : path) + pid(actor) + user(event.getUser()));
  }

  private static @Nullable String path(ProcessFields process) {
    return process.getExecutable() != null ? process.getExecutable() : process.getName();
  }

  private static String pid(ProcessFields process) {
    return process.getPid() == null ? "" : " (pid " + process.getPid() + ")";
  }

  private static String action(Event event) {
    if (event instanceof LibraryEvent) {
      return "library load";
    }
    if (event instanceof ConfigurationEvent) {
      return "configuration change";
    }
    if (event instanceof ScriptBlockEvent) {
      return "script block";
    }
    if (event instanceof ModuleLoadFailureEvent) {
      return "module failed to load";
    }
    String kind =
        event instanceof RegistryEvent
            ? "registry"
            : event instanceof FileEvent ? "file" : "process";
    List<String> types = event.getEvent().getType();
    return types.isEmpty() ? kind : kind + " " + types.get(0);
  }

  private static String object(Event event) {
    if (event instanceof RegistryEvent registry) {
      return orMissing(registry.getRegistry().getPath())
          + " = "
          + String.join(", ", registry.getRegistry().getData().getStrings());
    }
    if (event instanceof FileEvent file) {
      return orMissing(file.getFile().getPath());
    }
    if (event instanceof LibraryEvent library) {
      return orMissing(library.getDll().getPath());
    }
    if (event instanceof ConfigurationEvent configuration) {
      return orMissing(configuration.getIis().getConfiguration())
          + " = "
          + orMissing(configuration.getIis().getNewValue());
    }
    if (event instanceof ScriptBlockEvent script) {
      return orMissing(script.getPowershell().getFile().getScriptBlockText());
    }
    if (event instanceof ModuleLoadFailureEvent failure) {
      return orMissing(failure.getDll().getPath());
    }
    String commandLine = event.getProcess().getCommandLine();
    return orMissing(commandLine == null ? event.getProcess().getExecutable() : commandLine);
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

  private static String orMissing(@Nullable String text) {
    return text == null ? MISSING : text;
  }
}
