package dev.iiswarden.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.iiswarden.examples.Regions;
import dev.iiswarden.testing.PageBlock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * No block of code in the README and the pages goes untested. A command is run by {@link
 * CommandsInPagesTest}, and held to the output that is shown after it; Java is a region of an
 * example; anything else is what some test reads by its words. The queries in the guides to the
 * rules are for other products and not part of this.
 */
class BlocksInPagesTest {
  /** What no test can hold, by its first words; each with why. */
  private static final Map<String, String> OTHERS =
      Map.ofEntries(
          Map.entry("ordinary events as objects, refused", "measured"),
          Map.entry("a DLL appears in an IIS folder", "measured"),
          Map.entry("the gate and the number of rules", "measured"),
          Map.entry("made-up Sysmon lines: 20,000 lines", "measured"),
          Map.entry("made-up Sysmon lines in one log", "measured"),
          Map.entry("from start to end of replay", "measured"),
          Map.entry("compiled and interpreted rules, on ordinary events", "measured"),
          Map.entry("EVTX samples: 16 files", "measured"),
          Map.entry("5,200,000 events of", "measured"),
          Map.entry("[WARNING] Tests run: ", "what a run of all gives"),
          Map.entry("600,000 made-up Sysmon lines", "measured"),
          Map.entry("dev.iiswarden:iiswarden", "put together by hand from dependency:tree"),
          Map.entry("sequence by host.name with maxspan=1h", "EQL, to compare with"));

  private static boolean isTested(PageBlock block, Set<String> known) {
    return block.isCommands()
        || isPicture(block)
        || known.contains(flat(block.text()))
        || OTHERS.keySet().stream().anyMatch(block.text().strip()::startsWith);
  }

  /** Nothing that one could run: boxes and arrows, or the map of the project. */
  private static boolean isPicture(PageBlock block) {
    return block.language().isEmpty()
        && (block.text().contains("──▶") || block.text().startsWith("pom.xml  "));
  }

  /** Without the indentation that a block has within a list. */
  private static String flat(String text) {
    return text.lines().map(String::strip).collect(Collectors.joining("\n")).strip();
  }

  @Test
  void everyBlockIsTested() {
    Set<String> known = new HashSet<>();
    Regions.all().values().forEach(text -> known.add(flat(text)));
    BlocksInPages.readByTests().forEach(text -> known.add(flat(text)));
    List<PageBlock> blocks = PageBlock.all();
    blocks.stream()
        .filter(one -> one.isCommands() && !one.isBuild())
        .forEach(one -> known.add(flat(one.output())));
    List<String> untested = new ArrayList<>();
    for (PageBlock block : blocks) {
      if (!isTested(block, known)) {
        untested.add(block.toString());
      }
    }
    assertEquals(List.of(), untested);
  }

  @Test
  void theMapOfTheProjectHasEveryPackageAndNoOther() throws IOException {
    String map =
        PageBlock.all().stream()
            .map(PageBlock::text)
            .filter(text -> text.startsWith("pom.xml  "))
            .findFirst()
            .orElseThrow();
    Set<String> packages = new TreeSet<>();
    for (String line : map.lines().toList()) {
      String name = line.strip().split(" ", 2)[0];
      if (line.startsWith("    ") && !name.equals("*.java")) {
        packages.add(name.replace("/", ""));
      } else if (!line.startsWith(" ")) {
        assertTrue(Files.exists(Path.of(name)), line);
      }
    }
    Set<String> there = new TreeSet<>();
    try (Stream<Path> folders = Files.list(Path.of("src/main/java/dev/iiswarden"))) {
      folders.filter(Files::isDirectory).forEach(one -> there.add(one.getFileName().toString()));
    }
    assertEquals(there, packages);
  }

  @Test
  void whatIsListedHereIsThere() {
    Map<String, String> left = new TreeMap<>(OTHERS);
    for (PageBlock block : PageBlock.all()) {
      left.keySet().removeIf(words -> block.text().strip().startsWith(words));
    }
    assertEquals(Map.of(), left);
  }
}
