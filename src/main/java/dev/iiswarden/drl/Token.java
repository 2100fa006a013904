package dev.iiswarden.drl;

/**
 * A token of an expression.
 *
 * @param kind the kind
 * @param text the token as it is written; for a text in quotes, its value
 * @param at the offset of its first character in the expression
 */
record Token(Kind kind, String text, int at) {

  /** The kinds of tokens. */
  enum Kind {
    /** An identifier, with a dollar sign or without. */
    NAME,
    /** A text in quotes. */
    TEXT,
    /** A whole number. */
    NUMBER,
    /** An operator, a bracket or another sign. */
    SIGN,
    /** The end of the expression. */
    END
  }

  /** Whether this is the given name or sign. */
  boolean is(String word) {
    return (kind == Kind.NAME || kind == Kind.SIGN) && text.equals(word);
  }

  /** Returns the token as messages show it. */
  String shown() {
    return switch (kind) {
      case TEXT -> '"' + text + '"';
      case END -> "the end";
      default -> text;
    };
  }
}
