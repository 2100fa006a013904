package dev.iiswarden.event;

import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The ECS field set {@code host}. Made by the builders of events. Immutable and safe for use by
 * several threads.
 *
 * <p>The source of a name decides how it is compared. A name that Windows itself reports, the
 * {@code Computer} of an event log record, means the same machine in any letter case and with or
 * without its domain: both {@code WORKSTATION5} and {@code WORKSTATION5.theshire.local} occur in
 * the log of one machine. A plain {@code host.name} of an ECS document is compared exactly, as in
 * EQL.
 */
public final class HostFields {
  static final FieldSet<HostFields> FIELDS =
      FieldSet.of(HostFields.class).text("name", HostFields::getName);

  private @Nullable String name;
  private boolean reportedByWindows;
  private transient @Nullable String correlationKey;
  private transient int correlationHash;

  /** Creates an empty set, for snapshots and test scenarios to fill. */
  public HostFields() {}

  HostFields(@Nullable String name, boolean reportedByWindows) {
    this.name = name;
    this.reportedByWindows = reportedByWindows;
  }

  /** {@code host.name}: the name of the machine as sent; null if missing. */
  public @Nullable String getName() {
    return name;
  }

  /**
   * Returns whether both names mean the same machine: if they are the same text or, when Windows
   * has reported at least one of them, if they differ only in letter case or in a domain that one
   * of them lacks. Machines with the same short name in different domains are different.
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

  /** Returns whether both are the same name from the same kind of source. */
  public boolean isSameAs(HostFields other) {
    return reportedByWindows == other.reportedByWindows && Objects.equals(name, other.name);
  }

  /**
   * Returns the more specific of two names of one machine: a name that Windows reported before one
   * that it did not, and a name with a domain before one without.
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
   * The part that all names of one machine share: the name without its domain, in lower case.
   * Events with the same key must be sent to the same detector for sequences to be found. Different
   * machines can share a key, see {@link #isSameMachineAs}.
   *
   * @return the key; null if the host has no name
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
   * A hash of {@link #getCorrelationKey()}, computed without creating the text: every event needs
   * the hash, but few need the key.
   *
   * @return the hash; 0 if the host has no name
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

  /** The length of the name without its domain. An IP address has dots but no domain. */
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
