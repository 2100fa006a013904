package dev.iiswarden.event;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Functions on the components that come with IIS, ASP.NET, the ASP.NET Core module, URL Rewrite and
 * Application Request Routing, as they stand in the {@code applicationHost.config} that Windows
 * installs ("IIS Modules Overview" and "globalModules", Microsoft). The list is the resource {@code
 * iis-components.tsv}.
 *
 * <p>A component is IIS's own only if both its name and its file or type are. Files are compared as
 * paths on the drive {@code C:}, or on the drive that a variable such as {@code %windir%} stands
 * for; those of the .NET Framework are the same in {@code Framework} and {@code Framework64} and in
 * any build of version 4, and those of Windows in {@code System32} and {@code SysWOW64}. Safe for
 * use by several threads.
 */
public final class IisComponents {
  private static final String RESOURCE = "iis-components.tsv";

  private static final Pattern ELEMENT =
      Pattern.compile(
          "/(?:system\\.webserver(?:/security)?|system\\.web)/"
              + "(globalmodules|modules|httpmodules|handlers|httphandlers|isapifilters"
              + "|isapicgirestriction)/(?:add|filter)\\[@(?:name|path)=\"([^\"]*)\"\\]/@(\\w+)",
          Pattern.CASE_INSENSITIVE);

  private static final Pattern BUILD = Pattern.compile("\\\\v4\\.0\\.\\d{5}\\\\");

  private static final List<String> NAMESPACES = List.of("System.Web.", "System.ServiceModel.");

  /** Attributes of handlers that name no code. */
  private static final Set<String> HARMLESS =
      Set.of("name", "path", "verb", "precondition", "resourcetype", "requireaccess", "lockitem");

  private static final List<Component> ALL = read();

  private IisComponents() {}

  /**
   * Returns whether a change of the configuration is one that sets up a component of IIS: the
   * element and attribute of an event 29, such as {@code
   * /system.webServer/globalModules/add[@name="RewriteModule"]/@image}, and the new value. An
   * attribute that names a file or a type is IIS's own if that file or type belongs to the
   * component; the name of a component alone is so if it is known.
   *
   * <p>Example: {@code isOwn( iis.configuration, iis.newValue )}
   */
  public static boolean isOwn(@Nullable String configuration, @Nullable String newValue) {
    if (configuration == null || newValue == null) {
      return false;
    }
    Matcher element = ELEMENT.matcher(configuration);
    if (!element.matches()) {
      return false;
    }
    String name = element.group(2);
    String attribute = element.group(3).toLowerCase(Locale.ROOT);
    return switch (element.group(1).toLowerCase(Locale.ROOT)) {
      case "globalmodules" ->
          attribute.equals("image")
              ? isFile("module", name, newValue)
              : isName(attribute, name, newValue, "module");
      case "modules", "httpmodules" ->
          attribute.equals("type")
              ? isType("type", name, newValue)
              : isName(attribute, name, newValue, "module", "type");
      case "handlers", "httphandlers" -> isHandler(name, attribute, newValue);
      case "isapifilters" ->
          attribute.equals("path")
              ? isFile("filter", name, newValue)
              : isName(attribute, name, newValue, "filter");
      default -> attribute.equals("path") && isExtension(name) && isExtension(newValue);
    };
  }

  /**
   * Returns whether a native module with this name and image, or a managed module with this name
   * and type, comes with IIS. Without an image or type, the name decides.
   *
   * <p>Example: {@code isOwnModule( "RewriteModule", dll.path )}
   */
  public static boolean isOwnModule(@Nullable String name, @Nullable String image) {
    if (name == null) {
      return false;
    }
    return (image == null || image.isEmpty())
        ? isKnown(name, "module", "type")
        : isFile("module", name, image) || isType("type", name, image);
  }

  private static boolean isHandler(String name, String attribute, String value) {
    return switch (attribute) {
      case "scriptprocessor" -> isFile("handler", name, value);
      case "type" -> isType("handler", name, value);
      case "modules" ->
          isKnown(name, "handler")
              && Stream.of(value.split(",", -1)).allMatch(one -> isKnown(one.strip(), "module"));
      default ->
          HARMLESS.contains(attribute)
              && isKnown(name, "handler")
              && (!attribute.equals("name") || value.equals(name));
    };
  }

  private static boolean isName(String attribute, String name, String value, String... kinds) {
    return isKnown(name, kinds)
        && (attribute.equals("name") ? value.equals(name) : attribute.equals("precondition"));
  }

  private static boolean isKnown(String name, String... kinds) {
    return ALL.stream().anyMatch(one -> Eql.oneOf(one.kind, kinds) && one.isCalled(name));
  }

  private static boolean isFile(String kind, String name, String path) {
    String file = file(path);
    return ALL.stream()
        .anyMatch(one -> one.kind.equals(kind) && one.isCalled(name) && one.file.equals(file));
  }

  private static boolean isExtension(String path) {
    String file = file(path);
    return ALL.stream().anyMatch(one -> one.kind.equals("extension") && one.file.equals(file));
  }

  private static boolean isType(String kind, String name, String type) {
    int comma = type.indexOf(',');
    String assembly = DotNetTypes.assembly(type);
    boolean isBuiltIn = comma < 0 || (!assembly.isEmpty() && DotNetTypes.isBuiltIn(assembly));
    String className = (comma < 0 ? type : type.substring(0, comma)).strip();
    return isBuiltIn
        && ALL.stream()
            .anyMatch(
                one ->
                    one.kind.equals(kind)
                        && one.isCalled(name)
                        && !one.isFile()
                        && (one.value.equals(className)
                            || NAMESPACES.stream().anyMatch(className::startsWith)));
  }

  /** The path without a drive if it is that of Windows; the folders of .NET in one spelling. */
  private static String file(String path) {
    String canonical = WindowsPaths.canonicalPath(path);
    String withoutDrive = canonical.startsWith("c:") ? canonical.substring(2) : canonical;
    return BUILD
        .matcher(
            withoutDrive
                .replace("\\framework64\\", "\\framework\\")
                .replace("\\syswow64\\", "\\system32\\"))
        .replaceAll("\\\\v4.0.30319\\\\");
  }

  private static List<Component> read() {
    try (InputStream in =
            Objects.requireNonNull(IisComponents.class.getResourceAsStream(RESOURCE), RESOURCE);
        BufferedReader lines =
            new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
      return lines
          .lines()
          .filter(line -> !line.startsWith("#"))
          .map(line -> line.split("\t", -1))
          .map(cells -> new Component(cells[0], cells[1], cells[2], file(cells[2])))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read the resource " + RESOURCE, e);
    }
  }

  private record Component(String kind, String name, String value, String file) {

    boolean isCalled(String other) {
      return Eql.like(other, name);
    }

    boolean isFile() {
      return value.indexOf('\\') >= 0;
    }
  }
}
