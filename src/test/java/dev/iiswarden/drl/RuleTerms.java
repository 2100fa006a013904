package dev.iiswarden.drl;

import com.github.javaparser.ast.body.MethodDeclaration;
import com.github.javaparser.ast.body.Parameter;
import dev.iiswarden.event.Detection;
import dev.iiswarden.event.Event;
import dev.iiswarden.event.EventField;
import dev.iiswarden.event.EventKind;
import dev.iiswarden.event.ModuleRegistration;
import dev.iiswarden.event.PendingSequence;
import dev.iiswarden.event.ProcessFields;
import java.beans.Introspector;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Everything that a rule can name, with what the javadoc says about it: facts, fields and
 * functions.
 */
final class RuleTerms {
  private static final List<Class<?>> INSERTED =
      List.of(PendingSequence.class, ModuleRegistration.class, Detection.class);

  /** The facts and field sets whose methods rules call, besides the fields of events. */
  private static final List<Class<?>> WITH_METHODS =
      Stream.concat(Stream.of(Event.class, ProcessFields.class), INSERTED.stream()).toList();

  private static final Pattern GETTER = Pattern.compile("get[A-Z]\\w*");

  private static final String OF_ALL = "Fields of every event";

  private final List<Term> terms = new ArrayList<>();

  private RuleTerms() {}

  /** All terms in the order of the page. */
  static List<Term> all() {
    RuleTerms all = new RuleTerms();
    all.addFacts();
    all.addFields();
    INSERTED.forEach(all::addFieldsOf);
    Vocabulary.FUNCTION_CLASSES.forEach(all::addFunctions);
    all.addMethods();
    return List.copyOf(all.terms);
  }

  private void addFacts() {
    Stream<Class<?>> kinds = EventKind.all().stream().map(EventKind::factClass);
    Stream.of(kinds, Stream.of(Event.class), INSERTED.stream())
        .<Class<?>>flatMap(classes -> classes)
        .forEach(
            fact -> {
              EventJavadoc javadoc = EventJavadoc.of(fact);
              String name = fact.getSimpleName();
              terms.add(new Term("Facts", name, name, javadoc.meaning(), javadoc.example()));
            });
  }

  private void addFields() {
    Map<String, EventField> fields = new LinkedHashMap<>();
    Map<String, Set<EventKind>> kinds = new LinkedHashMap<>();
    for (EventKind kind : EventKind.all()) {
      for (EventField field : kind.fields()) {
        fields.putIfAbsent(field.name(), field);
        kinds.computeIfAbsent(field.name(), ignored -> new LinkedHashSet<>()).add(kind);
      }
    }
    Map<String, List<Term>> groups = new LinkedHashMap<>();
    List<Term> ofAll = new ArrayList<>();
    groups.put(OF_ALL, ofAll);
    for (EventField field : fields.values()) {
      Term term = field(field, kinds.getOrDefault(field.name(), Set.of()));
      groups.computeIfAbsent(term.group(), ignored -> new ArrayList<>()).add(term);
    }
    ofAll.add(own(ProcessFields.class, "getKey", OF_ALL, "process."));
    groups.values().forEach(terms::addAll);
  }

  private static Term field(EventField field, Set<EventKind> kinds) {
    Class<?> owner = kinds.iterator().next().factClass();
    String getter = "";
    for (String part : field.property().split("\\.", -1)) {
      owner = getter.isEmpty() ? owner : method(owner, getter).getReturnType();
      getter = "get" + part.substring(0, 1).toUpperCase(Locale.ROOT) + part.substring(1);
    }
    EventJavadoc javadoc = EventJavadoc.of(method(owner, getter).getDeclaringClass());
    MethodDeclaration source = javadoc.methods(getter).get(0);
    String example = EventJavadoc.example(source);
    return new Term(
        kinds.size() == EventKind.all().size()
            ? OF_ALL
            : "Fields of "
                + kinds.stream().map(EventKind::factName).collect(Collectors.joining(" and ")),
        field.property(),
        field.property() + ": " + word(field.type()),
        javadoc.meaningOfField(source),
        example.isEmpty() ? example(field) : example);
  }

