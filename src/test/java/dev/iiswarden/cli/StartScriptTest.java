package dev.iiswarden.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.iiswarden.cli.Program.Ended;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The script that starts the program, in a directory as the build makes it. */
class StartScriptTest {
  private static final Path SOURCE = Path.of("src", "bin", "iiswarden");
  private static final int MINUTES_TO_END = 3;

  @TempDir private static Path directory;

  /** Its name is not one word, so that missing quotes are seen. */
  private static Path built = Path.of("");

  private static Path log = Path.of("");
  private static boolean hasArchive;

  @TempDir private Path elsewhere;

  @BeforeAll
  static void build() throws Exception {
    assumeFalse(OS.WINDOWS.isCurrentOs(), "the script is for a shell of Unix");
    // The JVM compares the paths of jars.
    built = Files.createDirectory(directory.toRealPath().resolve("the $build"));
    Files.createDirectory(built.resolve("bin"));
    Files.copy(SOURCE, built.resolve("bin/iiswarden"), StandardCopyOption.COPY_ATTRIBUTES);
    QuickStart.packProgram(built.resolve("iiswarden.jar"));
    log = Logs.write(directory.resolve("a log.ndjson"), Logs.REGISTRATION_THEN_DROP);
    Path archive = built.resolve("iiswarden.jsa");
    run(
        directory,
        Map.of(),
        java(),
        "-XX:ArchiveClassesAtExit=" + archive,
        "-cp",
        built.resolve("iiswarden.jar"),
        Main.class.getName(),
        "replay",
        log);
    hasArchive = Files.exists(archive);
  }

  private static Path java() {
    return Path.of(System.getProperty("java.home", ""), "bin", "java");
  }

  @Test
  void itCanBeExecuted() {
    assertTrue(Files.isExecutable(SOURCE));
  }

  @Test
  void theClassesComeFromTheArchive() throws Exception {
    assumeTrue(hasArchive, "this JVM archives no classes");
    assertTrue(isStartedFromArchive(built.resolve("bin/iiswarden"), built));
  }

  @Test
  void aLinkLeadsToIt() throws Exception {
    Path bin = Files.createDirectory(elsewhere.resolve("bin"));
    Files.createSymbolicLink(elsewhere.resolve("absolute"), built.resolve("bin/iiswarden"));
    Files.createSymbolicLink(bin.resolve("iiswarden"), Path.of("../absolute"));

    assertPrintsAlerts(run(bin, withJava(java()), bin.resolve("iiswarden"), "replay", log));
    assertPrintsAlerts(run(bin, withJava(java()), "sh", "iiswarden", "replay", log));
    assertPrintsAlerts(
        run(
            elsewhere,
            Map.of("JAVA_HOME", home(java()), "PATH", bin + ":" + System.getenv("PATH")),
            "sh",
            "-c",
            "iiswarden replay \"$1\"",
            "sh",
            log));
    if (hasArchive) {
      assertTrue(isStartedFromArchive(bin.resolve("iiswarden"), bin));
    }
  }

  @Test
  void movedItStartsAllTheSame() throws Exception {
    Path moved = copy("moved", "bin/iiswarden", "iiswarden.jar");
    if (hasArchive) {
      copy("moved", "iiswarden.jsa");
    }
    assertPrintsAlerts(run(elsewhere, withJava(java()), moved, "replay", log));
    // Not even a JVM that lets an archive move takes the classes of another jar.
    Files.setLastModifiedTime(elsewhere.resolve("moved/iiswarden.jar"), FileTime.fromMillis(0));
    assertPrintsAlerts(run(elsewhere, withJava(java()), moved, "replay", log));
    assertFalse(isStartedFromArchive(moved, elsewhere));
  }

  @ParameterizedTest
  @CsvSource({"none", "of another JVM", "cut off"})
  void withoutAnArchiveThatFitsItStartsAllTheSame(String archive) throws Exception {
    Path script = copy("place", "bin/iiswarden", "iiswarden.jar");
    if (!archive.equals("none")) {
      assumeTrue(hasArchive, "this JVM archives no classes");
      byte[] bytes = Files.readAllBytes(built.resolve("iiswarden.jsa"));
      Files.write(
          elsewhere.resolve("place/iiswarden.jsa"),
          archive.equals("cut off") ? Arrays.copyOf(bytes, 100) : ofAnotherJvm(bytes));
    }
    assertPrintsAlerts(run(elsewhere, withJava(java()), script, "replay", log));
    assertFalse(isStartedFromArchive(script, elsewhere));
  }

