package dev.iiswarden.drl;

import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Turns an expression as it is written into one that can be evaluated, and refuses what does not
 * exist, has the wrong type or can never be met. Not safe for use by several threads.
 */
final class ExpressionBuilder {
  private static final Set<String> EQUALITIES = Set.of("==", "!=");

  private final Scope scope;

  ExpressionBuilder(Scope scope) {
    this.scope = scope;
  }

  /** Builds a condition. */
  Node condition(Syntax syntax) throws SyntaxProblem {
    Node node = build(syntax);
    if (node.type().kind() != ValueType.Kind.TRUTH) {
      throw new SyntaxProblem(
          SyntaxText.start(syntax),
          SyntaxText.of(syntax) + " is " + node.type().inWords() + ", not a condition");
    }
    if (node instanceof Node.Property || node instanceof Node.Path) {
      Method getter = getter(syntax);
      if (getter != null && getter.getReturnType() == Boolean.class) {
        throw new SyntaxProblem(
            SyntaxText.start(syntax),
            SyntaxText.of(syntax)
                + " may be missing: write "
                + SyntaxText.of(syntax)
                + " == true, or == false");
      }
    }
    return node;
  }

  private @Nullable Method getter(Syntax syntax) throws SyntaxProblem {
    if (syntax instanceof Syntax.Field field) {
      return Vocabulary.property(build(field.of()).type().javaClass(), field.name());
    }
    BoundFact tested = scope.tested();
    return syntax instanceof Syntax.Name name && tested != null
        ? Vocabulary.property(tested.type(), name.name())
        : null;
  }

  /** Builds an expression of any type. */
  Node build(Syntax syntax) throws SyntaxProblem {
    if (syntax instanceof Syntax.Literal literal) {
      return constant(literal);
    } else if (syntax instanceof Syntax.Name name) {
      return name(name);
    } else if (syntax instanceof Syntax.Field field) {
      return property(build(field.of()), field.name(), field.at());
    } else if (syntax instanceof Syntax.Call call) {
      return new CallBuilder(scope, this).build(call);
    } else if (syntax instanceof Syntax.Not not) {
      return new Conditions.Not(condition(not.operand()));
    } else if (syntax instanceof Syntax.Junction junction) {
      List<Node> operands = new ArrayList<>();
      for (Syntax operand : junction.operands()) {
        operands.add(condition(operand));
      }
      return new Conditions.Junction(junction.isAnd(), operands);
    } else if (syntax instanceof Syntax.Comparison comparison) {
      return comparison(comparison);
    } else if (syntax instanceof Syntax.In in) {
      return in(in);
    } else if (syntax instanceof Syntax.Contains contains) {
      return contains(contains);
    }
    throw new IllegalStateException("no such expression: " + syntax);
  }

  private static Node constant(Syntax.Literal literal) {
    Object value = literal.value();
    ValueType type =
        value == null
            ? ValueType.NULL
            : value instanceof String
                ? ValueType.TEXT
                : value instanceof Boolean ? ValueType.TRUTH : ValueType.NUMBER;
    return new Node.Constant(type, value);
  }

  private Node name(Syntax.Name name) throws SyntaxProblem {
    BoundFact tested = scope.tested();
    if (name.name().startsWith("$")) {
      Variable variable = scope.variables().get(name.name());
      if (variable == null) {
        throw new SyntaxProblem(
            name.at(),
            "the rule has no "
                + name.name()
                + " here"
                + NearestName.ask(name.name(), scope.variables().keySet()));
      }
      Node node = scope.fact(variable.fact());
      for (String field : variable.path()) {
        node = property(node, field, name.at());
      }
      return node;
    }
    if (tested == null) {
      throw new SyntaxProblem(
          name.at(), "a consequence may only use texts and $variables, not " + name.name());
    }
    Node fact = scope.fact(tested);
    return name.name().equals("this") ? fact : property(fact, name.name(), name.at());
  }

  private static Node property(Node of, String name, int at) throws SyntaxProblem {
    Class<?> owner = of.type().javaClass();
    boolean isHolder = of.type().kind() == ValueType.Kind.HOLDER;
    Method getter = isHolder ? Vocabulary.property(owner, name) : null;
    if (getter == null) {
      throw new SyntaxProblem(
          at,
          (isHolder ? owner.getSimpleName() : of.type().inWords())
              + " has no field "
              + name
              + (isHolder ? NearestName.ask(name, Vocabulary.propertyNames(owner)) : ""));
    }
    Node.Property property =
        new Node.Property(
            ValueType.of(getter.getGenericReturnType()), of, name, Callers.one(getter));
    return of instanceof Node.This || of instanceof Node.Path
        ? new Node.Path(of, property)
        : property;
  }

  private Node comparison(Syntax.Comparison comparison) throws SyntaxProblem {
    Node left = build(comparison.left());
    Node right = build(comparison.right());
    boolean isEquality = EQUALITIES.contains(comparison.operator());
    checkComparable(comparison.left(), left, comparison.right(), right);
    if (!isEquality) {
      for (Node side : List.of(left, right)) {
        if (side.type().kind() != ValueType.Kind.NUMBER) {
          throw new SyntaxProblem(
              comparison.at(),
              comparison.operator() + " compares numbers, not " + side.type().inWords());
        }
      }
      return new Conditions.Ordered(comparison.operator(), left, right);
    }
    Impossible.checkEqual(comparison.right().at(), left, right);
    Impossible.checkEqual(comparison.left().at(), right, left);
    return new Conditions.Equal(comparison.operator().equals("!="), left, right);
  }

  private static void checkComparable(Syntax left, Node one, Syntax right, Node two)
      throws SyntaxProblem {
    if (!one.type().isComparableTo(two.type())) {
      throw new SyntaxProblem(
          SyntaxText.start(left),
          SyntaxText.of(left)
              + " is "
              + one.type().inWords()
              + ", and "
              + SyntaxText.of(right)
              + " is "
              + two.type().inWords());
    }
  }

  private Node in(Syntax.In in) throws SyntaxProblem {
    Node operand = build(in.operand());
    List<Node> values = new ArrayList<>();
    for (Syntax value : in.values()) {
      Node built = build(value);
      checkComparable(in.operand(), operand, value, built);
      Impossible.checkEqual(value.at(), operand, built);
      values.add(built);
    }
    if (values.isEmpty()) {
      throw new SyntaxProblem(in.at(), "the list is empty");
    }
    return new Conditions.In(in.negated(), operand, values);
  }

  private Node contains(Syntax.Contains contains) throws SyntaxProblem {
    Node list = build(contains.list());
    Node item = build(contains.item());
    if (list.type().kind() != ValueType.Kind.TEXTS) {
      throw new SyntaxProblem(
          contains.at(),
          "contains, excludes and memberOf are for lists of texts, and this is "
              + list.type().inWords()
              + "; write like( field, \"*text*\" )");
    }
    if (item.type().kind() != ValueType.Kind.TEXT) {
      throw new SyntaxProblem(
          contains.item().at(), "a list of texts contains no " + item.type().inWords());
    }
    return new Conditions.Contains(contains.negated(), list, item);
  }
}
