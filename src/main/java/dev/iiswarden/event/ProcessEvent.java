package dev.iiswarden.event;

import org.kie.api.definition.type.Expires;
import org.kie.api.definition.type.Role;
import org.kie.api.definition.type.Timestamp;

/**
 * A process started or ended: ECS category {@code process}. The process itself is {@code
 * process.*}. Immutable.
 */
@Role(Role.Type.EVENT)
@Timestamp("sessionTime")
@Expires(value = "0ms", policy = Expires.Policy.TIME_SOFT)
public final class ProcessEvent extends Event {
  /** What kind of event this is. */
  public static final EventKind KIND =
      EventKind.of("process", ProcessEvent.class)
          .types("start", "access", "change", "end", "info")
          .actor(ProcessEvent::starter)
          .build();

  /** An event without fields, for snapshots and test scenarios to fill. */
  public ProcessEvent() {}

  private ProcessEvent(Builder builder) {
    super(builder);
  }

  /** A builder of an event with {@code event.category} process. */
  public static Builder builder() {
    return new Builder();
  }

  @Override
  public EventKind kind() {
    return KIND;
  }

  /** Who starts a process is its parent; the process itself is what is started. */
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
     * The event.
     *
     * @throws NullPointerException if it has no timestamp
     * @throws IllegalArgumentException if its timestamp does not lie in the years 0000 to 9999
     */
    public ProcessEvent build() {
      return new ProcessEvent(this);
    }
  }
}
