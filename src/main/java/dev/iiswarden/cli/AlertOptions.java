package dev.iiswarden.cli;

import dev.iiswarden.DetectorBuilder;
import dev.iiswarden.alert.AlertFormat;
import dev.iiswarden.alert.Allowlist;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The options of all commands that raise alerts. */
final class AlertOptions {
  @Spec(Spec.Target.MIXEE)
  private CommandSpec command = CommandSpec.create();

  @Option(
      names = "--lateness",
      paramLabel = "DURATION",
      converter = DurationConverter.class,
      defaultValue = "35s",
      description =
          "How far an event may trail the newest event of its host and still be put in order,"
              + " such as 15m (default: ${DEFAULT-VALUE}).")
  private Duration lateness = DetectorBuilder.DEFAULT_LATENESS;

  @Option(
      names = "--alert-format",
      paramLabel = "NAME",
      defaultValue = "ecs",
      description = "Schema of JSON alerts: ecs or ocsf (default: ${DEFAULT-VALUE}).")
  private AlertFormat format = AlertFormat.ECS;

  @Option(
      names = "--allowlist",
      paramLabel = "FILE",
      description =
          "Suppress the alerts that this YAML or JSON file describes; see docs/allowlist.md.")
  private @Nullable Path allowlist;

  AlertOptions() {}

  AlertFormat format() {
    return format;
  }

  Duration lateness() {
    return lateness;
  }

  /** Passes the lateness to a builder; a value that the builder rejects is wrong use. */
  void setLateness(Consumer<Duration> builder) {
    set("--lateness", builder, lateness);
  }

  /** Passes the allowlist, if there is one, to a builder. */
  void setAllowlist(Consumer<Allowlist> builder) {
    if (allowlist != null) {
      builder.accept(Allowlist.read(allowlist));
    }
  }

  /** Passes a value to a builder; a value that the builder rejects is wrong use of the option. */
  void set(String option, Consumer<Duration> builder, Duration value) {
    try {
      builder.accept(value);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(command.commandLine(), option + ": " + e.getMessage(), e);
    }
  }
}
