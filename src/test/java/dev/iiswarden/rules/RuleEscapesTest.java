package dev.iiswarden.rules;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.iiswarden.Detector;
import dev.iiswarden.event.FileEvent;
import dev.iiswarden.testing.IisEvents;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Rule files that try to do more than rules may: none of them comes to run. */
class RuleEscapesTest {
  /** What every attack tries to set. */
  private static final String TRACE = "iiswarden.escaped";

  private static final String DO = "System.setProperty( \"" + TRACE + "\", \"yes\" )";
  private static final String HEAD =
      """
      package analyst;
      import dev.iiswarden.event.*;
      import function dev.iiswarden.event.Eql.*;
      import function dev.iiswarden.event.WindowsPaths.*;
      """;

  @TempDir private Path directory;

  @AfterEach
  void forget() {
    System.clearProperty(TRACE);
  }

  private static String when(String condition) {
    return HEAD
        + "rule \"r\" @id( \"r\" ) when "
        + condition
        + " then insert( new Detection( $f ) ); end";
  }

  private static String then(String consequence) {
    return HEAD + "rule \"r\" @id( \"r\" ) when $f : FileEvent() then " + consequence + " end";
  }

  private static String head(String declaration) {
    return HEAD
        + declaration
        + "\nrule \"r\" @id( \"r\" ) when $f : FileEvent() then insert( new Detection( $f ) ); end";
  }

  private static String header(String line) {
    return "package analyst;\nimport dev.iiswarden.event.*;\n"
        + line
        + "\nrule \"r\" @id( \"r\" ) when $f : FileEvent() then insert( new Detection( $f ) ); end";
  }

