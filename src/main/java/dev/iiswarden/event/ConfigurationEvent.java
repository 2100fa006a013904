package dev.iiswarden.event;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.kie.api.definition.type.Expires;
import org.kie.api.definition.type.Role;
import org.kie.api.definition.type.Timestamp;

/**
 * A change of the IIS configuration: events 29 (one element or attribute) and 50 (the changes were
 * committed) of {@code Microsoft-Windows-IIS-Configuration}. Modules are registered there since IIS
 * 7. The log is off by default and names the process only by its pid. Editing {@code
 * applicationHost.config} by hand leaves no such event. Made by {@link #builder()} or a decoder.
 * Immutable and safe for use by several threads.
 *
 * <p>Example: {@code $changed : ConfigurationEvent( like( iis.configuration, "*globalModules*" ) )}
 */
@Role(Role.Type.EVENT)
@Timestamp("sessionTime")
@Expires(value = "0ms", policy = Expires.Policy.TIME_SOFT)
public final class ConfigurationEvent extends Event {
  /** The kind of these events. */
  public static final EventKind KIND =
      EventKind.of("configuration", ConfigurationEvent.class)
          .types("change", "access", "creation", "deletion", "info")
          .set("iis", ConfigurationEvent::getIis, IisConfigurationFields.FIELDS)
          .action("configuration change")
          .subject(ConfigurationEvent::elementAndValue)
          .dlls(ConfigurationEvent::dllsInValue)
          .build();

  private @Nullable IisConfigurationFields iis;

  /** Creates an event without fields, for snapshots and test scenarios to fill. */
  public ConfigurationEvent() {}

  private ConfigurationEvent(Builder builder) {
    super(builder);
    iis = builder.iis;
  }

  /** Returns a builder of an event with {@code event.category} configuration. */
  public static Builder builder() {
    return new Builder();
  }

  /** {@code iis.*}: the change; an empty set if unknown. */
  @Override
  public IisConfigurationFields getIis() {
    return iis == null ? NO_IIS : iis;
  }

  @Override
  public EventKind kind() {
    return KIND;
  }

  private String elementAndValue() {
    return EventKindBuilder.orUnknown(getIis().getConfiguration())
        + " = "
        + EventKindBuilder.orUnknown(getIis().getNewValue());
  }

  private List<String> dllsInValue() {
    String value = getIis().getNewValue();
    return value == null ? List.of() : ModuleValues.in(this, value);
  }

  @Override
  void readAll() {}

  /** Builds a {@link ConfigurationEvent}. Not safe for use by several threads. */
  public static final class Builder extends EventBuilder<Builder> {
    private @Nullable IisConfigurationFields iis;

    Builder() {
      super(KIND);
    }

    @Override
    Builder self() {
      return this;
    }

    /** {@code iis.*}. */
    public Builder iis(IisConfigurationFields iis) {
      this.iis = iis;
      return this;
    }

    /**
     * Creates the event.
     *
     * @throws NullPointerException if it has no timestamp
     * @throws IllegalArgumentException if its timestamp is not in the years 0000 to 9999
     */
    public ConfigurationEvent build() {
      return new ConfigurationEvent(this);
    }
  }
}
