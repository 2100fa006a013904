package dev.iiswarden.event;

import org.jspecify.annotations.Nullable;

/**
 * The ECS field set {@code user}. Made by a constructor. Immutable and safe for use by several
 * threads.
 */
public final class UserFields {
  static final FieldSet<UserFields> FIELDS =
      FieldSet.of(UserFields.class)
          .text("name", UserFields::getName)
          .text("domain", UserFields::getDomain)
          .text("id", UserFields::getId);

  private @Nullable String name;
  private @Nullable String domain;
  private @Nullable String id;

  /** Creates an empty set, for snapshots and test scenarios to fill. */
  public UserFields() {}

  /** Creates a set of the given fields; null for missing ones. */
  public UserFields(@Nullable String name, @Nullable String domain, @Nullable String id) {
    this.name = name;
    this.domain = domain;
    this.id = id;
  }

  /** {@code user.name}: the name of the user, without the domain; null if unknown. */
  public @Nullable String getName() {
    return name;
  }

  /** {@code user.domain}: the domain or machine that the user belongs to; null if unknown. */
  public @Nullable String getDomain() {
    return domain;
  }

  /** {@code user.id}: the security identifier; null if unknown. */
  public @Nullable String getId() {
    return id;
  }
}
