package dev.iiswarden.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.iiswarden.cli.Program.Ended;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A command loads no class that it does not use: loading them is most of what a start takes. */
class LoadedClassesTest {
  private static final Pattern LOADED = Pattern.compile("\\] (\\S+) source: ");

  private static final List<String> UNUSED_BY_REPLAY =
      List.of(
          "org.apache.kafka.",
          "me.tongfei.progressbar.ProgressBarBuilder",
          "org.jline.",
          "org.yaml.",
          "org.commonmark.",
          "com.fasterxml.jackson.dataformat.",
          "org.drools.drl.",
          "com.github.javaparser.",
          "org.eclipse.jdt.",
          "dev.iiswarden.report.",
          "dev.iiswarden.scenario.",
          "dev.iiswarden.inventory.",
          "dev.iiswarden.kafka.");

  private static final List<String> UNUSED_WITHOUT_OPTIONS =
      List.of(
          "picocli.CommandLine$Interpreter",
          "picocli.CommandLine$Model$CommandSpec",
          "com.fasterxml.jackson.databind.ser.",
          "com.fasterxml.jackson.databind.deser.",
          "java.util.Formatter");

  @TempDir private Path directory;

  @Test
  void filesAreReplayedWithoutAParserOfOptions() throws Exception {
    Set<String> loaded = loaded(Program.replay(log()));

    assertEquals(new TreeSet<>(), of(loaded, UNUSED_BY_REPLAY));
    assertEquals(new TreeSet<>(), of(loaded, UNUSED_WITHOUT_OPTIONS));
  }

  @Test
  void anOptionLoadsNoOtherCommand() throws Exception {
    Set<String> loaded = loaded(Program.replay("--lateness", "30s", log()));

    assertEquals(new TreeSet<>(), of(loaded, UNUSED_BY_REPLAY));
    assertEquals(
        new TreeSet<>(List.of(ReplayCommand.class.getName())),
        loaded.stream()
            .filter(name -> name.matches("dev\\.iiswarden\\.cli\\.\\w+Command"))
            .collect(Collectors.toCollection(TreeSet::new)));
  }

  private Path log() throws Exception {
    return Logs.write(directory.resolve("events.ndjson"), Logs.REGISTRATION_THEN_DROP);
  }

  /** The classes that a program loads to print an alert. */
  private static Set<String> loaded(Program program) throws Exception {
    Ended ended = program.withJvmOption("-Xlog:class+load:stderr").run().with(0);
    assertTrue(ended.printedAlerts() > 0, ended::toString);
    Set<String> names =
        LOADED
            .matcher(ended.err())
            .results()
            .map(MatchResult::group)
            .map(line -> line.substring(2, line.indexOf(" source: ")))
            .collect(Collectors.toCollection(TreeSet::new));
    assertTrue(names.contains(Main.class.getName()), names::toString);
    return names;
  }

  private static Set<String> of(Set<String> loaded, List<String> prefixes) {
    return loaded.stream()
        .filter(name -> prefixes.stream().anyMatch(name::startsWith))
        .collect(Collectors.toCollection(TreeSet::new));
  }
}
