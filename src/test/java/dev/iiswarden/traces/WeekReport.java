package dev.iiswarden.traces;

import dev.iiswarden.rules.Rules;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * Prints what the rules raise on generated weeks, a line for each seed: on the quiet week the
 * alerts and incidents of the worst server and the high incidents of all, and the same of the week
 * with an intrusion. Then it prints what caused the alerts of the quiet weeks.
 *
 * <pre>
 *   java -cp ... dev.iiswarden.traces.WeekReport [--rules DIR] [--seeds N] [--from SEED]
 *   java -cp ... dev.iiswarden.traces.WeekReport --write DIR --from SEED
 * </pre>
 *
 * <p>{@code --write} writes both weeks of one seed as files for the command {@code replay}.
 */
final class WeekReport {
  private static final int DEFAULT_SEEDS = 100;

  private WeekReport() {}

  /** Prints the report; see the class. */
  public static void main(String[] args) throws IOException {
    Rules rules = null;
    long from = 0;
    int seeds = DEFAULT_SEEDS;
    Path directory = null;
    for (int i = 0; i + 1 < args.length; i += 2) {
      String value = args[i + 1];
      switch (args[i]) {
        case "--rules" -> rules = Rules.fromDirectory(Path.of(value));
        case "--from" -> from = Long.parseLong(value);
        case "--seeds" -> seeds = Integer.parseInt(value);
        case "--write" -> directory = Path.of(value);
        default -> throw new IllegalArgumentException("unknown option " + args[i]);
      }
    }
    if (directory != null) {
      write(directory, from);
      return;
    }
    System.out.println(WeekResult.HEADING);
    List<WeekResult> results = new ArrayList<>();
    for (long seed = from; seed < from + seeds; seed++) {
      WeekResult result = WeekResult.of(rules == null ? Rules.bundled() : rules, seed);
      System.out.println(result.line());
      results.add(result);
    }
    summary(results, System.out);
    causes(results, System.out);
  }

  private static void write(Path directory, long seed) throws IOException {
    Files.createDirectories(directory);
    AdministrationWeek week = AdministrationWeek.of(seed);
    Files.write(directory.resolve("week-" + seed + ".ndjson"), week.quiet());
    Files.write(directory.resolve("week-" + seed + "-intrusion.ndjson"), week.intruded());
  }

  /** Prints the worst of all weeks beside the limits. */
  static void summary(List<WeekResult> results, PrintStream out) {
    long missed = results.stream().filter(result -> !result.needleFound()).count();
    long alone = results.stream().filter(WeekResult::needleAlone).count();
    long quiet = results.stream().filter(WeekResult::isQuiet).count();
    int alerts = results.stream().mapToInt(WeekResult::mostAlerts).max().orElse(0);
    int incidents = results.stream().mapToInt(WeekResult::mostIncidents).max().orElse(0);
    out.printf(
        Locale.ROOT,
        "%d weeks: at most %d alerts (limit %d) and %d incidents (limit %d) on a server;%n"
            + "%d without a high incident, the intrusion missed in %d, and the"
            + " only high incident in %d%n",
        results.size(),
        alerts,
        Limits.GENERATED_ALERTS,
        incidents,
        Limits.GENERATED_INCIDENTS,
        quiet,
        missed,
        alone);
  }

  /** Prints how many alerts of the quiet weeks each rule raised, and what caused them. */
  static void causes(List<WeekResult> results, PrintStream out) {
    Map<String, Long> causes = new TreeMap<>();
    results.forEach(
        result -> result.causes().forEach((cause, count) -> causes.merge(cause, count, Long::sum)));
    causes.entrySet().stream()
        .sorted(Map.Entry.<String, Long>comparingByValue(Comparator.reverseOrder()))
        .forEach(cause -> out.printf(Locale.ROOT, "%8d  %s%n", cause.getValue(), cause.getKey()));
  }
}
