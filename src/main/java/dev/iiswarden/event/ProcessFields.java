package dev.iiswarden.event;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The ECS field set {@code process}; a missing single value is null. Made by {@link #builder()}.
 * Immutable and safe for use by several threads.
 */
public final class ProcessFields {
  /**
   * The fields of a parent: only the child's start describes it, and another event describes its
   * own parent.
   */
  private static final FieldSet<ProcessFields> PARENT_FIELDS =
      FieldSet.of(ProcessFields.class)
          .text("name", ProcessFields::getName)
          .text("executable", ProcessFields::getExecutable)
          .number("pid", ProcessFields::getPid)
          .text("entity_id", ProcessFields::getEntityId)
          .text("command_line", ProcessFields::getCommandLine);

  static final FieldSet<ProcessFields> FIELDS =
      FieldSet.of(ProcessFields.class)
          .text("name", ProcessFields::getName)
          .text("executable", ProcessFields::getExecutable)
          .number("pid", ProcessFields::getPid)
          .text("entity_id", ProcessFields::getEntityId)
          .text("command_line", ProcessFields::getCommandLine)
          .set("pe", ProcessFields::getPe, PeFields.FIELDS)
          .set("code_signature", ProcessFields::getCodeSignature, CodeSignatureFields.FIELDS)
          .set("parent", ProcessFields::getParent, PARENT_FIELDS);

  private static final ProcessFields NONE = new ProcessFields();

  private @Nullable String name;
  private @Nullable String executable;
  private @Nullable Long pid;
  private @Nullable String entityId;
  private @Nullable String commandLine;
  private @Nullable PeFields pe;
  private @Nullable CodeSignatureFields codeSignature;
  private @Nullable ProcessFields parent;
  private transient @Nullable Supplier<ProcessFields> unread;
  private transient @Nullable ProcessFields rest;

  /** Creates an empty set, for snapshots and test scenarios to fill. */
  public ProcessFields() {}

  private ProcessFields(Builder builder) {
    name = builder.name;
    executable = builder.executable;
    pid = builder.pid;
    entityId = builder.entityId;
    commandLine = builder.commandLine;
    pe = builder.pe;
    codeSignature = builder.codeSignature;
    parent = builder.parent;
    unread = builder.rest;
  }

  /** Returns a builder without fields. */
  public static Builder builder() {
    return new Builder();
  }

  /** The holder of the fields that most rules do not read. */
  private ProcessFields rest() {
    ProcessFields read = rest;
    if (read == null) {
      Supplier<ProcessFields> source = unread;
      read = source == null ? this : source.get();
      rest = read;
    }
    return read;
  }

  /** Returns the same fields with none left unread. */
  ProcessFields readAll() {
    return unread == null
        ? this
        : builder()
            .name(name)
            .executable(executable)
            .pid(getPid())
            .entityId(getEntityId())
            .commandLine(getCommandLine())
            .pe(rest().pe)
            .codeSignature(rest().codeSignature)
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

  /** {@code process.pid}: the number of the process, which Windows reuses. */
  public @Nullable Long getPid() {
    return rest().pid;
  }

  /** {@code process.entity_id}: a permanent id of the process; pids are reused. */
  public @Nullable String getEntityId() {
    return rest().entityId;
  }

  /** {@code process.command_line}: the command line, including the name of the program. */
  public @Nullable String getCommandLine() {
    return rest().commandLine;
  }

  /** {@code process.pe}: an empty set if unknown. */
  public PeFields getPe() {
    PeFields known = rest().pe;
    return known == null ? PeFields.NONE : known;
  }

  /** {@code process.code_signature}: an empty set if unknown. */
  public CodeSignatureFields getCodeSignature() {
    CodeSignatureFields known = rest().codeSignature;
    return known == null ? CodeSignatureFields.NONE : known;
  }

  /**
   * The key that distinguishes the process from all others that run on its machine at the same
   * time: its pid, or its {@code process.entity_id} if it has no pid.
   *
   * <p>Example: {@code $pid : process.key}
   *
   * @return the key; an empty text if the process has neither
   */
  public String getKey() {
    Long number = getPid();
    String entity = getEntityId();
    return number != null ? number.toString() : entity != null ? entity : "";
  }

  /**
   * Returns whether both are the same process: they have the same {@code process.entity_id} or, if
   * one of them has none, the same pid and name. Because Windows reuses pids, the result may be
   * wrong for events that are far apart in time.
   *
   * <p>Example: {@code process.isSameAs( $dropped.process )}
   */
  public boolean isSameAs(ProcessFields other) {
    String one = getEntityId();
    String two = other.getEntityId();
    if (one != null && two != null) {
      return one.equals(two);
    }
    Long number = getPid();
    return number != null
        && number.equals(other.getPid())
        && name != null
        && name.equalsIgnoreCase(other.name);
  }

  /** {@code process.parent}: an empty set if unknown. */
  public ProcessFields getParent() {
    ProcessFields known = rest().parent;
    return known == null ? NONE : known;
  }

  /** Builds a process. Not safe for use by several threads. */
  public static final class Builder {
    private @Nullable String name;
    private @Nullable String executable;
    private @Nullable Long pid;
    private @Nullable String entityId;
    private @Nullable String commandLine;
    private @Nullable PeFields pe;
    private @Nullable CodeSignatureFields codeSignature;
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

    /** {@code process.pe}. */
    public Builder pe(@Nullable PeFields pe) {
      this.pe = pe;
      return this;
    }

    /** {@code process.code_signature}. */
    public Builder codeSignature(@Nullable CodeSignatureFields codeSignature) {
      this.codeSignature = codeSignature;
      return this;
    }

    /** {@code process.parent}. */
    public Builder parent(@Nullable ProcessFields parent) {
      this.parent = parent;
      return this;
    }

    /**
     * All fields except name and executable, read on first access to one of them; replaces those
     * fields.
     *
     * @param rest returns the same value on every call, on any thread
     */
    public Builder rest(Supplier<ProcessFields> rest) {
      this.rest = rest;
      return this;
    }

    /** Creates the process. */
    public ProcessFields build() {
      return new ProcessFields(this);
    }
  }
}
