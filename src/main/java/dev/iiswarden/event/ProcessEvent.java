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
  void readAll() {}

  @Override
  void describe(Document document) {}

  /** Builds a {@link ProcessEvent}. Not safe for use by several threads. */
  public static final class Builder extends Event.Builder<Builder> {

    Builder() {
      super("process");
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
