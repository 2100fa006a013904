package dev.iiswarden.event;

import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The ECS field set {@code host}. Immutable.
 *
 * <p>Where a name comes from decides how it is compared. What Windows itself reports, the {@code
 * Computer} of an event log record, is one machine in any letter case and with or without its
 * domain: both {@code WORKSTATION5} and {@code WORKSTATION5.theshire.local} occur in the log of one
 * machine. A bare {@code host.name} of an ECS document is compared exactly, as EQL does.
 */
public final class HostFields {
  static final FieldSet<HostFields> FIELDS =
      FieldSet.of(HostFields.class).text("name", HostFields::getName);

  private @Nullable String name;
  private boolean reportedByWindows;
  private transient @Nullable String correlationKey;
  private transient int correlationHash;

  /** An empty set, for snapshots and test scenarios to fill. */
  public HostFields() {}

  HostFields(@Nullable String name, boolean reportedByWindows) {
    this.name = name;
    this.reportedByWindows = reportedByWindows;
  }

  /** {@code host.name}, as sent. */
  public @Nullable String getName() {
    return name;
  }

  /**
   * Whether both names mean the same machine: exactly the same text, or, if Windows has reported at
   * least one of them, the same but for letter case and for a domain that one of them may lack.
   * Machines of the same short name in different domains differ.
   */
  public boolean isSameMachineAs(HostFields other) {
    String one = name;
    String two = other.name;
    if (one == null || two == null || !(reportedByWindows || other.reportedByWindows)) {
      return Objects.equals(one, two);
    }
    int oneLabel = shortNameLength(one);
    int twoLabel = shortNameLength(two);
    if (oneLabel != twoLabel || !one.regionMatches(true, 0, two, 0, oneLabel)) {
      return false;
    }
    int oneEnd = withoutTrailingDot(one);
    int twoEnd = withoutTrailingDot(two);
    return oneEnd == oneLabel
        || twoEnd == twoLabel
        || (oneEnd == twoEnd && one.regionMatches(true, 0, two, 0, oneEnd));
  }

  /** Whether both are the same name from the same kind of source. */
  public boolean isSameAs(HostFields other) {
    return reportedByWindows == other.reportedByWindows && Objects.equals(name, other.name);
  }

  /**
   * Of two names of one machine the one that tells more: as Windows reports it rather than not, and
   * with the domain rather than without.
   */
  public HostFields moreTelling(HostFields other) {
    if (reportedByWindows != other.reportedByWindows) {
      return reportedByWindows ? this : other;
    }
    return domainLength(name) >= domainLength(other.name) ? this : other;
  }

  private static int domainLength(@Nullable String name) {
    return name == null ? 0 : withoutTrailingDot(name) - shortNameLength(name);
  }

  /**
   * What all names of one machine have in common: the name without its domain, in lower case. It
   * says which events must come to the same place for sequences to be found; names that share it
   * can still be of different machines, see {@link #isSameMachineAs}.
   *
   * @return null if the host has no name
   */
  public @Nullable String getCorrelationKey() {
    String key = correlationKey;
    if (key == null && name != null) {
      key = name.substring(0, shortNameLength(name)).toLowerCase(Locale.ROOT);
      correlationKey = key;
    }
    return key;
  }

  /**
   * A hash of {@link #getCorrelationKey()} that makes no text of it: every event needs to know
   * where it belongs, and few are looked up there.
   *
   * @return 0 if the host has no name
   */
  public int correlationHash() {
    if (correlationHash == 0) {
      correlationHash = hash();
    }
    return correlationHash;
  }

  private int hash() {
    String whole = name;
    if (whole == null) {
      return 0;
    }
    int hash = 0;
    int length = shortNameLength(whole);
    for (int i = 0; i < length; i++) {
      char c = whole.charAt(i);
      if (c >= 128) {
        return String.valueOf(getCorrelationKey()).hashCode();
      }
      hash = 31 * hash + (c >= 'A' && c <= 'Z' ? c + ('a' - 'A') : c);
    }
    return hash;
  }

  /** An IP address has dots and no domain. */
  private static int shortNameLength(String name) {
    int dot = name.indexOf('.');
    if (dot <= 0 || isAddress(name)) {
      return withoutTrailingDot(name);
    }
    return dot;
  }

  private static int withoutTrailingDot(String name) {
    boolean dotted = name.length() > 1 && name.charAt(name.length() - 1) == '.';
    return dotted ? name.length() - 1 : name.length();
  }

  private static boolean isAddress(String name) {
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      if (c == ':') {
        return true;
      }
      if (c != '.' && (c < '0' || c > '9')) {
        return false;
      }
    }
    return true;
  }
}
