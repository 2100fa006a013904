package dev.iiswarden.site;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.commonmark.ext.gfm.tables.TableCell;
import org.commonmark.ext.gfm.tables.TablesExtension;
import org.commonmark.ext.heading.anchor.HeadingAnchorExtension;
import org.commonmark.node.AbstractVisitor;
import org.commonmark.node.Code;
import org.commonmark.node.FencedCodeBlock;
import org.commonmark.node.Heading;
import org.commonmark.node.Image;
import org.commonmark.node.IndentedCodeBlock;
import org.commonmark.node.Link;
import org.commonmark.node.Node;
import org.commonmark.node.Text;
import org.commonmark.parser.Parser;
import org.commonmark.renderer.html.AttributeProvider;
import org.commonmark.renderer.html.HtmlRenderer;

/** A page written in Markdown. */
final class MarkdownPage {
  /** The place where a rule's page shows the rule itself. */
  static final String RULE = "rule-source";

  private static final int SECTIONS_WORTH_A_LIST = 3;
  private static final Path RULE_GUIDES = Path.of("docs", "rules");
  private static final Path RULES = Path.of("rules-drl");
  private static final List<org.commonmark.Extension> EXTENSIONS =
      List.of(TablesExtension.create(), HeadingAnchorExtension.create());
  private static final Pattern SECTION = Pattern.compile("<h2 id=\"([^\"]+)\">(.*?)</h2>");
  private static final Pattern EMPTY_HEADER = Pattern.compile("<th[^>]*></th>");
  private static final Pattern EMPTY_HEAD =
      Pattern.compile("<thead>\\s*<tr>(\\s*<td></td>)+\\s*</tr>\\s*</thead>\\s*");

  private static final String SCROLLED =
      "<div class=\"scroll\" role=\"group\" aria-label=\"Table\" tabindex=\"0\">";

  private final Path file;
  private final Node document;

  private MarkdownPage(Path file, Node document) {
    this.file = file;
    this.document = document;
  }

  static MarkdownPage read(Path project, Path file) throws IOException {
    Node document =
        Parser.builder()
            .extensions(EXTENSIONS)
            .build()
            .parse(Files.readString(project.resolve(file)));
    return new MarkdownPage(file, document);
  }

  /** The file, relative to the project. */
  Path file() {
    return file;
  }

  /** Whether the page is a rule guide. */
  boolean isRuleGuide() {
    return file.startsWith(RULE_GUIDES) && !file.endsWith("README.md");
  }

  /** The text of the first heading. */
  String title() {
    for (Node node = document.getFirstChild(); node != null; node = node.getNext()) {
      if (node instanceof Heading heading && heading.getLevel() == 1) {
        return text(heading);
      }
    }
    throw new IllegalStateException(file + " has no title");
  }

  private static String text(Node node) {
    StringBuilder text = new StringBuilder();
    node.accept(
        new AbstractVisitor() {
          @Override
          public void visit(Text one) {
            text.append(one.getLiteral());
          }

          @Override
          public void visit(Code one) {
            text.append(one.getLiteral());
          }
        });
    return text.toString();
  }

  /** A list of the sections; empty if they are few. */
  String contents() {
    Matcher sections = SECTION.matcher(render());
    List<String> entries = new ArrayList<>();
    while (sections.find()) {
      entries.add(
          "<li><a href=\"#"
              + sections.group(1)
              + "\">"
              + withoutLinks(sections.group(2))
              + "</a></li>\n");
    }
    if (isRuleGuide()) {
      entries.add("<li><a href=\"#" + RULE + "\">The rule</a></li>\n");
    }
    return entries.size() < SECTIONS_WORTH_A_LIST
        ? ""
        : "<nav class=\"contents\" aria-label=\"On this page\">\n<ul>\n"
            + String.join("", entries)
            + "</ul>\n</nav>\n";
  }

  private static String withoutLinks(String html) {
    return html.replaceAll("</?a[^>]*>", "");
  }

  /**
   * The page's own part of the HTML.
   *
   * @param places the place on the site of a file of the project that is linked to
   */
  String html(UnaryOperator<Path> places) {
    document.accept(
        new AbstractVisitor() {
          @Override
          public void visit(Link link) {
            link.setDestination(onSite(link.getDestination(), places));
            visitChildren(link);
          }

          @Override
          public void visit(Image image) {
            image.setDestination(onSite(image.getDestination(), places));
            visitChildren(image);
          }
        });
    return render();
  }

  private String onSite(String target, UnaryOperator<Path> places) {
    if (target.matches("[a-z]+:.*") || target.startsWith("#")) {
      return target;
    }
    int hash = target.indexOf('#');
    String anchor = hash < 0 ? "" : target.substring(hash);
    Path linked = file.resolveSibling(hash < 0 ? target : target.substring(0, hash)).normalize();
    if (isRuleGuide() && linked.startsWith(RULES) && linked.endsWith(ruleFile())) {
      return "#" + RULE;
    }
    return SiteLayout.link(SiteLayout.placeOf(file), places.apply(linked)) + anchor;
  }

  private Path ruleFile() {
    return Path.of(file.getFileName().toString().replaceAll("\\.md$", ".drl"));
  }

  private String render() {
    String html =
        HtmlRenderer.builder()
            .extensions(EXTENSIONS)
            .escapeHtml(true)
            .attributeProviderFactory(context -> new Accessible())
            .build()
            .render(document);
    html = EMPTY_HEADER.matcher(html).replaceAll("<td></td>");
    html = EMPTY_HEAD.matcher(html).replaceAll("");
    return html.replace("<table>", SCROLLED + "<table>").replace("</table>", "</table></div>");
  }

  /** Marks column headings, and makes scrollable parts reachable by keyboard. */
  private static final class Accessible implements AttributeProvider {
    @Override
    public void setAttributes(Node node, String tag, Map<String, String> attributes) {
      boolean isCode = node instanceof FencedCodeBlock || node instanceof IndentedCodeBlock;
      if (isCode && tag.equals("pre")) {
        attributes.put("tabindex", "0");
      }
      if (node instanceof TableCell cell && cell.isHeader()) {
        attributes.put("scope", "col");
      }
    }
  }

  @Override
  public String toString() {
    return Objects.toString(file);
  }
}
