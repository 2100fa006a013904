package dev.iiswarden.inventory;

import dev.iiswarden.event.WindowsPaths;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What the configuration of IIS 7 to 10 has when it is installed with all features, and Microsoft's
 * modules for IIS. The data is in {@code own-components.tsv}: kind, name and value, of which an
 * asterisk as the name stands for any.
 */
final class OwnComponents {
  private static final String ANY = "*";
  private static final Pattern VERSION = Pattern.compile("\\\\v[24]\\.0\\.\\d{5}\\\\");

  /** Of the assemblies of .NET: "Strong-named assemblies", Microsoft. */
  private static final Set<String> TOKENS =
      Set.of("b03f5f7f11d50a3a", "31bf3856ad364e35", "b77a5c561934e089");

  private static final Pattern TOKEN =
      Pattern.compile("(?i),\\s*PublicKeyToken\\s*=\\s*(\\p{XDigit}+)");

  /** Kind and name to the values that belong to them. */
  private static final Map<String, Set<String>> VALUES = read();

  private OwnComponents() {}

  static boolean isOwn(Component component) {
    String value = folded(component);
    return value != null
        && (valuesOf(component, component.name()).contains(value)
            || valuesOf(component, ANY).contains(value));
  }

  /** Whether the name is that of one of IIS's own components, which need not be this one. */
  static boolean hasOwnName(Component component) {
    return !component.name().equals(ANY)
        && VALUES.containsKey(key(component.kind(), component.name()));
  }

  private static Set<String> valuesOf(Component component, String name) {
    return VALUES.getOrDefault(key(component.kind(), name), Set.of());
  }

  private static String key(ComponentKind kind, String name) {
    return kind.jsonName() + '\t' + name.toLowerCase(Locale.ROOT);
  }

  /** The value as the data has it; null if it cannot be one of IIS's own. */
  private static @Nullable String folded(Component component) {
    return switch (component.kind()) {
      case MANAGED_MODULE, HANDLER, AUTO_START_PROVIDER, MANAGEMENT_PROVIDER ->
          type(component.value());
      case NATIVE_MODULE, SCRIPT_PROCESSOR, ISAPI_FILTER, ISAPI_EXTENSION, SITE ->
          path(component.value());
      case FAST_CGI, ASP_NET_CORE, ENVIRONMENT_VARIABLE, REDIRECTION -> null;
    };
  }

  /** A path on the drive of Windows, in any spelling, of either bitness and version of .NET. */
  private static String path(String value) {
    String canonical = WindowsPaths.canonicalPath(value);
    String path = canonical.startsWith("c:\\") ? canonical.substring(2) : canonical;
    return VERSION
        .matcher(path)
        .replaceFirst("\\\\v\\\\")
        .replace("\\framework64\\", "\\framework\\")
        .replace("\\syswow64\\", "\\system32\\");
  }

  /** The name of a type whose assembly is not named or is one of .NET, with its key. */
  private static @Nullable String type(String value) {
    String folded = value.strip().toLowerCase(Locale.ROOT);
    int comma = folded.indexOf(',');
    if (comma < 0) {
      return folded;
    }
    Matcher token = TOKEN.matcher(folded);
    boolean isMicrosofts =
        folded.substring(comma + 1).strip().startsWith("system.")
            && token.find()
            && TOKENS.contains(token.group(1));
    return isMicrosofts ? folded.substring(0, comma).strip() : null;
  }

  private static Map<String, Set<String>> read() {
    Map<String, Set<String>> values = new HashMap<>();
    for (String line : lines()) {
      if (line.isEmpty() || line.startsWith("#")) {
        continue;
      }
      String[] parts = line.split("\t", -1);
      ComponentKind kind = ComponentKind.valueOf(parts[0].toUpperCase(Locale.ROOT));
      boolean isType = kind == ComponentKind.MANAGED_MODULE || kind == ComponentKind.HANDLER;
      String value = isType ? parts[2].toLowerCase(Locale.ROOT) : path(parts[2]);
      values.computeIfAbsent(key(kind, parts[1]), ignored -> new HashSet<>()).add(value);
    }
    return values;
  }

  private static List<String> lines() {
    try (InputStream in = OwnComponents.class.getResourceAsStream("own-components.tsv");
        BufferedReader reader =
            new BufferedReader(
                new InputStreamReader(Objects.requireNonNull(in), StandardCharsets.UTF_8))) {
      return reader.lines().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
