package dev.iiswarden.drl;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An expression as it is written. Every part knows the offset of its first character, or of its
 * operator.
 */
sealed interface Syntax {
  /** Returns the offset in the expression. */
  int at();

  /** A variable such as {@code $dropped}, {@code this}, or a field of the fact. */
  record Name(int at, String name) implements Syntax {}

  /** A field of something. */
  record Field(int at, Syntax of, String name) implements Syntax {}

  /** A call of a function, or of a method of something; {@code on} is null for a function. */
  record Call(int at, @Nullable Syntax on, String name, List<Syntax> arguments) implements Syntax {}

  /** A text, a whole number, true, false or null. */
  record Literal(int at, @Nullable Object value) implements Syntax {}

  /** A negation. */
  record Not(int at, Syntax operand) implements Syntax {}

  /** All or any of several conditions. */
  record Junction(int at, boolean isAnd, List<Syntax> operands) implements Syntax {}

  /** A comparison by {@code ==}, {@code !=}, {@code <}, {@code <=}, {@code >}, {@code >=}. */
  record Comparison(int at, String operator, Syntax left, Syntax right) implements Syntax {}

  /** {@code in} or {@code not in} a list of values. */
  record In(int at, boolean negated, Syntax operand, List<Syntax> values) implements Syntax {}

  /** {@code contains}, or {@code memberOf} with the sides exchanged. */
  record Contains(int at, boolean negated, Syntax list, Syntax item) implements Syntax {}
}
