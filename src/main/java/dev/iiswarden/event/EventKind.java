package dev.iiswarden.event;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A kind of event: its name, its fact class, its fields, and a description of any event of the kind
 * (action, object, actor, named DLLs). Each fact class declares its own as {@code KIND}. The gate,
 * snapshots, scenarios, the rule vocabulary, reports and alerts all read it here. Immutable and
 * safe for use by several threads.
 *
 * <p>To add a kind, write its fact class with a {@code KIND} and add it to {@link #all()}.
 */
public final class EventKind {
  private final String name;
  private final Class<? extends Event> factClass;
  private final String category;
  private final List<String> types;
  private final String group;
  private final boolean isEffect;
  private final FieldSet<Event> sets;
  private final Map<String, EventField> fields = new LinkedHashMap<>();
  private final @Nullable String action;
  private final Function<Event, String> subject;
  private final Function<Event, ProcessFields> actor;
  private final Function<Event, @Nullable String> target;
  private final Function<Event, @Nullable String> file;
  private final Function<Event, HashFields> hash;
  private final Function<Event, @Nullable CodeSignatureFields> signature;
  private final Function<Event, List<String>> dlls;

  EventKind(EventKindBuilder<?> builder) {
    name = builder.name;
    factClass = builder.factClass;
    category = builder.category;
    types = builder.types;
    group = builder.group;
    isEffect = builder.isEffect;
    sets = builder.sets;
    action = builder.action;
    subject = builder.subject;
    actor = builder.actor;
    target = builder.target;
    file = builder.file;
    hash = builder.hash;
    signature = builder.signature;
    dlls = builder.dlls;
    sets.forEach("", event -> event, fields::put);
  }

  /** All kinds. */
  public static List<EventKind> all() {
    return All.KINDS;
  }

  /** Returns the kind with this {@link #name()}; empty if there is none. */
  public static Optional<EventKind> named(String name) {
    return all().stream().filter(kind -> kind.name.equals(name)).findFirst();
  }

  /**
   * Returns the kind whose fact class has this simple name, such as {@code FileEvent}; empty if
   * there is none.
   */
  public static Optional<EventKind> ofFact(String factName) {
    return all().stream().filter(kind -> kind.factName().equals(factName)).findFirst();
  }

  /** The classes that hold the fields of all kinds, each once. */
  public static Collection<Class<?>> fieldClasses() {
    List<Class<?>> classes = new ArrayList<>();
    all().forEach(kind -> kind.sets.addClasses(classes));
    return classes.stream()
        .filter(type -> !Event.class.isAssignableFrom(type))
        .collect(Collectors.toCollection(java.util.LinkedHashSet::new));
  }

  /** The name in scenarios: a word in lower case, such as {@code file}. */
  public String name() {
    return name;
  }

  /** The class of the facts. */
  public Class<? extends Event> factClass() {
    return factClass;
  }

  /** The name of the facts in rules, such as {@code FileEvent}. */
  public String factName() {
    return factClass.getSimpleName();
  }

  /** The default {@code event.category} of its events. */
  public String category() {
    return category;
  }

  /** The {@code event.type}s that occur; the first is the default in scenarios. */
  public List<String> types() {
    return types;
  }

  /**
   * The group in which timelines show its events: {@code file}, {@code registry}, {@code library},
   * {@code process} or {@code configuration}.
   */
  public String group() {
    return group;
  }

  /**
   * Returns whether such an event is only the effect of an earlier action: the worker process that
   * loads a DLL did not put it there.
   */
  public boolean isEffect() {
    return isEffect;
  }

  /** All fields of the kind, in the order of documents. */
  public Collection<EventField> fields() {
    return Collections.unmodifiableCollection(fields.values());
  }

  /** Returns the field with this ECS name; empty if the kind has none. */
  public Optional<EventField> field(String ecsName) {
    return Optional.ofNullable(fields.get(ecsName));
  }

  /** The action in two or three words: {@code registry change}, {@code library load}. */
  public String action(Event event) {
    if (action != null) {
      return action;
    }
    List<String> type = event.getEvent().getType();
    return type.isEmpty() ? name : name + " " + type.get(0);
  }

  /** The object of the action with its new value; a question mark for a missing part. */
  public String subject(Event event) {
    return subject.apply(event);
  }

  /** The process that acted. */
  public ProcessFields actor(Event event) {
    return actor.apply(event);
  }

  /** The object of the action in canonical spelling; null if unknown. */
  public @Nullable String target(Event event) {
    return target.apply(event);
  }

  /**
   * The path of the file or DLL that the event is about; null if there is none or it is unknown.
   */
  public @Nullable String file(Event event) {
    return file.apply(event);
  }

  /** The hashes of {@link #file}; an empty set if unknown. */
  public HashFields hash(Event event) {
    return hash.apply(event);
  }

  /** The signature of {@link #file}; null if events of the kind have none. */
  public @Nullable CodeSignatureFields signature(Event event) {
    return signature.apply(event);
  }

  /** The DLLs that the event names or is about, as it spells them. */
  public List<String> dlls(Event event) {
    return dlls.apply(event);
  }

  /**
   * Creates an event of this kind, for tests of rules.
   *
   * @param values the values by ECS name: a text, or a list of texts
   * @throws IllegalArgumentException if the kind has no such field, or a value does not have its
   *     type
   */
  public Event event(Instant time, Map<String, Object> values) {
    ObjectNode json = EventJson.mapper().createObjectNode();
    json.put("timestamp", time.toString());
    values.forEach(
        (ecsName, value) -> {
          EventField field = fields.get(ecsName);
          if (field == null) {
            throw new IllegalArgumentException("a " + name + " event has no field " + ecsName);
          }
          int dot = field.property().lastIndexOf('.');
          json.withObject('/' + field.property().substring(0, dot).replace('.', '/'))
              .set(
                  field.property().substring(dot + 1),
                  EventJson.mapper().valueToTree(field.parse(value)));
        });
    try {
      return EventJson.mapper().treeToValue(json, factClass);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(e.getOriginalMessage(), e);
    }
  }

  /** Adds the fields of an event to a document. */
  void describe(Event event, Map<String, Object> document) {
    sets.describe(event, document);
  }

  /** The name. */
  @Override
  public String toString() {
    return name;
  }

  /**
   * In a class of its own, because this class must be initialised before the fact classes declare
   * their kinds.
   */
  private static final class All {
    static final List<EventKind> KINDS =
        List.of(
            RegistryEvent.KIND,
            FileEvent.KIND,
            LibraryEvent.KIND,
            ProcessEvent.KIND,
            ConfigurationEvent.KIND,
            ScriptBlockEvent.KIND,
            ModuleLoadFailureEvent.KIND);
  }

  /** Declares a kind; {@code factClass} is the class that contains the declaration. */
  static <E extends Event> EventKindBuilder<E> of(String name, Class<E> factClass) {
    return new EventKindBuilder<>(name, factClass);
  }
}
