package dev.iiswarden.drl;

import dev.iiswarden.event.Event;
import dev.iiswarden.event.EventField;
import dev.iiswarden.event.EventKind;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Supplier;

/** Makes rules from the grammar, and events that may meet their conditions. */
final class RandomRules {
  static final String HEADER =
      """
      package analyst;
      import dev.iiswarden.event.*;
      import function dev.iiswarden.event.Eql.*;
      import function dev.iiswarden.event.WindowsPaths.*;
      import function dev.iiswarden.event.CommandLines.*;
      import function dev.iiswarden.event.CodeSignatures.*;
      """;

  private static final Instant START = Instant.parse("2026-03-01T10:00:00Z");
  private static final int LONGEST_GAP_MILLIS = 1_000;
  private static final List<String> TEXTS =
      List.of(
          "",
          "dll",
          "DLL",
          "w3wp.exe",
          "W3WP.EXE",
          "creation",
          "start",
          "C:\\inetpub\\x.dll",
          "c:/INETPUB/x.dll",
          "\\\\?\\C:\\inetpub\\x.dll",
          "appcmd.exe install module /i:x",
          "a\"b",
          "true",
          "4",
          "\u0130stanbul");

  private static final List<String> PATTERNS =
      List.of(
          "*", "*dll*", "?:\\*", "w3wp.exe", "*\\inetpub\\*", "*install*", "d?l", "c*", "*.exe");

  private final Random random;
  private final EventKind kind;
  private final List<EventField> fields;

  RandomRules(Random random, EventKind kind) {
    this.random = random;
    this.kind = kind;
    fields = List.copyOf(kind.fields());
  }

  private <T> T any(List<T> some) {
    return some.get(random.nextInt(some.size()));
  }

  /** Returns an event in which about half of the fields are missing. */
  Event event(int number) {
    Map<String, Object> values = new HashMap<>();
    for (EventField field : fields) {
      if (random.nextBoolean()) {
        values.put(
            field.name(),
            switch (field.type()) {
              case TEXT -> any(TEXTS);
              case HASH -> "ab" + random.nextInt(3);
              case TEXTS -> List.of(any(TEXTS), any(TEXTS)).subList(0, random.nextInt(3));
              case NUMBER -> String.valueOf(random.nextInt(6));
              case BOOLEAN -> String.valueOf(random.nextBoolean());
            });
      }
    }
    values.put("host.name", "WEB0" + random.nextInt(2));
    return kind.event(START.plusMillis((long) number * random.nextInt(LONGEST_GAP_MILLIS)), values);
  }

  /** Returns a rule with a condition on one event. */
  String rule(String id) {
    return rule(id, "$e : " + kind.factName() + "( " + condition(2) + " )", "$e");
  }

  /** Returns a rule with a condition that compares two events, the second of the given kind. */
  String join(String id, RandomRules other) {
    String between =
        any(
            List.of(
                "follows( $a, \"" + any(List.of("1s", "10s", "1m")) + "\" )",
                "process.isSameAs( $a.process )",
                "samePath( process.executable, $a.process.executable )",
                "process.name == $a.process.name",
                "host.name == $name",
                "event.sequence > $a.event.sequence",
                "this != $a",
                "sameFolder( process.executable, $a.process.parent.executable )"));
    return rule(
        id,
        "$a : "
            + kind.factName()
            + "( $name : host.name, "
            + often("this != null", condition(1))
            + " ) over window:time( 1m1ms )\n  $b : "
            + other.kind.factName()
            + "( "
            + often("this != null", other.condition(0))
            + ", "
            + between
            + " )"
            + (random.nextInt(4) == 0
                ? "\n  not( " + kind.factName() + "( process.name == $a.process.executable ) )"
                : ""),
        "$a, $b");
  }

  private static String rule(String id, String conditions, String evidence) {
    return "rule \""
        + id
        + "\" @id( \""
        + id
        + "\" )\nwhen\n  "
        + conditions
        + "\nthen\n  insert( new Detection( "
        + evidence
        + " ) );\nend\n";
  }

  private String often(String common, String rare) {
    return random.nextInt(3) == 0 ? rare : common;
  }

