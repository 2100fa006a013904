package dev.iiswarden.cli;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.iiswarden.cli.print.RuleTerm;
import dev.iiswarden.cli.print.Utf8;
import dev.iiswarden.drl.NearestName;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Lists what rules can name. The list is generated from the javadoc, as docs/functions.md is. */
@Command(
    name = "functions",
    description = {
      "Lists the facts, fields and functions that rules can use.",
      "",
      "For each it shows its type or parameters, what it means, and an example."
    },
    exitCodeList = {
      "0:the list was printed",
      "1:the list could not be read",
      "2:wrong use, or nothing contains WORD"
    })
final class FunctionsCommand implements Callable<Integer> {
  private static final String TERMS = "functions.json";

  @SuppressWarnings("NullAway.Init")
  @Spec
  private CommandSpec command;

  @Parameters(
      arity = "0..1",
      paramLabel = "WORD",
      description =
          "List only those whose name or description contains this word, in any letter case.")
  private @Nullable String word;

  @Override
  public Integer call() throws IOException {
    List<RuleTerm> all = terms();
    String wanted = word == null ? "" : word;
    List<RuleTerm> found = all.stream().filter(term -> term.isAbout(wanted)).toList();
    if (found.isEmpty()) {
      throw new ParameterException(
          command.commandLine(),
          "no fact, field or function contains '"
              + wanted
              + "'"
              + NearestName.ask(wanted, words(all)));
    }
    RuleTerm.print(found, Utf8.out());
    return ExitCode.DONE;
  }

  private static List<RuleTerm> terms() throws IOException {
    try (InputStream in = FunctionsCommand.class.getResourceAsStream(TERMS)) {
      if (in == null) {
        throw new FileNotFoundException(TERMS);
      }
      return new ObjectMapper().readValue(in, new TypeReference<List<RuleTerm>>() {});
    }
  }

  /** All names, and the last parts of those that have several. */
  private static Set<String> words(List<RuleTerm> terms) {
    Set<String> words = new LinkedHashSet<>();
    for (RuleTerm term : terms) {
      words.add(term.name());
      words.add(term.name().substring(term.name().lastIndexOf('.') + 1));
    }
    return words;
  }
}
