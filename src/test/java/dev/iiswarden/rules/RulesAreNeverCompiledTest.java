package dev.iiswarden.rules;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.iiswarden.Detector;
import dev.iiswarden.event.FileEvent;
import dev.iiswarden.event.ProcessEvent;
import dev.iiswarden.testing.HostileRules;
import dev.iiswarden.testing.IisEvents;
import dev.iiswarden.testing.OwnProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * Rules of a directory are interpreted: whatever a rule file says, no class comes of it. A JVM that
 * logs each class it loads reads files with code in every place, with the compiler of Drools at
 * hand.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RulesAreNeverCompiledTest {
  private static final String LOADS = "[class,load] ";

  /** Compilers and what Drools generates code with; two interfaces aside, which it loads always. */
  private static final Pattern COMPILERS =
      Pattern.compile(
          "(org\\.eclipse\\.jdt|com\\.github\\.javaparser|org\\.drools\\.(model\\.codegen|mvel\\w*|ecj)"
              + "|org\\.mvel\\w*|org\\.kie\\.memorycompiler(?!\\.(Store|Writable)ClassLoader )"
              + "|javax\\.tools|com\\.sun\\.tools)\\..*");

  private static final String TRACE = "escaped";

  @TempDir private static Path directory;

  private List<String> said = List.of();

  @BeforeAll
  void readHostileFiles() throws Exception {
    said =
        OwnProcess.run(
            List.of(
                "-Xlog:class+load=info:stdout:tags",
                "-Dorg.slf4j.simpleLogger.defaultLogLevel=off",
                // After some calls by reflection the JVM would replace them by a class of its own.
                "-Dsun.reflect.inflationThreshold=" + Integer.MAX_VALUE),
            OwnProcess.classPath(),
            HostileRules.class,
            "rules-drl",
            "src/samples",
            directory);
  }

  @AfterEach
  void forget() {
    System.clearProperty(TRACE);
  }

  private List<String> beginningWith(String beginning) {
    return said.stream().filter(line -> line.startsWith(beginning)).toList();
  }

  private static List<String> loads(List<String> lines) {
    return lines.stream().filter(line -> line.startsWith(LOADS)).toList();
  }

  @Test
  void noClassIsLoadedForARuleFile() {
    List<String> secondRound = said.subList(said.indexOf("BEGIN") + 1, said.indexOf("END"));
    assertTrue(secondRound.size() > 1_000, () -> secondRound.size() + " files");
    assertEquals(List.of(), loads(secondRound));
  }

  @Test
  void noCompilerIsLoadedEver() {
    assertTrue(loads(said).size() > 1_000, "the log of the JVM is missing");
    assertEquals(
        List.of(),
        loads(said).stream()
            .filter(line -> COMPILERS.matcher(line.substring(LOADS.length())).matches())
            .toList());
  }

  @Test
  void noCodeOfARuleFileRuns() {
    assertEquals(List.of(), beginningWith(HostileRules.RAN));
  }

  /** A file is refused under its name, or its rules judge the events; nothing else happens. */
  @Test
  void everyFileIsRefusedByNameOrHarmless() {
    assertEquals(List.of(), beginningWith(HostileRules.WRONG));
    assertTrue(beginningWith(HostileRules.REFUSED).size() > 1_500);
    List<String> harmless = beginningWith(HostileRules.LOADED);
    assertEquals("loaded 8 alerts", harmless.get(0));
    assertTrue(harmless.stream().anyMatch(line -> line.startsWith("loaded block comment |")));
    assertTrue(harmless.stream().anyMatch(line -> line.startsWith("loaded rule name |")));
    assertTrue(harmless.stream().anyMatch(line -> line.startsWith("loaded text not compared |")));
    assertFalse(harmless.stream().skip(1).allMatch(line -> line.endsWith("| 0 alerts")));
  }

  @Test
  void theCompilerIsOnTheClassPath() {
    String classPath = String.join("\n", OwnProcess.classPath());
    assertTrue(
        Stream.of("drools-model-codegen", "javaparser-core", "ecj", "drools-mvel-parser")
            .allMatch(classPath::contains),
        classPath);
  }

  private static String code(String result) {
    String marker =
        "new String(new char[]{"
            + TRACE.chars().mapToObj(Integer::toString).collect(Collectors.joining(","))
            + "})";
    return "System.setProperty( " + marker + ", " + marker + " )" + result;
  }

  /** A name that ended the comment in which the compiler of Drools writes it. */
  private static String commentThatEnds() {
    return """
        package analyst;
        import dev.iiswarden.event.*;
        rule "A module in a temp folder */ static { %s; } /*" @id( "r" )
        when $f : FileEvent() then insert( new Detection( $f ) ); end
        """
        .formatted(code(""));
  }

  /** A text that the compiler of Drools took for the number that another $n of the rule is. */
  private static String textThatIsANumber() {
    return """
        package analyst;
        import dev.iiswarden.event.*;
        rule "r" @id( "r" )
        when
            ProcessEvent( $n : process.pid )
            $f : FileEvent( $n == "Long.valueOf( %s ) + 1" )
            not( LibraryEvent( $n : dll.path ) )
        then insert( new Detection( $f ) ); end
        """
        .formatted(code(" == null ? 1L : 2L"));
  }

  private static void judge(Rules rules) {
    try (Detector detector = Detector.builder().rules(rules).build()) {
      detector.accept(ProcessEvent.builder().timestamp(IisEvents.START).hostName("WEB").build());
      detector.accept(FileEvent.builder().timestamp(IisEvents.START).hostName("WEB").build());
    }
  }

  private RulesDirectory directoryWith(String name, String text) throws IOException {
    Path own = Files.createTempDirectory(directory, "trusted");
    Files.writeString(own.resolve(name), text);
    return RulesDirectory.at(own);
  }

  /** Without this, the tests above could pass because the code never worked. */
  @Test
  void whenCompiledTheSameCodeRuns() throws IOException {
    judge(directoryWith("a.drl", commentThatEnds()).trusted().compile());
    assertEquals(TRACE, System.getProperty(TRACE));
    System.clearProperty(TRACE);
    judge(directoryWith("a.drl", textThatIsANumber()).trusted().compile());
    assertEquals(TRACE, System.getProperty(TRACE));
  }

  @Test
  void interpretedItDoesNot() throws IOException {
    judge(directoryWith("a.drl", commentThatEnds()).compile());
    assertNull(System.getProperty(TRACE));
    RulesException refusal =
        assertThrows(RulesException.class, directoryWith("a.drl", textThatIsANumber())::compile);
    assertTrue(String.valueOf(refusal.getMessage()).contains("a.drl:6:"), refusal::getMessage);
    assertNull(System.getProperty(TRACE));
  }
}
