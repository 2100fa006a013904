package dev.iiswarden.cli;

import dev.iiswarden.decode.EventDecoder;
import dev.iiswarden.decode.EventDecoders;
import dev.iiswarden.decode.Shape;
import dev.iiswarden.rules.Rules;
import dev.iiswarden.rules.RulesDirectory;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** The options of all commands that read events and hold them against rules. */
final class DetectionOptions {
  @Spec(Spec.Target.MIXEE)
  private CommandSpec command = CommandSpec.create();

  @Option(
      names = "--shape",
      paramLabel = "NAME",
      defaultValue = "auto",
      description =
          "Shape of the events: ecs, winlogbeat, winlogbeat-6, flat, evtx-dump, azure, xml, splunk,"
              + " or auto for each by itself (default: ${DEFAULT-VALUE}).")
  private String shape = "auto";

  @Option(
      names = "--zone",
      paramLabel = "ZONE",
      converter = ZoneConverter.class,
      description =
          "Local time of the machine that collected Splunk's classic text, such as Europe/Berlin:"
              + " without it only Sysmon's events of that shape have a time.")
  private @Nullable ZoneId zone;

  @Option(
      names = "--rules",
      paramLabel = "DIR",
      description = "Rules to use in place of the bundled ones: the .drl files of this directory.")
  private @Nullable Path rules;

  @Option(
      names = "--trust-rules",
      description =
          "Let the rules of --rules do whatever this program may: for rules from whom you would"
              + " take a program.")
  private boolean trustRules;

  @Option(
      names = "--rules-key",
      paramLabel = "FILE",
      description =
          "Take the rules of --rules only if they are signed with the private key to this public key"
              + " or certificate (PEM): SHA256SUMS lists them, SHA256SUMS.sig is its signature.")
  private @Nullable Path rulesKey;

  @Option(
      names = "--base-query",
      description = "Use only the two rules of the Elastic query for T1505.004.")
  private boolean baseQuery;

  DetectionOptions() {}

  EventDecoder decoder() {
    if (zone != null) {
      if (!shape.equals("auto") && !shape.equals(Shape.SPLUNK.label())) {
        throw new ParameterException(command.commandLine(), "--zone is for Splunk's text only");
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
          command.commandLine(), "--base-query is of the bundled rules: leave out --rules");
    }
    if (rules == null && (rulesKey != null || trustRules)) {
      throw new ParameterException(
          command.commandLine(), "--rules-key and --trust-rules are about --rules");
    }
    if (baseQuery) {
      return Rules.baseQuery();
    }
    if (rules == null) {
      return Rules.bundled();
    }
    return rulesDirectory().compile();
  }

  /** Where guides may lie that rules name: beside or above those of {@code --rules}. */
  List<Path> guides() {
    return rules == null ? List.of() : List.of(rules, rules.resolve(".."));
  }

  /** Where {@code --rules} is. */
  RulesDirectory rulesDirectory() {
    if (rules == null) {
      throw new ParameterException(
          command.commandLine(), "--watch-rules is about --rules: say where they are");
    }
    RulesDirectory directory = RulesDirectory.at(rules);
    directory = rulesKey == null ? directory : directory.signedBy(rulesKey);
    return trustRules ? directory.trusted() : directory;
  }

  /** Says in our words what a zone looks like. */
  static final class ZoneConverter implements ITypeConverter<ZoneId> {
    @Override
    public ZoneId convert(String value) {
      try {
        return ZoneId.of(value);
      } catch (DateTimeException e) {
        throw new TypeConversionException(
            "'" + value + "' is no time zone such as Europe/Berlin or UTC");
      }
    }
  }
}
