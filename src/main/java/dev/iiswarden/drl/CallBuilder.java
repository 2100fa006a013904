package dev.iiswarden.drl;

import dev.iiswarden.event.Eql;
import dev.iiswarden.event.Maxspan;
import java.lang.reflect.Method;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Builds calls of functions and methods. Not safe for use by several threads. */
final class CallBuilder {
  private static final int PATH_COST = 60;
  private static final int WILDCARD_COST = 8;

  /** Functions whose patterns are prepared when a rule is read. */
  private static final Set<String> PREPARED = Set.of("like", "notLike", "pathLike", "notPathLike");

  private final Scope scope;
  private final ExpressionBuilder expressions;

  CallBuilder(Scope scope, ExpressionBuilder expressions) {
    this.scope = scope;
    this.expressions = expressions;
  }

  Node build(Syntax.Call call) throws SyntaxProblem {
    Syntax on = call.on();
    if (on == null) {
      List<Method> functions = Vocabulary.FUNCTIONS.get(call.name());
      if (functions != null) {
        checkImported(call, functions.get(0).getDeclaringClass());
        return call(call, functions, null);
      }
    }
    BoundFact tested = scope.tested();
    if (on == null && tested == null) {
      throw unknown(call, Vocabulary.FUNCTIONS);
    }
    Node receiver = on != null ? expressions.build(on) : scope.fact(require(tested));
    Map<String, List<Method>> methods = Vocabulary.methods(receiver.type());
    List<Method> named = methods.get(call.name());
    if (named == null) {
      Map<String, List<Method>> known = new java.util.TreeMap<>(methods);
      if (on == null) {
        known.putAll(Vocabulary.FUNCTIONS);
      }
      throw unknown(call, known);
    }
    return call(call, named, receiver);
  }

  private static BoundFact require(@Nullable BoundFact tested) {
    return java.util.Objects.requireNonNull(tested);
  }

  private static SyntaxProblem unknown(Syntax.Call call, Map<String, List<Method>> known) {
    String instead = CommonMistakes.instead(call.name());
    return new SyntaxProblem(
        call.at(),
        call.name()
            + "(...) is not a function that rules may call"
            + (instead == null
                ? NearestName.ask(call.name(), new TreeSet<>(known.keySet()))
                : "; " + instead));
  }

  private void checkImported(Syntax.Call call, Class<?> owner) throws SyntaxProblem {
    if (!scope.imports().contains(owner.getName() + ".*")
        && !scope.imports().contains(owner.getName() + '.' + call.name())) {
      throw new SyntaxProblem(
          call.at(), call.name() + " needs: import function " + owner.getName() + ".*;");
    }
  }

  private Node call(Syntax.Call call, List<Method> candidates, @Nullable Node receiver)
      throws SyntaxProblem {
    List<Node> arguments = new ArrayList<>();
    for (Syntax argument : call.arguments()) {
      arguments.add(expressions.build(argument));
    }
    for (Method candidate : candidates) {
      if (takes(candidate, arguments, receiver)) {
        Impossible.checkPatterns(call, arguments);
        checkSpan(call, arguments);
        return node(call, candidate, arguments, receiver);
      }
    }
    throw new SyntaxProblem(
        call.at(),
        call.name()
            + " does not take "
            + (arguments.isEmpty() ? "nothing" : String.join(", ", given(call, arguments)))
            + "; it takes "
            + String.join(
                " or ", candidates.stream().map(CallBuilder::parameters).sorted().toList()));
  }

  private static List<String> given(Syntax.Call call, List<Node> arguments) {
    List<String> given = new ArrayList<>();
    for (int i = 0; i < arguments.size(); i++) {
      Node argument = arguments.get(i);
      given.add(
          argument instanceof Node.Constant
              ? argument.type().inWords()
              : SyntaxText.of(call.arguments().get(i)) + ", which is " + argument.type().inWords());
    }
    return given;
  }

  private static String parameters(Method method) {
    List<String> words = new ArrayList<>();
    for (Type type : method.getGenericParameterTypes()) {
      words.add(type == String[].class ? "texts" : parameterType(type).inWords());
    }
    return words.isEmpty() ? "nothing" : String.join(", ", words);
  }

  private static ValueType parameterType(Type type) {
    return type == CharSequence.class || type == Object.class ? ValueType.TEXT : ValueType.of(type);
  }

