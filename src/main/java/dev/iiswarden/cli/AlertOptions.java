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
  /** A working day of the same deployment or monitoring says the same once. */
  private static final Duration USUAL_REPEATS = Duration.ofDays(1);

  @SuppressWarnings("NullAway.Init")
  @Spec(Spec.Target.MIXEE)
  private CommandSpec command;

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

  @Option(
      names = "--suppress-repeats",
      paramLabel = "DURATION",
      converter = DurationConverter.class,
      description =
          "Suppress repeats of an alert for this long after it, such as 1h; 0s to suppress only what"
              + " rules declare to be repeats (default: 1d with the bundled rules, 0s with"
              + " --base-query, --rules or --rules-topic).")
  private @Nullable Duration repeats;

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

  /**
   * Passes how long repeats are suppressed, if they are, to a builder.
   *
   * @param areBundled whether the bundled rules are used, all of them
   */
  void setRepeats(Consumer<Duration> builder, boolean areBundled) {
    Duration span = repeats == null && areBundled ? USUAL_REPEATS : repeats;
    if (span != null && !span.isZero()) {
      set("--suppress-repeats", builder, span);
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
