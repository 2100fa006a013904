package dev.iiswarden.drl;

import dev.iiswarden.event.CodeSignatures;
import dev.iiswarden.event.CommandLines;
import dev.iiswarden.event.Detection;
import dev.iiswarden.event.Eql;
import dev.iiswarden.event.Event;
import dev.iiswarden.event.EventField;
import dev.iiswarden.event.EventKind;
import dev.iiswarden.event.IisComponents;
import dev.iiswarden.event.ModuleRegistration;
import dev.iiswarden.event.PendingSequence;
import dev.iiswarden.event.PowerShell;
import dev.iiswarden.event.WindowsPaths;
import java.beans.Introspector;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What rules can name: facts and their fields, functions, and methods of facts and texts. All of it
 * is read from the classes of package {@code event}, so what is added there can be said. Safe for
 * use by several threads.
 */
final class Vocabulary {
  /** The package that rules import facts from. */
  static final String EVENTS = Event.class.getPackageName();

  /** The classes whose public static methods are functions of rules. */
  static final List<Class<?>> FUNCTION_CLASSES =
      List.of(
          Eql.class,
          WindowsPaths.class,
          CommandLines.class,
          PowerShell.class,
          IisComponents.class,
          CodeSignatures.class);

  /** The facts by name. */
  static final Map<String, Class<?>> FACTS =
      Stream.concat(
              EventKind.all().stream().map(EventKind::factClass),
              Stream.of(
                  Event.class, PendingSequence.class, ModuleRegistration.class, Detection.class))
          .collect(
              Collectors.toMap(
                  Class::getSimpleName, type -> type, (one, other) -> one, TreeMap::new));

  /** The functions by name; a function may take a text or a list. */
  static final Map<String, List<Method>> FUNCTIONS =
      FUNCTION_CLASSES.stream()
          .flatMap(type -> Stream.of(type.getMethods()))
          .filter(method -> Modifier.isStatic(method.getModifiers()))
          .collect(Collectors.groupingBy(Method::getName, TreeMap::new, Collectors.toList()));

  /** Methods of facts and sets of fields that are no getters. */
  private static final Set<String> METHODS =
      Set.of("follows", "isSameAs", "isBy", "names", "replaces", "completes");

  /** Methods of texts and lists. All of them are fast and have no side effect. */
  private static final Set<String> TEXT_METHODS =
      Set.of(
          "length",
          "isEmpty",
          "size",
          "contains",
          "startsWith",
          "endsWith",
          "equals",
          "equalsIgnoreCase");

  private static final Map<Class<?>, Map<String, Method>> PROPERTIES = new ConcurrentHashMap<>();

  private static final Map<ValueType, Map<String, List<Method>>> KNOWN_METHODS =
      new ConcurrentHashMap<>();

  private Vocabulary() {}

  /** Returns the getter of a field as conditions spell it; null if there is no such field. */
  static @Nullable Method property(Class<?> owner, String name) {
    return properties(owner).get(name);
  }

  /** Returns the names of the fields of a fact or a set of fields. */
  static Collection<String> propertyNames(Class<?> owner) {
    return new TreeSet<>(properties(owner).keySet());
  }

  private static Map<String, Method> properties(Class<?> owner) {
    return PROPERTIES.computeIfAbsent(owner, Vocabulary::readProperties);
  }

  private static Map<String, Method> readProperties(Class<?> owner) {
    Map<String, Method> found = new TreeMap<>();
    if (!owner.getPackageName().equals(EVENTS)) {
      return found;
    }
    Set<String> foreign = setsOfOtherKinds(owner);
    for (Method method : owner.getMethods()) {
      String name = propertyName(method);
      if (!name.isEmpty() && !method.isBridge() && !foreign.contains(name)) {
        found.put(name, method);
      }
    }
    return found;
  }

  /** Every event has all sets of fields; those that its kind never fills cannot be named. */
  private static Set<String> setsOfOtherKinds(Class<?> owner) {
    Set<String> foreign = new TreeSet<>();
    for (EventKind kind : EventKind.all()) {
      kind.fields().forEach(field -> foreign.add(firstWord(field)));
    }
    EventKind.ofFact(owner.getSimpleName())
        .ifPresentOrElse(
            kind -> kind.fields().forEach(field -> foreign.remove(firstWord(field))),
            foreign::clear);
    return foreign;
  }

  private static String firstWord(EventField field) {
    String property = field.property();
    int dot = property.indexOf('.');
    return dot < 0 ? property : property.substring(0, dot);
  }

  private static String propertyName(Method method) {
    if (method.getParameterCount() > 0
        || Modifier.isStatic(method.getModifiers())
        || method.getDeclaringClass() == Object.class) {
      return "";
    }
    String name = method.getName();
    if (name.startsWith("get")) {
      return Introspector.decapitalize(name.substring(3));
    }
    return name.startsWith("is") ? Introspector.decapitalize(name.substring(2)) : "";
  }

  /** Returns the methods of a type that conditions may call, by name. */
  static Map<String, List<Method>> methods(ValueType type) {
    return KNOWN_METHODS.computeIfAbsent(type, Vocabulary::readMethods);
  }

  private static Map<String, List<Method>> readMethods(ValueType type) {
    Set<String> allowed =
        switch (type.kind()) {
          case TEXT, TEXTS, EVENTS -> TEXT_METHODS;
          case HOLDER -> METHODS;
          default -> Set.of();
        };
    return Stream.of(type.javaClass().getMethods())
        .filter(method -> allowed.contains(method.getName()))
        .filter(method -> !Modifier.isStatic(method.getModifiers()) && !method.isBridge())
        .collect(Collectors.groupingBy(Method::getName, TreeMap::new, Collectors.toList()));
  }
}
