package dev.iiswarden.event;

import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.kie.api.definition.type.Expires;
import org.kie.api.definition.type.Role;
import org.kie.api.definition.type.Timestamp;

/**
 * The creation, change, deletion or renaming of a file: ECS category {@code file}. Made by {@link
 * #builder()} or a decoder. Immutable and safe for use by several threads.
 *
 * <p>Example: {@code $dropped : FileEvent( oneOf( event.type, "creation" ), like( file.extension,
 * "dll" ) )}
 */
@Role(Role.Type.EVENT)
@Timestamp("sessionTime")
@Expires(value = "0ms", policy = Expires.Policy.TIME_SOFT)
public final class FileEvent extends Event {
  /** The kind of these events. */
  public static final EventKind KIND =
      EventKind.of("file", FileEvent.class)
          .types("creation", "access", "change", "deletion", "info")
          .set("file", FileEvent::getFile, FileFields.FIELDS)
          .file(event -> event.getFile().getPath(), event -> event.getFile().getHash())
          .dlls(FileEvent::dll)
          .build();

  private @Nullable FileFields file;
  private transient @Nullable Supplier<FileFields> unread;

  /** Creates an event without fields, for snapshots and test scenarios to fill. */
  public FileEvent() {}

  private FileEvent(Builder builder) {
    super(builder);
    unread = builder.unread;
    if (unread == null) {
      file = new FileFields(builder.path, builder.name, builder.extension);
    }
  }

  /** Returns a builder of an event with {@code event.category} file. */
  public static Builder builder() {
    return new Builder();
  }

  /** {@code file.*}; an empty set if unknown. */
  @Override
  public FileFields getFile() {
    FileFields read = orRead(file, unread, NO_FILE);
    file = read;
    return read;
  }

  @Override
  public EventKind kind() {
    return KIND;
  }

  private List<String> dll() {
    String path = getFile().getPath();
    return path != null && "dll".equalsIgnoreCase(getFile().getExtension())
        ? List.of(path)
        : List.of();
  }

  @Override
  void readAll() {
    file = getFile();
    unread = null;
  }

  /** Builds a {@link FileEvent}. Not safe for use by several threads. */
  public static final class Builder extends EventBuilder<Builder> {
    private @Nullable String path;
    private @Nullable String name;
    private @Nullable String extension;

    private @Nullable Supplier<FileFields> unread;

    Builder() {
      super(KIND);
    }

    @Override
    Builder self() {
      return this;
    }

    /**
     * All of {@code file.*}, read on first access; replaces the single fields.
     *
     * @param file returns the same value on every call, on any thread
     */
    public Builder file(Supplier<FileFields> file) {
      unread = file;
      return this;
    }

    /** {@code file.path}. */
    public Builder path(@Nullable String path) {
      this.path = path;
      return this;
    }

    /** {@code file.name}. */
    public Builder name(@Nullable String name) {
      this.name = name;
      return this;
    }

    /** {@code file.extension}; without the dot. */
    public Builder extension(@Nullable String extension) {
      this.extension = extension;
      return this;
    }

    /**
     * Creates the event.
     *
     * @throws NullPointerException if it has no timestamp
     * @throws IllegalArgumentException if its timestamp is not in the years 0000 to 9999
     */
    public FileEvent build() {
      return new FileEvent(this);
    }
  }
}
