package dev.iiswarden.engine;

import com.github.javaparser.ast.Node;
import com.github.javaparser.ast.expr.BinaryExpr;
import com.github.javaparser.ast.expr.CastExpr;
import com.github.javaparser.ast.expr.EnclosedExpr;
import com.github.javaparser.ast.expr.Expression;
import com.github.javaparser.ast.expr.FieldAccessExpr;
import com.github.javaparser.ast.expr.LiteralExpr;
import com.github.javaparser.ast.expr.MethodCallExpr;
import com.github.javaparser.ast.expr.NameExpr;
import com.github.javaparser.ast.expr.ObjectCreationExpr;
import com.github.javaparser.ast.expr.ThisExpr;
import com.github.javaparser.ast.expr.UnaryExpr;
import com.github.javaparser.ast.stmt.ExpressionStmt;
import com.github.javaparser.ast.stmt.Statement;
import com.github.javaparser.ast.type.Type;
import dev.iiswarden.event.CodeSignatureFields;
import dev.iiswarden.event.CodeSignatures;
import dev.iiswarden.event.ConfigurationEvent;
import dev.iiswarden.event.Detection;
import dev.iiswarden.event.DllFields;
import dev.iiswarden.event.Eql;
import dev.iiswarden.event.Event;
import dev.iiswarden.event.EventFields;
import dev.iiswarden.event.FileEvent;
import dev.iiswarden.event.FileFields;
import dev.iiswarden.event.HashFields;
import dev.iiswarden.event.HostFields;
import dev.iiswarden.event.IisConfigurationFields;
import dev.iiswarden.event.LibraryEvent;
import dev.iiswarden.event.ModuleLoadFailureEvent;
import dev.iiswarden.event.ModuleRegistration;
import dev.iiswarden.event.PeFields;
import dev.iiswarden.event.PendingSequence;
import dev.iiswarden.event.PowershellFields;
import dev.iiswarden.event.ProcessEvent;
import dev.iiswarden.event.ProcessFields;
import dev.iiswarden.event.RegistryData;
import dev.iiswarden.event.RegistryEvent;
import dev.iiswarden.event.RegistryFields;
import dev.iiswarden.event.ScriptBlockEvent;
import dev.iiswarden.event.ScriptBlockFields;
import dev.iiswarden.event.UserFields;
import dev.iiswarden.event.WindowsPaths;
import java.beans.Introspector;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.drools.mvel.parser.ast.expr.DrlxExpression;
import org.drools.mvel.parser.ast.expr.HalfBinaryExpr;
import org.drools.mvel.parser.ast.expr.HalfPointFreeExpr;
import org.drools.mvel.parser.ast.expr.InlineCastExpr;
import org.drools.mvel.parser.ast.expr.ListCreationLiteralExpression;
import org.drools.mvel.parser.ast.expr.ListCreationLiteralExpressionElement;
import org.drools.mvel.parser.ast.expr.NullSafeFieldAccessExpr;
import org.drools.mvel.parser.ast.expr.NullSafeMethodCallExpr;
import org.drools.mvel.parser.ast.expr.PointFreeExpr;

/**
 * What conditions and consequences of rules may be made of: the fields of facts, the documented
 * functions, comparisons, and the few statements that insert something. Everything else is told to
 * a listener. Not safe for use by several threads.
 */
final class RuleExpressions {
  private static final List<Class<?>> FACT_CLASSES =
      List.of(
          Event.class,
          RegistryEvent.class,
          FileEvent.class,
          LibraryEvent.class,
          ProcessEvent.class,
          ConfigurationEvent.class,
          ScriptBlockEvent.class,
          ModuleLoadFailureEvent.class,
          PendingSequence.class,
          ModuleRegistration.class,
          Detection.class);

  private static final List<Class<?>> FIELD_SETS =
      List.of(
          EventFields.class,
          HostFields.class,
          UserFields.class,
          ProcessFields.class,
          PeFields.class,
          CodeSignatureFields.class,
          RegistryFields.class,
          RegistryData.class,
          FileFields.class,
          HashFields.class,
          DllFields.class,
          PowershellFields.class,
          ScriptBlockFields.class,
          IisConfigurationFields.class);

  /** Facts that a pattern may be of, by their names. */
  static final Set<String> FACTS =
      FACT_CLASSES.stream().map(Class::getSimpleName).collect(Collectors.toUnmodifiableSet());

  private static final Set<String> INSERTED =
      Set.of("Detection", "PendingSequence", "ModuleRegistration");

  /** Names of getters, as conditions write them. */
  private static final Set<String> PROPERTIES =
      Stream.concat(FACT_CLASSES.stream(), FIELD_SETS.stream())
          .flatMap(type -> Stream.of(type.getMethods()))
          .filter(method -> !Modifier.isStatic(method.getModifiers()))
          .filter(method -> method.getParameterCount() == 0)
          .map(RuleExpressions::property)
          .filter(name -> !name.isEmpty() && !name.equals("class"))
          .collect(Collectors.toUnmodifiableSet());

  private static final Set<String> FUNCTIONS =
      Stream.of(Eql.class, WindowsPaths.class, CodeSignatures.class)
          .flatMap(type -> Stream.of(type.getMethods()))
          .filter(method -> Modifier.isStatic(method.getModifiers()))
          .map(Method::getName)
          .collect(Collectors.toUnmodifiableSet());

