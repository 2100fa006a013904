package dev.iiswarden.decode;

import org.jspecify.annotations.Nullable;

/**
 * A provider of Windows events that rules can match, and the ids of those events. An event id has a
 * meaning only together with its provider: 29 is a file event of Sysmon and a setting of IIS.
 */
enum Provider {
  SYSMON("Microsoft-Windows-Sysmon"),
  SECURITY("Microsoft-Windows-Security-Auditing"),
  IIS_CONFIGURATION("Microsoft-Windows-IIS-Configuration"),
  W3SVC_WP("Microsoft-Windows-IIS-W3SVC-WP"),
  POWERSHELL("Microsoft-Windows-PowerShell");

  private final String label;

  Provider(String label) {
    this.label = label;
  }

  /** Returns the name under which the provider is registered in Windows. */
  String label() {
    return label;
  }

  /** Whether rules can match this provider's event with the given id. */
  boolean has(int eventId) {
    return switch (this) {
      case SYSMON -> hasSysmon(eventId);
      case SECURITY -> hasSecurity(eventId);
      case IIS_CONFIGURATION -> hasIisConfiguration(eventId);
      case W3SVC_WP -> hasW3svcWp(eventId);
      case POWERSHELL -> hasPowershell(eventId);
    };
  }

  /** Whether rules can match an event of any provider with the given id. */
  static boolean anyHas(int eventId) {
    return hasSysmon(eventId)
        || hasSecurity(eventId)
        || hasIisConfiguration(eventId)
        || hasW3svcWp(eventId)
        || hasPowershell(eventId);
  }

  private static boolean hasSysmon(int eventId) {
    return switch (eventId) {
      case 1, 2, 7, 11, 12, 13, 14, 15, 23, 26, 29 -> true;
      default -> false;
    };
  }

  private static boolean hasSecurity(int eventId) {
    return switch (eventId) {
      case 4656, 4657, 4663, 4670, 4688, 5145 -> true;
      default -> false;
    };
  }

  private static boolean hasIisConfiguration(int eventId) {
    return eventId == 29 || eventId == 50;
  }

  private static boolean hasW3svcWp(int eventId) {
    return switch (eventId) {
      case 2282, 2293, 2295, 2296, 2298 -> true;
      default -> false;
    };
  }

  private static boolean hasPowershell(int eventId) {
    return eventId == 4104;
  }

  /**
   * Returns the provider that logged the event; null if rules cannot match its event with this id.
   */
  static @Nullable Provider of(FieldValues values, int eventId) {
    Provider provider = logging(values);
    return provider != null && provider.has(eventId) ? provider : null;
  }

  private static @Nullable Provider logging(FieldValues values) {
    if (values.has(Field.UTC_TIME)) {
      return SYSMON;
    }
    String provider = values.first(Field.PROVIDER);
    String channel = values.first(Field.CHANNEL);
    if (provider == null && channel == null) {
      return byData(values);
    }
    return byName(String.valueOf(provider) + '/' + channel);
  }

  private static @Nullable Provider byName(String providerAndChannel) {
    if (providerAndChannel.contains("Sysmon")) {
      return SYSMON;
    }
    if (providerAndChannel.contains("Security-Auditing")
        || providerAndChannel.endsWith("/Security")
        || providerAndChannel.endsWith("/Sec")) {
      return SECURITY;
    }
    if (providerAndChannel.contains("IIS-Configuration")) {
      return IIS_CONFIGURATION;
    }
    if (providerAndChannel.contains("W3SVC-WP")) {
      return W3SVC_WP;
    }
    // Hayabusa shortens the names of channels.
    return providerAndChannel.contains("PowerShell") || providerAndChannel.endsWith("/PwSh")
        ? POWERSHELL
        : null;
  }

  /** Recognises the provider by fields that only its events have. */
  private static @Nullable Provider byData(FieldValues values) {
    if (values.hasAny(Field.OBJECT_NAME, Field.NEW_PROCESS_NAME, Field.RELATIVE_TARGET_NAME)) {
      return SECURITY;
    }
    if (values.has(Field.CONFIG_PATH)) {
      return IIS_CONFIGURATION;
    }
    if (values.has(Field.MODULE_DLL)) {
      return W3SVC_WP;
    }
    return values.has(Field.SCRIPT_BLOCK_TEXT) ? POWERSHELL : null;
  }
}
