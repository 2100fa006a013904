package dev.iiswarden.inventory;

import org.jspecify.annotations.Nullable;

/**
 * The file of a component, if it could be looked at. Immutable.
 *
 * @param presence whether the file is there
 * @param sha256 its SHA-256 in hexadecimal digits; null unless it is there and readable
 */
public record Image(Presence presence, @Nullable String sha256) {
  /** The file cannot be looked at: it is on another machine, or the component has none. */
  static final Image UNKNOWN = new Image(Presence.UNKNOWN, null);

  /** Whether a file is there. */
  public enum Presence {
    /** There is such a file. */
    PRESENT,

    /** There is no such file. */
    MISSING,

    /** Nobody looked, or the path cannot be followed. */
    UNKNOWN
  }
}
