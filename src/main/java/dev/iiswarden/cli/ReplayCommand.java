package dev.iiswarden.cli;

import dev.iiswarden.Detector;
import dev.iiswarden.DetectorBuilder;
import dev.iiswarden.RulesWatch;
import dev.iiswarden.alert.AlertSink;
import dev.iiswarden.alert.AllowlistException;
import dev.iiswarden.alert.UndeliveredAlertsException;
import dev.iiswarden.cli.print.AlertCards;
import dev.iiswarden.cli.print.AlertJson;
import dev.iiswarden.cli.print.AlertLines;
import dev.iiswarden.cli.print.AlertTable;
import dev.iiswarden.cli.print.OutputFormat;
import dev.iiswarden.cli.print.Printable;
import dev.iiswarden.cli.print.Progress;
import dev.iiswarden.cli.print.RunSummary;
import dev.iiswarden.cli.print.StatusLine;
import dev.iiswarden.cli.print.Terminal;
import dev.iiswarden.cli.print.Utf8;
import dev.iiswarden.rules.Rules;
import dev.iiswarden.rules.RulesException;
import dev.iiswarden.sink.JsonLinesSink;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Runs event logs through the rules. */
@Command(
    name = "replay",
    description = {
      "Runs event logs through the rules and prints the alerts.",
      "",
      "It reads several files side by side, in the order of their events' times."
    },
    exitCodeList = {
      "0:everything was read, with or without alerts",
      "1:an input could not be read to its end, or none of its records was recognised; or alerts or"
          + " the report could not be written",
      "2:wrong use, or rules that cannot be loaded"
    })
final class ReplayCommand implements Callable<Integer> {
  private static final Path STANDARD_STREAM = Path.of("-");

  @Spec private CommandSpec spec = CommandSpec.create();

  @Mixin private DetectionOptions detection = new DetectionOptions();

  @Mixin private AlertOptions alerting = new AlertOptions();

  @Option(
      names = "--watch-rules",
      description =
          "Reload --rules when they change while events are read. If they are wrong, the"
              + " previous rules stay in use.")
  private boolean watchRules;

  @Option(
      names = "--format",
      paramLabel = "NAME",
      converter = OutputFormat.Converter.class,
      description =
          "Format of alerts on standard output: cards, table, short (one line each) or json (JSON"
              + " Lines) (default: cards). With the last three, the summary goes to standard"
              + " error.")
  private @Nullable OutputFormat format;

  @Option(
      names = "--alerts",
      paramLabel = "FILE",
      description = "Append alerts to this file as JSON Lines.")
  private @Nullable Path alerts;

  @Option(
      names = "--report",
      paramLabel = "FILE",
      description =
          "Also write the alerts as an HTML page for a browser: one file that needs no network.")
  private @Nullable Path reportTo;

  @Option(
      names = "--suppressed",
      paramLabel = "FILE",
      description = "Append suppressed alerts to this file as JSON Lines.")
  private @Nullable Path suppressed;

  @Option(
      names = "--suppress-repeats",
      paramLabel = "DURATION",
      converter = DurationConverter.class,
      description = "Suppress repeats of an alert for this long after it, such as PT1H.")
  private @Nullable Duration repeats;

  @Option(
      names = "--quiet",
      description =
          "Print only problems: no progress, no summary and, without --format, no alerts.")
  private boolean quiet;

  @Parameters(
      arity = "1..*",
      paramLabel = "FILE|DIR|-",
      description = {
        "Event logs, plain or .gz; - for standard input. JSON is one object per line; XML and"
            + " Splunk's text may span several lines. A file may mix them.",
        "For a directory, all .ndjson, .jsonl, .json, .log and .xml files in it and below it."
      })
  private List<String> inputs = List.of();

