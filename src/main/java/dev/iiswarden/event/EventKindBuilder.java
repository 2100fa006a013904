package dev.iiswarden.event;

import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Declares a kind.
 *
 * @param <E> the class of its facts
 */
final class EventKindBuilder<E extends Event> {
  final String name;
  final Class<E> factClass;
  final FieldSet<Event> sets =
      FieldSet.of(Event.class)
          .set("event", Event::getEvent, EventFields.FIELDS)
          .set("host", Event::getHost, HostFields.FIELDS)
          .set("process", Event::getProcess, ProcessFields.FIELDS)
          .set("user", Event::getUser, UserFields.FIELDS);
  String category;
  List<String> types = List.of();
  String group;
  boolean isEffect;
  @Nullable String action;
  Function<Event, String> subject = EventKindBuilder::command;
  Function<Event, ProcessFields> actor = Event::getProcess;
  Function<Event, @Nullable String> target =
      event -> canonicalPath(event.getProcess().getExecutable());
  Function<Event, @Nullable String> file = event -> null;
  Function<Event, HashFields> hash = event -> HashFields.NONE;
  Function<Event, @Nullable CodeSignatureFields> signature = event -> null;
  Function<Event, List<String>> dlls =
      event -> WindowsPaths.dllsIn(event.getProcess().getCommandLine());

  EventKindBuilder(String name, Class<E> factClass) {
    this.name = name;
    this.factClass = factClass;
    category = name;
    group = name;
  }

  private static String command(Event event) {
    String commandLine = event.getProcess().getCommandLine();
    return orUnknown(commandLine == null ? event.getProcess().getExecutable() : commandLine);
  }

  EventKindBuilder<E> category(String ecsCategory) {
    category = ecsCategory;
    return this;
  }

  /** The {@code event.type}s that occur, the usual one first. */
  EventKindBuilder<E> types(String... eventTypes) {
    types = List.of(eventTypes);
    return this;
  }

  EventKindBuilder<E> group(String timelineGroup) {
    group = timelineGroup;
    return this;
  }

  EventKindBuilder<E> effect() {
    isEffect = true;
    return this;
  }

  /** A field set that only this kind has. */
  <T> EventKindBuilder<E> set(String setName, Function<E, T> getter, FieldSet<T> setFields) {
    sets.set(setName, of(getter), setFields);
    return this;
  }

  /** What is always done; otherwise it is the name and the first {@code event.type}. */
  EventKindBuilder<E> action(String words) {
    action = words;
    return this;
  }

  EventKindBuilder<E> subject(Function<E, @Nullable String> words) {
    subject = event -> orUnknown(of(words).apply(event));
    return this;
  }

  EventKindBuilder<E> actor(Function<E, ProcessFields> process) {
    actor = of(process);
    return this;
  }

  EventKindBuilder<E> target(Function<E, @Nullable String> canonical) {
    target = of(canonical);
    return this;
  }

  /** The file that the event is about, which is also its subject. */
  EventKindBuilder<E> file(Function<E, @Nullable String> path, Function<E, HashFields> hashes) {
    file = of(path);
    hash = of(hashes);
    target = event -> canonicalPath(file.apply(event));
    return subject(path);
  }

  EventKindBuilder<E> signature(Function<E, CodeSignatureFields> ofFile) {
    signature = of(ofFile);
    return this;
  }

  EventKindBuilder<E> dlls(Function<E, List<String>> named) {
    dlls = of(named);
    return this;
  }

  private <T> Function<Event, T> of(Function<E, T> part) {
    return event -> part.apply(factClass.cast(event));
  }

  EventKind build() {
    return new EventKind(this);
  }

  static String orUnknown(@Nullable String text) {
    return text == null ? "?" : text;
  }

  private static @Nullable String canonicalPath(@Nullable String path) {
    return path == null ? null : WindowsPaths.canonicalPath(path);
  }
}
