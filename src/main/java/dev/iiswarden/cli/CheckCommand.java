package dev.iiswarden.cli;

import dev.iiswarden.Detector;
import dev.iiswarden.cli.print.Printable;
import dev.iiswarden.cli.print.Utf8;
import dev.iiswarden.decode.Decoded;
import dev.iiswarden.decode.EventDecoders;
import dev.iiswarden.drl.RuleSet;
import dev.iiswarden.rules.Rules;
import dev.iiswarden.rules.RulesDirectory;
import dev.iiswarden.rules.RulesException;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Checks the rules of a directory for mistakes. */
@Command(
    name = "check",
    description = {
      "Compiles a rules directory and reports errors and likely mistakes.",
      "",
      "Rules that can be loaded can still have these problems: missing metadata, facts without a"
          + " condition, joins without a window or a condition that compares the facts, sequences that"
          + " no rule begins or awaits, rules that fire on what they insert, and placeholders of"
          + " new-rule in the rules, their scenarios and their guides."
    },
    exitCodeList = {
      "0:no findings",
      "1:findings, or the sample could not be read",
      "2:wrong use, or rules that cannot be loaded"
    })
final class CheckCommand implements Callable<Integer> {
  private static final int PASSES = 20;

  @Parameters(
      arity = "0..1",
      paramLabel = "DIR",
      defaultValue = "rules-drl",
      description = "Rules directory (default: ${DEFAULT-VALUE}).")
  private Path directory = Path.of("rules-drl");

  @Option(
      names = "--sample",
      paramLabel = "FILE",
      description =
          "Measure what the rules cost on the events of this log, and compare it with the base"
              + " query.")
  private @Nullable String sample;

  private final PrintStream out = Utf8.out();
  private final PrintStream errors = Utf8.err();

  @Override
  public Integer call() {
    try {
      Rules rules = Rules.fromDirectory(directory);
      List<String> findings = new ArrayList<>(RulesDirectory.at(directory).lint());
      findings.addAll(Placeholders.find(directory, rules));
      findings.forEach(finding -> out.println(Printable.of(finding)));
      out.println(
          String.format(
              Locale.ROOT,
              "%,d rules that raise alerts; %,d findings",
              rules.all().size(),
              findings.size()));
      out.println(RuleSet.readable(rules.files()).estimate().inWords());
      if (sample != null) {
        measure(rules, sample);
      }
      return findings.isEmpty() ? ExitCode.DONE : ExitCode.FAILED;
    } catch (RulesException e) {
      errors.println(e.getMessage());
      return ExitCode.WRONG_USE;
    } catch (IOException e) {
      errors.println("--sample: " + Printable.of(String.valueOf(e.getMessage())));
      return ExitCode.FAILED;
    }
  }

  private void measure(Rules rules, String file) throws IOException {
    List<Decoded> records = new ArrayList<>();
    LogFiles logs = LogFiles.find(List.of(file), EventDecoders.auto(), 1, errors);
    logs.forEach(records::add);
    if (records.stream().allMatch(record -> record.outcome().isLoss())) {
      throw new IOException(file + " contains no events");
    }
    List<Long> own = new ArrayList<>();
    List<Long> base = new ArrayList<>();
    for (int pass = 0; pass < PASSES; pass++) {
      base.add(nanos(Rules.baseQuery(), records));
      own.add(nanos(rules, records));
    }
    out.println(
        String.format(
            Locale.ROOT,
            "%,d ns per event of %s; the base query takes %,d ns",
            least(own) / records.size(),
            file,
            least(base) / records.size()));
  }

  private static long nanos(Rules rules, List<Decoded> records) {
    try (Detector detector =
        Detector.builder()
            .rules(rules)
            .lateness(Duration.ZERO)
            .onMalformed(ignored -> {})
            .build()) {
      long start = System.nanoTime();
      records.forEach(detector::accept);
      return System.nanoTime() - start;
    }
  }

  /** The fastest pass: the time that other programs take is not a cost of the rules. */
  private static long least(List<Long> nanos) {
    return nanos.stream().mapToLong(Long::longValue).min().orElseThrow();
  }
}
