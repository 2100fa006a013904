package dev.iiswarden.event;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The ECS field set {@code process}. Immutable. */
public final class ProcessFields {
  private static final ProcessFields NONE = new ProcessFields();

  private @Nullable String name;
  private @Nullable String executable;
  private @Nullable Long pid;
  private @Nullable String entityId;
  private @Nullable String commandLine;
  private @Nullable ProcessFields parent;
  private transient @Nullable Supplier<ProcessFields> unread;
  private transient @Nullable ProcessFields rest;

  /** An empty set, for test scenarios to fill. */
  public ProcessFields() {}

  private ProcessFields(Builder builder) {
    name = builder.name;
    executable = builder.executable;
    pid = builder.pid;
    entityId = builder.entityId;
    commandLine = builder.commandLine;
    parent = builder.parent;
    unread = builder.rest;
  }

  /** A builder of a process of which nothing is known yet. */
  public static Builder builder() {
    return new Builder();
  }

  /** Where the fields are that most rules never ask for. */
  private ProcessFields rest() {
    ProcessFields read = rest;
    if (read == null) {
      Supplier<ProcessFields> source = unread;
      read = source == null ? this : source.get();
      rest = read;
    }
    return read;
  }

  /** The same with nothing left to be read. */
  ProcessFields readAll() {
    return unread == null
        ? this
        : builder()
            .name(name)
            .executable(executable)
            .pid(getPid())
            .entityId(getEntityId())
            .commandLine(getCommandLine())
            .parent(rest().parent)
            .build();
  }

  /** {@code process.name}: the file name of the executable. */
  public @Nullable String getName() {
    return name;
  }

  /** {@code process.executable}: the path of the executable. */
  public @Nullable String getExecutable() {
    return executable;
  }

  /** {@code process.pid}. */
  public @Nullable Long getPid() {
    return rest().pid;
  }

  /** {@code process.entity_id}: names one process for good, where pids are used again. */
  public @Nullable String getEntityId() {
    return rest().entityId;
  }

  /** {@code process.command_line}. */
  public @Nullable String getCommandLine() {
    return rest().commandLine;
  }

  /** {@code process.parent}: an empty set if unknown. */
  public ProcessFields getParent() {
    ProcessFields known = rest().parent;
    return known == null ? NONE : known;
  }

  Document toDocument() {
    return new Document()
        .put("name", name)
        .put("executable", executable)
        .put("pid", getPid())
        .put("entity_id", getEntityId())
        .put("command_line", getCommandLine())
        .put("parent", rest().parent == null ? null : getParent().toDocument());
  }

  /** Builds a process. Not safe for use by several threads. */
  public static final class Builder {
    private @Nullable String name;
    private @Nullable String executable;
    private @Nullable Long pid;
    private @Nullable String entityId;
    private @Nullable String commandLine;
    private @Nullable ProcessFields parent;
    private @Nullable Supplier<ProcessFields> rest;

    Builder() {}

    /** {@code process.name}. */
    public Builder name(@Nullable String name) {
      this.name = name;
      return this;
    }

    /** {@code process.executable}. */
    public Builder executable(@Nullable String executable) {
      this.executable = executable;
      return this;
    }

    /** {@code process.pid}. */
    public Builder pid(@Nullable Long pid) {
      this.pid = pid;
      return this;
    }

    /** {@code process.entity_id}. */
    public Builder entityId(@Nullable String entityId) {
      this.entityId = entityId;
      return this;
    }

    /** {@code process.command_line}. */
    public Builder commandLine(@Nullable String commandLine) {
      this.commandLine = commandLine;
      return this;
    }

    /** {@code process.parent}. */
    public Builder parent(@Nullable ProcessFields parent) {
      this.parent = parent;
      return this;
    }

    /**
     * All fields but name and executable, read when one of them is first asked for; takes their
     * place.
     *
     * @param rest gives the same whenever it is called; any thread may call it
     */
    public Builder rest(Supplier<ProcessFields> rest) {
      this.rest = rest;
      return this;
    }

    /** The process. */
    public ProcessFields build() {
      return new ProcessFields(this);
    }
  }
}