  /** Copies files of the build to another place and returns where the script is there. */
  private Path copy(String place, String... files) throws IOException {
    Path bin = Files.createDirectories(elsewhere.resolve(place).resolve("bin"));
    for (String file : files) {
      Files.copy(
          built.resolve(file),
          elsewhere.resolve(place).resolve(file),
          StandardCopyOption.COPY_ATTRIBUTES);
    }
    return bin.resolve("iiswarden");
  }

  /** The version of the JVM is in the header, as text. */
  private static byte[] ofAnotherJvm(byte[] archive) {
    String text = new String(archive, StandardCharsets.ISO_8859_1);
    String version = "(" + System.getProperty("java.vm.version");
    assertTrue(text.contains(version), version);
    return text.replace(version, version.replace('(', '[')).getBytes(StandardCharsets.ISO_8859_1);
  }

  /** The alerts, and nothing else: no warning of the JVM. */
  private static void assertPrintsAlerts(Ended ended) {
    assertEquals("", ended.with(0).err());
    assertTrue(ended.out().startsWith("MEDIUM  "), ended::toString);
    assertTrue(ended.printedAlerts() > 0, ended::toString);
  }

  /** Whether the JVM takes the program's classes from the archive. */
  private static boolean isStartedFromArchive(Path script, Path from) throws Exception {
    Map<String, String> environment = withJava(java());
    environment.put("JAVA_OPTS", "-Xlog:class+load:stderr");
    Ended ended = run(from, environment, script, "replay", log).with(0);
    assertTrue(ended.err().contains(" " + Main.class.getName() + " source: "), ended::toString);
    return ended.err().contains(" source: shared objects file (top)");
  }

  @Test
  void theExitCodeIsThatOfTheProgram() throws Exception {
    run(built, withJava(java()), script(), "replay", built.resolve("missing.xml")).with(1);
    run(built, withJava(java()), script(), "replay", "--no-such-option").with(2);
  }

  @Test
  void argumentsAndOptionsArriveAsTheyAre() throws Exception {
    Map<String, String> environment = withJava(fakeJava("17.0.1"));
    environment.put("JAVA_OPTS", "-Xmx1g  -Da=*");
    Ran ran = start(built, environment, script(), "replay", "a b", "*", "", "\"$x'");

    List<String> words = ran.ended().with(0).out().lines().toList();
    // Else signals would not reach the program.
    assertEquals("pid " + ran.pid(), words.get(0));
    assertEquals(
        List.of(
            "-Xmx1g",
            "-Da=*",
            "-cp",
            built + "/iiswarden.jar",
            Main.class.getName(),
            "replay",
            "a b",
            "*",
            "",
            "\"$x'"),
        words.subList(words.indexOf("-Xmx1g"), words.size()));
    assertEquals(hasArchive, words.contains("-XX:SharedArchiveFile=" + built + "/iiswarden.jsa"));
  }

  @Test
  void aPathThatTheJvmWouldDivideIsNotPassed() throws Exception {
    Path script = copy("a:b", "bin/iiswarden", "iiswarden.jar");
    Files.createFile(elsewhere.resolve("a:b/iiswarden.jsa"));

    Ended ended = run(elsewhere, withJava(fakeJava("17.0.1")), script, "replay", "x").with(0);
    assertFalse(ended.out().contains("-XX:SharedArchiveFile"), ended::toString);
  }

  @ParameterizedTest
  @CsvSource({"1.8.0_392, false", "11.0.2, false", "17, true", "17.0.1, true", "26-ea, true"})
  void aJavaThatIsTooOldIsRefused(String version, boolean isAccepted) throws Exception {
    for (boolean hasRelease : new boolean[] {true, false}) {
      Path java = fakeJava(version);
      if (!hasRelease) {
        Files.delete(Path.of(home(java)).resolve("release"));
      }
      Ended ended = run(built, withJava(java), script(), "replay", "x").with(isAccepted ? 0 : 2);
      assertEquals(
          isAccepted
              ? ""
              : "iiswarden: "
                  + java
                  + " is Java "
                  + version
                  + ": set JAVA_HOME to the directory of Java 17 or newer\n",
          ended.err());
    }
  }

