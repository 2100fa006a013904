package dev.iiswarden.engine;

import dev.iiswarden.event.Event;
import org.kie.api.runtime.rule.FactHandle;

/**
 * A fact handle for an event that is in no session, so that conditions can be evaluated against it.
 */
record Candidate(Event event) implements FactHandle {
  @Override
  public Object getObject() {
    return event;
  }

  @Override
  public boolean isEvent() {
    return true;
  }

  @Override
  public boolean isNegated() {
    return false;
  }

  @Override
  public boolean isValid() {
    return true;
  }

  @Override
  public long getId() {
    return 0;
  }

  @Override
  public long getRecency() {
    return 0;
  }

  @Override
  public <K> K as(Class<K> type) {
    return type.cast(event);
  }

  @Override
  public String toExternalForm() {
    return event.toString();
  }
}
