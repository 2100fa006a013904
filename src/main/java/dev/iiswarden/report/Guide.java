package dev.iiswarden.report;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.commonmark.Extension;
import org.commonmark.ext.gfm.tables.TablesExtension;
import org.commonmark.node.AbstractVisitor;
import org.commonmark.node.Heading;
import org.commonmark.node.Image;
import org.commonmark.node.Link;
import org.commonmark.node.Node;
import org.commonmark.parser.Parser;
import org.commonmark.renderer.html.HtmlRenderer;

/**
 * Converts a rule's guide, the Markdown file that its {@code @guide} names, to a part of a page.
 */
final class Guide {
  /**
   * The guides of the bundled rules are in the jar, below this folder, under the path that the
   * rules give.
   */
  private static final String BUNDLED = "/dev/iiswarden/";

  /** Guides are placed below a rule's own heading, which has level 3. */
  private static final int LEVELS_DOWN = 2;

  private static final int LAST_LEVEL = 6;

  private static final List<Extension> EXTENSIONS = List.of(TablesExtension.create());
  private static final Parser PARSER = Parser.builder().extensions(EXTENSIONS).build();

  /** Markup in a guide is shown as text: the page contains only markup that is made here. */
  private static final HtmlRenderer RENDERER =
      HtmlRenderer.builder().extensions(EXTENSIONS).escapeHtml(true).sanitizeUrls(true).build();

  private Guide() {}

  /**
   * Reads a guide.
   *
   * @param name the guide's name in the rule
   * @param directories the directories to search for guides of rules that are not bundled, in order
   * @return the guide as HTML; empty if there is no such file
   */
  static Optional<String> html(String name, List<Path> directories) {
    if (!name.endsWith(".md") || name.contains(":")) {
      return Optional.empty();
    }
    try {
      return read(name, directories).map(Guide::render);
    } catch (IOException e) {
      // A page with alerts but without a guide is better than no page.
      return Optional.of(
          "<p>" + Page.escape("The guide " + name + " cannot be read: " + e.getMessage()) + "</p>");
    }
  }

  private static Optional<String> read(String name, List<Path> directories) throws IOException {
    for (Path directory : directories) {
      Path root = directory.toAbsolutePath().normalize();
      Path file = root.resolve(name).normalize();
      if (file.startsWith(root) && Files.isRegularFile(file)) {
        return Optional.of(text(Files.readAllBytes(file)));
      }
    }
    try (InputStream in = Guide.class.getResourceAsStream(BUNDLED + name)) {
      return in == null ? Optional.empty() : Optional.of(text(in.readAllBytes()));
    }
  }

  private static String text(byte[] content) {
    return new String(content, StandardCharsets.UTF_8);
  }

  static String render(String markdown) {
    Node document = PARSER.parse(markdown);
    document.accept(new Fitting());
    return RENDERER.render(document);
  }

  /** Turns a standalone page into a part of a page that has no other files beside it. */
  private static final class Fitting extends AbstractVisitor {
    @Override
    public void visit(Heading heading) {
      if (heading.getLevel() == 1) {
        heading.unlink();
      } else {
        heading.setLevel(Math.min(LAST_LEVEL, heading.getLevel() + LEVELS_DOWN));
        visitChildren(heading);
      }
    }

    @Override
    public void visit(Link link) {
      visitChildren(link);
      if (!link.getDestination().startsWith("https://")) {
        replaceByContent(link);
      }
    }

    @Override
    public void visit(Image image) {
      visitChildren(image);
      replaceByContent(image);
    }

    private static void replaceByContent(Node node) {
      List<Node> content = new ArrayList<>();
      for (Node child = node.getFirstChild(); child != null; child = child.getNext()) {
        content.add(child);
      }
      content.forEach(node::insertBefore);
      node.unlink();
    }
  }
}
