package dev.iiswarden.drl;

import java.util.List;

/**
 * Several parts of a left-hand side, joined.
 *
 * @param kind how they are joined
 * @param members the parts, at least one
 */
record Group(Kind kind, List<Element> members) implements Element {

  /** The ways to join. */
  enum Kind {
    AND,
    OR,
    NOT,
    EXISTS
  }
}
