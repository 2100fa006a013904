package dev.iiswarden.cli;

import static dev.iiswarden.cli.Program.iiswarden;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.ArgSpec;

/** What {@code --help} prints. */
class HelpTest {
  private static final int COLUMNS = 80;

  /** The commands in what {@code --help} printed, each with its description, however wrapped. */
  private static Map<String, String> listed(String help) {
    Map<String, String> listed = new TreeMap<>();
    String name = "";
    List<String> lines =
        help.lines()
            .dropWhile(line -> !line.equals("Commands:"))
            .skip(1)
            .takeWhile(line -> !line.isEmpty())
            .toList();
    for (String line : lines) {
      String text = line.strip();
      if (line.matches(" {2}\\S.*")) {
        String[] parts = text.split(" +", 2);
        name = parts[0];
        text = parts[1];
      }
      listed.merge(name, text, (before, more) -> before + " " + more);
    }
    return listed;
  }

  /** The first paragraph of a command's own description. */
  private static String firstParagraph(CommandLine command) {
    return Stream.of(command.getCommandSpec().usageMessage().description())
        .takeWhile(line -> !line.isEmpty())
        .collect(Collectors.joining(" "));
  }

  @Test
  void everyCommandIsDescribedByOneWholeSentence() throws Exception {
    String help = iiswarden("--help").run().with(0).out();
    Map<String, String> expected = new TreeMap<>();
    Commands.parser()
        .getSubcommands()
        .forEach((name, command) -> expected.put(name, firstParagraph(command)));

    assertEquals(expected, listed(help), "a description is cut");
    expected.forEach(
        (name, text) -> assertTrue(text.matches("[A-Z][^.]*\\."), () -> name + ": " + text));
    assertEquals(
        List.of(), help.lines().filter(line -> line.length() > COLUMNS).toList(), "too long");
  }

  static List<CommandLine> commands() {
    return List.copyOf(Commands.parser().getSubcommands().values());
  }

  @ParameterizedTest
  @MethodSource("commands")
  void everyOptionIsDescribedInWholeSentences(CommandLine command) {
    for (ArgSpec argument : command.getCommandSpec().args()) {
      for (String text : argument.description()) {
        assertTrue(text.matches("(?s)[A-Z].*\\."), () -> argument + ": " + text);
      }
    }
    assertEquals(
        List.of(),
        command.getUsageMessage(Ansi.OFF).lines().filter(line -> line.length() > COLUMNS).toList(),
        "too long");
  }
}
