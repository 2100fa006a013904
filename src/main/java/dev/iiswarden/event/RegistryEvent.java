package dev.iiswarden.event;

import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.kie.api.definition.type.Expires;
import org.kie.api.definition.type.Role;
import org.kie.api.definition.type.Timestamp;

/**
 * The creation, change, deletion or reading of a registry key or value: ECS category {@code
 * registry}. Made by {@link #builder()} or a decoder. Immutable and safe for use by several
 * threads.
 *
 * <p>Example: {@code $written : RegistryEvent( keyLike( registry.path,
 * "HKLM\\SOFTWARE\\Microsoft\\InetStp\\*" ) )}
 */
@Role(Role.Type.EVENT)
@Timestamp("sessionTime")
@Expires(value = "0ms", policy = Expires.Policy.TIME_SOFT)
public final class RegistryEvent extends Event {
  /** The kind of these events. */
  public static final EventKind KIND =
      EventKind.of("registry", RegistryEvent.class)
          .types("change", "access", "creation", "deletion")
          .set("registry", RegistryEvent::getRegistry, RegistryFields.FIELDS)
          .subject(RegistryEvent::keyAndData)
          .target(RegistryEvent::canonicalKey)
          .dlls(RegistryEvent::dllsInData)
          .build();

  private @Nullable RegistryFields registry;
  private transient @Nullable Supplier<RegistryFields> unread;

  /** Creates an event without fields, for snapshots and test scenarios to fill. */
  public RegistryEvent() {}

  private RegistryEvent(Builder builder) {
    super(builder);
    unread = builder.unread;
    if (unread == null) {
      registry = new RegistryFields(builder.path, builder.value, builder.dataStrings);
    }
  }

  /** Returns a builder of an event with {@code event.category} registry. */
  public static Builder builder() {
    return new Builder();
  }

  /** {@code registry.*}; an empty set if unknown. */
  @Override
  public RegistryFields getRegistry() {
    RegistryFields read = orRead(registry, unread, NO_REGISTRY);
    registry = read;
    return read;
  }

  @Override
  public EventKind kind() {
    return KIND;
  }

  private String keyAndData() {
    return EventKindBuilder.orUnknown(getRegistry().getPath())
        + " = "
        + String.join(", ", getRegistry().getData().getStrings());
  }

  private @Nullable String canonicalKey() {
    String path = getRegistry().getPath();
    return path == null ? null : WindowsPaths.canonicalKey(path);
  }

  private List<String> dllsInData() {
    return getRegistry().getData().getStrings().stream()
        .flatMap(text -> ModuleValues.in(this, text).stream())
        .toList();
  }

  @Override
  void readAll() {
    registry = getRegistry();
    unread = null;
  }

  /** Builds a {@link RegistryEvent}. Not safe for use by several threads. */
  public static final class Builder extends EventBuilder<Builder> {
    private @Nullable String path;
    private @Nullable String value;
    private List<String> dataStrings = List.of();

    private @Nullable Supplier<RegistryFields> unread;

    Builder() {
      super(KIND);
    }

    @Override
    Builder self() {
      return this;
    }

    /**
     * All of {@code registry.*}, read on first access; replaces the single fields.
     *
     * @param registry returns the same value on every call, on any thread
     */
    public Builder registry(Supplier<RegistryFields> registry) {
      unread = registry;
      return this;
    }

    /** {@code registry.path}. */
    public Builder path(@Nullable String path) {
      this.path = path;
      return this;
    }

    /** {@code registry.value}. */
    public Builder value(@Nullable String value) {
      this.value = value;
      return this;
    }

    /** {@code registry.data.strings}. */
    public Builder dataStrings(String... dataStrings) {
      return dataStrings(List.of(dataStrings));
    }

    /** {@code registry.data.strings}. */
    public Builder dataStrings(List<String> dataStrings) {
      this.dataStrings = List.copyOf(dataStrings);
      return this;
    }

    /**
     * Creates the event.
     *
     * @throws NullPointerException if it has no timestamp
     * @throws IllegalArgumentException if its timestamp is not in the years 0000 to 9999
     */
    public RegistryEvent build() {
      return new RegistryEvent(this);
    }
  }
}
