package dev.iiswarden.decode;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Writes registry paths as Sysmon and Elastic Endpoint do, from a key and a value name that a
 * product reports separately and with a hive name of its own.
 */
final class RegistryPaths {
  private static final Map<String, String> HIVES =
      Map.of(
          "HKEY_LOCAL_MACHINE", "HKLM",
          "HKEY_USERS", "HKU",
          "HKEY_CURRENT_USER", "HKCU",
          "HKEY_CLASSES_ROOT", "HKCR",
          "HKEY_CURRENT_CONFIG", "HKCC",
          "\\REGISTRY\\MACHINE", "HKLM",
          "\\REGISTRY\\USER", "HKU");

  private RegistryPaths() {}

  /** Returns the path of a key or, if a value is named, of that value. */
  static @Nullable String of(@Nullable String key, @Nullable String value) {
    if (key == null) {
      return null;
    }
    String path = withShortHive(key);
    return value == null ? path : path + '\\' + value;
  }

  private static String withShortHive(String key) {
    for (Map.Entry<String, String> hive : HIVES.entrySet()) {
      int length = hive.getKey().length();
      if (key.regionMatches(true, 0, hive.getKey(), 0, length)
          && (key.length() == length || key.charAt(length) == '\\')) {
        return hive.getValue() + key.substring(length);
      }
    }
    return key;
  }
}
