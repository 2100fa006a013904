package dev.iiswarden.event;

import org.jspecify.annotations.Nullable;
import org.kie.api.definition.type.Expires;
import org.kie.api.definition.type.Role;
import org.kie.api.definition.type.Timestamp;

/**
 * The compilation of a script block by PowerShell with script block logging on: event 4104 of
 * {@code Microsoft-Windows-PowerShell} and of PowerShell 7. PowerShell logs a long block in several
 * parts. Rules see each of them, and in place of the last one to come the whole block. Made by
 * {@link #builder()} or a decoder. Immutable and safe for use by several threads.
 *
 * <p>Example: {@code $script : ScriptBlockEvent( like( powershell.file.scriptBlockText,
 * "*New-WebGlobalModule*" ) )}
 */
@Role(Role.Type.EVENT)
@Timestamp("sessionTime")
@Expires(value = "0ms", policy = Expires.Policy.TIME_SOFT)
public final class ScriptBlockEvent extends Event {
  /** The kind of these events. */
  public static final EventKind KIND =
      EventKind.of("script", ScriptBlockEvent.class)
          .category("process")
          .types("info")
          .group("process")
          .set("powershell", ScriptBlockEvent::getPowershell, PowershellFields.FIELDS)
          .set("file", ScriptBlockEvent::getFile, FileFields.FIELDS)
          .action("script block")
          .subject(ScriptBlockEvent::text)
          .dlls(event -> WindowsPaths.dllsIn(event.text()))
          .build();

  private static final PowershellFields NO_POWERSHELL = new PowershellFields();
  private static final FileFields NO_FILE = new FileFields();

  private @Nullable PowershellFields powershell;
  private @Nullable FileFields file;

  /** Creates an event without fields, for snapshots and test scenarios to fill. */
  public ScriptBlockEvent() {}

  private ScriptBlockEvent(Builder builder) {
    super(builder);
    powershell = builder.powershell;
    file = builder.file;
  }

  /**
   * Returns a builder of an event with {@code event.category} process, as in Elastic's pipeline.
   */
  public static Builder builder() {
    return new Builder();
  }

  /** {@code powershell.*}: the script block; an empty set if unknown. */
  @Override
  public PowershellFields getPowershell() {
    return powershell == null ? NO_POWERSHELL : powershell;
  }

  /** {@code file.*}: the script that contains the block; an empty set if it was typed in. */
  @Override
  public FileFields getFile() {
    return file == null ? NO_FILE : file;
  }

  @Override
  public EventKind kind() {
    return KIND;
  }

  /**
   * Returns a copy of this event, a part of a long script block, with the text of the whole block.
   * The copy has no {@code powershell.sequence}, and {@code powershell.total} says of how many
   * parts it was joined.
   */
  public ScriptBlockEvent withWholeText(String text) {
    try {
      ScriptBlockEvent copy = (ScriptBlockEvent) clone();
      copy.powershell =
          new PowershellFields(
              new ScriptBlockFields(text, getPowershell().getFile().getScriptBlockId()),
              null,
              getPowershell().getTotal());
      return copy;
    } catch (CloneNotSupportedException e) {
      throw new AssertionError("Event is Cloneable", e);
    }
  }

  private @Nullable String text() {
    return getPowershell().getFile().getScriptBlockText();
  }

  @Override
  void readAll() {}

  /** Builds a {@link ScriptBlockEvent}. Not safe for use by several threads. */
  public static final class Builder extends EventBuilder<Builder> {
    private @Nullable PowershellFields powershell;
    private @Nullable FileFields file;

    Builder() {
      super(KIND);
    }

    @Override
    Builder self() {
      return this;
    }

    /** {@code powershell.*}. */
    public Builder powershell(PowershellFields powershell) {
      this.powershell = powershell;
      return this;
    }

    /** {@code powershell.file.script_block_text} alone. */
    public Builder scriptBlockText(@Nullable String text) {
      return powershell(new PowershellFields(new ScriptBlockFields(text, null), null, null));
    }

    /** {@code file.*}. */
    public Builder file(FileFields file) {
      this.file = file;
      return this;
    }

    /**
     * Creates the event.
     *
     * @throws NullPointerException if it has no timestamp
     * @throws IllegalArgumentException if its timestamp is not in the years 0000 to 9999
     */
    public ScriptBlockEvent build() {
      return new ScriptBlockEvent(this);
    }
  }
}
