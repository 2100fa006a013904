package dev.iiswarden.testing;

import dev.iiswarden.Detector;
import dev.iiswarden.decode.EventDecoder;
import dev.iiswarden.decode.EventDecoders;
import dev.iiswarden.drl.Metadata;
import dev.iiswarden.rules.Rules;
import dev.iiswarden.rules.RulesDirectory;
import dev.iiswarden.rules.RulesException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A program that loads rule files with code in every place where a file can have text, and judges
 * events by those that load. It does so twice, with other texts the second time, which it begins
 * with a line {@code BEGIN} and ends with {@code END}: in the first round a JVM loads the classes
 * that it needs for this. Arguments: {@code RULES SAMPLES DIRECTORY}, the last an empty directory.
 * It prints what became of each file.
 */
public final class HostileRules {
  /** What a line begins with if a file was refused as it should be. */
  public static final String REFUSED = "refused ";

  /** What a line begins with if the rules of a file were loaded and judged the events. */
  public static final String LOADED = "loaded ";

  /** What a line begins with if something else became of a file. */
  public static final String WRONG = "WRONG ";

  /** What a line begins with if code of a rule file was run. */
  public static final String RAN = "RAN ";

  /** The system property that the code of a round sets, before its number. */
  private static final String MARKER = "iiswarden.escaped.";

  private static final String HEAD =
      """
      package analyst;
      import dev.iiswarden.event.*;
      import function dev.iiswarden.event.Eql.*;
      """;

  private final Path directory;
  private final List<String> lines;
  private final int round;

  private HostileRules(Path directory, List<String> lines, int round) {
    this.directory = directory;
    this.lines = lines;
    this.round = round;
  }

  /** Runs both rounds. */
  public static void main(String[] args) throws IOException {
    List<String> lines = new ArrayList<>();
    try (Stream<Path> files = Files.list(Path.of(args[1]))) {
      for (Path file : files.sorted().toList()) {
        lines.addAll(Files.readAllLines(file));
      }
    }
    Path directory = Path.of(args[2]);
    HostileRules first = new HostileRules(directory, lines, 1);
    HostileRules second = new HostileRules(directory, lines, 2);
    System.out.println(LOADED + first.judge(RulesDirectory.at(Path.of(args[0])).compile()));
    first.run();
    first.report();
    System.out.println("BEGIN");
    second.run();
    System.out.println("END");
    second.report();
  }

  private void report() {
    String ran = System.getProperty(MARKER + round);
    if (ran != null) {
      System.out.println(RAN + MARKER + round);
    }
  }

  private void run() throws IOException {
    for (String payload : payloads()) {
      for (Map.Entry<String, String> file : files(payload).entrySet()) {
        String name = "round-" + round + ".drl";
        Path written = directory.resolve(name);
        Files.writeString(written, file.getValue());
        load(file.getKey(), name, payload, null);
        Files.delete(written);
      }
      load("file name", payload + ".drl", payload, rule("one", "FileEvent()", "$f"));
    }
  }

  private void load(String place, String name, String payload, @Nullable String textOfNoDirectory) {
    String what = place + " | " + payload.replace('\n', ' ');
    try {
      Rules rules =
          textOfNoDirectory == null
              ? Rules.fromDirectory(directory)
              : Rules.fromFiles(Map.of(name, textOfNoDirectory));
      System.out.println(LOADED + what + " | " + judge(rules));
    } catch (RulesException e) {
      String message = String.valueOf(e.getMessage());
      boolean isNamed =
          message.contains(name.replace('\n', ' ')) || message.contains(printable(name));
      System.out.println((isNamed ? REFUSED : WRONG) + what + (isNamed ? "" : " | " + message));
    } catch (Throwable e) {
      System.out.println(WRONG + what + " | " + e);
    }
  }

  private static String printable(String name) {
    return name.replaceAll("[^\\x20-\\x7e]", "?");
  }

  private String judge(Rules rules) {
    List<String> alerts = new ArrayList<>();
    EventDecoder decoder = EventDecoders.auto();
    try (Detector detector =
        Detector.builder().rules(rules).sink(alert -> alerts.add(alert.toJson())).build()) {
      for (String line : lines) {
        detector.accept(decoder.decode(line));
      }
    }
    return alerts.size() + " alerts";
  }

  /** What ends a text, a comment or a class of the languages that rules were compiled to. */
  private List<String> payloads() {
    String code = "System.setProperty( " + text(MARKER + round) + ", " + text("r" + round) + " )";
    String number = Integer.toString(40 + round);
    return List.of(
        code,
        code + ";",
        "*/ static { " + code + "; } /*",
        "x */ } static { " + code + "; } void f" + number + "() { /* y",
        "\"; " + code + "; //" + number,
        "\" + " + code + " + \"",
        "\\\" + " + code + " + \\\"",
        "\\u002a/ static { " + code + "; } /\\u002a",
        "\\u0022 + " + code + " + \\u0022",
        "\\u000a" + code + ";",
        "\n" + code + ";\n",
        "x\" end rule \"y\" when eval( " + code + " == null ) then end //",
        "import java.lang.*; " + code,
        "Long.valueOf( " + code + ".length() ) + " + number,
        "( " + code + " == null ? " + number + "L : 1L ) + 1",
        "@{ " + code + " }",
        "${ " + code + " }",
        "#{ " + code + " }",
        "@code{ " + code + " }",
        "java" + "x".repeat(round) + ".lang.System");
  }

