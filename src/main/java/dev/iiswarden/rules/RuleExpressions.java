package dev.iiswarden.rules;

import static dev.iiswarden.rules.RuleVocabulary.FACTS;
import static dev.iiswarden.rules.RuleVocabulary.FUNCTIONS;
import static dev.iiswarden.rules.RuleVocabulary.FUNCTION_CLASSES;
import static dev.iiswarden.rules.RuleVocabulary.INSERTED;
import static dev.iiswarden.rules.RuleVocabulary.METHODS;
import static dev.iiswarden.rules.RuleVocabulary.OPERATORS;
import static dev.iiswarden.rules.RuleVocabulary.PROPERTIES;
import static org.drools.mvel.parser.printer.PrintUtil.printNode;

import com.github.javaparser.ast.Node;
import com.github.javaparser.ast.expr.BinaryExpr;
import com.github.javaparser.ast.expr.BooleanLiteralExpr;
import com.github.javaparser.ast.expr.CastExpr;
import com.github.javaparser.ast.expr.DoubleLiteralExpr;
import com.github.javaparser.ast.expr.EnclosedExpr;
import com.github.javaparser.ast.expr.Expression;
import com.github.javaparser.ast.expr.FieldAccessExpr;
import com.github.javaparser.ast.expr.IntegerLiteralExpr;
import com.github.javaparser.ast.expr.LongLiteralExpr;
import com.github.javaparser.ast.expr.MethodCallExpr;
import com.github.javaparser.ast.expr.NameExpr;
import com.github.javaparser.ast.expr.NullLiteralExpr;
import com.github.javaparser.ast.expr.ObjectCreationExpr;
import com.github.javaparser.ast.expr.StringLiteralExpr;
import com.github.javaparser.ast.expr.TextBlockLiteralExpr;
import com.github.javaparser.ast.expr.ThisExpr;
import com.github.javaparser.ast.expr.UnaryExpr;
import com.github.javaparser.ast.stmt.ExpressionStmt;
import com.github.javaparser.ast.stmt.Statement;
import com.github.javaparser.ast.type.Type;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.drools.mvel.parser.ast.expr.DrlxExpression;
import org.drools.mvel.parser.ast.expr.PointFreeExpr;
import org.jspecify.annotations.Nullable;

/**
 * Checks what conditions and consequences consist of. They may use the fields of facts, the
 * documented functions, comparisons, and the few statements that insert a fact; everything else is
 * reported to a listener. Not safe for use by several threads.
 */
final class RuleExpressions {
  private final Refusal refuse;
  private final @Nullable Class<?> fact;
  private final Map<String, Class<?>> variables;
  private final Set<String> imports;

  /**
   * A checker for one pattern, or for a consequence.
   *
   * @param fact the name of the pattern's fact; empty for a consequence
   * @param variables the variables of the rule with their types; {@code Void} for an unknown type
   * @param imports the imports of the file, functions included
   * @param refuse is told what is not allowed
   */
  RuleExpressions(
      String fact, Map<String, Class<?>> variables, Set<String> imports, Refusal refuse) {
    this.imports = imports;
    this.fact = RuleVocabulary.factClass(fact);
    this.variables = variables;
    this.refuse = refuse;
  }

  /** Reports everything in a condition that is not allowed. */
  void checkCondition(Node node) {
    if (node instanceof DrlxExpression drlx) {
      checkCondition(drlx.getExpr());
    } else if (node instanceof NameExpr name) {
      checkName(name.getNameAsString());
    } else if (node instanceof FieldAccessExpr access) {
      checkCondition(access.getScope());
      checkProperty(access);
    } else if (node instanceof MethodCallExpr call) {
      checkCall(call.getScope().orElse(null), call.getNameAsString(), call.getArguments());
    } else if (node instanceof CastExpr cast) {
      checkType(cast.getType());
      checkCondition(cast.getExpression());
    } else if (node instanceof BinaryExpr operation) {
      checkOperation(operation);
    } else if (node instanceof PointFreeExpr operation) {
      checkOperation(operation);
    } else if (node instanceof EnclosedExpr || node instanceof UnaryExpr) {
      node.getChildNodes().forEach(this::checkCondition);
    } else if (!isLiteral(node) && !(node instanceof ThisExpr)) {
      refuse.refuse("", node.getClass().getSimpleName() + " in a condition: " + printNode(node));
    }
  }