  @Test
  void whatIsMissingIsNamed() throws Exception {
    Path nowhere = elsewhere.resolve("nowhere");
    assertEquals(
        "iiswarden: there is no "
            + nowhere
            + "/bin/java: set JAVA_HOME to the directory of Java 17 or newer, or unset it\n",
        run(built, Map.of("JAVA_HOME", nowhere.toString()), script(), "replay", "x").with(2).err());

    Path alone = copy("alone", "bin/iiswarden");
    assertEquals(
        "iiswarden: there is no "
            + elsewhere.toRealPath().resolve("alone")
            + "/iiswarden.jar: build it with mvn package, and keep this script in bin/ beside it\n",
        run(built, withJava(java()), alone, "replay", "x").with(2).err());
  }

  /** What only Windows can run passes the same to Java. */
  @Test
  void bothScriptsPassTheSameOptions() throws IOException {
    String windows = Files.readString(Path.of("src", "bin", "iiswarden.cmd"));
    assertFalse(windows.replace("\r\n", "").contains("\n"), "cmd.exe needs CR LF");
    Pattern option = Pattern.compile("-(?:XX:[\\w+]+|Xlog:\\w+|cp)|" + Main.class.getName());
    assertEquals(options(option, Files.readString(SOURCE)), options(option, windows));
  }

  private static Set<String> options(Pattern option, String script) {
    return option
        .matcher(script)
        .results()
        .map(MatchResult::group)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static Path script() {
    return built.resolve("bin/iiswarden");
  }

  /** A Java of some version that prints its process and its arguments, one a line. */
  private Path fakeJava(String version) throws IOException {
    Path home = Files.createTempDirectory(elsewhere, "java");
    Path java = Files.createDirectory(home.resolve("bin")).resolve("java");
    Files.writeString(
        java,
        """
        #!/bin/sh
        if [ "$1" = -version ]; then
          echo 'openjdk version "VERSION" 2020-01-01' >&2
          exit
        fi
        echo "pid $$"
        printf '%s\\n' "$@"
        """
            .replace("VERSION", version));
    Files.setPosixFilePermissions(java, PosixFilePermissions.fromString("rwxr-xr-x"));
    Files.writeString(
        home.resolve("release"), "IMPLEMENTOR=\"x\"\nJAVA_VERSION=\"" + version + "\"\n");
    return java;
  }

  private static Map<String, String> withJava(Path java) {
    return new HashMap<>(Map.of("JAVA_HOME", home(java)));
  }

  private static String home(Path java) {
    return String.valueOf(java.resolve("../..").normalize());
  }

  private static Ended run(Path from, Map<String, String> environment, Object... command)
      throws IOException, InterruptedException {
    return start(from, environment, command).ended();
  }

  private static Ran start(Path from, Map<String, String> environment, Object... command)
      throws IOException, InterruptedException {
    Path out = Files.createTempFile(directory, "run", ".out");
    Path err = Files.createTempFile(directory, "run", ".err");
    ProcessBuilder builder =
        new ProcessBuilder(Stream.of(command).map(Object::toString).toList())
            .directory(from.toFile())
            .redirectInput(new File("/dev/null"))
            .redirectOutput(out.toFile())
            .redirectError(err.toFile());
    builder.environment().keySet().removeAll(List.of("JAVA_TOOL_OPTIONS", "JAVA_OPTS"));
    builder.environment().putAll(environment);
    Process process = builder.start();
    if (!process.waitFor(MINUTES_TO_END, TimeUnit.MINUTES)) {
      process.destroyForcibly().waitFor();
      throw new AssertionError("does not end: " + List.of(command));
    }
    return new Ran(
        process.pid(),
        new Ended(process.exitValue(), Files.readString(out), Files.readString(err)));
  }

  /** A run that has ended. */
  private record Ran(long pid, Ended ended) {}
}