  /** A text in Java without quotes. */
  private static String text(String text) {
    return text.chars()
        .mapToObj(Integer::toString)
        .collect(Collectors.joining(",", "new String( new char[]{", "} )"));
  }

  private static String rule(String name, String condition, String evidence) {
    return rule(name, "@id( \"one\" )", condition, "insert( new Detection( " + evidence + " ) );");
  }

  private static String rule(String name, String head, String condition, String consequence) {
    return HEAD
        + "rule \""
        + name
        + "\" "
        + head
        + " when $f : "
        + condition
        + " then "
        + consequence
        + " end\n";
  }

  private static String condition(String condition) {
    return rule("one", condition, "$f");
  }

  private static String annotated(String annotations) {
    return rule("one", annotations, "FileEvent()", "insert( new Detection( $f ) );");
  }

  private static String consequence(String consequence) {
    return rule("one", "@id( \"one\" )", "FileEvent()", consequence);
  }

  /** Texts of rule files with a payload, by the place where they have it. */
  private static Map<String, String> files(String payload) {
    Map<String, String> files = new LinkedHashMap<>();
    String good = condition("FileEvent()");
    files.put("rule name", rule(payload, "FileEvent()", "$f"));
    files.put("rule name without quotes", good.replace("\"one\" @id", payload + " @id"));
    files.put("package", good.replace("package analyst", "package " + payload));
    files.put("part of the package", good.replace("package analyst", "package analyst." + payload));
    files.put("import", good.replace("rule", "import " + payload + ";\nrule"));
    files.put("imported fact", good.replace("event.*", "event." + payload));
    files.put("function import", good.replace("rule", "import function " + payload + ";\nrule"));
    files.put("imported function", good.replace("Eql.*", "Eql." + payload));
    files.put("line comment", "// " + payload + "\n" + good);
    files.put("line comment in a condition", condition("FileEvent( // " + payload + "\n )"));
    files.put(
        "line comment in a consequence", good.replace("insert", "// " + payload + "\ninsert"));
    files.put("block comment", "/* " + payload + " */\n" + good);
    files.put("block comment in a condition", condition("FileEvent( /* " + payload + " */ )"));
    files.put(
        "block comment in a consequence", good.replace("insert", "/* " + payload + " */ insert"));
    files.put("id", annotated("@id( \"" + payload + "\" )"));
    files.put("id without quotes", annotated("@id( " + payload + " )"));
    for (String name : Metadata.NAMES) {
      files.put("@" + name, annotated("@id( \"one\" ) @" + name + "( \"" + payload + "\" )"));
      files.put(
          "@" + name + " without quotes",
          annotated("@id( \"one\" ) @" + name + "( " + payload + " )"));
    }
    files.put("annotation name", annotated("@id( \"one\" ) @" + payload + "( \"x\" )"));
    files.put("annotation without a value", annotated("@id( \"one\" ) @" + payload));
    files.put("text compared", condition("FileEvent( user.name == \"" + payload + "\" )"));
    files.put("text not compared", condition("FileEvent( user.name != \"" + payload + "\" )"));
    files.put(
        "argument of a function", condition("FileEvent( like( user.name, \"" + payload + "\" ) )"));
    files.put(
        "text of a list", condition("FileEvent( user.name in ( \"" + payload + "\", \"x\" ) )"));
    files.put("text for a number", condition("FileEvent( process.pid == \"" + payload + "\" )"));
    files.put("text for a truth", condition("FileEvent( countedOnce == \"" + payload + "\" )"));
    files.put(
        "text for a variable",
        condition("FileEvent() ProcessEvent( $n : streamTime, $n == \"" + payload + "\" )"));
    files.put("binding", condition("FileEvent( $" + payload + " : file.path )"));
    files.put("binding of a fact", good.replace("$f :", payload + " :"));
    files.put("fact type", good.replace("FileEvent", payload));
    files.put("field", condition("FileEvent( " + payload + " == \"x\" )"));
    files.put("field of a field", condition("FileEvent( file." + payload + " == \"x\" )"));
    files.put("condition", condition("FileEvent( " + payload + " )"));
    files.put("function", condition("FileEvent( " + payload + "( file.path ) )"));
    files.put("argument", condition("FileEvent( like( file.path, " + payload + " ) )"));
    files.put(
        "sequence name", consequence("insert( new PendingSequence( \"" + payload + "\", $f ) );"));
    files.put(
        "sequence name in a condition",
        condition("FileEvent() PendingSequence( name == \"" + payload + "\" )"));
    files.put("consequence", consequence(payload));
    files.put("evidence", consequence("insert( new Detection( " + payload + " ) );"));
    files.put("type of what is inserted", consequence("insert( new " + payload + "( $f ) );"));
    files.put("salience", annotated("@id( \"one\" ) salience " + payload));
    files.put("salience in brackets", annotated("@id( \"one\" ) salience( " + payload + " )"));
    files.put("attribute", annotated("@id( \"one\" ) " + payload));
    files.put("dialect", annotated("@id( \"one\" ) dialect \"" + payload + "\""));
    files.put("window", condition("FileEvent() over window:time( " + payload + " )"));
    files.put("kind of window", condition("FileEvent() over window:" + payload + "( 1h )"));
    files.put(
        "span of an operator",
        condition("FileEvent() ProcessEvent( this after[ " + payload + " ] $f )"));
    files.put("after the rule", good + payload);
    files.put("before the package", payload + "\n" + good);
    return files;
  }
}
