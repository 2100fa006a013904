package dev.iiswarden.event;

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

  /** An empty set, for test scenarios to fill. */
  public ProcessFields() {}

  private ProcessFields(Builder builder) {
    name = builder.name;
    executable = builder.executable;
    pid = builder.pid;
    entityId = builder.entityId;
    commandLine = builder.commandLine;
    parent = builder.parent;
  }

  /** A builder of a process of which nothing is known yet. */
  public static Builder builder() {
    return new Builder();
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
    return pid;
  }

  /** {@code process.entity_id}: names one process for good, where pids are used again. */
  public @Nullable String getEntityId() {
    return entityId;
  }

  /** {@code process.command_line}. */
  public @Nullable String getCommandLine() {
    return commandLine;
  }

  /** {@code process.parent}: an empty set if unknown. */
  public ProcessFields getParent() {
    return parent == null ? NONE : parent;
  }

  Document toDocument() {
    return new Document()
        .put("name", name)
        .put("executable", executable)
        .put("pid", pid)
        .put("entity_id", entityId)
        .put("command_line", commandLine)
        .put("parent", parent == null ? null : parent.toDocument());
  }

  /** Builds a process. Not safe for use by several threads. */
  public static final class Builder {
    private @Nullable String name;
    private @Nullable String executable;
    private @Nullable Long pid;
    private @Nullable String entityId;
    private @Nullable String commandLine;
    private @Nullable ProcessFields parent;

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

    /** The process. */
    public ProcessFields build() {
      return new ProcessFields(this);
    }
  }
}
