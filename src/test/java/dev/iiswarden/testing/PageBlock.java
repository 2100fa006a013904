package dev.iiswarden.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.commonmark.node.AbstractVisitor;
import org.commonmark.node.FencedCodeBlock;
import org.commonmark.node.IndentedCodeBlock;
import org.commonmark.node.Node;
import org.commonmark.parser.IncludeSourceSpans;
import org.commonmark.parser.Parser;

/**
 * A block of code in the README or a page of {@code docs}.
 *
 * @param page where it stands
 * @param line in which line of the page
 * @param language what it says it is; empty for one that is indented
 * @param text the block
 * @param output what is shown next as the output of it; empty if nothing is
 */
public record PageBlock(Path page, int line, String language, String text, String output) {

  /** All blocks of all pages, but of the guides to the rules. */
  public static List<PageBlock> all() {
    List<PageBlock> blocks = new ArrayList<>();
    Readme.pages().forEach(page -> read(page, blocks));
    return blocks;
  }

  private static void read(Path page, List<PageBlock> blocks) {
    Parser parser = Parser.builder().includeSourceSpans(IncludeSourceSpans.BLOCKS).build();
    try {
      parser
          .parse(Files.readString(page))
          .accept(
              new AbstractVisitor() {
                @Override
                public void visit(FencedCodeBlock block) {
                  blocks.add(block(page, block, block.getInfo(), block.getLiteral()));
                }

                @Override
                public void visit(IndentedCodeBlock block) {
                  blocks.add(block(page, block, "", block.getLiteral()));
                }
              });
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static PageBlock block(Path page, Node node, String language, String text) {
    String output =
        node.getNext() instanceof FencedCodeBlock next && next.getInfo().equals("text")
            ? next.getLiteral()
            : "";
    int line = node.getSourceSpans().get(0).getLineIndex() + 1;
    return new PageBlock(page, line, language, text, output);
  }

  /** Whether it is for a shell. */
  public boolean isCommands() {
    return language.equals("sh") || (language.isEmpty() && text.matches("(?s)(java|mvn) .*"));
  }

  /** Whether there is nothing but Maven in it. */
  public boolean isBuild() {
    return isCommands()
        && text.lines().allMatch(line -> line.startsWith("mvn ") && !line.contains("&&"));
  }

  /** Whether it is a list of options and no command. */
  public boolean isSynopsis() {
    return isCommands() && text.contains("[--");
  }

  @Override
  public String toString() {
    return page + ":" + line + " " + text.lines().findFirst().orElse("");
  }
}
