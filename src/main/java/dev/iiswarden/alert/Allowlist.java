package dev.iiswarden.alert;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Alerts that need no attention, each entry with a reason, an owner and an end. Immutable and safe
 * for use by several threads.
 *
 * <p>It is applied to alerts after their rules have matched, not to events before: so the rules
 * stay as they were tested, a sequence does not depend on what somebody has allowed, entries come
 * and go without touching what is open, and what was held back can be counted and looked at. An
 * entry must fit all of an alert: where it names a DLL's path, every DLL in the alert must have
 * such a path, and what is not known fits nothing. The file is described in {@code
 * docs/allowlist.md}.
 */
public final class Allowlist {
  private static final Allowlist EMPTY = new Allowlist(List.of());

  private final List<AllowlistEntry> entries;

  Allowlist(List<AllowlistEntry> entries) {
    this.entries = List.copyOf(entries);
  }

  /** One that allows nothing. */
  public static Allowlist empty() {
    return EMPTY;
  }

  /**
   * Reads a file: YAML if its name ends in {@code .yaml} or {@code .yml}, JSON otherwise. YAML
   * needs {@code com.fasterxml.jackson.dataformat:jackson-dataformat-yaml} on the class path, which
   * iiswarden does not bring.
   *
   * @throws AllowlistException if it cannot be read, or anything in it is wrong: then nothing of it
   *     holds
   */
  public static Allowlist read(Path file) {
    try {
      return parse(file.toString(), Files.readAllBytes(file));
    } catch (IOException e) {
      throw new AllowlistException(List.of("cannot read the allowlist " + file + ": " + e));
    }
  }

  /**
   * Reads the content of a file.
   *
   * @param name the file's name, which tells its form as for {@link #read}, and which errors shall
   *     show
   * @throws AllowlistException if anything in it is wrong: then nothing of it holds
   */
  public static Allowlist parse(String name, byte[] content) {
    return new Allowlist(AllowlistReader.read(name, content));
  }

  /** All entries that are not switched off, in the order of the file. */
  public List<AllowlistEntry> entries() {
    return entries;
  }

  /** The first entry that holds at this time and allows the alert. */
  Optional<AllowlistEntry> match(Alert alert, Instant now) {
    for (AllowlistEntry entry : entries) {
      if (!entry.isExpiredAt(now) && entry.allows(alert)) {
        return Optional.of(entry);
      }
    }
    return Optional.empty();
  }
}