  @Override
  public Integer call() throws IOException {
    StatusLine status = new StatusLine(Utf8.err());
    OutputStream out = status.above(new FileOutputStream(FileDescriptor.out));
    PrintStream errors = Utf8.to(status.above(new FileOutputStream(FileDescriptor.err)));
    Terminal terminal = Terminal.find();
    try {
      LogFiles logs = LogFiles.find(inputs, detection.decoder(), errors);
      if (watchRules) {
        // Reports a missing --rules before anything is opened or read.
        detection.rulesDirectory();
      }
      Rules rules = detection.loadRules();
      DetectorBuilder builder = Detector.builder().rules(rules);
      ReportFile report = report(rules);
      if (report != null) {
        builder.sink(report);
      }
      alerting.setLateness(builder::lateness);
      alerting.setAllowlist(builder::allowlist);
      if (repeats != null) {
        alerting.set("--suppress-repeats", builder::suppressRepeats, repeats);
      }
      // The logs report what was lost, by file.
      builder.onMalformed(unused -> {});
      if (format != null || !quiet) {
        builder.sink(printer(out, terminal));
      }
      try (JsonLinesSink file = open("--alerts", alerts);
          JsonLinesSink audit = open("--suppressed", suppressed)) {
        if (file != null) {
          builder.sink(file);
        }
        if (audit != null) {
          builder.suppressedSink(audit);
        }
        Progress progress =
            quiet
                ? null
                : Progress.over(
                    logs.totalBytes(),
                    logs.readsStandardInput(),
                    logs::bytesRead,
                    terminal,
                    status);
        Detector detector = builder.build();
        int result = replay(logs, detector, report, progress, Utf8.to(out), errors);
        return report == null || write(report, detector, logs, errors) ? result : ExitCode.FAILED;
      }
    } catch (RulesException | AllowlistException e) {
      errors.println(e.getMessage());
      return ExitCode.WRONG_USE;
    }
  }

  private AlertSink printer(OutputStream out, Terminal terminal) {
    PrintStream people = Utf8.to(out);
    Ansi colours = Terminal.colours();
    return switch (format == null ? OutputFormat.CARDS : format) {
      case CARDS -> new AlertCards(people, colours, terminal.columns());
      case TABLE -> new AlertTable(people, colours, terminal.columns());
      case SHORT -> new AlertLines(people, colours, terminal.columns());
      case JSON -> new AlertJson(out, alerting.format());
    };
  }

  private Integer replay(
      LogFiles logs,
      Detector detector,
      @Nullable ReportFile report,
      @Nullable Progress progress,
      PrintStream people,
      PrintStream errors) {
    long start = System.nanoTime();
    boolean delivered = true;
    if (watchRules) {
      // It ends when the detector is closed.
      RulesWatch.start(detection.rulesDirectory(), detector);
    }
    if (progress != null) {
      // Log messages go above the bar, too.
      System.setErr(errors);
    }
    try (detector;
        progress) {
      logs.forEach(
          decoded -> {
            if (report != null) {
              report.saw(decoded, logs.current(), detector);
            }
            detector.accept(decoded);
            if (progress != null) {
              progress.update();
            }
          });
    } catch (UndeliveredAlertsException e) {
      errors.println("Alerts that could not be written: " + e.alerts().size());
      errors.println("Reason: " + reason(e));
      errors.println("They follow, so that none is lost:");
      e.alerts().forEach(alert -> errors.println(alert.toJson()));
      delivered = false;
    }
    if (!quiet) {
      // Cards are for people; the other formats may be read by programs and stay free of it.
      boolean isForPeople = format == null || format == OutputFormat.CARDS;
      PrintStream target = isForPeople ? people : errors;
      target.println(RunSummary.of(detector.counters(), System.nanoTime() - start));
    }
    RunSummary.warnings(detector.counters()).forEach(errors::println);
    if (people.checkError()) {
      errors.println("Standard output could not be written completely.");
      return ExitCode.FAILED;
    }
    return logs.failed() || !delivered ? ExitCode.FAILED : ExitCode.DONE;
  }

  private @Nullable ReportFile report(Rules rules) {
    if (reportTo == null) {
      return null;
    }
    String refusal = ReportFile.refusal(reportTo);
    if (refusal != null) {
      throw new ParameterException(
          spec.commandLine(), "--report: cannot write " + reportTo + ": " + refusal);
    }
    return new ReportFile(reportTo, rules, detection.guides());
  }

  private boolean write(ReportFile report, Detector detector, LogFiles logs, PrintStream errors) {
    try {
      report.write(inputs, detector, logs);
      if (!quiet) {
        errors.println("Report written to " + Printable.of(report.toString()));
      }
      return true;
    } catch (IOException e) {
      errors.println(
          Printable.of("--report: cannot write " + report + ": " + LogFiles.describe(e)));
      return false;
    }
  }

  private static @Nullable String reason(UndeliveredAlertsException e) {
    return e.getCause() == null ? e.getMessage() : e.getCause().getMessage();
  }

  private @Nullable JsonLinesSink open(String option, @Nullable Path file) {
    if (file == null) {
      return null;
    }
    if (file.equals(STANDARD_STREAM)) {
      throw new ParameterException(
          spec.commandLine(),
          option
              + " -: name a file"
              + (option.equals("--alerts") ? "; for standard output, use --format json" : ""));
    }
    try {
      return new JsonLinesSink(file, alerting.format());
    } catch (IOException e) {
      throw new ParameterException(
          spec.commandLine(), option + ": cannot open for writing: " + e.getMessage());
    }
  }
}
