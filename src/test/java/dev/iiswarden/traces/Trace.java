package dev.iiswarden.traces;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * A recorded course of events and what the rules must make of it: a row of {@code
 * traces/expected.tsv}.
 *
 * @param name the file below {@code traces/}, without its ending
 * @param least the severity that an alert or an incident must at least reach
 * @param goal the severity that it ought to reach
 * @param mostAlerts how many alerts there may be
 * @param mostHighIncidents how many high incidents there may be
 * @param remark why nothing is expected, or why an administrator's work is a high incident; may be
 *     empty
 */
record Trace(
    String name,
    Severity least,
    Severity goal,
    int mostAlerts,
    int mostHighIncidents,
    String remark) {
  static final String HEADING = "trace\tleast\tgoal\tmost alerts\tmost high incidents\tremark";

  private static final String ANY = "any";
  private static final int COLUMNS = 6;

  /** Reads the table. */
  static List<Trace> all() {
    InputStream table =
        Objects.requireNonNull(Trace.class.getResourceAsStream("/traces/expected.tsv"));
    try (BufferedReader lines =
        new BufferedReader(new InputStreamReader(table, StandardCharsets.UTF_8))) {
      return lines.lines().skip(1).map(Trace::parse).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Trace parse(String row) {
    String[] cells = row.split("\t", -1);
    if (cells.length != COLUMNS) {
      throw new IllegalArgumentException(
          "not " + COLUMNS + " columns but " + cells.length + ": " + row);
    }
    return new Trace(
        cells[0],
        Severity.parse(cells[1]),
        Severity.parse(cells[2]),
        most(cells[3]),
        most(cells[4]),
        cells[5]);
  }

  private static int most(String cell) {
    return cell.equals(ANY) ? Integer.MAX_VALUE : Integer.parseInt(cell);
  }

  private static String tightened(int most, int count) {
    return most == Integer.MAX_VALUE ? ANY : Integer.toString(Math.min(most, count));
  }

  /** The row of the table after a run, with each limit as tight as the run allows. */
  String tightened(Findings findings) {
    return String.join(
        "\t",
        name,
        (isIn("administration") ? least : Severity.max(least, findings.severity())).toString(),
        goal.toString(),
        tightened(mostAlerts, findings.alerts().size()),
        tightened(mostHighIncidents, findings.highIncidents().size()),
        remark);
  }

  /** Whether it is in a folder, such as {@code procedures}. */
  boolean isIn(String folder) {
    return name.startsWith(folder + "/");
  }

  /** Whether a collector can see anything of it. */
  boolean leavesTelemetry() {
    return !Limits.WITHOUT_TELEMETRY.contains(name.replaceAll(".*/(p\\d+).*", "$1"));
  }

  /** Whether it is a whole week, for which other limits hold. */
  boolean isWeek() {
    return name.contains("/week-");
  }

  /** The file that holds the events. */
  Path file() {
    return files().stream()
        .filter(file -> name(file).equals(name))
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("no file for " + name));
  }

  /** The name that the table gives to a file. */
  static String name(Path file) {
    String folder = Objects.requireNonNull(file.getParent()).getFileName().toString();
    return folder + "/" + file.getFileName().toString().replaceAll("\\.(ndjson|xml)(\\.gz)?$", "");
  }

  /** All recorded traces. */
  static List<Path> files() {
    URL table = Objects.requireNonNull(Trace.class.getResource("/traces/expected.tsv"));
    try {
      Path folder = Objects.requireNonNull(Path.of(table.toURI()).getParent());
      try (Stream<Path> files = Files.walk(folder, 2)) {
        return files
            .filter(file -> Files.isRegularFile(file) && !folder.equals(file.getParent()))
            .sorted()
            .toList();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }
}
