package dev.iiswarden.event;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The declaration of a field set: its fields in order, with their names and getters. Each class of
 * fields declares one. It is the only list of these fields; all code that needs them reads it.
 *
 * @param <S> the class that holds the fields
 */
final class FieldSet<S> {
  private final Class<S> type;
  private final List<Member<S, ?>> members = new ArrayList<>();

  private FieldSet(Class<S> type) {
    this.type = type;
  }

  /** Returns a set without fields. */
  static <S> FieldSet<S> of(Class<S> type) {
    return new FieldSet<>(type);
  }

  FieldSet<S> text(String name, Function<S, @Nullable String> getter) {
    return add(name, EventField.Type.TEXT, getter, null);
  }

  /** A text that is kept in lower case. */
  FieldSet<S> hash(String name, Function<S, @Nullable String> getter) {
    return add(name, EventField.Type.HASH, getter, null);
  }

  FieldSet<S> texts(String name, Function<S, List<String>> getter) {
    return add(name, EventField.Type.TEXTS, getter, null);
  }

  FieldSet<S> number(String name, Function<S, @Nullable Long> getter) {
    return add(name, EventField.Type.NUMBER, getter, null);
  }

  FieldSet<S> bool(String name, Function<S, @Nullable Boolean> getter) {
    return add(name, EventField.Type.BOOLEAN, getter, null);
  }

  /** A nested set; its getter never returns null. */
  <T> FieldSet<S> set(String name, Function<S, T> getter, FieldSet<T> fields) {
    return add(name, null, getter, fields);
  }

  private <T> FieldSet<S> add(
      String name,
      EventField.@Nullable Type type,
      Function<S, ? extends @Nullable T> getter,
      @Nullable FieldSet<T> within) {
    members.add(new Member<>(name, type, getter, within));
    return this;
  }

  /** Adds the fields of a holder to a document, in order. */
  void describe(S holder, Map<String, Object> document) {
    for (Member<S, ?> member : members) {
      member.describe(holder, document);
    }
  }

  /**
   * Passes every field, including those of nested sets, to an action.
   *
   * @param prefix the prefix of the names: empty, or names that each end in a dot
   * @param toHolder returns the object that holds the fields in an event
   */
  void forEach(
      String prefix, Function<Event, ? extends S> toHolder, BiConsumer<String, EventField> action) {
    for (Member<S, ?> member : members) {
      member.forEach(prefix, toHolder, action);
    }
  }

  /** Adds the class of this set and the classes of all nested sets. */
  void addClasses(List<Class<?>> classes) {
    classes.add(type);
    for (Member<S, ?> member : members) {
      if (member.within != null) {
        member.within.addClasses(classes);
      }
    }
  }

  /**
   * A field or a nested set.
   *
   * @param type the type of a field; null for a set
   * @param within the nested set; null for a field
   */
  private record Member<S, T>(
      String name,
      EventField.@Nullable Type type,
      Function<S, ? extends @Nullable T> getter,
      @Nullable FieldSet<T> within) {

    void describe(S holder, Map<String, Object> document) {
      T value = getter.apply(holder);
      if (within != null && value != null) {
        Map<String, Object> nested = new LinkedHashMap<>();
        within.describe(value, nested);
        if (!nested.isEmpty()) {
          document.put(name, nested);
        }
      } else if (value != null && !(value instanceof List<?> list && list.isEmpty())) {
        document.put(name, value);
      }
    }

    void forEach(
        String prefix,
        Function<Event, ? extends S> toHolder,
        BiConsumer<String, EventField> action) {
      String path = prefix + name;
      if (within != null) {
        within.forEach(path + '.', event -> required(getter.apply(toHolder.apply(event))), action);
      } else if (type != null) {
        action.accept(
            path, new EventField(path, type, event -> getter.apply(toHolder.apply(event))));
      }
    }

    private static <T> T required(@Nullable T set) {
      if (set == null) {
        throw new IllegalStateException("a missing set of fields must be empty, not null");
      }
      return set;
    }
  }
}
