package dev.iiswarden.event;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.kie.api.definition.type.Expires;
import org.kie.api.definition.type.Role;
import org.kie.api.definition.type.Timestamp;

/**
 * A module, filter or extension of IIS was registered, by whatever means, with the DLLs that were
 * named. The rules that recognise a registration insert one, so that the rules that look for what
 * comes before or after need not know all the means there are. Immutable.
 */
@Role(Role.Type.EVENT)
@Timestamp("sessionTime")
@Expires(value = "0ms", policy = Expires.Policy.TIME_SOFT)
public final class ModuleRegistration {
  private final Event event;
  private final List<String> dlls;

  /**
   * A registration.
   *
   * @param event that shows it
   * @param texts in which DLLs are named: command lines, script text, values; a text, a list of
   *     texts, or null
   */
  public ModuleRegistration(Event event, @Nullable Object... texts) {
    this.event = event;
    List<String> named = new ArrayList<>();
    for (Object text : texts) {
      if (text instanceof List<?> list) {
        list.forEach(one -> named.addAll(WindowsPaths.dllsIn(String.valueOf(one))));
      } else if (text != null) {
        named.addAll(WindowsPaths.dllsIn(text.toString()));
      }
    }
    dlls = named.stream().distinct().toList();
  }

  private ModuleRegistration(List<String> dlls, Event event) {
    this.event = event;
    this.dlls = List.copyOf(dlls);
  }

  /** A registration by what {@link #getEvent()} and {@link #getDlls()} have told of it. */
  public static ModuleRegistration of(Event event, List<String> dlls) {
    return new ModuleRegistration(dlls, event);
  }

  /** The event that shows it. */
  public Event getEvent() {
    return event;
  }

  /** The DLLs that were named, as they were spelt; empty if none was. */
  public List<String> getDlls() {
    return dlls;
  }

  /** The first DLL that was named in a spelling that stands for all; empty if none was. */
  public String getDllKey() {
    return dlls.isEmpty() ? "" : WindowsPaths.canonicalPath(dlls.get(0));
  }

  /** The time Drools gives this fact: see {@link Event#getSessionTime()}. */
  public long getSessionTime() {
    return event.getSessionTime();
  }

  /** Whether the DLL of this path was named, in any spelling, or by its file name alone. */
  public boolean names(@Nullable String path) {
    for (String dll : dlls) {
      if (WindowsPaths.sameFile(dll, path)) {
        return true;
      }
    }
    return false;
  }

  /**
   * Whether the process that the sequence has come to did it: at its start, by its command line, or
   * later on.
   */
  public boolean isBy(PendingSequence processes) {
    Event start = processes.getLast();
    return event == start
        || (Event.STREAM_ORDER.compare(event, start) > 0
            && event.getProcess().isSameAs(start.getProcess())
            && event.getHost().isSameMachineAs(start.getHost()));
  }

  @Override
  public String toString() {
    return "ModuleRegistration{" + dlls + ", " + event + "}";
  }
}
