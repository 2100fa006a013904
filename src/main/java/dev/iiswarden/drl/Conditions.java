package dev.iiswarden.drl;

import dev.iiswarden.engine.RequiredTexts;
import dev.iiswarden.event.PathPatterns;
import dev.iiswarden.event.Wildcards;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The expressions that are true or false by what they compare or join. */
final class Conditions {
  private Conditions() {}

  /** Whether a text, or any of a list, is like one of several patterns. */
  static final class Like extends Node {
    private final boolean negated;
    private final boolean isList;
    private final Node operand;
    private final Wildcards patterns;
    private final List<RequiredTexts> required;

    Like(boolean negated, Node operand, List<String> patterns, int cost) {
      super(
          ValueType.TRUTH,
          (negated ? "notLike(" : "like(") + operand.text() + ',' + Node.quoted(patterns) + ')',
          operand.cost() + cost,
          operand.isTotal());
      this.negated = negated;
      this.operand = operand;
      isList = operand.type().equals(ValueType.TEXTS);
      this.patterns = Wildcards.of(patterns.toArray(String[]::new));
      required = negated ? List.of() : Requirements.ofLike(operand, patterns);
    }

    @Override
    List<Node> operands() {
      return List.of(operand);
    }

    @Override
    List<RequiredTexts> required() {
      return required;
    }

    @Override
    Object value(Object fact, Object[] others) {
      return isTrue(fact, others);
    }

    @Override
    @SuppressWarnings("unchecked") // The type of the operand is known.
    boolean isTrue(Object fact, Object[] others) {
      Object value = operand.value(fact, others);
      boolean isLike =
          isList
              ? patterns.matchesAny((List<String>) Objects.requireNonNull(value))
              : patterns.matches((String) value);
      return isLike != negated;
    }
  }

  /** Whether a path, or any of a list, is like one of several patterns in any spelling. */
  static final class PathLike extends Node {
    private final boolean negated;
    private final boolean isList;
    private final Node operand;
    private final PathPatterns patterns;
    private final List<RequiredTexts> required;

    PathLike(boolean negated, Node operand, List<String> patterns, int cost) {
      super(
          ValueType.TRUTH,
          (negated ? "notPathLike(" : "pathLike(")
              + operand.text()
              + ','
              + Node.quoted(patterns)
              + ')',
          operand.cost() + cost,
          operand.isTotal());
      this.negated = negated;
      this.operand = operand;
      isList = operand.type().equals(ValueType.TEXTS);
      this.patterns = PathPatterns.of(patterns.toArray(String[]::new));
      required = negated ? List.of() : Requirements.ofPathLike(operand, patterns);
    }

    @Override
    List<Node> operands() {
      return List.of(operand);
    }

    @Override
    List<RequiredTexts> required() {
      return required;
    }

    @Override
    Object value(Object fact, Object[] others) {
      return isTrue(fact, others);
    }

    @Override
    boolean isTrue(Object fact, Object[] others) {
      Object value = operand.value(fact, others);
      return isLike(value) != negated;
    }

    private boolean isLike(@Nullable Object value) {
      if (!isList) {
        return value != null && patterns.matches((String) value);
      }
      for (Object path : (List<?>) Objects.requireNonNull(value)) {
        if (patterns.matches((String) path)) {
          return true;
        }
      }
      return false;
    }
  }

  /** A negation. */
  static final class Not extends Node {
    private final Node operand;

    Not(Node operand) {
      super(ValueType.TRUTH, "!(" + operand.text() + ')', operand.cost(), operand.isTotal());
      this.operand = operand;
    }

    @Override
    List<Node> operands() {
      return List.of(operand);
    }

    @Override
    Object value(Object fact, Object[] others) {
      return isTrue(fact, others);
    }

    @Override
    boolean isTrue(Object fact, Object[] others) {
      return !operand.isTrue(fact, others);
    }
  }

  /** All or any of several conditions, evaluated in their order. */
  static final class Junction extends Node {
    private final boolean isAnd;
    private final Node[] operands;

    Junction(boolean isAnd, List<Node> operands) {
      super(
          ValueType.TRUTH,
          (isAnd ? "all" : "any") + Node.textOf(operands),
          Node.costOf(operands),
          operands.stream().allMatch(Node::isTotal));
      this.isAnd = isAnd;
      this.operands = operands.toArray(Node[]::new);
    }

    @Override
    List<Node> operands() {
      return List.of(operands);
    }

