package dev.iiswarden.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.iiswarden.testing.KafkaBroker;
import dev.iiswarden.testing.PageBlock;
import dev.iiswarden.testing.Readme;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

/**
 * The commands in the README and the pages are run as they stand there, in a shell, page by page in
 * a copy of what a clone has; and where a page shows what a command prints, it prints that.
 *
 * <p>Only Maven does nothing here: its commands build the project, and so run these tests.
 */
class CommandsInPagesTest {
  private static final String PRELUDE =
      """
      set -e
      mvn() { :; }
      alias iiswarden='java -jar target/iiswarden.jar'
      """;

  /** What stands for something of the reader's. */
  private static final Map<String, String> OF_THE_READER =
      Map.of(
          " --allowlist FILE", " --allowlist docs/allowlist-starter.yaml",
          " replay FILE", " replay src/samples/web01.sysmon.ndjson",
          " rules-drl FILE", " rules-drl src/samples/web01.sysmon.ndjson",
          " LOGS", " src/samples",
          "localhost:9092", "BROKER");

  /** Commands that go on until they are told to end: they go on for this long at least. */
  private static final Pattern ENDLESS = Pattern.compile(" stream |tail -n \\+1 -F");

  private static final int SECONDS_TO_FAIL = 5;
  private static final int MINUTES_TO_END = 3;
  private static final Pattern SPEED = Pattern.compile(" in [0-9.]+ s(?: \\([0-9,]+/s\\))?");
  private static final Pattern PROFILE = Pattern.compile("mvn [^`\n]*-P(\\w+)");
  private static final Pattern WITHOUT_TESTS =
      Pattern.compile("mvn [^`\n&]*(-DskipTests|-Dmaven\\.test\\.skip)");
  private static final Pattern OPTION = Pattern.compile("(?<![\\w-])--[a-z][a-z-]+");

  @TempDir private static Path clones;

  private static Path program = Path.of("");
  private static KafkaBroker broker;

  @BeforeAll
  static void packTheProgramAndStartABroker() throws Exception {
    assumeFalse(OS.WINDOWS.isCurrentOs(), "the commands are for a shell of Unix");
    // As deep as the links to it.
    Path target = Files.createDirectories(clones.resolve("program").resolve("target"));
    program = target.resolve("iiswarden.jar");
    QuickStart.packProgram(program);
    broker = KafkaBroker.start();
    for (String topic : List.of("windows-logs", "alerts", "dead-letters")) {
      broker.create(topic, 1, Map.of());
    }
    broker.create("rules", 1, Map.of("cleanup.policy", "compact"));
  }

  @AfterAll
  static void stopTheBroker() throws Exception {
    if (broker != null) {
      broker.close();
    }
  }

  static List<Path> pages() {
    return PageBlock.all().stream()
        .filter(CommandsInPagesTest::isRun)
        .map(PageBlock::page)
        .distinct()
        .toList();
  }

  private static boolean isRun(PageBlock block) {
    return block.isCommands() && !block.isSynopsis() && !block.isBuild();
  }

  @ParameterizedTest
  @MethodSource("pages")
  void theCommandsOfAPageWork(Path page) throws Exception {
    Path clone = clone(page.getFileName().toString());
    for (PageBlock block : PageBlock.all()) {
      if (block.page().equals(page) && isRun(block)) {
        run(block, clone);
      }
    }
  }

  private static Path clone(String name) throws Exception {
    Path clone = Files.createDirectories(clones.resolve(name + ".clone"));
    for (Path folder : List.of(Path.of("src", "samples"), Path.of("src", "intrusions"))) {
      copy(folder, clone);
    }
    copy(Path.of("rules-drl"), clone);
    copy(Path.of("docs"), clone);
    Files.createDirectory(clone.resolve("target"));
    Files.createSymbolicLink(clone.resolve("target/iiswarden.jar"), program);
    Files.createDirectory(clone.resolve("target/bin"));
    Files.copy(
        Path.of("src/bin/iiswarden"),
        clone.resolve("target/bin/iiswarden"),
        StandardCopyOption.COPY_ATTRIBUTES);
    Files.copy(Path.of("docs/allowlist-starter.yaml"), clone.resolve("allowed.yaml"));
    if (shell("openssl genrsa -out rules-drl/private.pem 2048", clone).waitFor() != 0) {
      assumeTrue(!name.equals("writing-rules.md"), "there is no openssl on this machine");
    }
    return clone;
  }

