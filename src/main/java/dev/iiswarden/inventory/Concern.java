package dev.iiswarden.inventory;

import java.util.Locale;

/** What is unusual about a {@link Component}. A product's own module may have some of these. */
public enum Concern {
  /** The name is that of one of IIS's own components, but the image or type is another. */
  REPLACED("has the name of one of IIS's own"),

  /** The image or folder is on a share. */
  SHARE("on a share"),

  /** The image or folder is where users or any program can write. */
  USER_WRITABLE("in a user-writable folder"),

  /** The image is neither in a folder of IIS or .NET nor below Program Files. */
  UNUSUAL_FOLDER("in an unusual folder"),

  /** A DLL whose file name does not end in {@code .dll}. */
  NOT_CALLED_DLL("not called .dll"),

  /** A variable that makes .NET load a profiler. */
  PROFILER("loads a profiler"),

  /** A variable that makes .NET run code before the application's own. */
  STARTUP_HOOK("runs code at start-up"),

  /** IIS reads its configuration from elsewhere. */
  REDIRECTED("configuration is read from elsewhere");

  private final String label;

  Concern(String label) {
    this.label = label;
  }

  /** Returns the concern for people, as a phrase such as {@code on a share}. */
  public String label() {
    return label;
  }

  /** Returns the name in JSON, such as {@code user_writable}. */
  String jsonName() {
    return name().toLowerCase(Locale.ROOT);
  }
}
