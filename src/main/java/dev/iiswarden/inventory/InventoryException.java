package dev.iiswarden.inventory;

import java.io.IOException;

/**
 * A configuration file or an inventory that cannot be read. The message names the file and the
 * line, and says what is wrong and what to do.
 */
public final class InventoryException extends IOException {
  private static final long serialVersionUID = 1;

  private final String file;
  private final int line;

  /**
   * Creates an exception.
   *
   * @param file the name of the file
   * @param line the line, from 1; 0 if the whole file is meant
   * @param reason what is wrong and what to do, as a phrase
   */
  public InventoryException(String file, int line, String reason) {
    super(file + (line > 0 ? ":" + line : "") + ": " + reason);
    this.file = file;
    this.line = line;
  }

  @Override
  public String getMessage() {
    return String.valueOf(super.getMessage());
  }

  /** Returns the name of the file, as it was given. */
  public String file() {
    return file;
  }

  /** Returns the line, from 1; 0 if the whole file is meant. */
  public int line() {
    return line;
  }
}
