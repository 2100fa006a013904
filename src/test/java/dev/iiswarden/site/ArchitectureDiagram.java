package dev.iiswarden.site;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Draws the packages in rows, callers above callees, with an arrow for each dependency that is not
 * transitive. A new package must be added to {@link #ROWS}.
 */
final class ArchitectureDiagram {
  /** An empty cell, in which an arrow passes from the row above to the row below. */
  private static final Box NO_BOX = new Box("", "", "");

  private static final List<List<Box>> ROWS =
      List.of(
          List.of(new Box("cli", "the program", "picocli")),
          List.of(
              new Box("report", "pages for people", "commonmark"),
              new Box("scenario", "plays tests of rules", "Jackson"),
              new Box("kafka", "on many machines", "Kafka Streams"),
              NO_BOX,
              new Box("cli.print", "the program's output", "picocli")),
          List.of(
              new Box("metrics", "meters", "Micrometer"),
              new Box(PackageDependencies.ROOT, "Detector, StateDirectory", "SLF4J"),
              new Box("sink", "ready-made sinks", "SLF4J"),
              NO_BOX),
          List.of(new Box("alert", "alerts, allowlist, delivery", "Jackson")),
          List.of(new Box("rules", "from directories to rule sets", "Drools")),
          List.of(
              new Box("drl", "the language of rules", "Drools"),
              new Box("decode", "from records to facts", "Jackson, StAX"),
              NO_BOX),
          List.of(
              new Box(PackageDependencies.COMPILED_RULES, "compiled from rules-drl", "Drools"),
              new Box("engine", "gate, order, sessions", "Drools"),
              new Box("inventory", "what IIS loads", "Jackson, StAX")),
          List.of(
              new Box("event", "facts, functions of rules", "Jackson"),
              new Box("read", "from logs to records", "Jackson")),
          List.of(NO_BOX, new Box("read.evtx", "binary logs of Windows", "")));

  private static final int WIDTH = 920;
  private static final int BOX_HEIGHT = 72;
  private static final int ROW_HEIGHT = 126;
  private static final int MARGIN = 16;
  private static final int BOX_WIDTH = 190;
  private static final int ROOT_WIDTH = 420;

  private static final String HEAD =
      """
      <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %1$d %2$d" width="%1$d" height="%2$d" role="img" aria-labelledby="title desc">
        <title id="title">The packages of iiswarden and which calls which</title>
        <desc id="desc">%3$s</desc>
        <style>
          .ground { fill: #ffffff; }
          .box { fill: #eef3f8; stroke: #3b5b7a; stroke-width: 1.5; }
          .name { fill: #14202b; font: 600 16px ui-sans-serif, system-ui, sans-serif; }
          .does { fill: #2c3b49; font: 14px ui-sans-serif, system-ui, sans-serif; }
          .with { fill: #46586a; font: italic 13px ui-sans-serif, system-ui, sans-serif; }
          .call { stroke: #46586a; stroke-width: 1.5; }
          .tip { fill: #46586a; }
          @media (prefers-color-scheme: dark) {
            .ground { fill: #11181f; }
            .box { fill: #1c2833; stroke: #7fa3c7; }
            .name { fill: #f0f4f8; }
            .does { fill: #d2dbe4; }
            .with { fill: #aebccb; }
            .call { stroke: #aebccb; }
            .tip { fill: #aebccb; }
          }
        </style>
        <defs>
          <marker id="tip" viewBox="0 0 10 10" refX="9" refY="5" markerWidth="8" markerHeight="8" orient="auto">
            <path class="tip" d="M0 0 10 5 0 10z"/>
          </marker>
        </defs>
        <rect class="ground" width="100%%" height="100%%"/>
      """;

  private ArchitectureDiagram() {}

  private record Box(String name, String does, String with) {}

  private record Place(Box box, int row, int left, int top, int width) {
    int middle() {
      return left + width / 2;
    }

    int bottom() {
      return top + BOX_HEIGHT;
    }
  }

  /**
   * The picture, as SVG.
   *
   * @throws IllegalStateException if a package has no place, or a place has no package
   */
  static String of(PackageDependencies dependencies) {
    Map<String, Place> places = places();
    if (!places.keySet().equals(dependencies.packages())) {
      throw new IllegalStateException(
          "ArchitectureDiagram.ROWS has "
              + places.keySet()
              + ", there are "
              + dependencies.packages());
    }
    List<String> sentences = new ArrayList<>();
    StringBuilder arrows = new StringBuilder();
    for (Place from : places.values()) {
      List<String> called = new ArrayList<>(dependencies.calledBy(from.box.name));
      if (!called.isEmpty()) {
        sentences.add(from.box.name + " calls " + String.join(" and ", called) + ".");
      }
      called.forEach(name -> arrows.append(arrow(from, required(places, name))));
    }
    StringBuilder svg =
        new StringBuilder(
            HEAD.formatted(
                WIDTH,
                (ROWS.size() - 1) * ROW_HEIGHT + BOX_HEIGHT + 2 * MARGIN,
                String.join(" ", sentences)));
    svg.append(arrows);
    places.values().forEach(place -> svg.append(box(place)));
    return svg.append("</svg>\n").toString();
  }

  private static Place required(Map<String, Place> places, String name) {
    Place place = places.get(name);
    if (place == null) {
      throw new IllegalStateException("no place for " + name);
    }
    return place;
  }

  private static Map<String, Place> places() {
    Map<String, Place> places = new LinkedHashMap<>();
    for (int row = 0; row < ROWS.size(); row++) {
      List<Box> boxes = ROWS.get(row);
      int share = (WIDTH - 2 * MARGIN) / boxes.size();
      for (int i = 0; i < boxes.size(); i++) {
        Box box = boxes.get(i);
        if (box.name.isEmpty()) {
          continue;
        }
        int width = box.name.equals(PackageDependencies.ROOT) ? ROOT_WIDTH : BOX_WIDTH;
        width = Math.min(width, share - MARGIN);
        int left = MARGIN + i * share + (share - width) / 2;
        places.put(box.name, new Place(box, row, left, MARGIN + row * ROW_HEIGHT, width));
      }
    }
    return places;
  }

  /** Downwards, or to a neighbour. Rows are arranged so that no arrow meets another box. */
  private static String arrow(Place from, Place to) {
    int x1;
    int y1;
    int x2;
    int y2;
    if (from.row == to.row) {
      boolean toTheLeft = to.left < from.left;
      x1 = toTheLeft ? from.left : from.left + from.width;
      x2 = toTheLeft ? to.left + to.width : to.left;
      y1 = from.top + BOX_HEIGHT / 2;
      y2 = y1;
    } else if (to.row > from.row) {
      x1 = towards(from, to);
      x2 = towards(to, from);
      y1 = from.bottom();
      y2 = to.top;
    } else {
      throw new IllegalStateException(
          from.box.name + " calls " + to.box.name + ", which is above it");
    }
    return """
      <line class="call" data-from="%s" data-to="%s" x1="%d" y1="%d" x2="%d" y2="%d" marker-end="url(#tip)"/>
    """
        .formatted(from.box.name, to.box.name, x1, y1, x2, y2);
  }

  /**
   * The point where an arrow meets a box: a third of the way towards the other box, so that few
   * arrows cross.
   */
  private static int towards(Place box, Place other) {
    int most = box.width / 2 - MARGIN;
    return box.middle() + Math.max(-most, Math.min(most, (other.middle() - box.middle()) / 3));
  }

  private static String box(Place place) {
    int middle = place.middle();
    return """
      <g data-package="%1$s">
        <rect class="box" x="%2$d" y="%3$d" width="%4$d" height="%5$d" rx="6"/>
        <text class="name" x="%6$d" y="%7$d" text-anchor="middle">%1$s</text>
        <text class="does" x="%6$d" y="%8$d" text-anchor="middle">%10$s</text>
        <text class="with" x="%6$d" y="%9$d" text-anchor="middle">%11$s</text>
      </g>
    """
        .formatted(
            place.box.name,
            place.left,
            place.top,
            place.width,
            BOX_HEIGHT,
            middle,
            place.top + 24,
            place.top + 43,
            place.top + 61,
            place.box.does,
            place.box.with);
  }
}
