package dev.iiswarden.drl;

import java.util.ArrayList;
import java.util.List;

/** A part of a rule's left-hand side: a pattern, or several that are joined. */
sealed interface Element permits Pattern, Group {
  /** Returns all patterns in their order. */
  default List<Pattern> patterns() {
    if (this instanceof Pattern pattern) {
      return List.of(pattern);
    }
    List<Pattern> patterns = new ArrayList<>();
    ((Group) this).members().forEach(member -> patterns.addAll(member.patterns()));
    return patterns;
  }
}
