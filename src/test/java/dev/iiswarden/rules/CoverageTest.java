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
 * What is seen of each public intrusion and test of this technique: {@code docs/coverage.md} is
 * what this finds in {@code src/intrusions}.
 */
class CoverageTest {
  private static final Path TRACES = Path.of("src/intrusions");
  private static final Path TABLE = Path.of("docs/coverage.md");
  private static final Path FOUND = Path.of("target/coverage.md");

  private static final List<Trace> ALL =
      List.of(
          new Trace(
              "rgdoor",
              "RGDoor (OilRig): a native module, put there through a web shell",
              "what the module does with requests"),
          new Trace(
              "owaauth",
              "OwaAuth (TG-3390): an ISAPI filter on Exchange, copied over the network",
              "the copy by itself, for its folder is none of IIS's; the credentials it records"),
          new Trace(
              "iceapple",
              "IceApple: .NET assemblies loaded from memory",
              "all of it: nothing is dropped but what ASP.NET compiles, no image is loaded"),
          new Trace(
              "iis-raid",
              "IIS-Raid: a native module, put there by an administrator's account",
              "what the module does with requests"),
          new Trace(
              "iispy",
              "IISpy: rights raised from a web shell, applicationHost.config edited as a file",
              "the registration itself: which module was added is in the file alone"),
          new Trace(
              "badiis",
              "BadIIS: a native module in ProgramData, downloaded with certutil",
              "the search engine fraud the module is for"),
          new Trace(
              "atomic-t1505.004-1",
              "Atomic Red Team T1505.004 test 1: appcmd, with a DLL of Windows",
              "a drop, for there is none"),
          new Trace(
              "atomic-t1505.004-2",
              "Atomic Red Team T1505.004 test 2: New-WebGlobalModule, with a DLL of Windows",
              "a drop, for there is none"),
          new Trace(
              "base-query-test-1",
              "Test 1 published with the base query: modules are listed",
              "listing by the interface of IIS, without a command"),
          new Trace(
              "base-query-test-2",
              "Test 2 published with the base query: a DLL is written into inetsrv",
              "at more than low severity, before the DLL is registered or loaded"),
          new Trace(
              "base-query-test-3",
              "Test 3 published with the base query: the configuration is read",
              "without auditing of reads (a SACL)"));

  @Test
  void theTableInTheDocsIsWhatIsFound() throws IOException {
    StringBuilder table =
        new StringBuilder(
            """
            # What is seen of public intrusions and tests

            Synthetic traces, put together from public reports and test descriptions: no public log of these intrusions
            is known. Made by a test from the files in `src/intrusions`; run them with
            `java -jar target/iiswarden.jar replay src/intrusions`.

            | trace | base query alone | all rules | not seen |
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
        Files.readString(TABLE).strip(),
        "docs/coverage.md is out of date: take target/coverage.md if the difference is meant");
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
