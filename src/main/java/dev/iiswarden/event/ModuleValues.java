package dev.iiswarden.event;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Finds the DLLs in a value of the IIS configuration or the registry. A value is one path, which
 * may contain blanks; {@code NAME=path}, as in the environment of a service; a list of paths
 * separated by semicolons or commas; or a .NET type with its assembly. Any other value is searched
 * like a command line.
 */
final class ModuleValues {
  private static final Pattern VARIABLE = Pattern.compile("[A-Za-z_][\\w()]*+=");
  private static final String ENDING = ".dll";

  private ModuleValues() {}

  /**
   * Returns the DLLs that a text of an event names. Texts of events other than configuration and
   * registry events are command lines or scripts.
   */
  static List<String> in(Event event, String text) {
    if (event instanceof ConfigurationEvent changed) {
      return in(text, namesModule(changed.getIis().getConfiguration()));
    }
    return event instanceof RegistryEvent ? in(text, false) : DllNames.in(text);
  }

  private static boolean namesModule(@Nullable String element) {
    return Eql.like(
        element,
        "*/@image",
        "*/isapiFilters/*/@path",
        "*/isapiCgiRestriction/*/@path",
        "*/environmentVariables/*PROFILER_PATH*/@value",
        "*/environmentVariables/*STARTUP_HOOKS*/@value");
  }

  /**
   * Returns the DLLs in a value.
   *
   * @param isModule whether the value names a module, whatever its extension
   */
  static List<String> in(String value, boolean isModule) {
    String content = value.strip();
    String type = DotNetTypes.dll(content);
    if (!type.isEmpty()) {
      return List.of(type);
    }
    Matcher name = VARIABLE.matcher(content);
    boolean isProfiler = false;
    if (name.lookingAt()) {
      String variable = name.group().toLowerCase(Locale.ROOT);
      isProfiler = variable.contains("profiler_path");
      content = content.substring(name.end());
    }
    List<String> found = new ArrayList<>();
    for (String part : parts(content)) {
      addTo(found, part, isModule || isProfiler);
    }
    return found.stream().distinct().limit(DllNames.MOST).toList();
  }

  /** Separates a list before each path and after each DLL. */
  private static List<String> parts(String text) {
    List<String> parts = new ArrayList<>();
    int start = 0;
    for (int at = 0; at < text.length(); at++) {
      char c = text.charAt(at);
      if ((c == ';' || c == ',' || c == '\0' || c == '\n')
          && (endsInDll(text, start, at) || startsPath(text, at + 1))) {
        parts.add(text.substring(start, at));
        start = at + 1;
      }
    }
    parts.add(text.substring(start));
    return parts;
  }

  private static boolean endsInDll(String text, int start, int end) {
    int last = end;
    while (last > start && " \"\t".indexOf(text.charAt(last - 1)) >= 0) {
      last--;
    }
    return last - start > ENDING.length()
        && text.regionMatches(true, last - ENDING.length(), ENDING, 0, ENDING.length());
  }

  private static boolean startsPath(String text, int from) {
    int at = from;
    while (at < text.length() && at - from < 16 && " \"\t".indexOf(text.charAt(at)) >= 0) {
      at++;
    }
    return DllNames.isPathStart(text, at);
  }

  private static void addTo(List<String> found, String part, boolean isModule) {
    String path = unquoted(part.strip());
    if (!isOnePath(path)) {
      found.addAll(DllNames.in(path));
    } else if (isModule && ModuleOptions.isFile(path)) {
      found.add(path);
    } else {
      int ending = lastEnding(path);
      if (ending > 0) {
        found.add(path.substring(0, ending + ENDING.length()));
      }
    }
  }

  /** Lower case may be longer than a text, so the text itself is searched. */
  private static int lastEnding(String path) {
    int at = path.length() - ENDING.length();
    while (at >= 0 && !path.regionMatches(true, at, ENDING, 0, ENDING.length())) {
      at--;
    }
    return at;
  }

  private static String unquoted(String text) {
    return text.length() > 1 && text.startsWith("\"") && text.endsWith("\"")
        ? text.substring(1, text.length() - 1)
        : text;
  }

  private static boolean isOnePath(String text) {
    if (text.indexOf('"') >= 0 || text.length() > DllNames.LONGEST) {
      return false;
    }
    int colon = text.lastIndexOf(':');
    boolean hasOtherDrive = colon > 6 && DllNames.isDrive(text, colon, 0);
    return !hasOtherDrive && (DllNames.isPathStart(text, 0) || text.indexOf(' ') < 0);
  }
}
