package dev.iiswarden.cli;

import dev.iiswarden.testing.Readme;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Which blocks of the pages are read by tests, as the sources of the tests say. */
final class BlocksInPages {
  private static final Pattern PAGE =
      Pattern.compile("Path (\\w+)\\s*=\\s*Path\\.of\\(\"docs\", \"([^\"]+)\"\\)");
  private static final String ARGUMENT = "(?:(\\w+|Path\\.of\\(\"docs\", \"[^\"]+\"\\)),\\s*)?";
  private static final Pattern BLOCK =
      Pattern.compile(
          "Readme\\s*\\.block\\(\\s*"
              + ARGUMENT
              + "\"(\\w+)\",\\s*\"((?:[^\"\\\\]|\\\\.)+)\"\\s*\\)");
  private static final Pattern BLOCKS =
      Pattern.compile("Readme\\s*\\.blocks\\(\\s*([A-Z]+),\\s*\"(\\w+)\"\\s*\\)");

  private BlocksInPages() {}

  /** The texts of all blocks that some test asks for by their words. */
  static Set<String> readByTests() {
    Set<String> texts = new HashSet<>();
    try (Stream<Path> sources = Files.walk(Path.of("src", "test", "java"))) {
      for (Path source : sources.filter(path -> path.toString().endsWith(".java")).toList()) {
        read(Files.readString(source), texts);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return texts;
  }

  private static void read(String source, Set<String> texts) {
    Matcher block = BLOCK.matcher(source);
    while (block.find()) {
      String words = block.group(3).translateEscapes();
      texts.add(
          block.group(1) == null
              ? Readme.block(block.group(2), words)
              : Readme.block(page(block.group(1), source), block.group(2), words));
    }
    Matcher blocks = BLOCKS.matcher(source);
    while (blocks.find()) {
      texts.addAll(Readme.blocks(page(blocks.group(1), source), blocks.group(2)));
    }
  }

  private static Path page(String argument, String source) {
    Matcher named = PAGE.matcher(source);
    while (named.find()) {
      if (named.group(1).equals(argument)) {
        return Path.of("docs", named.group(2));
      }
    }
    List<String> parts = List.of(argument.split("\"", -1));
    if (parts.size() < 5) {
      throw new IllegalStateException("which page is " + argument + "?");
    }
    return Path.of(parts.get(1), parts.get(3));
  }
}
