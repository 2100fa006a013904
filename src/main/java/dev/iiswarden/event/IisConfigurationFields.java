package dev.iiswarden.event;

import org.jspecify.annotations.Nullable;

/**
 * The fields of a change in the log {@code Microsoft-IIS-Configuration/Operational}, under the
 * names used there; a missing field is null. Made by {@link #builder()}. Immutable and safe for use
 * by several threads.
 */
public final class IisConfigurationFields {
  static final FieldSet<IisConfigurationFields> FIELDS =
      FieldSet.of(IisConfigurationFields.class)
          .text("physical_path", IisConfigurationFields::getPhysicalPath)
          .text("config_path", IisConfigurationFields::getConfigPath)
          .text("effective_location_path", IisConfigurationFields::getEffectiveLocationPath)
          .text("configuration", IisConfigurationFields::getConfiguration)
          .text("edit_operation_type", IisConfigurationFields::getEditOperationType)
          .text("old_value", IisConfigurationFields::getOldValue)
          .text("new_value", IisConfigurationFields::getNewValue);

  private @Nullable String physicalPath;
  private @Nullable String configPath;
  private @Nullable String effectiveLocationPath;
  private @Nullable String configuration;
  private @Nullable String editOperationType;
  private @Nullable String oldValue;
  private @Nullable String newValue;

  /** Creates an empty set, for snapshots and test scenarios to fill. */
  public IisConfigurationFields() {}

  private IisConfigurationFields(Builder builder) {
    physicalPath = builder.physicalPath;
    configPath = builder.configPath;
    effectiveLocationPath = builder.effectiveLocationPath;
    configuration = builder.configuration;
    editOperationType = builder.editOperationType;
    oldValue = builder.oldValue;
    newValue = builder.newValue;
  }

  /** Returns a builder without fields. */
  public static Builder builder() {
    return new Builder();
  }

  /** {@code PhysicalPath}: the file, such as {@code \\?\C:\...\applicationHost.config}. */
  public @Nullable String getPhysicalPath() {
    return physicalPath;
  }

  /**
   * {@code ConfigPath}: the scope of the configuration, such as {@code MACHINE/WEBROOT/APPHOST}.
   */
  public @Nullable String getConfigPath() {
    return configPath;
  }

  /** {@code EffectiveLocationPath}: the location tag that contains the change. */
  public @Nullable String getEffectiveLocationPath() {
    return effectiveLocationPath;
  }

  /** {@code Configuration}: the element or attribute, such as {@code /system.webServer/...}. */
  public @Nullable String getConfiguration() {
    return configuration;
  }

  /** {@code EditOperationType}: the kind of edit, as a number. */
  public @Nullable String getEditOperationType() {
    return editOperationType;
  }

  /** {@code OldValue}: the value before the change. */
  public @Nullable String getOldValue() {
    return oldValue;
  }

  /** {@code NewValue}: the value after the change. */
  public @Nullable String getNewValue() {
    return newValue;
  }

  /** Builds the fields. Not safe for use by several threads. */
  public static final class Builder {
    private @Nullable String physicalPath;
    private @Nullable String configPath;
    private @Nullable String effectiveLocationPath;
    private @Nullable String configuration;
    private @Nullable String editOperationType;
    private @Nullable String oldValue;
    private @Nullable String newValue;

    Builder() {}

    /** {@code PhysicalPath}. */
    public Builder physicalPath(@Nullable String physicalPath) {
      this.physicalPath = physicalPath;
      return this;
    }

    /** {@code ConfigPath}. */
    public Builder configPath(@Nullable String configPath) {
      this.configPath = configPath;
      return this;
    }

    /** {@code EffectiveLocationPath}. */
    public Builder effectiveLocationPath(@Nullable String effectiveLocationPath) {
      this.effectiveLocationPath = effectiveLocationPath;
      return this;
    }

    /** {@code Configuration}. */
    public Builder configuration(@Nullable String configuration) {
      this.configuration = configuration;
      return this;
    }

    /** {@code EditOperationType}. */
    public Builder editOperationType(@Nullable String editOperationType) {
      this.editOperationType = editOperationType;
      return this;
    }

    /** {@code OldValue}. */
    public Builder oldValue(@Nullable String oldValue) {
      this.oldValue = oldValue;
      return this;
    }

    /** {@code NewValue}. */
    public Builder newValue(@Nullable String newValue) {
      this.newValue = newValue;
      return this;
    }

    /** Creates the fields. */
    public IisConfigurationFields build() {
      return new IisConfigurationFields(this);
    }
  }
}
