package dev.iiswarden.event;

import org.jspecify.annotations.Nullable;
import org.kie.api.definition.type.Expires;
import org.kie.api.definition.type.Role;
import org.kie.api.definition.type.Timestamp;

/**
 * The failure of an IIS worker process to load or use a module's DLL: event 2282 (failed to load)
 * of {@code Microsoft-Windows-IIS-W3SVC-WP} and the related events 2293, 2295, 2296 and 2298. It is
 * a kind of its own because nothing was loaded. Made by {@link #builder()} or a decoder. Immutable
 * and safe for use by several threads.
 *
 * <p>Example: {@code $failure : ModuleLoadFailureEvent( oneOf( event.code, "2282" ) )}
 */
@Role(Role.Type.EVENT)
@Timestamp("sessionTime")
@Expires(value = "0ms", policy = Expires.Policy.TIME_SOFT)
public final class ModuleLoadFailureEvent extends Event {
  /** The kind of these events. */
  public static final EventKind KIND =
      EventKind.of("failure", ModuleLoadFailureEvent.class)
          .category("web")
          .types("error")
          .group("library")
          .set("dll", ModuleLoadFailureEvent::getDll, DllFields.FIELDS)
          .action("module failed to load")
          .effect()
          .file(event -> event.getDll().getPath(), event -> event.getDll().getHash())
          .dlls(event -> event.getDll().paths())
          .build();

  private @Nullable DllFields dll;

  /** Creates an event without fields, for snapshots and test scenarios to fill. */
  public ModuleLoadFailureEvent() {}

  private ModuleLoadFailureEvent(Builder builder) {
    super(builder);
    dll = builder.dll;
  }

  /** Returns a builder of an event with {@code event.category} web. */
  public static Builder builder() {
    return new Builder();
  }

  /** {@code dll.*}: the module; an empty set if unknown. */
  @Override
  public DllFields getDll() {
    return dll == null ? NO_DLL : dll;
  }

  @Override
  public EventKind kind() {
    return KIND;
  }

  @Override
  void readAll() {}

  /** Builds a {@link ModuleLoadFailureEvent}. Not safe for use by several threads. */
  public static final class Builder extends EventBuilder<Builder> {
    private @Nullable DllFields dll;

    Builder() {
      super(KIND);
    }

    @Override
    Builder self() {
      return this;
    }

    /** {@code dll.*}. */
    public Builder dll(DllFields dll) {
      this.dll = dll;
      return this;
    }

    /**
     * Creates the event.
     *
     * @throws NullPointerException if it has no timestamp
     * @throws IllegalArgumentException if its timestamp is not in the years 0000 to 9999
     */
    public ModuleLoadFailureEvent build() {
      return new ModuleLoadFailureEvent(this);
    }
  }
}
