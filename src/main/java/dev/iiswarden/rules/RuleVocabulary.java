package dev.iiswarden.rules;

import com.github.javaparser.ast.expr.MethodCallExpr;
import dev.iiswarden.event.CodeSignatures;
import dev.iiswarden.event.CommandLines;
import dev.iiswarden.event.Detection;
import dev.iiswarden.event.Eql;
import dev.iiswarden.event.Event;
import dev.iiswarden.event.EventKind;
import dev.iiswarden.event.ModuleRegistration;
import dev.iiswarden.event.PendingSequence;
import dev.iiswarden.event.WindowsPaths;
import java.beans.Introspector;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The vocabulary of rules: facts and their fields, the documented functions, the allowed methods
 * and operators, and the type of each. Texts are {@code String}, all numbers {@code Number}, truth
 * values {@code Boolean}.
 */
final class RuleVocabulary {
  private static final List<Class<?>> FACT_CLASSES =
      Stream.<Class<?>>concat(
              EventKind.all().stream().map(EventKind::factClass),
              Stream.of(
                  Event.class, PendingSequence.class, ModuleRegistration.class, Detection.class))
          .toList();

  /** The names of the facts that a pattern can match. */
  static final Set<String> FACTS =
      FACT_CLASSES.stream().map(Class::getSimpleName).collect(Collectors.toUnmodifiableSet());

  static final Set<String> INSERTED = Set.of("Detection", "PendingSequence", "ModuleRegistration");

  /** The names of fields, as conditions write them. */
  static final Set<String> PROPERTIES =
      Stream.concat(FACT_CLASSES.stream(), EventKind.fieldClasses().stream())
          .flatMap(type -> Stream.of(type.getMethods()))
          .filter(method -> !Modifier.isStatic(method.getModifiers()))
          .filter(method -> method.getParameterCount() == 0)
          .map(RuleVocabulary::property)
          .filter(name -> !name.isEmpty() && !name.equals("class"))
          .collect(Collectors.toUnmodifiableSet());

  static final List<Class<?>> FUNCTION_CLASSES =
      List.of(Eql.class, WindowsPaths.class, CommandLines.class, CodeSignatures.class);

  static final Set<String> FUNCTIONS =
      FUNCTION_CLASSES.stream()
          .flatMap(type -> Stream.of(type.getMethods()))
          .filter(method -> Modifier.isStatic(method.getModifiers()))
          .map(Method::getName)
          .collect(Collectors.toUnmodifiableSet());

  /**
   * Methods of facts, field sets and texts. None of them has a side effect, and all of them are
   * fast.
   */
  static final Set<String> METHODS =
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

  /**
   * The operators of Drools, without custom ones and without {@code matches}, which can take
   * forever.
   */
  static final Set<String> OPERATORS = Set.of("contains", "excludes", "memberOf", "in");

  private RuleVocabulary() {}

  /** The class of a fact by its name; null if there is no such fact. */
  static @Nullable Class<?> factClass(String name) {
    return FACT_CLASSES.stream()
        .filter(type -> type.getSimpleName().equals(name))
        .findFirst()
        .orElse(null);
  }

  private static String property(Method getter) {
    String name = getter.getName();
    if (name.startsWith("get")) {
      return Introspector.decapitalize(name.substring(3));
    }
    return name.startsWith("is") ? Introspector.decapitalize(name.substring(2)) : "";
  }

  static @Nullable Class<?> resultType(MethodCallExpr call) {
    String name = call.getNameAsString();
    if (call.getScope().isPresent()) {
      return name.equals("length") || name.equals("size") ? Number.class : Boolean.class;
    }
    return FUNCTION_CLASSES.stream()
        .flatMap(type -> Stream.of(type.getMethods()))
        .filter(method -> method.getName().equals(name))
        .<Class<?>>map(method -> boxed(method.getReturnType()))
        .findFirst()
        .orElse(METHODS.contains(name) ? Boolean.class : null);
  }

  static @Nullable Class<?> propertyType(Class<?> owner, String name) {
    Method getter = getter(owner, name);
    return getter == null ? null : boxed(getter.getReturnType());
  }

  private static Class<?> boxed(Class<?> type) {
    if (type == boolean.class) {
      return Boolean.class;
    }
    boolean isNumber =
        type == long.class || type == int.class || Number.class.isAssignableFrom(type);
    return isNumber ? Number.class : type;
  }

  static @Nullable Method getter(Class<?> owner, String property) {
    return Stream.of(owner.getMethods())
        .filter(method -> method.getParameterCount() == 0 && property(method).equals(property))
        .findFirst()
        .orElse(null);
  }

  static Set<String> properties(Class<?> owner) {
    return Stream.of(owner.getMethods())
        .filter(method -> method.getParameterCount() == 0)
        .map(RuleVocabulary::property)
        .filter(PROPERTIES::contains)
        .collect(Collectors.toSet());
  }
}
