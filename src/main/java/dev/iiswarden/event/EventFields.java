package dev.iiswarden.event;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** The ECS field set {@code event}. Immutable. */
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

  /** An empty set, for snapshots and test scenarios to fill. */
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
   * {@code event.id} as given, or {@code line:N} for the N-th line of an input whose events have
   * none.
   *
   * @return the id; null if the event has neither an id nor a line
   */
  public @Nullable String getId() {
    return id == null && line > 0 ? "line:" + line : id;
  }

  /** Whether the event itself came with an {@code event.id}. */
  public boolean hasOwnId() {
    return id != null;
  }

  /** {@code event.category}. */
  public List<String> getCategory() {
    return category;
  }

  /** {@code event.type}. */
  public List<String> getType() {
    return type;
  }

  /** {@code event.provider}: what logged the event. */
  public @Nullable String getProvider() {
    return provider;
  }

  /** {@code event.code}: the provider's number for this kind of event. */
  public @Nullable String getCode() {
    return code;
  }

  /** {@code event.action}. */
  public @Nullable String getAction() {
    return action;
  }

  /** {@code event.sequence}. */
  public @Nullable Long getSequence() {
    return sequence;
  }
}
