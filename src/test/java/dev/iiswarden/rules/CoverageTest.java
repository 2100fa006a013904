package dev.iiswarden.rules;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.iiswarden.alert.Alert;
import dev.iiswarden.decode.Decoded;
import dev.iiswarden.decode.EventDecoders;
import dev.iiswarden.testing.RaisedAlerts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * What the rules detect of each public intrusion and test of this technique. {@code
 * docs/coverage.md} is the result of this test for {@code src/intrusions}.
 */
class CoverageTest {
  private static final Path TRACES = Path.of("src/intrusions");
  private static final Path TABLE = Path.of("docs/coverage.md");
  private static final Path FOUND = Path.of("target/coverage.md");

  private static final List<Trace> ALL =
      List.of(
          new Trace(
              "rgdoor",
              "RGDoor (OilRig): a native module installed through a web shell",
              "what the module does with requests"),
          new Trace(
              "owaauth",
              "OwaAuth (TG-3390): an ISAPI filter on Exchange, copied over the network",
              "the copy itself, because its folder is not an IIS folder; the credentials it records"),
          new Trace(
              "iceapple",
              "IceApple: .NET assemblies loaded from memory",
              "everything: only what ASP.NET compiles is dropped, and no image is loaded"),
          new Trace(
              "iis-raid",
              "IIS-Raid: a native module installed by an administrator's account",
              "what the module does with requests"),
          new Trace(
              "iispy",
              "IISpy: privileges elevated from a web shell, applicationHost.config edited as a file",
              "the registration itself: only the file shows which module was added"),
          new Trace(
              "badiis",
              "BadIIS: a native module in ProgramData, downloaded with certutil",
              "the search engine fraud that the module commits"),
          new Trace(
              "atomic-t1505.004-1",
              "Atomic Red Team T1505.004 test 1: appcmd, with a Windows DLL",
              "a drop, because there is none"),
          new Trace(
              "atomic-t1505.004-2",
              "Atomic Red Team T1505.004 test 2: New-WebGlobalModule, with a Windows DLL",
              "a drop, because there is none"),
          new Trace(
              "base-query-test-1",
              "Test 1 published with the base query: lists modules",
              "listing through the IIS configuration interface, without a command"),
          new Trace(
              "base-query-test-2",
              "Test 2 published with the base query: writes a DLL into inetsrv",
              "the drop at more than low severity, until the DLL is registered or loaded"),
          new Trace(
              "base-query-test-3",
              "Test 3 published with the base query: reads the configuration",
              "reads without auditing (a SACL)"));

  @Test
  void theTableInTheDocsIsWhatIsFound() throws IOException {
    StringBuilder table =
        new StringBuilder(
            """
            # Coverage of public intrusions and tests

            The traces are synthetic, written from public reports and test descriptions, because no public log of these
            intrusions is known. A test generates this table from the files in `src/intrusions`. To replay them, run
            `java -jar target/iiswarden.jar replay src/intrusions`.

            | trace | base query alone | all rules | not detected |
            | --- | --- | --- | --- |
            """);
    for (Trace trace : ALL) {
      table.append(
          String.format(
              "| [%s](../src/intrusions/%s.ndjson): %s | %s | %s | %s |%n",
              trace.file,
              trace.file,
              trace.title,
              raised(Rules.baseQuery(), trace),
              raised(Rules.bundled(), trace),
              trace.notSeen));
    }
    Files.createDirectories(FOUND.getParent());
    Files.writeString(FOUND, table);
    assertEquals(
        table.toString().strip(),
        Files.readString(TABLE).split("\n## ", 2)[0].strip(),
        "the table in docs/coverage.md is out of date: if the change is intended, take it from target/coverage.md");
  }

  @Test
  void everyTraceIsInTheTableAndEveryLineIsRead() throws IOException {
    try (Stream<Path> files = Files.list(TRACES)) {
      assertEquals(
          ALL.stream().map(Trace::file).sorted().toList(),
          files
              .map(file -> file.getFileName().toString().replace(".ndjson", ""))
              .sorted()
              .toList());
    }
    for (Trace trace : ALL) {
      for (Decoded record : records(trace)) {
        assertTrue(record.malformed().isEmpty(), record::toString);
      }
    }
  }

  @Test
  void interpretedRulesRaiseTheSameAlerts() throws IOException {
    Rules interpreted = Rules.fromDirectory(Path.of("rules-drl"));
    for (Trace trace : ALL) {
      assertEquals(ids(Rules.bundled(), trace), ids(interpreted, trace), () -> "of " + trace.file);
    }
  }

  private static List<String> ids(Rules rules, Trace trace) throws IOException {
    return RaisedAlerts.raisedBy(rules, records(trace)).stream()
        .map(alert -> alert.rule().id() + " " + alert.id())
        .toList();
  }

  private static String raised(Rules rules, Trace trace) throws IOException {
    TreeMap<String, List<String>> bySeverity = new TreeMap<>();
    for (Alert alert : RaisedAlerts.raisedBy(rules, records(trace))) {
      List<String> ids =
          bySeverity.computeIfAbsent(alert.rule().severity(), unused -> new ArrayList<>());
      if (!ids.contains(alert.rule().id())) {
        ids.add(alert.rule().id());
      }
    }
    return bySeverity.isEmpty()
        ? "nothing"
        : Stream.of("high", "medium", "low")
            .filter(bySeverity::containsKey)
            .map(
                severity ->
                    severity
                        + ": "
                        + bySeverity.getOrDefault(severity, List.of()).stream()
                            .sorted()
                            .map(id -> "[" + id + "](rules/" + id + ".md)")
                            .collect(Collectors.joining(", ")))
            .collect(Collectors.joining("; "));
  }

  private static List<Decoded> records(Trace trace) throws IOException {
    return Files.readAllLines(TRACES.resolve(trace.file + ".ndjson")).stream()
        .map(line -> EventDecoders.auto().decode(line))
        .toList();
  }

  private record Trace(String file, String title, String notSeen) {}
}
