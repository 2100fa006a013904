package dev.iiswarden.testing;

import static dev.iiswarden.event.Eql.like;
import static dev.iiswarden.event.Eql.notLike;
import static dev.iiswarden.event.Eql.oneOf;

import dev.iiswarden.event.Event;
import dev.iiswarden.event.FileEvent;
import dev.iiswarden.event.LibraryEvent;
import dev.iiswarden.event.RegistryEvent;

/** The base query's conditions in plain Java, without a rule engine. */
public final class PlainConditions {

  private PlainConditions() {}

  /** Whether any of the conditions is met. */
  public static boolean any(Event event) {
    if (event instanceof RegistryEvent registry) {
      return registered(registry);
    }
    if (event instanceof FileEvent file) {
      return dropped(file);
    }
    return event instanceof LibraryEvent library && loaded(library);
  }

  /** The first stage of the sequence. */
  public static boolean registered(RegistryEvent event) {
    return oneOf(event.getEvent().getType(), "creation", "change")
        && like(
            event.getRegistry().getPath(),
            "*W3SVC*",
            "*ISAPI Filter*",
            "*ISAPI Extension*",
            "*GlobalModules*",
            "*inetsrv*")
        && like(
            event.getRegistry().getValue(), "FilterDLLs", "Path", "ImagePath", "DLL", "Filename")
        && like(event.getRegistry().getData().getStrings(), "*.dll*");
  }

  /** The second stage of the sequence. */
  public static boolean dropped(FileEvent event) {
    return oneOf(event.getEvent().getType(), "creation", "change")
        && like(event.getFile().getExtension(), "dll")
        && like(
            event.getFile().getPath(),
            "*\\system32\\inetsrv\\*",
            "*\\iis\\*",
            "*\\inetsrv\\*",
            "*\\inetpub\\*")
        && notLike(
            event.getProcess().getName(),
            "msiexec.exe",
            "setup.exe",
            "pkgmgr.exe",
            "TiWorker.exe",
            "TrustedInstaller.exe",
            "wusa.exe",
            "dism.exe");
  }

  /** The single event. */
  public static boolean loaded(LibraryEvent event) {
    return like(event.getProcess().getName(), "w3wp.exe")
        && oneOf(event.getEvent().getCategory(), "library")
        && like(
            event.getDll().getPath(),
            "*\\Users\\*",
            "*\\Temp\\*",
            "*\\ProgramData\\*",
            "*\\AppData\\*",
            "*\\Windows\\Temp\\*")
        && like(event.getDll().getName(), "*.dll");
  }
}
