package dev.iiswarden.cli;

import dev.iiswarden.Rules;
import dev.iiswarden.decode.EventDecoder;
import dev.iiswarden.decode.EventDecoders;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The options of all commands that read events and hold them against rules. */
final class DetectionOptions {
  @Spec(Spec.Target.MIXEE)
  private CommandSpec command = CommandSpec.create();

  @Option(
      names = "--format",
      paramLabel = "NAME",
      defaultValue = "auto",
      description = {
        "Shape of the events: ecs, winlogbeat, winlogbeat-6, flat, evtx-dump,",
        "azure, xml, splunk, or auto for each by itself (default: ${DEFAULT-VALUE})."
      })
  private String format = "auto";

  @Option(
      names = "--rules",
      paramLabel = "DIR",
      description = "Rules to use in place of the bundled ones: the .drl files of this directory.")
  private @Nullable Path rules;

  DetectionOptions() {}

  EventDecoder decoder() {
    try {
      return EventDecoders.named(format);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(command.commandLine(), "--format: " + e.getMessage());
    }
  }

  Rules loadRules() {
    return rules == null ? Rules.bundled() : Rules.fromDirectory(rules);
  }
}
