package dev.iiswarden.drl;

import java.util.ArrayList;
import java.util.List;

/** A part of a rule's left-hand side: a pattern, or several that are joined. */
sealed interface Element permits Pattern, Group {
  /** Returns into how many rules Drools splits the rule: one for each way to meet it. */
  default long ways() {
    if (this instanceof Pattern) {
      return 1;
    }
    Group group = (Group) this;
    long ways = group.kind() == Group.Kind.OR ? 0 : 1;
    for (Element member : group.members()) {
      ways = group.kind() == Group.Kind.OR ? ways + member.ways() : ways * member.ways();
    }
    return ways;
  }

  /** Returns all patterns in their order. */
  default List<Pattern> patterns() {
    if (this instanceof Pattern pattern) {
      return List.of(pattern);
    }
    List<Pattern> patterns = new ArrayList<>();
    ((Group) this).members().forEach(member -> patterns.addAll(member.patterns()));
    return patterns;
  }

  /** Returns the patterns that a fact must match, in their order: all but those within a not. */
  default List<Pattern> requiredPatterns() {
    if (this instanceof Pattern pattern) {
      return List.of(pattern);
    }
    Group group = (Group) this;
    List<Pattern> patterns = new ArrayList<>();
    if (group.kind() != Group.Kind.NOT) {
      group.members().forEach(member -> patterns.addAll(member.requiredPatterns()));
    }
    return patterns;
  }
}
