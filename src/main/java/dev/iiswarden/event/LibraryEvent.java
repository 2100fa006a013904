package dev.iiswarden.event;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.kie.api.definition.type.Expires;
import org.kie.api.definition.type.Role;
import org.kie.api.definition.type.Timestamp;

/**
 * The loading of a library by a process: ECS category {@code library}. Made by {@link #builder()}
 * or a decoder. Immutable and safe for use by several threads.
 *
 * <p>Example: {@code $loaded : LibraryEvent( like( process.name, "w3wp.exe" ), like( dll.path,
 * "*temp*" ) )}
 */
@Role(Role.Type.EVENT)
@Timestamp("sessionTime")
@Expires(value = "0ms", policy = Expires.Policy.TIME_SOFT)
public final class LibraryEvent extends Event {
  /** The kind of these events. */
  public static final EventKind KIND =
      EventKind.of("library", LibraryEvent.class)
          .types("start")
          .set("dll", LibraryEvent::getDll, DllFields.FIELDS)
          .action("library load")
          .effect()
          .file(event -> event.getDll().getPath(), event -> event.getDll().getHash())
          .signature(event -> event.getDll().getCodeSignature())
          .dlls(event -> event.getDll().paths())
          .build();

  private @Nullable DllFields dll;
  private transient @Nullable Supplier<DllFields> unread;

  /** Creates an event without fields, for snapshots and test scenarios to fill. */
  public LibraryEvent() {}

  private LibraryEvent(Builder builder) {
    super(builder);
    unread = builder.unread;
    if (unread == null) {
      dll = new DllFields(builder.path, builder.name);
    }
  }

  /** Returns a builder of an event with {@code event.category} library. */
  public static Builder builder() {
    return new Builder();
  }

  /** {@code dll.*}; an empty set if unknown. */
  @Override
  public DllFields getDll() {
    DllFields read = orRead(dll, unread, NO_DLL);
    dll = read;
    return read;
  }

  @Override
  public EventKind kind() {
    return KIND;
  }

  @Override
  void readAll() {
    dll = getDll();
    unread = null;
  }

  /** Builds a {@link LibraryEvent}. Not safe for use by several threads. */
  public static final class Builder extends EventBuilder<Builder> {
    private @Nullable String path;
    private @Nullable String name;

    private @Nullable Supplier<DllFields> unread;

    Builder() {
      super(KIND);
    }

    @Override
    Builder self() {
      return this;
    }

    /**
     * All of {@code dll.*}, read on first access; replaces the single fields.
     *
     * @param dll returns the same value on every call, on any thread
     */
    public Builder dll(Supplier<DllFields> dll) {
      unread = dll;
      return this;
    }

    /** {@code dll.path}. */
    public Builder path(@Nullable String path) {
      this.path = path;
      return this;
    }

    /** {@code dll.name}. */
    public Builder name(@Nullable String name) {
      this.name = name;
      return this;
    }

    /**
     * Creates the event.
     *
     * @throws NullPointerException if it has no timestamp
     * @throws IllegalArgumentException if its timestamp is not in the years 0000 to 9999
     */
    public LibraryEvent build() {
      return new LibraryEvent(this);
    }
  }
}
