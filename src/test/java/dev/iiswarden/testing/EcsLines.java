package dev.iiswarden.testing;

import java.time.Instant;

/** Provides the events of {@link IisEvents} as log lines in ECS. */
public final class EcsLines {

  private EcsLines() {}

  /** A registry value under an IIS key is set to a DLL. */
  public static String registration(String id, String host, Instant time) {
    return event(id, "registry", "change", host, time, "reg.exe")
        + """
        "registry":{"path":"HKLM\\\\SYSTEM\\\\CurrentControlSet\\\\Services\\\\W3SVC\\\\Parameters\\\\FilterDLLs",\
        "value":"FilterDLLs","data":{"strings":["C:\\\\inetpub\\\\filter.dll"]}}}""";
  }

  /** A DLL appears in an IIS folder. */
  public static String drop(String id, String host, Instant time) {
    return event(id, "file", "creation", host, time, "powershell.exe")
        + """
        "file":{"path":"C:\\\\inetpub\\\\filter.dll","extension":"dll"}}""";
  }

  /** The IIS worker process loads a DLL from a Temp folder. */
  public static String load(String id, String host, Instant time) {
    return event(id, "library", "start", host, time, "w3wp.exe")
        + """
        "dll":{"path":"C:\\\\Windows\\\\Temp\\\\filter.dll","name":"filter.dll"}}""";
  }

  /** A file is deleted. No rule is interested in it, but it advances its host's clock. */
  public static String ordinary(String host, Instant time) {
    return drop("o", host, time).replace("creation", "deletion");
  }

  /** The same line without its {@code event.id}. */
  public static String withoutId(String line) {
    return line.replaceFirst("\"id\":\"[^\"]*\",", "");
  }

  private static String event(
      String id, String category, String type, String host, Instant time, String process) {
    return """
        {"@timestamp":"%s","event":{"id":"%s","category":["%s"],"type":["%s"]},\
        "host":{"name":"%s"},"process":{"name":"%s"},"""
        .formatted(time, id, category, type, host, process);
  }
}
