package dev.iiswarden.report;

import dev.iiswarden.event.Event;
import dev.iiswarden.event.EventLine;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Converts events to the form that pages show. */
final class EventView {
  private static final int MOST_IN_A_LINE = 1_000;

  private EventView() {}

  /**
   * Returns the event's time, lane, one-line description and all fields.
   *
   * @param log the log from which the event was read; null if unknown
   */
  static Map<String, Object> of(Event event, @Nullable String log) {
    Map<String, Object> view = new LinkedHashMap<>();
    view.put("time", event.getTimestamp().toString());
    view.put("lane", event.kind().group());
    EventLine line = EventLine.of(event);
    view.put("action", line.action());
    view.put("object", clip(line.object(), MOST_IN_A_LINE));
    view.put("by", clip(line.actor(), MOST_IN_A_LINE));
    if (log != null) {
      view.put("place", place(event, log));
    }
    view.put("fact", event.kind().factName());
    view.put("fields", event.toMap());
    return view;
  }

  /** Shortens a value for a line of a list; the fields contain it in full. */
  static String clip(String text, int most) {
    return text.length() <= most ? text : text.substring(0, most) + "…";
  }

  private static String place(Event event, String log) {
    String id = event.getEvent().getId();
    return event.getEvent().hasOwnId() || id == null ? log : log + ":" + id.replace("line:", "");
  }
}
