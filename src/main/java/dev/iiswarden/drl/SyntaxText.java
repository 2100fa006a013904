package dev.iiswarden.drl;

import java.util.List;

/** Writes expressions as messages show them. */
final class SyntaxText {
  private SyntaxText() {}

  /** Returns an expression as text. */
  static String of(Syntax syntax) {
    if (syntax instanceof Syntax.Name name) {
      return name.name();
    } else if (syntax instanceof Syntax.Field field) {
      return of(field.of()) + '.' + field.name();
    } else if (syntax instanceof Syntax.Call call) {
      String on = call.on() == null ? "" : of(call.on()) + '.';
      return on
          + call.name()
          + (call.arguments().isEmpty() ? "()" : "( " + of(call.arguments()) + " )");
    } else if (syntax instanceof Syntax.Literal literal) {
      return literal.value() instanceof String text
          ? '"' + text + '"'
          : String.valueOf(literal.value());
    }
    return "this condition";
  }

  private static String of(List<Syntax> arguments) {
    return String.join(", ", arguments.stream().map(SyntaxText::of).toList());
  }

  /** Returns the offset of the first character of an expression. */
  static int start(Syntax syntax) {
    if (syntax instanceof Syntax.Field field) {
      return start(field.of());
    } else if (syntax instanceof Syntax.Call call) {
      return call.on() == null ? call.at() : start(call.on());
    } else if (syntax instanceof Syntax.Comparison comparison) {
      return start(comparison.left());
    } else if (syntax instanceof Syntax.Junction junction) {
      return start(junction.operands().get(0));
    } else if (syntax instanceof Syntax.In in) {
      return start(in.operand());
    } else if (syntax instanceof Syntax.Contains contains) {
      return Math.min(start(contains.list()), start(contains.item()));
    }
    return syntax.at();
  }
}
