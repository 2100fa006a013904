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
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
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
      "2:wrong use, or rules that cannot be loaded",
      "130:interrupted by Ctrl-C (SIGINT); what was read is evaluated and written, and a second"
          + " one ends it at once",
      "141:the reader of standard output, such as head, has gone away",
      "143:interrupted by SIGTERM, as by Ctrl-C"
    })
final class ReplayCommand implements Callable<Integer> {
  private static final Duration LONGEST_SILENCE = Duration.ofHours(1);
  private static final Path STANDARD_STREAM = Path.of("-");

  @SuppressWarnings("NullAway.Init")
  @Spec
  private CommandSpec spec;

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
      names = "--threads",
      paramLabel = "N",
      description =
          "Number of threads that read and decode (default: the number of processors). Alerts are"
              + " the same with any number.")
  private @Nullable Integer threads;

  @Option(
      names = "--quiet",
      description =
          "Print only problems: no progress, no summary and, without --format, no alerts.")
  private boolean quiet;

  @Parameters(
      arity = "1..*",
      paramLabel = "FILE|DIR|-",
      description = {
        "Event logs, plain or .gz; - for standard input: EVTX, JSON, XML, CSV or text, see"
            + " docs/shapes.md. A file may mix them.",
        "For a directory, all .ndjson, .jsonl, .json, .log, .xml, .csv and .evtx files in it and below"
            + " it."
      })
  private List<String> inputs;

  /** For picocli. */
  ReplayCommand() {
    this(List.of());
  }

  /** Creates a command without options. */
  ReplayCommand(List<String> inputs) {
    this.inputs = inputs;
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    StatusLine status = new StatusLine(Utf8.err());
    StandardOutput output = new StandardOutput();
    OutputStream out = status.above(output);
    PrintStream errors = Utf8.to(status.above(new FileOutputStream(FileDescriptor.err)));
    Terminal terminal = Terminal.find();
    try {
      LogFiles logs = LogFiles.find(inputs, detection.decoder(), threads(), errors);
      if (watchRules) {
        // Reports a missing --rules before anything is opened or read.
        detection.rulesDirectory();
      }
      Rules rules = detection.loadRules();
      DetectorBuilder builder = Detector.builder().rules(rules);
      ReportFile report = report(rules);
      List<AlertSink> sinks = new ArrayList<>();
      List<AlertSink> suppressedSinks = new ArrayList<>();
      if (report != null) {
        sinks.add(report);
      }
      alerting.setLateness(builder::lateness);
      alerting.setAllowlist(builder::allowlist);
      alerting.setRepeats(builder::suppressRepeats, detection.areRulesBundled());
      // The logs report what was lost, by file.
      builder.onMalformed(unused -> {});
      if (format != null || !quiet) {
        sinks.add(printer(out, terminal));
      }
      try (JsonLinesSink file = open("--alerts", alerts);
          JsonLinesSink audit = open("--suppressed", suppressed)) {
        if (file != null) {
          sinks.add(file);
        }
        if (audit != null) {
          suppressedSinks.add(audit);
        }
        AlertsInOrder order = new AlertsInOrder(span(logs), sinks, suppressedSinks);
        builder.sink(order);
        if (audit != null) {
          builder.suppressedSink(order);
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
        Interruption interruption = Interruption.bySignal();
        int result =
            replay(
                logs,
                detector,
                order,
                report,
                progress,
                interruption,
                output,
                Utf8.to(out),
                errors);
        return report == null || write(report, detector, logs, interruption, errors)
            ? result
            : ExitCode.FAILED;
      }
    } catch (RulesException | AllowlistException e) {
      errors.println(e.getMessage());
      return ExitCode.WRONG_USE;
    }
  }

  private int threads() {
    if (threads == null) {
      return Runtime.getRuntime().availableProcessors();
    }
    if (threads < 1) {
      throw new ParameterException(
          spec.commandLine(),
          "--threads: " + threads + " is not a number of threads; use 1 or more");
    }
    return threads;
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

  /**
   * Returns how long an alert is held for earlier ones of other hosts. Files cost nobody time, so
   * there a host may also fall silent for a while; whoever watches a live feed does not wait.
   */
  private Duration span(LogFiles logs) {
    return logs.readsStandardInput()
        ? alerting.lateness()
        : alerting.lateness().plus(LONGEST_SILENCE);
  }

  private Integer replay(
      LogFiles logs,
      Detector detector,
      AlertsInOrder order,
      @Nullable ReportFile report,
      @Nullable Progress progress,
      Interruption interruption,
      StandardOutput output,
      PrintStream people,
      PrintStream errors)
      throws InterruptedException {
    // A run whose only output is standard output has nothing left to do without its reader.
    boolean onlyPrints = report == null && alerts == null && suppressed == null;
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
    try (progress) {
      try {
        interruption.read(
            () ->
                logs.forEach(
                    decoded -> {
                      interruption.check();
                      if (onlyPrints && output.readerIsGone()) {
                        interruption.request();
                        return;
                      }
                      decoded.events().forEach(event -> order.saw(event.getTimestamp()));
                      if (report != null) {
                        report.saw(decoded, logs.current(), detector);
                      }
                      detector.accept(decoded);
                      if (progress != null) {
                        progress.update();
                      }
                    }));
      } finally {
        detector.close();
        order.close();
      }
    } catch (UndeliveredAlertsException e) {
      errors.println("Alerts that could not be written: " + e.alerts().size());
      errors.println("Reason: " + reason(e));
      errors.println("They follow, so that none is lost:");
      e.alerts().forEach(alert -> errors.println(alert.toJson()));
      delivered = false;
    }
    int signal = interruption.exitCode();
    if (signal != 0) {
      errors.println(
          String.format(Locale.ROOT, "interrupted after %,d events", detector.counters().events()));
    }
    if (!quiet && !output.readerIsGone()) {
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
    if (signal != 0) {
      return signal;
    }
    if (logs.failed() || !delivered) {
      return ExitCode.FAILED;
    }
    return output.readerIsGone() ? ExitCode.READER_GONE : ExitCode.DONE;
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

  private boolean write(
      ReportFile report,
      Detector detector,
      LogFiles logs,
      Interruption interruption,
      PrintStream errors) {
    try {
      report.write(inputs, detector, logs, interruption.exitCode() != 0);
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