  static Stream<Arguments> attacks() {
    List<Arguments> attacks = new ArrayList<>();
    add(attacks, "a call in the consequence", then(DO + ";"));
    add(attacks, "after the detection", then("insert( new Detection( $f ) ); " + DO + ";"));
    add(attacks, "a fully qualified name", then("java.lang." + DO + ";"));
    add(attacks, "within the detection", then("insert( new Detection( $f, " + DO + " ) );"));
    add(
        attacks,
        "a call as the argument of a function",
        then("insert( new PendingSequence( canonicalPath( " + DO + " ), $f ) );"));
    add(attacks, "a method of a fact", then("insert( new Detection( $f.getClass() ) );"));
    add(attacks, "another class", then("insert( new Thread() );"));
    add(attacks, "a class with a body", then("insert( new Detection( $f ) {{ " + DO + "; }} );"));
    add(attacks, "a qualified class", then("insert( new java.lang.ProcessBuilder( \"x\" ) );"));
    add(attacks, "a lambda", then("Runnable r = () -> " + DO + "; r.run();"));
    add(attacks, "a local class", then("class X { { " + DO + "; } } new X();"));
    add(attacks, "a loop", then("while ( true ) {}"));
    add(
        attacks,
        "a block closed early",
        then("insert( new Detection( $f ) ); } static { " + DO + "; } void x() {"));
    add(attacks, "drools", then("drools.getKieRuntime().getKieBase(); " + DO + ";"));
    add(attacks, "kcontext", then("kcontext.getKieRuntime().halt();"));
    add(attacks, "modify", then("modify( $f ) { getEvent() }"));
    add(attacks, "update", then("update( $f );"));
    add(attacks, "delete", then("delete( $f );"));
    add(
        attacks,
        "a ternary in the detection",
        then("insert( true ? new Detection( $f ) : null );"));
    add(
        attacks,
        "a Unicode escape within a text",
        then(
            "insert( new PendingSequence( \"\\u0022 + "
                + DO.replace("\"", "\\u0022")
                + " + \\u0022\", $f ) );"));
    add(attacks, "many u's", then("insert( new PendingSequence( \"\\uuu0022 + x\", $f ) );"));
    add(attacks, "a call in a condition", when("$f : FileEvent( " + DO + " == null )"));
    add(
        attacks,
        "a qualified call in a condition",
        when("$f : FileEvent( java.lang." + DO + " == null )"));
    add(attacks, "the class of a fact", when("$f : FileEvent( this.getClass() != null )"));
    add(
        attacks,
        "the class of a fact as a field",
        when("$f : FileEvent( class.classLoader != null )"));
    add(attacks, "the class of a field", when("$f : FileEvent( file.class.name == \"x\" )"));
    add(attacks, "reflection", when("$f : FileEvent( Class.forName( \"x\" ) != null )"));
    add(
        attacks,
        "an object in a condition",
        when("$f : FileEvent( new java.io.File( \"x\" ).delete() )"));
    add(attacks, "a static builder", when("$f : FileEvent( FileEvent.builder() != null )"));
    add(attacks, "a lambda in a condition", when("$f : FileEvent( ( () -> " + DO + " ) != null )"));
    add(attacks, "a cast", when("$f : FileEvent( ( (Runnable) this ) != null )"));
    add(attacks, "an inline cast", when("$f : FileEvent( this#java.lang.Runnable.run() == null )"));
    add(attacks, "an assignment", when("$f : FileEvent( ( file.path = \"x\" ) != null )"));
    add(attacks, "a regular expression", when("$f : FileEvent( file.path matches \"(a+)+b\" )"));
    add(attacks, "a custom operator", when("$f : FileEvent( file.path evil \"x\" )"));
    String asNumber = "\"Long.valueOf( " + DO.replace("\"", "\\\"") + ".length() ) + 1\"";
    add(
        attacks,
        "a text that becomes a number",
        when("$f : FileEvent( process.pid == " + asNumber + " )"));
    add(
        attacks,
        "a text that becomes a number, on the left",
        when("$f : FileEvent( " + asNumber + " == process.pid )"));
    add(
        attacks,
        "a text that becomes a number, in brackets",
        when("$f : FileEvent( ( process.pid ) > ( " + asNumber + " ) )"));
    add(
        attacks,
        "a text that becomes a number, of a list",
        when("$f : FileEvent( process.pid in ( " + asNumber + ", 2 ) )"));
    add(
        attacks,
        "a text that becomes a number, by a variable",
        when("$e : ProcessEvent( $n : process.pid ) $f : FileEvent( $n == " + asNumber + " )"));
    add(
        attacks,
        "a text that becomes a number, by a fact",
        when("$e : ProcessEvent() $f : FileEvent( $e.process.pid == " + asNumber + " )"));
    add(
        attacks,
        "a text that becomes true",
        when("$f : FileEvent( countedOnce == " + asNumber + " )"));
    add(
        attacks,
        "a text that is put together",
        when("$f : FileEvent( process.pid == " + asNumber + " + \"2\" )"));
    add(
        attacks,
        "a text that is abbreviated",
        when("$f : FileEvent( process.pid == 1 || == " + asNumber + " )"));
    add(
        attacks,
        "a parameter of an operator",
        when("$e : ProcessEvent() $f : FileEvent( this after[ " + DO + " ] $e )"));
    add(attacks, "a character", when("$f : FileEvent( process.pid == 'x' )"));
    add(
        attacks,
        "a list of the syntax",
        when("$f : FileEvent( [ " + DO + " ] contains file.path )"));
    add(attacks, "an index", when("$f : FileEvent( event.type[ " + DO + ".length() ] == \"x\" )"));
    add(
        attacks,
        "an implicit null check of a call",
        when("$f : FileEvent( file!.getClass() != null )"));
    add(attacks, "eval", when("$f : FileEvent() eval( " + DO + " == null )"));
    add(attacks, "an inline eval", when("$f : FileEvent( eval( " + DO + " == null ) )"));
    add(attacks, "from", when("$f : FileEvent() Object() from " + DO));
    add(attacks, "a binding of a call", when("$f : FileEvent( $x : " + DO + " )"));
    add(
        attacks,
        "accumulate code",
        when(
            "$f : FileEvent() Number() from accumulate( FileEvent(), init( int i = 0; ) action( "
                + DO
                + "; ) result( i ) )"));
    add(
        attacks,
        "an accumulate function",
        when("$f : FileEvent() accumulate( FileEvent( $p : file.path ); $c : count( $p ) )"));
    add(attacks, "collect", when("$f : FileEvent() java.util.List() from collect( FileEvent() )"));
    add(attacks, "an entry point", when("$f : FileEvent() from entry-point x"));
    add(attacks, "any object", when("$f : FileEvent() Object( " + DO + " == null )"));
    add(attacks, "a class of the library", when("$f : FileEvent() java.util.Map( empty )"));
    add(attacks, "an OOPath", when("$f : FileEvent() /x[ " + DO + " == null ]"));
    add(attacks, "a function", head("function void f() { " + DO + "; }"));
    add(attacks, "a declared type", head("declare X a : String = " + DO + " end"));
    add(attacks, "a declared enum", head("declare enum X A( " + DO + " ); v : String end"));
    add(attacks, "a type that replaces a fact", head("declare FileEvent path : String end"));
    add(attacks, "a trait", head("declare trait X end"));
    add(attacks, "a query", head("query q() $x : FileEvent( " + DO + " == null ) end"));
    add(attacks, "a global", head("global java.util.List all;"));
    add(
        attacks,
        "a window",
        head("declare window W FileEvent( " + DO + " == null ) over window:time( 1h ) end"));
    add(attacks, "an import", header("import java.lang.System;"));
    add(attacks, "an import of all", header("import java.util.*;"));
    add(attacks, "an import of the engine", header("import dev.iiswarden.engine.*;"));
    add(
        attacks,
        "an import of a function",
        header("import function java.lang.System.setProperty;"));
    add(attacks, "a static import", header("import static java.lang.System.*;"));
    add(attacks, "an accumulate import", header("import accumulate java.util.ArrayList x;"));
    add(
        attacks,
        "the dialect MVEL",
        HEAD + "dialect \"mvel\"\n" + then("").substring(HEAD.length()));
    add(
        attacks,
        "the dialect of a rule",
        HEAD
            + "rule \"r\" dialect \"mvel\" when $f : FileEvent() then System.setProperty('x','y') end");
    add(
        attacks,
        "a computed salience",
        HEAD
            + "rule \"r\" salience( "
            + DO
            + ".length() ) when $f : FileEvent() then insert( new Detection( $f ) ); end");
    add(
        attacks,
        "a computed switch",
        HEAD
            + "rule \"r\" enabled( "
            + DO
            + " == null ) when $f : FileEvent() then insert( new Detection( $f ) ); end");
    add(
        attacks,
        "a timer",
        HEAD
            + "rule \"r\" timer( expr: "
            + DO
            + " ) when $f : FileEvent() then insert( new Detection( $f ) ); end");
    add(
        attacks,
        "a calendar",
        HEAD
            + "rule \"r\" calendars \"x\" when $f : FileEvent() then insert( new Detection( $f ) ); end");
    add(
        attacks,
        "a rule that extends another",
        HEAD
            + "rule \"r\" extends \"s\" when $f : FileEvent() then insert( new Detection( $f ) ); end");
    add(
        attacks,
        "a named consequence",
        HEAD
            + "rule \"r\" when $f : FileEvent() do[x] then insert( new Detection( $f ) ); then[x] "
            + DO
            + "; end");
    add(
        attacks,
        "a conditional branch",
        HEAD
            + "rule \"r\" when $f : FileEvent() if ( "
            + DO
            + " == null ) do[x] then insert( new Detection( $f ) ); then[x] "
            + DO
            + "; end");
    add(
        attacks,
        "an unknown annotation",
        HEAD
            + "rule \"r\" @java.lang.Deprecated when $f : FileEvent() then insert( new Detection( $f ) ); end");
    add(
        attacks,
        "an annotation with a value that is no text",
        HEAD
            + "rule \"r\" @id( "
            + DO
            + " ) when $f : FileEvent() then insert( new Detection( $f ) ); end");
    add(
        attacks,
        "a text that ends early in an annotation",
        HEAD
            + "rule \"r\" @description( \"x\" + "
            + DO
            + " + \"y\" ) when $f : FileEvent() then insert( new Detection( $f ) ); end");
    add(
        attacks,
        "a name that ends a text",
        HEAD
            + "rule \"r\\\" + "
            + DO.replace("\"", "\\\"")
            + " + \\\"\" when $f : FileEvent() then insert( new Detection( $f ) ); end");
    add(
        attacks,
        "a package of ours",
        then(DO + ";").replace("package analyst;", "package dev.iiswarden.engine;"));
    add(
        attacks,
        "a rule unit",
        header("").replace("package analyst;", "package analyst;\nunit X;"));
    return attacks.stream();
  }

