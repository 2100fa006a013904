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
 * @param page the page that contains the block
 * @param line the block's line in the page
 * @param language the block's language; empty for an indented block
 * @param text the block's text
 * @param output the output shown after the block; empty if there is none
 */
public record PageBlock(Path page, int line, String language, String text, String output) {

  /** All blocks of all pages except the rule guides. */
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

  /** Whether the block is for a shell. */
  public boolean isCommands() {
    return language.equals("sh") || (language.isEmpty() && text.matches("(?s)(java|mvn) .*"));
  }

  /** Whether the block contains only Maven commands. */
  public boolean isBuild() {
    return isCommands()
        && text.lines().allMatch(line -> line.startsWith("mvn ") && !line.contains("&&"));
  }

  /** Whether the block is a list of options, not a command. */
  public boolean isSynopsis() {
    return isCommands() && text.contains("[--");
  }

  @Override
  public String toString() {
    return page + ":" + line + " " + text.lines().findFirst().orElse("");
  }
}
