package dev.iiswarden.event;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.kie.api.definition.type.Expires;
import org.kie.api.definition.type.Role;
import org.kie.api.definition.type.Timestamp;

/**
 * The fact that an IIS module, filter or extension was registered, by any means, with the DLLs that
 * were named. Rules that recognise a registration insert one, so that rules about earlier or later
 * events need not know every means of registration. Immutable and safe for use by several threads.
 *
 * <p>Example: {@code $registration : ModuleRegistration( names( $dropped.file.path ) )}
 */
@Role(Role.Type.EVENT)
@Timestamp("sessionTime")
@Expires(value = "0ms", policy = Expires.Policy.TIME_SOFT)
public final class ModuleRegistration {
  private final Event event;
  private final List<String> dlls;

  /**
   * Creates a registration.
   *
   * @param event the event that shows the registration
   * @param texts command lines or script texts that may name DLLs or, if the event is a {@link
   *     ConfigurationEvent} or a {@link RegistryEvent}, its values; each is a text, a list of
   *     texts, or null. A value is one path, {@code NAME=path}, a list of paths separated by {@code
   *     ;} or {@code ,}, or a .NET type with its assembly
   */
  public ModuleRegistration(Event event, @Nullable Object... texts) {
    this.event = event;
    List<String> named = new ArrayList<>();
    for (Object text : texts) {
      if (text instanceof List<?> list) {
        list.forEach(one -> named.addAll(ModuleValues.in(event, String.valueOf(one))));
      } else if (text != null) {
        named.addAll(ModuleValues.in(event, text.toString()));
      }
    }
    dlls = named.stream().distinct().toList();
  }

  private ModuleRegistration(List<String> dlls, Event event) {
    this.event = event;
    this.dlls = List.copyOf(dlls);
  }

  /** Creates a registration from its {@link #getEvent()} and {@link #getDlls()}. */
  public static ModuleRegistration of(Event event, List<String> dlls) {
    return new ModuleRegistration(dlls, event);
  }

  /**
   * The event that shows the registration.
   *
   * <p>Example: {@code ModuleRegistration( event.follows( $waiting, "1h" ) )}
   */
  public Event getEvent() {
    return event;
  }

  /**
   * The named DLLs, as the event spells them; empty if it names none.
   *
   * <p>Example: {@code ModuleRegistration( pathLike( dlls, "?:\\Users\\*" ) )}
   */
  public List<String> getDlls() {
    return dlls;
  }

  /**
   * The first named DLL in canonical spelling; an empty text if the event names none.
   *
   * <p>Example: {@code ModuleRegistration( dllKey != "" )}
   */
  public String getDllKey() {
    return dlls.isEmpty() ? "" : WindowsPaths.canonicalPath(dlls.get(0));
  }

  /** The session time of the event: see {@link Event#getSessionTime()}. */
  public long getSessionTime() {
    return event.getSessionTime();
  }

  /**
   * Returns whether the registration names the DLL at this path, in any spelling or by file name
   * alone. Short (8.3) names may stand for any part of the path. Of a path that begins with an
   * unknown variable, or is relative, the file name and at least one folder are compared.
   *
   * <p>Example: {@code ModuleRegistration( names( $dropped.file.path ) )}
   */
  public boolean names(@Nullable String path) {
    if (path != null) {
      for (String dll : dlls) {
        if (FileSpellings.mayBe(dll, path)) {
          return true;
        }
      }
    }
    return false;
  }

  /**
   * Returns whether the last process of the sequence made the registration: by its command line at
   * its start, or later.
   *
   * <p>Example: {@code ModuleRegistration( isBy( $waiting ) )}
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
