package dev.iiswarden.report;

import dev.iiswarden.event.Event;
import dev.iiswarden.event.EventLine;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An event as pages show it. */
final class EventView {
  private static final int MOST_IN_A_LINE = 1_000;

  private EventView() {}

  /**
   * The time, where it is drawn, what it says in one line, and all its fields.
   *
   * @param log the log it was read from; null if it is not known
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

  /** A value for a line of a list; whole it is among the fields. */
  static String clip(String text, int most) {
    return text.length() <= most ? text : text.substring(0, most) + "…";
  }

  private static String place(Event event, String log) {
    String id = event.getEvent().getId();
    return event.getEvent().hasOwnId() || id == null ? log : log + ":" + id.replace("line:", "");
  }
}
