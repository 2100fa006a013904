package dev.iiswarden.event;

import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.kie.api.definition.type.Expires;
import org.kie.api.definition.type.Role;
import org.kie.api.definition.type.Timestamp;

/** A file was created, changed, deleted or renamed: ECS category {@code file}. Immutable. */
@Role(Role.Type.EVENT)
@Timestamp("sessionTime")
@Expires(value = "0ms", policy = Expires.Policy.TIME_SOFT)
public final class FileEvent extends Event {
  /** What kind of event this is. */
  public static final EventKind KIND =
      EventKind.of("file", FileEvent.class)
          .types("creation", "access", "change", "deletion", "info")
          .set("file", FileEvent::getFile, FileFields.FIELDS)
          .file(event -> event.getFile().getPath(), event -> event.getFile().getHash())
          .dlls(FileEvent::dll)
          .build();

  private static final FileFields NONE = new FileFields();

  private @Nullable FileFields file;
  private transient @Nullable Supplier<FileFields> unread;

  /** An event without fields, for snapshots and test scenarios to fill. */
  public FileEvent() {}

  private FileEvent(Builder builder) {
    super(builder);
    unread = builder.unread;
    if (unread == null) {
      file = new FileFields(builder.path, builder.name, builder.extension);
    }
  }

  /** A builder of an event with {@code event.category} file. */
  public static Builder builder() {
    return new Builder();
  }

  /** {@code file.*}. */
  public FileFields getFile() {
    FileFields read = orRead(file, unread, NONE);
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
     * {@code file.*}, all of it, read when it is first asked for; takes the place of the single
     * fields.
     *
     * @param file gives the same whenever it is called; any thread may call it
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
     * The event.
     *
     * @throws NullPointerException if it has no timestamp
     * @throws IllegalArgumentException if its timestamp does not lie in the years 0000 to 9999
     */
    public FileEvent build() {
      return new FileEvent(this);
    }
  }
}
