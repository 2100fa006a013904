package dev.iiswarden.drl;

import dev.iiswarden.engine.RequiredTexts;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * An expression that can be evaluated. Immutable and safe for use by several threads.
 *
 * <p>What it costs is an estimate in the time of a comparison. An expression is total if it never
 * throws an exception; only total conditions may be evaluated in another order than that of the
 * rule.
 */
abstract class Node {
  private final ValueType type;
  private final String text;
  private final int cost;
  private final boolean total;

  /**
   * Creates an expression.
   *
   * @param text the expression in a form that is the same for expressions of the same meaning
   */
  Node(ValueType type, String text, int cost, boolean total) {
    this.type = type;
    this.text = text;
    this.cost = cost;
    this.total = total;
  }

  /**
   * Returns the value.
   *
   * @param fact the fact that is tested
   * @param others other facts of the rule, in the order of {@link Scope#others()}
   */
  abstract @Nullable Object value(Object fact, Object[] others);

  /** Returns the value of a condition; throws an exception if it is null. */
  boolean isTrue(Object fact, Object[] others) {
    return (Boolean) Objects.requireNonNull(value(fact, others), "neither true nor false");
  }

  /** Returns the expressions it consists of; none for a constant, a fact or a field. */
  List<Node> operands() {
    return List.of();
  }

  /** Returns what a condition requires of the fields it compares, see {@link Requirements}. */
  List<RequiredTexts> required() {
    return List.of();
  }

  ValueType type() {
    return type;
  }

  String text() {
    return text;
  }

  int cost() {
    return cost;
  }

  boolean isTotal() {
    return total;
  }

  static String quoted(List<String> texts) {
    return texts.stream().map(Constant::quoted).toList().toString();
  }

  static int costOf(List<Node> nodes) {
    return nodes.stream().mapToInt(Node::cost).sum();
  }

  static String textOf(List<Node> nodes) {
    return nodes.stream().map(Node::text).toList().toString();
  }

  /** A text, a number, true, false or null. */
  static final class Constant extends Node {
    private final @Nullable Object value;

    Constant(ValueType type, @Nullable Object value) {
      super(type, value instanceof String text ? quoted(text) : String.valueOf(value), 0, true);
      this.value = value;
    }

    private static String quoted(String text) {
      return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }

    @Nullable Object constant() {
      return value;
    }

    @Override
    @Nullable Object value(Object fact, Object[] others) {
      return value;
    }
  }

  /** The fact that is tested. */
  static final class This extends Node {
    This(Class<?> fact) {
      super(ValueType.of(fact), "this", 0, true);
    }

    @Override
    Object value(Object fact, Object[] others) {
      return fact;
    }
  }

  /** Another fact of the rule. */
  static final class Other extends Node {
    private final int position;

    Other(Class<?> fact, int position) {
      super(ValueType.of(fact), "$" + position, 0, true);
      this.position = position;
    }

    int position() {
      return position;
    }

    @Override
    Object value(Object fact, Object[] others) {
      return others[position];
    }
  }

  /** A field of something that is never null. */
  static final class Property extends Node {
    private final Node of;
    private final Function<@Nullable Object, @Nullable Object> getter;

    Property(
        ValueType type, Node of, String name, Function<@Nullable Object, @Nullable Object> getter) {
      super(type, of.text() + '.' + name, of.cost() + cost(of, name), of.isTotal());
      this.of = of;
      this.getter = getter;
    }

    /** The fields of most sets are read from the record only when they are asked for. */
    private static int cost(Node of, String name) {
      boolean isReadLate = of instanceof This && !name.equals("event") && !name.equals("host");
      return isReadLate ? 6 : 1;
    }

    @Override
    @Nullable Object value(Object fact, Object[] others) {
      return getter.apply(of.value(fact, others));
    }
  }

  /** A field of the tested fact, by way of the sets of fields that contain it. */
  static final class Path extends Node {
    private final Function<@Nullable Object, @Nullable Object>[] getters;