  private static Method method(Class<?> owner, String getter) {
    return Stream.of(owner.getMethods())
        .filter(method -> method.getName().equals(getter) && !method.isBridge())
        .findFirst()
        .orElseThrow(() -> new IllegalStateException(owner + " has no " + getter));
  }

  private static String word(EventField.Type type) {
    return switch (type) {
      case TEXT, HASH -> "text";
      case TEXTS -> "list";
      case NUMBER -> "number";
      case BOOLEAN -> "true or false";
    };
  }

  private static String example(EventField field) {
    return switch (field.type()) {
      case TEXT, TEXTS -> "like( " + field.property() + ", \"*example*\" )";
      case HASH -> field.property() + " != null";
      case NUMBER -> field.property() + " > 4";
      case BOOLEAN -> field.property() + " == true";
    };
  }

  private void addFieldsOf(Class<?> fact) {
    for (String getter : EventJavadoc.of(fact).methodNames()) {
      if (GETTER.matcher(getter).matches() && !getter.equals("getSessionTime")) {
        terms.add(own(fact, getter, "Fields of " + fact.getSimpleName(), ""));
      }
    }
  }

  private static Term own(Class<?> owner, String getter, String group, String prefix) {
    EventJavadoc javadoc = EventJavadoc.of(owner);
    MethodDeclaration source = javadoc.methods(getter).get(0);
    String name = prefix + Introspector.decapitalize(getter.substring("get".length()));
    return new Term(
        group,
        name,
        name + ": " + word(source.getType().asString()),
        javadoc.meaningOfField(source),
        EventJavadoc.example(source));
  }

  /** The heading of the functions of a class. */
  static String groupOf(Class<?> owner) {
    return "Functions of " + owner.getSimpleName();
  }

  private void addFunctions(Class<?> owner) {
    EventJavadoc javadoc = EventJavadoc.of(owner);
    for (String name : javadoc.methodNames()) {
      terms.add(function(groupOf(owner), javadoc, name));
    }
  }

  /** The methods of facts that rules call have an example; others serve callers from Java. */
  private void addMethods() {
    for (Class<?> owner : WITH_METHODS) {
      EventJavadoc javadoc = EventJavadoc.of(owner);
      for (String name : javadoc.methodNames()) {
        if (!GETTER.matcher(name).matches()) {
          Term term = function("Functions of facts", javadoc, name);
          if (!term.example().isEmpty()) {
            terms.add(term);
          }
        }
      }
    }
  }

  private static Term function(String group, EventJavadoc javadoc, String name) {
    List<MethodDeclaration> forms = javadoc.methods(name);
    MethodDeclaration first = forms.get(0);
    List<String> parameters = new ArrayList<>();
    for (int i = 0; i < first.getParameters().size(); i++) {
      int at = i;
      parameters.add(
          first.getParameter(i).getNameAsString()
              + ": "
              + forms.stream()
                  .map(form -> word(form.getParameter(at)))
                  .distinct()
                  .collect(Collectors.joining(" or ")));
    }
    String result = first.getType().asString();
    return new Term(
        group,
        name,
        name
            + "( "
            + String.join(", ", parameters)
            + " )"
            + (result.equals("boolean") ? "" : ": " + word(result)),
        javadoc.meaning(first),
        EventJavadoc.example(first));
  }

  private static String word(Parameter parameter) {
    return word(parameter.getType().asString()) + (parameter.isVarArgs() ? "..." : "");
  }

  /** A Java type in the terms of rules. */
  private static String word(String type) {
    return switch (type.replace("@Nullable ", "")) {
      case "String" -> "text";
      case "List<String>" -> "list";
      case "List<Event>" -> "list of events";
      case "CodeSignatureFields" -> "code signature";
      case "ProcessFields" -> "process";
      case "Event" -> "event";
      default -> type;
    };
  }

  /**
   * A fact, field or function.
   *
   * @param group the heading under which it is listed
   * @param name the name that rules write
   * @param form the name with the type or the parameters
   * @param meaning what it means, in Markdown
   * @param example a condition, pattern or consequence that uses it
   */
  record Term(String group, String name, String form, String meaning, String example) {}
}
