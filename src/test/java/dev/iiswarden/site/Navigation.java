package dev.iiswarden.site;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The list of pages that every page shows. */
final class Navigation {
  /**
   * The readers' tasks and the pages for each, in order; a page without a task is listed under
   * More.
   */
  private static final List<Group> GROUPS =
      List.of(
          new Group("Begin", List.of("index.html")),
          new Group("Embed it", List.of("embedding.html", "kafka.html", "shapes.html")),
          new Group(
              "Write rules", List.of("analyst-guide.html", "writing-rules.html", "functions.html")),
          new Group(
              "Look at logs and alerts",
              List.of(
                  "replay.html",
                  "inventory.html",
                  "alerts.html",
                  "rules/index.html",
                  "allowlist.html",
                  "coverage.html")),
          new Group("Run it", List.of("operations.html", "performance.html", "architecture.html")));

  /** Titles by place, except for the rule guides, which are listed on a page of their own. */
  private final Map<String, String> titles = new TreeMap<>();

  private record Group(String heading, List<String> places) {}

  Navigation(List<MarkdownPage> pages) {
    for (MarkdownPage page : pages) {
      if (!page.isRuleGuide()) {
        titles.put(SiteLayout.placeOf(page.file()).toString().replace('\\', '/'), page.title());
      }
    }
  }

  String html(Path current) {
    StringBuilder html = new StringBuilder("<nav aria-label=\"Pages\">\n");
    Map<String, String> others = new TreeMap<>(titles);
    for (Group group : GROUPS) {
      List<String> there = new ArrayList<>(group.places);
      there.retainAll(titles.keySet());
      others.keySet().removeAll(there);
      append(html, group.heading, there, current);
    }
    append(html, "More", List.copyOf(others.keySet()), current);
    return html.append("</nav>\n").toString();
  }

  private void append(StringBuilder html, String heading, List<String> places, Path current) {
    if (places.isEmpty()) {
      return;
    }
    html.append("<p>").append(Html.escape(heading)).append("</p>\n<ul>\n");
    for (String place : places) {
      html.append("<li><a href=\"")
          .append(Html.escape(SiteLayout.link(current, Path.of(place))))
          .append(Path.of(place).equals(current) ? "\" aria-current=\"page\">" : "\">")
          .append(Html.escape(titles.getOrDefault(place, place)))
          .append("</a></li>\n");
    }
    html.append("</ul>\n");
  }
}