    @Override
    List<RequiredTexts> required() {
      List<Node> all = List.of(operands);
      return isAnd ? Requirements.ofAll(all) : Requirements.ofAny(all);
    }

    @Override
    Object value(Object fact, Object[] others) {
      return isTrue(fact, others);
    }

    @Override
    boolean isTrue(Object fact, Object[] others) {
      for (Node operand : operands) {
        if (operand.isTrue(fact, others) != isAnd) {
          return !isAnd;
        }
      }
      return isAnd;
    }
  }

  /** A comparison of two values, either of which may be null. */
  static final class Equal extends Node {
    private final boolean negated;
    private final Node left;
    private final Node right;

    Equal(boolean negated, Node left, Node right) {
      super(
          ValueType.TRUTH,
          left.text() + (negated ? "!=" : "==") + right.text(),
          left.cost() + right.cost() + 1,
          left.isTotal() && right.isTotal());
      this.negated = negated;
      this.left = left;
      this.right = right;
    }

    @Override
    List<Node> operands() {
      return List.of(left, right);
    }

    @Override
    Object value(Object fact, Object[] others) {
      return isTrue(fact, others);
    }

    @Override
    boolean isTrue(Object fact, Object[] others) {
      return equal(left.value(fact, others), right.value(fact, others)) != negated;
    }

    static boolean equal(@Nullable Object one, @Nullable Object other) {
      if (one instanceof Number number && other instanceof Number another) {
        return number.longValue() == another.longValue();
      }
      return Objects.equals(one, other);
    }
  }

  /** An order of two numbers; false if one is null. */
  static final class Ordered extends Node {
    private final String operator;
    private final Node left;
    private final Node right;

    Ordered(String operator, Node left, Node right) {
      super(
          ValueType.TRUTH,
          left.text() + operator + right.text(),
          left.cost() + right.cost() + 1,
          left.isTotal() && right.isTotal());
      this.operator = operator;
      this.left = left;
      this.right = right;
    }

    @Override
    List<Node> operands() {
      return List.of(left, right);
    }

    @Override
    Object value(Object fact, Object[] others) {
      if (!(left.value(fact, others) instanceof Number one)
          || !(right.value(fact, others) instanceof Number other)) {
        return false;
      }
      int order = Long.compare(one.longValue(), other.longValue());
      return switch (operator) {
        case "<" -> order < 0;
        case "<=" -> order <= 0;
        case ">" -> order > 0;
        default -> order >= 0;
      };
    }
  }

  /** Whether a value is one of several. */
  static final class In extends Node {
    private final boolean negated;
    private final Node operand;
    private final Node[] values;

    In(boolean negated, Node operand, List<Node> values) {
      super(
          ValueType.TRUTH,
          operand.text() + (negated ? " not in" : " in") + Node.textOf(values),
          operand.cost() + Node.costOf(values) + values.size(),
          operand.isTotal() && values.stream().allMatch(Node::isTotal));
      this.negated = negated;
      this.operand = operand;
      this.values = values.toArray(Node[]::new);
    }

    @Override
    List<Node> operands() {
      List<Node> all = new ArrayList<>(List.of(values));
      all.add(0, operand);
      return all;
    }

    @Override
    List<RequiredTexts> required() {
      return negated ? List.of() : Requirements.ofEqual(operand, List.of(values));
    }

    @Override
    Object value(Object fact, Object[] others) {
      Object value = operand.value(fact, others);
      for (Node candidate : values) {
        if (Equal.equal(value, candidate.value(fact, others))) {
          return !negated;
        }
      }
      return negated;
    }
  }

  /** Whether a list contains a value. */
  static final class Contains extends Node {
    private final boolean negated;
    private final Node list;
    private final Node item;

    Contains(boolean negated, Node list, Node item) {
      super(
          ValueType.TRUTH,
          list.text() + (negated ? " excludes " : " contains ") + item.text(),
          list.cost() + item.cost() + 2,
          list.isTotal() && item.isTotal());
      this.negated = negated;
      this.list = list;
      this.item = item;
    }

    @Override
    List<Node> operands() {
      return List.of(list, item);
    }

    @Override
    Object value(Object fact, Object[] others) {
      Object wanted = item.value(fact, others);
      for (Object value : (List<?>) Objects.requireNonNull(list.value(fact, others))) {
        if (Objects.equals(value, wanted)) {
          return !negated;
        }
      }
      return negated;
    }
  }
}
