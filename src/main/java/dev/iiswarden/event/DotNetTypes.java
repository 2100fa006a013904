package dev.iiswarden.event;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads the names of .NET types with their assembly, such as {@code Seo.Module, Seo,
 * Version=1.0.0.0} ("Specifying fully qualified type names", Microsoft).
 */
final class DotNetTypes {
  private static final Pattern QUALIFIED =
      Pattern.compile(
          "[\\w.+`$]++\\s*+,\\s*+([\\w.-]++)\\s*+"
              + "(?:,\\s*+(?:version|culture|publickeytoken|processorarchitecture)\\s*+=.*+)?+",
          Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

  /** The longest type that is read; assemblies have short names. */
  private static final int LONGEST = 2048;

  /** Assemblies of .NET and IIS that the types in a default configuration are in. */
  private static final Set<String> BUILT_IN =
      Set.of(
          "mscorlib",
          "system",
          "system.core",
          "system.configuration",
          "system.data",
          "system.data.services",
          "system.design",
          "system.drawing",
          "system.enterpriseservices",
          "system.identitymodel",
          "system.identitymodel.services",
          "system.servicemodel",
          "system.servicemodel.activation",
          "system.servicemodel.web",
          "system.web",
          "system.web.abstractions",
          "system.web.applicationservices",
          "system.web.dynamicdata",
          "system.web.extensions",
          "system.web.mvc",
          "system.web.routing",
          "system.web.services",
          "system.web.webpages",
          "system.workflow.runtime",
          "system.workflowservices",
          "system.xml",
          "microsoft.web.administration",
          "microsoft.web.management",
          "microsoft.web.management.aspnet",
          "microsoft.web.management.iis",
          "microsoft.csharp",
          "microsoft.visualbasic");

  private DotNetTypes() {}

  /** Returns the file name of the type's assembly; empty if it has none or it is built in. */
  static String dll(String type) {
    String assembly = assembly(type);
    return assembly.isEmpty() || isBuiltIn(assembly) ? "" : assembly + ".dll";
  }

  /** Returns the name of the type's assembly; empty if this is no type with an assembly. */
  static String assembly(String type) {
    if (type.length() > LONGEST || type.indexOf(',') < 0) {
      return "";
    }
    Matcher matcher = QUALIFIED.matcher(type.strip());
    if (!matcher.matches()) {
      return "";
    }
    String assembly = matcher.group(1);
    return assembly.toLowerCase(Locale.ROOT).endsWith(".dll") ? "" : assembly;
  }

  static boolean isBuiltIn(String assembly) {
    return BUILT_IN.contains(assembly.toLowerCase(Locale.ROOT));
  }
}
