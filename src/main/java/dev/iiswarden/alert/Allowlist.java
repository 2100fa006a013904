package dev.iiswarden.alert;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A list of alerts that need no attention. Each entry has a reason, an owner and an expiry date.
 * {@link #read} and {@link #parse} make one from a file; {@link dev.iiswarden.AllowlistWatch}
 * follows a file. Immutable and safe for use by several threads.
 *
 * <p>An allowlist is applied to alerts after rules have matched, not to events before. So the rules
 * stay as they were tested, sequences do not depend on the allowlist, entries can be added and
 * removed without affecting open sequences, and suppressed alerts can be counted and inspected. An
 * entry must match the whole alert: if it names a DLL path, every DLL in the alert must have such a
 * path. An unknown value matches nothing. {@code docs/allowlist.md} describes the file.
 */
public final class Allowlist {
  private static final Allowlist EMPTY = new Allowlist(List.of());

  private final List<AllowlistEntry> entries;

  Allowlist(List<AllowlistEntry> entries) {
    this.entries = List.copyOf(entries);
  }

  /** Returns an allowlist without entries. */
  public static Allowlist empty() {
    return EMPTY;
  }

  /**
   * Reads a file: YAML if its name ends in {@code .yaml} or {@code .yml}, JSON otherwise. YAML
   * needs {@code com.fasterxml.jackson.dataformat:jackson-dataformat-yaml} on the class path, which
   * iiswarden does not include.
   *
   * @throws AllowlistException if the file cannot be read or contains an error; one error rejects
   *     the whole file
   */
  public static Allowlist read(Path file) {
    try {
      return parse(file.toString(), Files.readAllBytes(file));
    } catch (IOException e) {
      throw new AllowlistException(List.of("cannot read the allowlist " + file + ": " + e));
    }
  }

  /**
   * Parses the content of a file.
   *
   * @param name the file's name, which decides its format as for {@link #read} and appears in
   *     errors
   * @throws AllowlistException if the content contains an error; one error rejects all of it
   */
  public static Allowlist parse(String name, byte[] content) {
    return new Allowlist(AllowlistReader.read(name, content));
  }

  /** All enabled entries, in the order of the file. */
  public List<AllowlistEntry> entries() {
    return entries;
  }

  /** Returns the first unexpired entry that allows the alert. */
  Optional<AllowlistEntry> match(Alert alert, Instant now) {
    for (AllowlistEntry entry : entries) {
      if (!entry.isExpiredAt(now) && entry.allows(alert)) {
        return Optional.of(entry);
      }
    }
    return Optional.empty();
  }
}