  private String condition(int depth) {
    int choice = depth == 0 ? 9 : random.nextInt(10);
    return switch (choice) {
      case 0 -> "!( " + condition(depth - 1) + " )";
      case 1 -> condition(depth - 1) + " && " + condition(depth - 1);
      case 2 -> condition(depth - 1) + " || " + condition(depth - 1);
      case 3 -> "( " + condition(depth - 1) + " || " + condition(depth - 1) + " )";
      default -> atom();
    };
  }

  private String atom() {
    EventField field = any(fields);
    return switch (field.type()) {
      case TEXT, HASH -> text(field.property());
      case TEXTS -> list(field.property());
      case NUMBER -> number(field.property());
      case BOOLEAN ->
          field.property() + any(List.of(" == ", " != ")) + any(List.of("true", "false", "null"));
    };
  }

  private String text(String field) {
    List<Supplier<String>> forms = new ArrayList<>();
    String equals = any(List.of(" == ", " != "));
    forms.add(() -> field + equals + quoted(any(TEXTS)));
    forms.add(() -> quoted(any(TEXTS)) + equals + field);
    forms.add(() -> field + equals + "null");
    forms.add(() -> field + equals + other(EventField.Type.TEXT));
    forms.add(
        () ->
            field
                + any(List.of(" in ( ", " not in ( "))
                + quoted(any(TEXTS))
                + ", "
                + quoted(any(TEXTS))
                + " )");
    forms.add(
        () ->
            any(List.of("like", "notLike", "pathLike", "notPathLike", "keyLike"))
                + patterns(field));
    forms.add(
        () -> "oneOf( " + field + ", " + quoted(any(TEXTS)) + ", " + quoted(any(TEXTS)) + " )");
    forms.add(
        () ->
            any(List.of("samePath", "sameFile", "sameKey", "sameFolder"))
                + "( "
                + field
                + ", "
                + other(EventField.Type.TEXT)
                + " )");
    forms.add(
        () ->
            field
                + ".length() "
                + any(List.of("<", ">", "==", "<=", ">=", "!="))
                + " "
                + random.nextInt(9));
    forms.add(() -> field + ".isEmpty()");
    forms.add(
        () ->
            field
                + any(
                    List.of(
                        ".contains", ".startsWith", ".endsWith", ".equals", ".equalsIgnoreCase"))
                + "( "
                + quoted(any(TEXTS))
                + " )");
    forms.add(() -> "fileName( " + field + " )" + equals + quoted("x.dll"));
    forms.add(() -> "like( folderOf( " + field + " ), \"*inetpub*\" )");
    forms.add(() -> "hasArgument( " + field + ", \"install\" )");
    forms.add(() -> "hasOption( " + field + ", \"/i\" )");
    forms.add(() -> "like( canonicalPath( " + field + " ), \"*inetpub*\" )");
    return any(forms).get();
  }

  private String patterns(String field) {
    return "( " + field + ", " + quoted(any(PATTERNS)) + ", " + quoted(any(PATTERNS)) + " )";
  }

  private String list(String field) {
    return switch (random.nextInt(6)) {
      case 0 ->
          field + any(List.of(" contains ", " excludes ", " not contains ")) + quoted(any(TEXTS));
      case 1 -> quoted(any(TEXTS)) + any(List.of(" memberOf ", " not memberOf ")) + field;
      case 2 -> field + ".size() " + any(List.of("<", ">", "==")) + " " + random.nextInt(3);
      case 3 -> field + ".isEmpty()";
      case 4 -> "oneOf( " + field + ", " + quoted(any(TEXTS)) + " )";
      default -> any(List.of("like", "notLike")) + patterns(field);
    };
  }

  private String number(String field) {
    String operator = any(List.of("==", "!=", "<", "<=", ">", ">="));
    return switch (random.nextInt(4)) {
      case 0 -> field + any(List.of(" == ", " != ")) + "null";
      case 1 -> field + " " + operator + " " + other(EventField.Type.NUMBER);
      case 2 -> random.nextInt(6) + " " + operator + " " + field;
      default -> field + " " + operator + " " + (random.nextInt(7) - 1);
    };
  }

  private String other(EventField.Type type) {
    return any(fields.stream().filter(field -> field.type() == type).toList()).property();
  }

  private static String quoted(String text) {
    return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
  }
}