  private static boolean isLiteral(Node node) {
    return node instanceof IntegerLiteralExpr
        || node instanceof LongLiteralExpr
        || node instanceof DoubleLiteralExpr
        || node instanceof BooleanLiteralExpr
        || node instanceof NullLiteralExpr
        || (node instanceof StringLiteralExpr && !(node instanceof TextBlockLiteralExpr));
  }

  private void checkOperation(BinaryExpr operation) {
    checkCondition(operation.getLeft());
    checkCondition(operation.getRight());
    if (operation.getOperator() != BinaryExpr.Operator.AND
        && operation.getOperator() != BinaryExpr.Operator.OR) {
      checkComparison(operation.getLeft(), operation.getRight());
    }
  }

  private void checkOperation(PointFreeExpr operation) {
    String operator = operation.getOperator().getIdentifier();
    if (!OPERATORS.contains(operator) || operation.getArg1() != null) {
      refuse.refuse(
          operator,
          operator.equals("matches")
              ? "matches can take forever; use like"
              : operator + " is not an operator that rules may use");
    }
    checkCondition(operation.getLeft());
    for (Expression right : operation.getRight()) {
      checkCondition(right);
      if (operator.equals("in")) {
        checkComparison(operation.getLeft(), right);
      } else {
        Expression list = operator.equals("memberOf") ? right : operation.getLeft();
        if (type(list) != List.class) {
          refuse.refuse("", printNode(list) + " is not a list");
        }
      }
    }
  }

  /**
   * To compare a text with a number, Drools writes the text into the code it generates. So both
   * sides must be known to have one type, or one of them must be null.
   */
  private void checkComparison(Expression left, Expression right) {
    Class<?> one = type(left);
    Class<?> two = type(right);
    if (one != NullLiteralExpr.class
        && two != NullLiteralExpr.class
        && (one == null || one != two)) {
      refuse.refuse(
          "",
          printNode(left) + " is " + kind(one) + ", and " + printNode(right) + " is " + kind(two));
    }
  }

  private static String kind(@Nullable Class<?> type) {
    if (type == null || type == Void.class) {
      return "of an unknown type";
    }
    if (type == List.class) {
      return "a list (see oneOf and like)";
    }
    return type == String.class
        ? "a text"
        : type == Number.class ? "a number" : type == Boolean.class ? "true or false" : "a fact";
  }

  private void checkName(String name) {
    if (name.startsWith("$")) {
      checkVariable(name);
    } else if (!name.equals("this")) {
      checkProperty(fact, name);
    }
  }

  private void checkVariable(String name) {
    if (!variables.containsKey(name)) {
      refuse.refuse(name, "the rule has no " + name + NearestName.ask(name, variables.keySet()));
    }
  }

  private void checkProperty(FieldAccessExpr access) {
    Class<?> owner = type(access.getScope());
    if (owner == null) {
      refuse.refuse("", "the type of " + printNode(access.getScope()) + " is unknown");
    } else {
      checkProperty(owner, access.getNameAsString());
    }
  }

  /** Reports a field that does not exist. */
  private void checkProperty(@Nullable Class<?> owner, String name) {
    if (owner == null || !PROPERTIES.contains(name) || RuleVocabulary.getter(owner, name) == null) {
      refuse.refuse(
          name,
          (owner == null ? "no fact" : owner.getSimpleName())
              + " has no field "
              + name
              + (owner == null ? "" : NearestName.ask(name, RuleVocabulary.properties(owner))));
    }
  }

  /**
   * The type of an expression: a fact or field set, {@code String}, {@code Number}, {@code Boolean}
   * or {@code List}; {@code NullLiteralExpr} for null. Null if it is unknown.
   */
  @Nullable Class<?> type(Expression expression) {
    if (expression instanceof StringLiteralExpr) {
      return String.class;
    }
    if (expression instanceof BooleanLiteralExpr || expression instanceof BinaryExpr) {
      return Boolean.class;
    }
    if (expression instanceof NullLiteralExpr) {
      return NullLiteralExpr.class;
    }
    if (isLiteral(expression)) {
      return Number.class;
    }
    if (expression instanceof ThisExpr) {
      return fact;
    }
    if (expression instanceof EnclosedExpr enclosed) {
      return type(enclosed.getInner());
    }
    if (expression instanceof UnaryExpr unary) {
      return type(unary.getExpression());
    }
    if (expression instanceof CastExpr cast) {
      return RuleVocabulary.factClass(cast.getType().asString());
    }
    if (expression instanceof NameExpr name) {
      return type(name.getNameAsString());
    }
    if (expression instanceof FieldAccessExpr access) {
      Class<?> owner = type(access.getScope());
      return owner == null ? null : RuleVocabulary.propertyType(owner, access.getNameAsString());
    }
    return expression instanceof MethodCallExpr call ? RuleVocabulary.resultType(call) : null;
  }

