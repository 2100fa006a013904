package dev.iiswarden.event;

import org.jspecify.annotations.Nullable;
import org.kie.api.definition.type.Expires;
import org.kie.api.definition.type.Role;
import org.kie.api.definition.type.Timestamp;

/** A file was created, changed, deleted or renamed: ECS category {@code file}. Immutable. */
@Role(Role.Type.EVENT)
@Timestamp("streamTime")
@Expires(value = "0ms", policy = Expires.Policy.TIME_SOFT)
public final class FileEvent extends Event {
  private static final FileFields NONE = new FileFields();

  private @Nullable FileFields file;

  /** An event without fields, for test scenarios to fill. */
  public FileEvent() {}

  private FileEvent(Builder builder) {
    super(builder);
    file = new FileFields(builder.path, builder.name, builder.extension);
  }

  /** A builder of an event with {@code event.category} file. */
  public static Builder builder() {
    return new Builder();
  }

  /** {@code file.*}. */
  public FileFields getFile() {
    return file == null ? NONE : file;
  }

  @Override
  void describe(Document document) {
    document.put("file", getFile().toDocument());
  }

  /** Builds a {@link FileEvent}. Not safe for use by several threads. */
  public static final class Builder extends Event.Builder<Builder> {
    private @Nullable String path;
    private @Nullable String name;
    private @Nullable String extension;

    Builder() {
      super("file");
    }

    @Override
    Builder self() {
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
     * @throws IllegalArgumentException if its timestamp is beyond what milliseconds since the epoch
     *     can express
     */
    public FileEvent build() {
      return new FileEvent(this);
    }
  }
}
