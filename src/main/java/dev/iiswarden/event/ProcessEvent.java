package dev.iiswarden.event;

import org.kie.api.definition.type.Expires;
import org.kie.api.definition.type.Role;
import org.kie.api.definition.type.Timestamp;

/**
 * The start or end of a process: ECS category {@code process}. The process itself is {@code
 * process.*}. Made by {@link #builder()} or a decoder. Immutable and safe for use by several
 * threads.
 *
 * <p>Example: {@code $started : ProcessEvent( oneOf( event.type, "start" ), like( process.name,
 * "appcmd.exe" ) )}
 */
@Role(Role.Type.EVENT)
@Timestamp("sessionTime")
@Expires(value = "0ms", policy = Expires.Policy.TIME_SOFT)
public final class ProcessEvent extends Event {
  /** The kind of these events. */
  public static final EventKind KIND =
      EventKind.of("process", ProcessEvent.class)
          .types("start", "access", "change", "end", "info")
          .actor(ProcessEvent::starter)
          .build();

  /** Creates an event without fields, for snapshots and test scenarios to fill. */
  public ProcessEvent() {}

  private ProcessEvent(Builder builder) {
    super(builder);
  }

  /** Returns a builder of an event with {@code event.category} process. */
  public static Builder builder() {
    return new Builder();
  }

  @Override
  public EventKind kind() {
    return KIND;
  }

  /** The parent, which started the process; the event's own process is the one that was started. */
  private ProcessFields starter() {
    ProcessFields parent = getProcess().getParent();
    boolean isKnown = parent.getExecutable() != null || parent.getName() != null;
    return isKnown && getEvent().getType().contains("start") ? parent : getProcess();
  }

  @Override
  void readAll() {}

  /** Builds a {@link ProcessEvent}. Not safe for use by several threads. */
  public static final class Builder extends EventBuilder<Builder> {

    Builder() {
      super(KIND);
    }

    @Override
    Builder self() {
      return this;
    }

    /**
     * Creates the event.
     *
     * @throws NullPointerException if it has no timestamp
     * @throws IllegalArgumentException if its timestamp is not in the years 0000 to 9999
     */
    public ProcessEvent build() {
      return new ProcessEvent(this);
    }
  }
}
