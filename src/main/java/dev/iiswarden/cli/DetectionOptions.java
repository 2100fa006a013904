package dev.iiswarden.cli;

import dev.iiswarden.decode.EventDecoder;
import dev.iiswarden.decode.EventDecoders;
import dev.iiswarden.decode.Shape;
import dev.iiswarden.rules.Rules;
import dev.iiswarden.rules.RulesDirectory;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** The options of all commands that read events and evaluate rules on them. */
final class DetectionOptions {
  @SuppressWarnings("NullAway.Init")
  @Spec(Spec.Target.MIXEE)
  private CommandSpec command;

  @Option(
      names = "--shape",
      paramLabel = "NAME",
      defaultValue = "auto",
      completionCandidates = Shapes.class,
      description =
          "Shape of the events: ${COMPLETION-CANDIDATES}, or auto to recognise it for each event"
              + " (default: ${DEFAULT-VALUE}).")
  private String shape = "auto";

  @Option(
      names = "--zone",
      paramLabel = "ZONE",
      converter = ZoneConverter.class,
      description =
          "Time zone of times that do not name theirs, such as Europe/Berlin: in Splunk's classic"
              + " text, Snare and some exports. Without it, only Sysmon events have a time there.")
  private @Nullable ZoneId zone;

  @Option(
      names = "--rules",
      paramLabel = "DIR",
      description = "Use the .drl files of this directory instead of the bundled rules.")
  private @Nullable Path rules;

  @Option(
      names = "--trust-rules",
      description =
          "Let the rules of --rules do whatever this program may do. Use it only for rules from"
              + " people whose programs you would run.")
  private boolean trustRules;

  @Option(
      names = "--rules-key",
      paramLabel = "FILE",
      description =
          "Accept the rules of --rules only if they are signed with the private key for this public"
              + " key or certificate (PEM). SHA256SUMS lists the rules, and SHA256SUMS.sig is its"
              + " signature.")
  private @Nullable Path rulesKey;

  @Option(
      names = "--base-query",
      description = "Use only the two rules of the Elastic query for T1505.004.")
  private boolean baseQuery;

  DetectionOptions() {}

  EventDecoder decoder() {
    if (zone != null) {
      if (!shape.equals("auto")
          && !shape.equals(Shape.SPLUNK.label())
          && !shape.equals(Shape.COLLECTOR.label())) {
        throw new ParameterException(
            command.commandLine(),
            "--zone applies only to Splunk's text and to collectors: use --shape splunk, collector"
                + " or auto");
      }
      return EventDecoders.auto(zone);
    }
    try {
      return EventDecoders.named(shape);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(command.commandLine(), "--shape: " + e.getMessage());
    }
  }

  Rules loadRules() {
    if (baseQuery && rules != null) {
      throw new ParameterException(
          command.commandLine(), "--base-query uses bundled rules: remove --base-query or --rules");
    }
    if (rules == null && (rulesKey != null || trustRules)) {
      throw new ParameterException(
          command.commandLine(), "--rules-key and --trust-rules require --rules DIR");
    }
    if (baseQuery) {
      return Rules.baseQuery();
    }
    if (rules == null) {
      return Rules.bundled();
    }
    return rulesDirectory().compile();
  }

  /** Whether the rules are the bundled ones, all of them. */
  boolean areRulesBundled() {
    return rules == null && !baseQuery;
  }

  /** The directories that may hold the rules' guides: {@code --rules} and its parent. */
  List<Path> guides() {
    return rules == null ? List.of() : List.of(rules, rules.resolve(".."));
  }

  /** The directory that {@code --rules} names. */
  RulesDirectory rulesDirectory() {
    if (rules == null) {
      throw new ParameterException(command.commandLine(), "--watch-rules requires --rules DIR");
    }
    RulesDirectory directory = RulesDirectory.at(rules);
    directory = rulesKey == null ? directory : directory.signedBy(rulesKey);
    return trustRules ? directory.trusted() : directory;
  }

  /** Reports an invalid zone in plain words, with an example. */
  static final class ZoneConverter implements ITypeConverter<ZoneId> {
    @Override
    public ZoneId convert(String value) {
      try {
        return ZoneId.of(value);
      } catch (DateTimeException e) {
        throw new TypeConversionException(
            "'" + value + "' is not a time zone; use one such as Europe/Berlin or UTC");
      }
    }
  }

  /** The names of all shapes, for the help. */
  static final class Shapes extends ArrayList<String> {
    private static final long serialVersionUID = 1;

    Shapes() {
      for (Shape shape : Shape.values()) {
        add(shape.label());
      }
    }
  }
}
