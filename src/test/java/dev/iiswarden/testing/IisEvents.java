package dev.iiswarden.testing;

import dev.iiswarden.event.FileEvent;
import dev.iiswarden.event.LibraryEvent;
import dev.iiswarden.event.RegistryEvent;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Builds events that the base rules match. */
public final class IisEvents {
  /** The time at which test stories begin. */
  public static final Instant START = Instant.parse("2026-03-01T03:00:00Z");

  private IisEvents() {}

  /** A registry value under an IIS key is set to a DLL. */
  public static RegistryEvent registration(String id, String host, Instant time) {
    return RegistryEvent.builder()
        .id(id)
        .timestamp(time)
        .hostName(host)
        .type("change")
        .processName("reg.exe")
        .path("HKLM\\SYSTEM\\CurrentControlSet\\Services\\W3SVC\\Parameters\\FilterDLLs")
        .value("FilterDLLs")
        .dataStrings("C:\\inetpub\\filter.dll")
        .build();
  }

  /** A DLL appears in an IIS folder. */
  public static FileEvent drop(String id, String host, Instant time) {
    return FileEvent.builder()
        .id(id)
        .timestamp(time)
        .hostName(host)
        .type("creation")
        .processName("powershell.exe")
        .path("C:\\inetpub\\filter.dll")
        .extension("dll")
        .build();
  }

  /** The IIS worker process loads a DLL from a Temp folder. */
  public static LibraryEvent load(String id, @Nullable String host, Instant time) {
    return LibraryEvent.builder()
        .id(id)
        .timestamp(time)
        .hostName(host)
        .processName("w3wp.exe")
        .path("C:\\Windows\\Temp\\filter.dll")
        .name("filter.dll")
        .build();
  }

  /**
   * A file is deleted by an unknown process. No rule is interested in it, but it advances its
   * host's clock.
   */
  public static FileEvent ordinary(String host, Instant time) {
    return FileEvent.builder().timestamp(time).hostName(host).type("deletion").build();
  }
}
