package dev.iiswarden.inventory;

import java.util.Locale;
import java.util.regex.Pattern;

/**
 * The environment variables by which .NET loads code that the application does not name ("Setting
 * Up a Profiling Environment", ".NET environment variables", "Use hosting startup assemblies in
 * ASP.NET Core", Microsoft). All others are left alone: they may hold secrets.
 */
final class CodeVariables {
  private static final Pattern PROFILER =
      Pattern.compile(
          "COR(?:ECLR)?_(?:ENABLE_PROFILING|PROFILER(?:_PATH(?:_32|_64|_ARM32|_ARM64)?)?)"
              + "|CORECLR_ENABLE_NOTIFICATION_PROFILERS|CORECLR_NOTIFICATION_PROFILERS(?:_32|_64)?");

  private static final Pattern STARTUP =
      Pattern.compile(
          "DOTNET_STARTUP_HOOKS|DOTNET_ADDITIONAL_DEPS|DOTNET_SHARED_STORE"
              + "|ASPNETCORE_HOSTINGSTARTUPASSEMBLIES|APPDOMAIN_MANAGER_(?:ASM|TYPE)");

  private CodeVariables() {}

  static boolean isProfiler(String name) {
    return PROFILER.matcher(name.toUpperCase(Locale.ROOT)).matches();
  }

  static boolean isStartup(String name) {
    return STARTUP.matcher(name.toUpperCase(Locale.ROOT)).matches();
  }

  static boolean isKnown(String name) {
    return isProfiler(name) || isStartup(name);
  }

  /** Whether the value is a path; that of a start-up hook may also be the name of an assembly. */
  static boolean isPath(String name) {
    String upper = name.toUpperCase(Locale.ROOT);
    return upper.contains("PROFILER_PATH") || upper.equals("DOTNET_STARTUP_HOOKS");
  }
}
