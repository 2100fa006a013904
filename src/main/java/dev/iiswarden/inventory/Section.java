package dev.iiswarden.inventory;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * An element of the configuration that makes a component ("IIS Configuration Reference",
 * Microsoft).
 *
 * @param value the attribute that says what is loaded
 * @param name the attribute with the component's name; empty if it has none
 * @param mark an attribute that must not be {@code false}; empty if there is none
 * @param markIsNeeded whether a missing attribute counts as {@code false}, because that is its
 *     default
 */
record Section(ComponentKind kind, String value, String name, String mark, boolean markIsNeeded) {
  private static final Map<String, List<Section>> BY_PATH =
      Map.ofEntries(
          at("system.webServer/globalModules/add", of(ComponentKind.NATIVE_MODULE, "image")),
          at("system.webServer/modules/add", of(ComponentKind.MANAGED_MODULE, "type")),
          at("system.web/httpModules/add", of(ComponentKind.MANAGED_MODULE, "type")),
          at(
              "system.webServer/handlers/add",
              of(ComponentKind.SCRIPT_PROCESSOR, "scriptProcessor"),
              of(ComponentKind.HANDLER, "type")),
          at(
              "system.web/httpHandlers/add",
              new Section(ComponentKind.HANDLER, "type", "path", "", false)),
          at(
              "system.webServer/isapiFilters/filter",
              new Section(ComponentKind.ISAPI_FILTER, "path", "name", "enabled", false)),
          at(
              "system.webServer/security/isapiCgiRestriction/add",
              new Section(ComponentKind.ISAPI_EXTENSION, "path", "description", "allowed", true)),
          at(
              "system.webServer/fastCgi/application",
              new Section(ComponentKind.FAST_CGI, "fullPath", "arguments", "", false)),
          at(
              "system.webServer/aspNetCore",
              new Section(ComponentKind.ASP_NET_CORE, "processPath", "arguments", "", false)),
          at(
              "system.webServer/aspNetCore/environmentVariables/environmentVariable",
              of(ComponentKind.ENVIRONMENT_VARIABLE, "value")),
          at(
              "system.webServer/fastCgi/application/environmentVariables/environmentVariable",
              of(ComponentKind.ENVIRONMENT_VARIABLE, "value")),
          at(
              "system.applicationHost/applicationPools/add/environmentVariables/add",
              of(ComponentKind.ENVIRONMENT_VARIABLE, "value")),
          at(
              "system.applicationHost/applicationPools/applicationPoolDefaults"
                  + "/environmentVariables/add",
              of(ComponentKind.ENVIRONMENT_VARIABLE, "value")),
          at(
              "system.applicationHost/serviceAutoStartProviders/add",
              of(ComponentKind.AUTO_START_PROVIDER, "type")),
          at(
              "system.applicationHost/sites/site/application/virtualDirectory",
              new Section(ComponentKind.SITE, "physicalPath", "path", "", false)),
          at("moduleProviders/add", of(ComponentKind.MANAGEMENT_PROVIDER, "type")),
          at(
              "configurationRedirection",
              new Section(ComponentKind.REDIRECTION, "path", "", "enabled", true)));

  /** The paths of {@link #BY_PATH}, and all that lead to them. */
  private static final Set<String> AROUND = around();

  private static Set<String> around() {
    Set<String> around = new HashSet<>();
    for (String path : BY_PATH.keySet()) {
      for (int end = path.indexOf('/'); end >= 0; end = path.indexOf('/', end + 1)) {
        around.add(path.substring(0, end));
      }
      around.add(path);
    }
    return around;
  }

  private static Section of(ComponentKind kind, String value) {
    return new Section(kind, value, "name", "", false);
  }

  private static Map.Entry<String, List<Section>> at(String path, Section... sections) {
    return Map.entry(path, List.of(sections));
  }

  /** Returns what the element at a path below {@code configuration} makes; usually nothing. */
  static List<Section> at(String path) {
    return BY_PATH.getOrDefault(path, List.of());
  }

  /** Whether elements below this path, or it itself, make components. */
  static boolean leadsSomewhere(String path) {
    return AROUND.contains(path);
  }

  /** Whether the component is in use, by the value of its mark: any but {@code false} counts. */
  boolean isInUse(@Nullable String markValue) {
    return mark.isEmpty()
        || (markValue == null ? !markIsNeeded : !markValue.strip().equalsIgnoreCase("false"));
  }
}
