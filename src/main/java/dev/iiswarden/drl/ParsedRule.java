package dev.iiswarden.drl;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A rule that has been read and checked. Immutable.
 *
 * @param source the file that contains it
 * @param at its offset in the file
 * @param name the name after {@code rule}
 * @param metadata its annotations in the order of the file: the texts by name
 * @param salience its priority; 0 if it has none
 * @param conditions its left-hand side
 * @param insertions the facts it inserts
 * @param facts the facts that the insertions use, in the order of their arguments
 */
record ParsedRule(
    SourceText source,
    int at,
    String name,
    Map<String, List<String>> metadata,
    int salience,
    Element conditions,
    List<Insertion> insertions,
    List<BoundFact> facts) {

  /** Returns the rule's {@code @id}; null if it has none. */
  @Nullable String id() {
    List<String> texts = metadata.get("id");
    return texts == null ? null : String.join(" ", texts);
  }

  /** Returns a problem of the rule at an offset of its file. */
  Problem problem(int offset, String reason) {
    return source.problem(offset, "rule \"" + name + "\": " + reason);
  }
}
