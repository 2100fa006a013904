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
 * A kind of event: what it is called, its fact class, its fields, and what can be said of any event
 * of the kind (what was done to what, by whom, which DLLs it names). Each fact class declares its
 * own as {@code KIND}; the gate, snapshots, scenarios, the rule vocabulary, reports and alerts read
 * it here. Immutable and safe for use by several threads.
 *
 * <p>To add a kind, write its fact class with a {@code KIND} and add that to {@link #all()}.
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

  /** The kind of that {@link #name()}. */
  public static Optional<EventKind> named(String name) {
    return all().stream().filter(kind -> kind.name.equals(name)).findFirst();
  }

  /** The kind whose fact class has that simple name, such as {@code FileEvent}. */
  public static Optional<EventKind> ofFact(String factName) {
    return all().stream().filter(kind -> kind.factName().equals(factName)).findFirst();
  }

  /** The classes that hold the fields of all kinds; each once. */
  public static Collection<Class<?>> fieldClasses() {
    List<Class<?>> classes = new ArrayList<>();
    all().forEach(kind -> kind.sets.addClasses(classes));
    return classes.stream()
        .filter(type -> !Event.class.isAssignableFrom(type))
        .collect(Collectors.toCollection(java.util.LinkedHashSet::new));
  }

  /** What scenarios call it: a word in lower case, such as {@code file}. */
  public String name() {
    return name;
  }

  /** The class of its facts. */
  public Class<? extends Event> factClass() {
    return factClass;
  }

  /** What rules call its facts, such as {@code FileEvent}. */
  public String factName() {
    return factClass.getSimpleName();
  }

  /** Its {@code event.category} unless an event says otherwise. */
  public String category() {
    return category;
  }

  /** The {@code event.type}s that occur; the first goes without saying in a scenario. */
  public List<String> types() {
    return types;
  }

  /**
   * The group in which timelines show it: {@code file}, {@code registry}, {@code library}, {@code
   * process} or {@code configuration}.
   */
  public String group() {
    return group;
  }

  /**
   * Whether such an event is only the effect of what somebody did before: the worker process that
   * loads a DLL is not whoever put it there.
   */
  public boolean isEffect() {
    return isEffect;
  }

  /** All fields of the kind, in the order in which documents have them. */
  public Collection<EventField> fields() {
    return Collections.unmodifiableCollection(fields.values());
  }

  /** The field of that ECS name. */
  public Optional<EventField> field(String ecsName) {
    return Optional.ofNullable(fields.get(ecsName));
  }

  /** What was done, in two words or three: {@code registry change}, {@code library load}. */
  public String action(Event event) {
    if (action != null) {
      return action;
    }
    List<String> type = event.getEvent().getType();
    return type.isEmpty() ? name : name + " " + type.get(0);
  }

  /** To what it was done, with the value it was given; a question mark for what is missing. */
  public String subject(Event event) {
    return subject.apply(event);
  }

  /** The process that acted. */
  public ProcessFields actor(Event event) {
    return actor.apply(event);
  }

  /** What was acted on, in a spelling that stands for all others; null if it is unknown. */
  public @Nullable String target(Event event) {
    return target.apply(event);
  }

  /** The path of the file or DLL that the event is about; null if there is none. */
  public @Nullable String file(Event event) {
    return file.apply(event);
  }

  /** The hashes of {@link #file}. */
  public HashFields hash(Event event) {
    return hash.apply(event);
  }

  /** The signature of {@link #file}; null if events of the kind have none. */
  public @Nullable CodeSignatureFields signature(Event event) {
    return signature.apply(event);
  }

  /** The DLLs that the event names or is about, as they are spelt. */
  public List<String> dlls(Event event) {
    return dlls.apply(event);
  }

  /**
   * An event of this kind, for tests of rules.
   *
   * @param values by ECS name: a text, or a list of texts
   * @throws IllegalArgumentException if the kind has no such field, or a value is not of its type
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

  /** Adds the fields that an event has to a document. */
  void describe(Event event, Map<String, Object> document) {
    sets.describe(event, document);
  }

  /** The name. */
  @Override
  public String toString() {
    return name;
  }

  /** Apart, because the fact classes need this class to be there before their own kinds are. */
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

  /** Declares a kind; {@code factClass} is where the declaration stands. */
  static <E extends Event> EventKindBuilder<E> of(String name, Class<E> factClass) {
    return new EventKindBuilder<>(name, factClass);
  }
}
