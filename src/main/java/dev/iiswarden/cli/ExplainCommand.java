package dev.iiswarden.cli;

import dev.iiswarden.cli.print.ExplanationPrinter;
import dev.iiswarden.cli.print.Printable;
import dev.iiswarden.decode.Decoded;
import dev.iiswarden.decode.EventDecoder;
import dev.iiswarden.read.LogReader;
import dev.iiswarden.read.LogRecord;
import dev.iiswarden.report.ExplanationPage;
import dev.iiswarden.rules.Rule;
import dev.iiswarden.rules.Rules;
import dev.iiswarden.rules.RulesException;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Shows how lines of a log were decoded, and why rules fire on them or do not. */
@Command(
    name = "explain",
    description = {
      "Shows which conditions of which rules the lines of a log meet.",
      "",
      "For each line it shows the recognised shape, the decoded fact, and each rule with its"
          + " conditions, marked as follows:",
      "",
      "  met   the fact meets the condition",
      "  NOT   the fact does not meet it; its own value is below",
      "  if    the condition compares the fact with another fact",
      "  FAIL  the condition threw an exception",
      "  and   what else the rule requires",
      "",
      "Rules that join facts also show the stages that the lines before have opened, each with the"
          + " conditions that compare it with the fact:",
      "",
      "  open  a stage that waits on this host; or the fact opens it",
      "  past  a stage that has expired, was completed or was replaced",
      "  host  a stage that waits on another host only",
      "  none  no stage has been opened",
      "  as    the fact that another rule made from this one"
    },
    exitCodeList = {
      "0:all requested lines were explained",
      "1:the log could not be read, or has no such line or record",
      "2:wrong use, or rules that cannot be loaded"
    })
final class ExplainCommand implements Callable<Integer> {

  @Mixin private DetectionOptions detection = new DetectionOptions();

  @Option(
      names = "--line",
      split = ",",
      paramLabel = "N",
      description = "Lines to explain, counted from 1; records in an EVTX file (default: all).")
  private List<Long> wanted = List.of();

  @Option(
      names = "--rule",
      split = ",",
      paramLabel = "ID",
      description = "Ids of the rules to evaluate (default: all).")
  private List<String> ruleIds = List.of();

  @Option(
      names = "--report",
      paramLabel = "FILE",
      description =
          "Write an HTML page for a browser instead of printing: one file that needs no network.")
  private @Nullable Path reportTo;

  @Parameters(paramLabel = "FILE|-", description = "Event log, plain or .gz; - for standard input.")
  private String input = "";

  @Override
  public Integer call() {
    PrintStream out =
        new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
    PrintStream errors =
        new PrintStream(new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8);
    String name = input.equals("-") ? "standard input" : input;
    EventDecoder decoder = detection.decoder();
    try {
      Rules rules = detection.loadRules();
      for (String id : ruleIds) {
        if (rules.all().stream().noneMatch(rule -> rule.id().equals(id))) {
          errors.println(
              "--rule: unknown rule " + Printable.of(id) + "; the rules are " + ids(rules));
          return ExitCode.WRONG_USE;
        }
      }
      String refusal = reportTo == null ? null : ReportFile.refusal(reportTo);
      if (refusal != null) {
        errors.println(Printable.of("--report: cannot write " + reportTo + ": " + refusal));
        return ExitCode.WRONG_USE;
      }
      SortedSet<Long> missing = new TreeSet<>(wanted);
      try (LogReader log = LogReader.of(name, open())) {
        if (reportTo == null) {
          ExplainedLog explained = new ExplainedLog(rules);
          explain(log, decoder, missing, explained::add, explained::addUnwanted);
          explained.print(new ExplanationPrinter(rules, ruleIds, out));
        } else {
          ExplanationPage page = new ExplanationPage(rules, ruleIds, detection.guides());
          explain(log, decoder, missing, page::add, decoded -> {});
          page.write(reportTo, Main.version(), name);
          errors.println("Page written to " + Printable.of(FileNames.name(reportTo)));
        }
        String place = log.hasLines() ? " has no event on line " : " has no record ";
        missing.forEach(line -> errors.println(Printable.of(name) + place + line));
      }
      return missing.isEmpty() && !out.checkError() ? ExitCode.DONE : ExitCode.FAILED;
    } catch (InvalidPathException e) {
      errors.println(Printable.of(LogFiles.unnameable(name)));
      return ExitCode.FAILED;
    } catch (RulesException e) {
      errors.println(e.getMessage());
      return ExitCode.WRONG_USE;
    } catch (IOException e) {
      errors.println(Printable.of(name + ": cannot be read: " + LogFiles.describe(e)));
      return ExitCode.FAILED;
    }
  }

  private static String ids(Rules rules) {
    return rules.all().stream().map(Rule::id).sorted().collect(Collectors.joining(", "));
  }

  private InputStream open() throws IOException {
    if (input.equals("-")) {
      return System.in;
    }
    Path file = FileNames.path(input);
    if (Files.notExists(file)) {
      throw new NoSuchFileException(input);
    }
    if (Files.isDirectory(file)) {
      throw new IOException("it is a directory; name one log in it");
    }
    return LogSource.open(file);
  }

  private void explain(
      LogReader log,
      EventDecoder decoder,
      SortedSet<Long> missing,
      BiConsumer<String, Decoded> explanation,
      Consumer<Decoded> rest)
      throws IOException {
    long last = wanted.isEmpty() ? Long.MAX_VALUE : Collections.max(wanted);
    for (LogRecord record = log.next(); record != null; record = log.next()) {
      // A record may span many lines; any of them selects it.
      SortedSet<Long> lines = missing.subSet(record.line(), log.linesRead() + 1);
      if (wanted.isEmpty() || !lines.isEmpty()) {
        lines.clear();
        explain(record.toString(), decoder.decode(record).records(), explanation);
      } else {
        decoder.decode(record).records().forEach(rest);
      }
      if (log.linesRead() >= last) {
        return;
      }
    }
  }

  private static void explain(
      String where, List<Decoded> records, BiConsumer<String, Decoded> explanation) {
    for (int i = 0; i < records.size(); i++) {
      String number =
          records.size() == 1 ? "" : " (record " + (i + 1) + " of " + records.size() + ")";
      explanation.accept(where + number, records.get(i));
    }
  }
}