  private @Nullable Class<?> type(String name) {
    if (name.startsWith("$")) {
      return variables.get(name);
    }
    return name.equals("this") || fact == null ? fact : RuleVocabulary.propertyType(fact, name);
  }

  private void checkCall(@Nullable Expression scope, String name, List<Expression> arguments) {
    if (scope == null
        ? !(FUNCTIONS.contains(name) || METHODS.contains(name))
        : !METHODS.contains(name)) {
      refuse.refuse(
          name,
          name
              + "(...) is not a function that rules may call"
              + NearestName.ask(name, scope == null ? FUNCTIONS : METHODS));
    } else if (scope == null && FUNCTIONS.contains(name)) {
      checkImport(name);
      checkFirstArgument(name, arguments);
    }
    if (scope != null) {
      checkCondition(scope);
    }
    arguments.forEach(this::checkCondition);
  }

  private void checkFirstArgument(String function, List<Expression> arguments) {
    if (arguments.isEmpty()) {
      return;
    }
    Class<?> given = type(arguments.get(0));
    boolean isTaken =
        FUNCTION_CLASSES.stream()
            .flatMap(owner -> Stream.of(owner.getMethods()))
            .filter(method -> method.getName().equals(function))
            .anyMatch(method -> method.getParameterTypes()[0] == given);
    if (!isTaken && given != null && given != NullLiteralExpr.class) {
      refuse.refuse(
          function,
          function + " does not take " + printNode(arguments.get(0)) + ", which is " + kind(given));
    }
  }

  private void checkImport(String function) {
    for (Class<?> owner : FUNCTION_CLASSES) {
      boolean isOwner =
          Stream.of(owner.getMethods()).anyMatch(method -> method.getName().equals(function));
      if (isOwner
          && !imports.contains(owner.getName() + ".*")
          && !imports.contains(owner.getName() + '.' + function)) {
        refuse.refuse(function, function + " needs: import function " + owner.getName() + ".*;");
      }
    }
  }

  private void checkType(Type type) {
    if (!FACTS.contains(type.asString())) {
      refuse.refuse(type.asString(), type.asString() + " is not a fact");
    }
  }

  /** Reports everything in a statement that is not allowed. */
  void checkConsequence(Statement statement) {
    if (!(statement instanceof ExpressionStmt expression)
        || !(expression.getExpression() instanceof MethodCallExpr call)
        || call.getScope().isPresent()
        || !call.getNameAsString().equals("insert")
        || call.getArguments().size() != 1
        || !(call.getArgument(0) instanceof ObjectCreationExpr creation)) {
      refuse.refuse(
          "",
          "a consequence may only insert a Detection, a PendingSequence or a ModuleRegistration: "
              + statement);
      return;
    }
    if (creation.getScope().isPresent()
        || creation.getAnonymousClassBody().isPresent()
        || creation.getTypeArguments().isPresent()
        || !INSERTED.contains(creation.getType().asString())) {
      refuse.refuse(
          "",
          "a consequence may only insert a Detection, a PendingSequence or a ModuleRegistration: "
              + creation);
    }
    creation.getArguments().forEach(this::checkArgument);
  }

  private void checkArgument(Expression argument) {
    if (argument instanceof MethodCallExpr call
        && call.getScope().isEmpty()
        && FUNCTIONS.contains(call.getNameAsString())) {
      checkImport(call.getNameAsString());
      call.getArguments().forEach(this::checkArgument);
    } else if (argument instanceof NameExpr name && name.getNameAsString().startsWith("$")) {
      checkVariable(name.getNameAsString());
    } else if (!isLiteral(argument)) {
      refuse.refuse("", "a consequence may only use texts and $variables, not " + argument);
    }
  }

  /** Receives what is not allowed. */
  interface Refusal {
    /**
     * Reports one thing that is not allowed.
     *
     * @param word the word to point at; empty for none
     * @param what the problem in words
     */
    void refuse(String word, String what);
  }
}
