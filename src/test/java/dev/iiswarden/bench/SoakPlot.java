package dev.iiswarden.bench;

import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;

/** Draws a soak: heap after collection and loaded classes over events, each with an axis from 0. */
final class SoakPlot {
  private static final int LEFT = 70;
  private static final int RIGHT = 690;
  private static final int TOP = 70;
  private static final int BOTTOM = 330;
  private static final int STEPS = 4;

  private static final String HEAD =
      """
      <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 760 390" width="760" height="390" role="img" aria-labelledby="title desc">
        <title id="title">Heap and loaded classes of a detector over EVENTS events</title>
        <desc id="desc">Heap after collection is HEAP MB; CLASSES classes are loaded.</desc>
        <style>
          .ground { fill: #ffffff; }
          .grid { stroke: #d5dde5; }
          .label { fill: #2c3b49; font: 14px ui-sans-serif, system-ui, sans-serif; }
          .heap { stroke: #1f5f99; fill: none; stroke-width: 2; }
          .heap-label { fill: #1f5f99; font: 600 14px ui-sans-serif, system-ui, sans-serif; }
          .classes { stroke: #9a4b00; fill: none; stroke-width: 2; stroke-dasharray: 7 3; }
          .classes-label { fill: #9a4b00; font: 600 14px ui-sans-serif, system-ui, sans-serif; }
          @media (prefers-color-scheme: dark) {
            .ground { fill: #11181f; }
            .grid { stroke: #33414e; }
            .label { fill: #d2dbe4; }
            .heap { stroke: #7fb8ee; }
            .heap-label { fill: #7fb8ee; }
            .classes { stroke: #f0a35e; }
            .classes-label { fill: #f0a35e; }
          }
        </style>
        <rect class="ground" width="100%" height="100%"/>
      """;

  private SoakPlot() {}

  static String of(List<SoakSample> samples) {
    long events = samples.get(samples.size() - 1).events();
    ToDoubleFunction<SoakSample> heap = sample -> sample.heap() / 1e6;
    ToDoubleFunction<SoakSample> classes = SoakSample::classes;
    double mostHeap = ceiling(samples, heap);
    // Twice as high, so that the lines keep apart.
    double mostClasses = ceiling(samples, sample -> 2 * classes.applyAsDouble(sample));
    StringBuilder svg = new StringBuilder();
    svg.append(
        HEAD.replace("EVENTS", number((double) events))
            .replace("HEAP", range(samples, heap))
            .replace("CLASSES", range(samples, classes)));
    for (int step = 0; step <= STEPS; step++) {
      double y = BOTTOM - (double) (BOTTOM - TOP) * step / STEPS;
      svg.append(
          String.format(
              Locale.ROOT,
              "  <line class=\"grid\" x1=\"%d\" y1=\"%.1f\" x2=\"%d\" y2=\"%.1f\"/>\n",
              LEFT,
              y,
              RIGHT,
              y));
      text(svg, "label", LEFT - 8, y + 5, "end", number(mostHeap * step / STEPS));
      text(svg, "label", RIGHT + 8, y + 5, "start", number(mostClasses * step / STEPS));
      double x = LEFT + (double) (RIGHT - LEFT) * step / STEPS;
      text(svg, "label", x, BOTTOM + 24, "middle", millions((double) events * step / STEPS));
    }
    text(svg, "label", (LEFT + RIGHT) / 2.0, BOTTOM + 48, "middle", "events, in millions");
    text(svg, "heap-label", LEFT - 44, TOP - 24, "start", "heap after collection, MB (line)");
    text(svg, "classes-label", RIGHT + 58, TOP - 24, "end", "loaded classes (dashes)");
    line(svg, "heap", samples, events, heap, mostHeap);
    line(svg, "classes", samples, events, classes, mostClasses);
    return svg.append("</svg>\n").toString();
  }

  /** A round number above all values that can be divided into the steps. */
  private static double ceiling(List<SoakSample> samples, ToDoubleFunction<SoakSample> value) {
    double most = samples.stream().mapToDouble(value).max().orElse(1) * 1.15;
    double magnitude = Math.pow(10, Math.floor(Math.log10(most)));
    double step = magnitude * 2;
    return Math.ceil(most / step) * step;
  }

  private static String range(List<SoakSample> samples, ToDoubleFunction<SoakSample> value) {
    return number(samples.stream().mapToDouble(value).min().orElse(0))
        + " to "
        + number(samples.stream().mapToDouble(value).max().orElse(0));
  }

  private static void line(
      StringBuilder svg,
      String kind,
      List<SoakSample> samples,
      long events,
      ToDoubleFunction<SoakSample> value,
      double most) {
    String points =
        samples.stream()
            .map(
                sample ->
                    String.format(
                        Locale.ROOT,
                        "%.1f,%.1f",
                        LEFT + (double) (RIGHT - LEFT) * sample.events() / events,
                        BOTTOM - (BOTTOM - TOP) * value.applyAsDouble(sample) / most))
            .collect(Collectors.joining(" "));
    svg.append("  <polyline class=\"" + kind + "\" points=\"" + points + "\"/>\n");
  }

  private static void text(
      StringBuilder svg, String kind, double x, double y, String anchor, String text) {
    svg.append(
        String.format(
            Locale.ROOT,
            "  <text class=\"%s\" x=\"%.1f\" y=\"%.1f\" text-anchor=\"%s\">%s</text>\n",
            kind,
            x,
            y,
            anchor,
            text));
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, "%,.0f", value);
  }

  private static String millions(double events) {
    return String.format(Locale.ROOT, "%.4s", events / 1e6).replaceAll("\\.?0*$", "");
  }
}