  private static void copy(Path folder, Path clone) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.toList()) {
        Path copy = clone.resolve(file);
        if (Files.isDirectory(file)) {
          Files.createDirectories(copy);
        } else {
          Files.copy(file, copy);
        }
      }
    }
  }

  private void run(PageBlock block, Path clone) throws Exception {
    String commands = block.text();
    for (Map.Entry<String, String> one : OF_THE_READER.entrySet()) {
      commands = commands.replace(one.getKey(), one.getValue());
    }
    commands = commands.replace("BROKER", broker.address());
    Process process = shell(PRELUDE + commands, clone);
    if (ENDLESS.matcher(commands).find()) {
      boolean ended = process.waitFor(SECONDS_TO_FAIL, TimeUnit.SECONDS);
      process.descendants().forEach(ProcessHandle::destroy);
      process.destroy();
      assertTrue(!ended, () -> block + " ended, and said " + said(clone));
      return;
    }
    assertTrue(process.waitFor(MINUTES_TO_END, TimeUnit.MINUTES), () -> block + " does not end");
    assertEquals(0, process.exitValue(), () -> block + " says " + said(clone));
    if (!block.output().isEmpty() && !BlocksInPages.readByTests().contains(block.output())) {
      assertEquals(
          withoutSpeed(block.output()),
          withoutSpeed(Files.readString(clone.resolve("out"))),
          block::toString);
    }
  }

  private static Process shell(String commands, Path directory) throws IOException {
    ProcessBuilder shell =
        new ProcessBuilder("sh", "-c", commands)
            .directory(directory.toFile())
            .redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")))
            .redirectOutput(directory.resolve("out").toFile())
            .redirectError(directory.resolve("err").toFile());
    shell.environment().put("JAVA_TOOL_OPTIONS", "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC");
    return shell.start();
  }

  private static String said(Path clone) {
    try {
      return Files.readString(clone.resolve("out")) + Files.readString(clone.resolve("err"));
    } catch (IOException e) {
      return e.toString();
    }
  }

  private static String withoutSpeed(String output) {
    return SPEED.matcher(output.strip()).replaceAll("");
  }

  @Test
  void everyOptionThatAPageNamesIsOneOfTheProgram() throws IOException {
    TreeSet<String> there = new TreeSet<>();
    for (CommandLine command : Commands.parser().getSubcommands().values()) {
      command.getCommandSpec().options().stream()
          .map(OptionSpec::names)
          .flatMap(Stream::of)
          .forEach(there::add);
    }
    TreeSet<String> unknown = new TreeSet<>();
    for (Path page : Readme.pages()) {
      Matcher option = OPTION.matcher(Files.readString(page));
      while (option.find()) {
        if (!there.contains(option.group())) {
          unknown.add(page + ": " + option.group());
        }
      }
    }
    assertEquals(new TreeSet<>(), unknown);
  }

  /**
   * What is built without running tests does not compile them, unless it is made of their classes.
   */
  @Test
  void noPageCompilesTestsThatItDoesNotNeed() throws IOException {
    List<Path> pages = new ArrayList<>(Readme.pages());
    pages.add(Path.of("CONTRIBUTING.md"));
    int builds = 0;
    for (Path page : pages) {
      for (MatchResult build : WITHOUT_TESTS.matcher(Files.readString(page)).results().toList()) {
        builds++;
        boolean needsTheirClasses = PROFILE.matcher(build.group()).find();
        assertEquals(
            needsTheirClasses ? "-DskipTests" : "-Dmaven.test.skip",
            build.group(1),
            () -> page + ": " + build.group());
      }
    }
    assertTrue(builds >= 9, "only " + builds);
  }

  @Test
  void theProfilesThatPagesNameAreThere() throws IOException {
    String pom = Files.readString(Path.of("pom.xml"));
    TreeSet<String> profiles = new TreeSet<>();
    for (Path page : Readme.pages()) {
      PROFILE
          .matcher(Files.readString(page))
          .results()
          .forEach(profile -> profiles.add(profile.group(1)));
    }
    assertEquals(new TreeSet<>(List.of("bench", "site")), profiles);
    profiles.forEach(profile -> assertTrue(pom.contains("<id>" + profile + "</id>"), profile));
  }

  @Test
  void theListOfOptionsOfReplayIsWhole() {
    String synopsis =
        PageBlock.all().stream()
            .filter(PageBlock::isSynopsis)
            .map(PageBlock::text)
            .findFirst()
            .orElseThrow();
    TreeSet<String> listed = new TreeSet<>();
    OPTION.matcher(synopsis).results().forEach(option -> listed.add(option.group()));
    TreeSet<String> there = new TreeSet<>();
    CommandLine replay = Commands.parser().getSubcommands().get("replay");
    assertTrue(replay != null);
    if (replay != null) {
      replay.getCommandSpec().options().stream()
          .map(OptionSpec::longestName)
          .filter(name -> !List.of("--help", "--version").contains(name))
          .forEach(there::add);
    }
    assertEquals(there, listed);
  }
}
