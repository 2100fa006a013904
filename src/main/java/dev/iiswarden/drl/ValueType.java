package dev.iiswarden.drl;

import dev.iiswarden.event.Event;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.time.Instant;
import java.util.List;

/**
 * The type of an expression.
 *
 * @param kind the kind of value
 * @param javaClass the class of its values; of {@link Kind#NULL}, none
 */
record ValueType(Kind kind, Class<?> javaClass) {
  static final ValueType TEXT = new ValueType(Kind.TEXT, String.class);
  static final ValueType NUMBER = new ValueType(Kind.NUMBER, Number.class);
  static final ValueType TRUTH = new ValueType(Kind.TRUTH, Boolean.class);
  static final ValueType TEXTS = new ValueType(Kind.TEXTS, List.class);
  static final ValueType EVENTS = new ValueType(Kind.EVENTS, List.class);
  static final ValueType TIME = new ValueType(Kind.TIME, Instant.class);
  static final ValueType NULL = new ValueType(Kind.NULL, Void.class);

  /** The kinds of values. */
  enum Kind {
    TEXT,
    NUMBER,
    TRUTH,
    TEXTS,
    EVENTS,
    TIME,
    /** A fact, or a set of fields. */
    HOLDER,
    NULL
  }

  /** Returns the type of what a getter or a function returns, or of a parameter. */
  static ValueType of(Type type) {
    if (type instanceof ParameterizedType list && list.getRawType() == List.class) {
      Type element = list.getActualTypeArguments()[0];
      return element == Event.class ? EVENTS : TEXTS;
    }
    if (type == String.class) {
      return TEXT;
    }
    if (type == boolean.class || type == Boolean.class) {
      return TRUTH;
    }
    if (type == Instant.class) {
      return TIME;
    }
    if (type == long.class || type == int.class || type == Long.class || type == Integer.class) {
      return NUMBER;
    }
    return new ValueType(Kind.HOLDER, (Class<?>) type);
  }

  /** Whether a value of another type can be passed where this type is wanted. */
  boolean accepts(ValueType other) {
    return other.kind == Kind.NULL
        ? kind != Kind.TRUTH && kind != Kind.NUMBER
        : kind == other.kind
            && (kind != Kind.HOLDER || javaClass.isAssignableFrom(other.javaClass));
  }

  /** Whether values of both types can be equal. */
  boolean isComparableTo(ValueType other) {
    if (kind == Kind.NULL || other.kind == Kind.NULL) {
      return true;
    }
    boolean isSingle = kind != Kind.TEXTS && kind != Kind.EVENTS;
    return isSingle
        && kind == other.kind
        && (kind != Kind.HOLDER
            || javaClass.isAssignableFrom(other.javaClass)
            || other.javaClass.isAssignableFrom(javaClass));
  }

  /** Returns the type in words. */
  String inWords() {
    return switch (kind) {
      case TEXT -> "a text";
      case NUMBER -> "a number";
      case TRUTH -> "true or false";
      case TEXTS -> "a list of texts (see oneOf and like)";
      case EVENTS -> "a list of events";
      case TIME -> "a time";
      case NULL -> "null";
      case HOLDER ->
          javaClass.getSimpleName().endsWith("Fields")
              ? "a set of fields"
              : "a " + javaClass.getSimpleName();
    };
  }
}
