package dev.iiswarden.event;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The ECS field set {@code event}. Made by the builders of events. Immutable and safe for use by
 * several threads.
 */
public final class EventFields {
  static final FieldSet<EventFields> FIELDS =
      FieldSet.of(EventFields.class)
          .text("id", EventFields::getId)
          .texts("category", EventFields::getCategory)
          .texts("type", EventFields::getType)
          .text("provider", EventFields::getProvider)
          .text("code", EventFields::getCode)
          .text("action", EventFields::getAction)
          .number("sequence", EventFields::getSequence);

  private @Nullable String id;
  private long line;
  private List<String> category = List.of();
  private List<String> type = List.of();
  private @Nullable String provider;
  private @Nullable String code;
  private @Nullable String action;
  private @Nullable Long sequence;

  /** Creates an empty set, for snapshots and test scenarios to fill. */
  public EventFields() {}

  EventFields(
      @Nullable String id,
      long line,
      List<String> category,
      List<String> type,
      @Nullable String provider,
      @Nullable String code,
      @Nullable String action,
      @Nullable Long sequence) {
    this.id = id;
    this.line = line;
    this.category = category;
    this.type = type;
    this.provider = provider;
    this.code = code;
    this.action = action;
    this.sequence = sequence;
  }

  /**
   * {@code event.id}: the id as sent, or {@code line:N} for an event without an id on the N-th line
   * of its input.
   *
   * @return the id; null if the event has neither an id nor a line
   */
  public @Nullable String getId() {
    return id == null && line > 0 ? "line:" + line : id;
  }

  /** Returns whether the event itself has an {@code event.id}. */
  public boolean hasOwnId() {
    return id != null;
  }

  /**
   * {@code event.category}: the kind of object that the event is about, such as {@code file}; empty
   * if missing.
   *
   * <p>Example: {@code oneOf( event.category, "file" )}
   */
  public List<String> getCategory() {
    return category;
  }

  /**
   * {@code event.type}: what happened to the object, such as {@code creation}; empty if missing.
   *
   * <p>Example: {@code oneOf( event.type, "creation", "change" )}
   */
  public List<String> getType() {
    return type;
  }

  /** {@code event.provider}: the source that logged the event; null if missing. */
  public @Nullable String getProvider() {
    return provider;
  }

  /**
   * {@code event.code}: the provider's number for this kind of event; null if missing.
   *
   * <p>Example: {@code oneOf( event.code, "4104" )}
   */
  public @Nullable String getCode() {
    return code;
  }

  /** {@code event.action}: what happened, in the words of the source; null if missing. */
  public @Nullable String getAction() {
    return action;
  }

  /** {@code event.sequence}: the order among events of the same time; null if missing. */
  public @Nullable Long getSequence() {
    return sequence;
  }
}