  /** Of facts, field sets and texts; none of them has an effect, and none takes long. */
  private static final Set<String> METHODS =
      Set.of(
          "follows",
          "isSameAs",
          "isBy",
          "names",
          "replaces",
          "completes",
          "length",
          "isEmpty",
          "size",
          "contains",
          "startsWith",
          "endsWith",
          "equals",
          "equalsIgnoreCase");

  /** Drools' own, but for {@code matches}, which can take for ever, and custom ones. */
  private static final Set<String> OPERATORS =
      Set.of("contains", "excludes", "memberOf", "in", "after", "before", "coincides", "str");

  private final Consumer<String> refuse;

  RuleExpressions(Consumer<String> refuse) {
    this.refuse = refuse;
  }

  private static String property(Method getter) {
    String name = getter.getName();
    if (name.startsWith("get")) {
      return Introspector.decapitalize(name.substring(3));
    }
    return name.startsWith("is") ? Introspector.decapitalize(name.substring(2)) : "";
  }

  /** Tells of all in a condition that is not allowed. */
  void checkCondition(Node node) {
    if (node instanceof DrlxExpression drlx) {
      checkCondition(drlx.getExpr());
    } else if (node instanceof NameExpr name) {
      checkName(name.getNameAsString());
    } else if (node instanceof FieldAccessExpr access) {
      checkCondition(access.getScope());
      checkProperty(access.getNameAsString());
    } else if (node instanceof NullSafeFieldAccessExpr access) {
      checkCondition(access.getScope());
      checkProperty(access.getNameAsString());
    } else if (node instanceof MethodCallExpr call) {
      checkCall(call.getScope().orElse(null), call.getNameAsString(), call.getArguments());
    } else if (node instanceof NullSafeMethodCallExpr call) {
      checkCall(call.getScope().orElse(null), call.getNameAsString(), call.getArguments());
    } else if (node instanceof CastExpr cast) {
      checkType(cast.getType());
      checkCondition(cast.getExpression());
    } else if (node instanceof InlineCastExpr cast) {
      checkType(cast.getType());
      checkCondition(cast.getExpression());
    } else if (node instanceof PointFreeExpr operation) {
      checkOperator(operation.getOperator().getIdentifier());
      checkCondition(operation.getLeft());
      operation.getRight().forEach(this::checkCondition);
    } else if (node instanceof HalfPointFreeExpr operation) {
      checkOperator(operation.getOperator().getIdentifier());
      operation.getRight().forEach(this::checkCondition);
    } else if (isTransparent(node)) {
      node.getChildNodes().forEach(this::checkCondition);
    } else if (!(node instanceof LiteralExpr || node instanceof ThisExpr)) {
      refuse.accept(node.getClass().getSimpleName() + " in a condition: " + node);
    }
  }

  private static boolean isTransparent(Node node) {
    return node instanceof EnclosedExpr
        || node instanceof UnaryExpr
        || node instanceof BinaryExpr
        || node instanceof HalfBinaryExpr
        || node instanceof ListCreationLiteralExpression
        || node instanceof ListCreationLiteralExpressionElement;
  }

  private void checkName(String name) {
    if (!name.startsWith("$") && !name.equals("this")) {
      checkProperty(name);
    }
  }

  private void checkProperty(String name) {
    if (!PROPERTIES.contains(name)) {
      refuse.accept("no fact has a field " + name);
    }
  }

  private void checkCall(
      @org.jspecify.annotations.Nullable Expression scope,
      String name,
      List<Expression> arguments) {
    if (scope == null
        ? !(FUNCTIONS.contains(name) || METHODS.contains(name))
        : !METHODS.contains(name)) {
      refuse.accept(name + "(...) is none of the functions that rules may call");
    }
    if (scope != null) {
      checkCondition(scope);
    }
    arguments.forEach(this::checkCondition);
  }

  private void checkType(Type type) {
    if (!FACTS.contains(type.asString())) {
      refuse.accept(type.asString() + " is no fact");
    }
  }

  private void checkOperator(String operator) {
    if (!OPERATORS.contains(operator)) {
      refuse.accept(
          operator.equals("matches")
              ? "matches, which can take for ever: use like"
              : operator + " is none of the operators that rules may use");
    }
  }

  /** Tells of all in a statement that is not allowed. */
  void checkConsequence(Statement statement) {
    if (!(statement instanceof ExpressionStmt expression)
        || !(expression.getExpression() instanceof MethodCallExpr call)
        || call.getScope().isPresent()
        || !call.getNameAsString().equals("insert")
        || call.getArguments().size() != 1
        || !(call.getArgument(0) instanceof ObjectCreationExpr creation)) {
      refuse.accept("a consequence inserts a Detection, no more: " + statement);
      return;
    }
    if (creation.getScope().isPresent()
        || creation.getAnonymousClassBody().isPresent()
        || creation.getTypeArguments().isPresent()
        || !INSERTED.contains(creation.getType().asString())) {
      refuse.accept("a consequence inserts a Detection, no more: " + creation);
    }
    creation.getArguments().forEach(this::checkArgument);
  }

  private void checkArgument(Expression argument) {
    if (argument instanceof MethodCallExpr call
        && call.getScope().isEmpty()
        && FUNCTIONS.contains(call.getNameAsString())) {
      call.getArguments().forEach(this::checkArgument);
    } else if (!(argument instanceof LiteralExpr)
        && !(argument instanceof NameExpr name && name.getNameAsString().startsWith("$"))) {
      refuse.accept("a consequence speaks of texts and $variables, not of " + argument);
    }
  }
}
