package dev.iiswarden.inventory;

import java.util.Locale;

/** What a {@link Component} is to IIS. */
public enum ComponentKind {
  /** A DLL of {@code globalModules}, which every worker process loads. */
  NATIVE_MODULE("native module"),

  /** A .NET type of {@code modules} or {@code httpModules}. */
  MANAGED_MODULE("managed module"),

  /** A .NET type of {@code handlers} or {@code httpHandlers}. */
  HANDLER("handler"),

  /** The program or DLL that a handler passes requests to. */
  SCRIPT_PROCESSOR("script processor"),

  /** An enabled ISAPI filter. */
  ISAPI_FILTER("ISAPI filter"),

  /** An ISAPI extension or CGI program that {@code isapiCgiRestriction} allows. */
  ISAPI_EXTENSION("ISAPI or CGI"),

  /** A FastCGI program. */
  FAST_CGI("FastCGI"),

  /** The program of an ASP.NET Core application. */
  ASP_NET_CORE("ASP.NET Core"),

  /** A .NET type that starts with its application. */
  AUTO_START_PROVIDER("auto-start provider"),

  /** An environment variable that makes .NET load code. Other variables are not read. */
  ENVIRONMENT_VARIABLE("environment"),

  /** A .NET type that the management service or IIS Manager loads. */
  MANAGEMENT_PROVIDER("management provider"),

  /** The physical path of a site, an application or a virtual directory. */
  SITE("site"),

  /** The folder from which IIS reads its configuration instead of its own. */
  REDIRECTION("redirection");

  private final String label;

  ComponentKind(String label) {
    this.label = label;
  }

  /** Returns the name for people, such as {@code native module}. */
  public String label() {
    return label;
  }

  /** Returns the name in JSON, such as {@code native_module}. */
  String jsonName() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Whether the value names a file that is loaded or run. */
  boolean hasImage() {
    return switch (this) {
      case NATIVE_MODULE, SCRIPT_PROCESSOR, ISAPI_FILTER, ISAPI_EXTENSION, FAST_CGI, ASP_NET_CORE ->
          true;
      default -> false;
    };
  }

  /** Whether IIS loads the image as a DLL, whatever it is called. */
  boolean isDll() {
    return this == NATIVE_MODULE || this == ISAPI_FILTER;
  }
}