    @SuppressWarnings({"unchecked", "rawtypes"}) // There are no arrays of generic types.
    Path(Node of, Property last) {
      super(last.type(), last.text(), last.cost(), last.isTotal());
      List<Function<@Nullable Object, @Nullable Object>> all = new ArrayList<>();
      if (of instanceof Path path) {
        all.addAll(List.of(path.getters));
      }
      all.add(last.getter);
      getters = all.toArray(new Function[0]);
    }

    @Override
    @Nullable Object value(Object fact, Object[] others) {
      Object value = fact;
      for (Function<@Nullable Object, @Nullable Object> getter : getters) {
        value = getter.apply(value);
      }
      return value;
    }
  }

  /** Texts that are passed as the last argument of a function. */
  static final class Texts extends Node {
    private final String[] texts;

    Texts(List<String> texts) {
      super(ValueType.TEXTS, quoted(texts), 0, true);
      this.texts = texts.toArray(String[]::new);
    }

    @Override
    Object value(Object fact, Object[] others) {
      // Always the same array: functions do not change it, and find what they prepared for it.
      return texts;
    }
  }

  /** Texts of which some are fields, passed as the last argument of a function. */
  static final class TextNodes extends Node {
    private final Node[] nodes;

    TextNodes(List<Node> nodes) {
      super(ValueType.TEXTS, textOf(nodes), costOf(nodes), nodes.stream().allMatch(Node::isTotal));
      this.nodes = nodes.toArray(Node[]::new);
    }

    @Override
    List<Node> operands() {
      return List.of(nodes);
    }

    @Override
    Object value(Object fact, Object[] others) {
      String[] texts = new String[nodes.length];
      for (int i = 0; i < nodes.length; i++) {
        texts[i] = (String) nodes[i].value(fact, others);
      }
      return texts;
    }
  }

  /** A call with one value. */
  static final class Call1 extends Node {
    private final Function<@Nullable Object, @Nullable Object> function;
    private final Node one;

    Call1(
        ValueType type,
        String name,
        int cost,
        boolean total,
        Function<@Nullable Object, @Nullable Object> function,
        Node one) {
      super(type, name + '(' + one.text() + ')', cost + one.cost(), total && one.isTotal());
      this.function = function;
      this.one = one;
    }

    @Override
    List<Node> operands() {
      return List.of(one);
    }

    @Override
    @Nullable Object value(Object fact, Object[] others) {
      return function.apply(one.value(fact, others));
    }
  }

  /** A call with two values. */
  static final class Call2 extends Node {
    private final BiFunction<@Nullable Object, @Nullable Object, @Nullable Object> function;
    private final Node one;
    private final Node two;

    Call2(
        ValueType type,
        String name,
        int cost,
        boolean total,
        BiFunction<@Nullable Object, @Nullable Object, @Nullable Object> function,
        Node one,
        Node two) {
      super(
          type,
          name + '(' + one.text() + ',' + two.text() + ')',
          cost + one.cost() + two.cost(),
          total && one.isTotal() && two.isTotal());
      this.function = function;
      this.one = one;
      this.two = two;
    }

    @Override
    List<Node> operands() {
      return List.of(one, two);
    }

    @Override
    @Nullable Object value(Object fact, Object[] others) {
      return function.apply(one.value(fact, others), two.value(fact, others));
    }
  }

  /** A call with three values. */
  static final class Call3 extends Node {
    private final Callers.Three function;
    private final Node one;
    private final Node two;
    private final Node three;

    Call3(
        ValueType type,
        String name,
        int cost,
        Callers.Three function,
        Node one,
        Node two,
        Node three) {
      super(
          type,
          name + '(' + one.text() + ',' + two.text() + ',' + three.text() + ')',
          cost + one.cost() + two.cost() + three.cost(),
          false);
      this.function = function;
      this.one = one;
      this.two = two;
      this.three = three;
    }

    @Override
    List<Node> operands() {
      return List.of(one, two, three);
    }

    @Override
    @Nullable Object value(Object fact, Object[] others) {
      return function.apply(
          one.value(fact, others), two.value(fact, others), three.value(fact, others));
    }
  }
}