  private static void add(List<Arguments> attacks, String name, String drl) {
    attacks.add(Arguments.of(name, drl));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("attacks")
  void doesNotRun(String name, String drl) throws IOException {
    Files.writeString(directory.resolve("attack.drl"), drl);

    RulesException refusal =
        assertThrows(RulesException.class, () -> Rules.fromDirectory(directory), name);

    assertTrue(String.valueOf(refusal.getMessage()).contains("attack.drl"), refusal::getMessage);
    assertNull(System.getProperty(TRACE), name);
  }

  /** Java would end the comment there; nothing else does. */
  @Test
  void aCommentWithAUnicodeEscapeIsAComment() throws IOException {
    Files.writeString(
        directory.resolve("own.drl"),
        then("// \\u000a" + DO + ";\ninsert( new Detection( $f ) );"));
    assertEquals(1, Rules.fromDirectory(directory).all().size());
    assertNull(System.getProperty(TRACE));
  }

  /** Where a rule could once call what is not public. */
  @ParameterizedTest
  @ValueSource(
      strings = {"dev.iiswarden.rules", "dev.iiswarden.event", "dev.iiswarden.engine", "java.lang"})
  void aPackageIsALabel(String name) throws IOException {
    Files.writeString(
        directory.resolve("own.drl"),
        header("").replace("package analyst;", "package " + name + ";"));
    assertEquals(1, Rules.fromDirectory(directory).all().size());
  }

  @Test
  void thereAreMoreThanFortyOfThem() {
    assertTrue(attacks().count() >= 40);
  }

  @Test
  void aReasonAndALineAreGiven() throws IOException {
    Files.writeString(
        directory.resolve("attack.drl"), HEAD + "\n\n" + then(DO + ";").substring(HEAD.length()));
    RulesException refusal =
        assertThrows(RulesException.class, () -> Rules.fromDirectory(directory));
    assertTrue(
        String.valueOf(refusal.getMessage())
            .contains(
                "attack.drl:7:48: rule \"r\": System is not expected here: a consequence may only insert a"
                    + " Detection, a PendingSequence or a ModuleRegistration"),
        refusal::getMessage);
  }

  @Test
  void whatComesWithoutADirectoryIsGuardedAlways() {
    Map<String, String> files = Map.of("attack.drl", then(DO + ";"));
    assertThrows(RulesException.class, () -> Rules.fromFiles(files));
    assertNull(System.getProperty(TRACE));
  }

  @Test
  void whoTrustsTheAuthorsLetsThemDoWhatTheyLike() throws IOException {
    Files.writeString(
        directory.resolve("trusted.drl"), then(DO + "; insert( new Detection( $f ) );"));
    List<String> said = new ArrayList<>();
    try (Detector detector =
        Detector.builder()
            .rules(RulesDirectory.at(directory).trusted().compile())
            .sink(alert -> said.add(alert.rule().id()))
            .build()) {
      detector.accept(FileEvent.builder().timestamp(IisEvents.START).hostName("WEB").build());
    }
    assertEquals(List.of("r"), said);
    assertEquals("yes", System.getProperty(TRACE));
  }
}
