package dev.iiswarden.event;

import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A field of a kind of event: its name, its type and its getter. {@link EventKind#fields()} lists
 * them. Immutable and safe for use by several threads.
 */
public final class EventField {
  private static final Pattern UNDERSCORE = Pattern.compile("_(\\w)");

  private final String name;
  private final String property;
  private final Type type;
  private final Function<Event, @Nullable Object> getter;

  EventField(String name, Type type, Function<Event, @Nullable Object> getter) {
    this.name = name;
    this.type = type;
    this.getter = getter;
    property =
        UNDERSCORE.matcher(name).replaceAll(letter -> letter.group(1).toUpperCase(Locale.ROOT));
  }

  /** The ECS name, such as {@code process.command_line}. */
  public String name() {
    return name;
  }

  /** The field as rule conditions spell it, such as {@code process.commandLine}. */
  public String property() {
    return property;
  }

  /** The type of its values. */
  public Type type() {
    return type;
  }

  /**
   * Returns the field's value in an event of the kind.
   *
   * @return a {@code String}, {@code Long}, {@code Boolean} or {@code List<String>}; null if it is
   *     missing; a missing list is empty
   * @throws ClassCastException if the event is of another kind
   */
  public @Nullable Object value(Event event) {
    return getter.apply(event);
  }

  /**
   * Converts written text to a value of this field's type.
   *
   * @param written a text, or a list of texts
   * @throws IllegalArgumentException if the text does not have the type; the message names the
   *     field
   */
  public Object parse(Object written) {
    if (type == Type.TEXTS) {
      return written instanceof List<?> ? written : List.of(written.toString());
    }
    if (written instanceof List<?>) {
      throw new IllegalArgumentException(name + " must be one value, not a list");
    }
    String text = written.toString();
    return switch (type) {
      case NUMBER -> number(text);
      case BOOLEAN -> bool(text);
      case HASH -> text.toLowerCase(Locale.ROOT);
      default -> text;
    };
  }

  private Long number(String text) {
    try {
      return Long.valueOf(text);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(name + " must be a number, not " + text, e);
    }
  }

  private Boolean bool(String text) {
    if (!text.equals("true") && !text.equals("false")) {
      throw new IllegalArgumentException(name + " must be true or false, not " + text);
    }
    return Boolean.valueOf(text);
  }

  /** The name. */
  @Override
  public String toString() {
    return name;
  }

  /** The types of fields. */
  public enum Type {
    /** A text. */
    TEXT,
    /** A text of hexadecimal digits in lower case. */
    HASH,
    /** A list of texts, which may be empty. */
    TEXTS,
    /** A whole number. */
    NUMBER,
    /** True or false. */
    BOOLEAN
  }
}