  private static boolean takes(Method method, List<Node> arguments, @Nullable Node receiver) {
    Type[] types = method.getGenericParameterTypes();
    int fixed = method.isVarArgs() ? types.length - 1 : types.length;
    if (method.isVarArgs() ? arguments.size() <= fixed : arguments.size() != fixed) {
      return false;
    }
    for (int i = 0; i < arguments.size(); i++) {
      ValueType wanted = i < fixed ? parameterType(types[i]) : ValueType.TEXT;
      ValueType given = arguments.get(i).type();
      if (!wanted.accepts(given) || (i >= fixed && given.equals(ValueType.NULL))) {
        return false;
      }
    }
    return receiver == null
        || method.getDeclaringClass().isAssignableFrom(receiver.type().javaClass());
  }

  /** The last text of {@code follows} is a span, which is read anew for every event. */
  private static void checkSpan(Syntax.Call call, List<Node> arguments) throws SyntaxProblem {
    if (call.name().equals("follows")) {
      Node span = arguments.get(1);
      if (!(span instanceof Node.Constant constant)
          || !(constant.constant() instanceof String text)) {
        throw new SyntaxProblem(
            call.arguments().get(1).at(), "the span must be a text, as in \"1h\"");
      }
      try {
        Maxspan.of(text);
      } catch (IllegalArgumentException e) {
        throw new SyntaxProblem(call.arguments().get(1).at(), String.valueOf(e.getMessage()));
      }
    }
  }

  private Node node(
      Syntax.Call call, Method method, List<Node> arguments, @Nullable Node receiver) {
    List<Node> values = new ArrayList<>();
    if (receiver != null) {
      values.add(receiver);
    }
    int fixed = method.isVarArgs() ? method.getParameterCount() - 1 : arguments.size();
    values.addAll(arguments.subList(0, fixed));
    Node prepared = receiver == null ? prepared(method, arguments) : null;
    if (prepared != null) {
      return prepared;
    }
    if (method.isVarArgs()) {
      values.add(texts(arguments.subList(fixed, arguments.size())));
    }
    ValueType type = ValueType.of(method.getGenericReturnType());
    // Functions that answer yes or no take a missing value; others may not.
    boolean total = receiver == null && type.equals(ValueType.TRUTH);
    String name = receiver == null ? call.name() : '.' + call.name();
    int cost = cost(method, arguments);
    return switch (values.size()) {
      case 1 -> new Node.Call1(type, name, cost, total, Callers.one(method), values.get(0));
      case 2 ->
          new Node.Call2(
              type, name, cost, total, Callers.two(method), values.get(0), values.get(1));
      case 3 ->
          new Node.Call3(
              type, name, cost, Callers.three(method), values.get(0), values.get(1), values.get(2));
      default -> throw new IllegalStateException(method + " takes too many values");
    };
  }

  /** Returns a condition whose patterns are prepared; null if this is no such call. */
  private static @Nullable Node prepared(Method method, List<Node> arguments) {
    if (!method.isVarArgs() || !PREPARED.contains(method.getName())) {
      return null;
    }
    List<Node> patterns = arguments.subList(1, arguments.size());
    List<String> constants = constants(patterns);
    if (constants.size() < patterns.size()) {
      return null;
    }
    Node operand = arguments.get(0);
    boolean negated = method.getName().startsWith("not");
    return method.getDeclaringClass() == Eql.class
        ? new Conditions.Like(negated, operand, constants, cost(method, patterns))
        : new Conditions.PathLike(negated, operand, constants, cost(method, arguments));
  }

  private static List<String> constants(List<Node> nodes) {
    List<String> constants = new ArrayList<>();
    for (Node node : nodes) {
      if (node instanceof Node.Constant constant && constant.constant() instanceof String text) {
        constants.add(text);
      }
    }
    return constants;
  }

  private static Node texts(List<Node> nodes) {
    List<String> constants = constants(nodes);
    return constants.size() == nodes.size()
        ? new Node.Texts(constants)
        : new Node.TextNodes(List.copyOf(nodes));
  }

  private static int cost(Method method, List<Node> arguments) {
    if (method.getDeclaringClass() != Eql.class) {
      return method.getDeclaringClass().getSimpleName().equals("WindowsPaths")
          ? PATH_COST + arguments.size()
          : arguments.size();
    }
    int cost = 0;
    for (Node argument : arguments) {
      boolean hasWildcard = argument.text().indexOf('*') >= 0 || argument.text().indexOf('?') >= 0;
      cost += hasWildcard && !method.getName().equals("oneOf") ? WILDCARD_COST : 1;
    }
    return cost;
  }
}
