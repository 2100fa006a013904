package dev.iiswarden.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.statistics.Statistics;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

/** Whatever is run without the parser of options is the command that the parser makes. */
class PlainReplayProperties {
  @Property(tries = 500)
  void itIsTheCommandThatTheParserMakes(@ForAll("inputs") List<String> inputs) throws Exception {
    List<String> line = new ArrayList<>(List.of("replay"));
    line.addAll(inputs);
    String[] arguments = line.toArray(String[]::new);
    boolean isPlain = PlainReplay.isAskedForBy(arguments);
    Statistics.label("plain").collect(isPlain);
    if (isPlain) {
      CommandLine parser = Commands.parser(arguments);
      parser.parseArgs(arguments);
      Object parsed = Objects.requireNonNull(parser.getSubcommands().get("replay")).getCommand();

      assertEquals(values(parsed), values(PlainReplay.command(arguments)));
    }
  }

  @Provide
  Arbitrary<List<String>> inputs() {
    Arbitrary<String> tricky =
        Arbitraries.of(
            "-",
            "",
            " ",
            "replay",
            "test",
            "a=b",
            "a,b",
            "${user.dir}",
            "$x",
            "%n",
            "\"a b\"",
            "'a'",
            "\\",
            "C:\\x",
            "/h",
            "+x",
            "#x",
            "--",
            "-h",
            "--help",
            "--quiet",
            "@x",
            "@@x",
            "a\nb");
    Arbitrary<String> any = Arbitraries.strings().ofMaxLength(6);
    return Arbitraries.frequencyOf(
            net.jqwik.api.Tuple.of(2, tricky), net.jqwik.api.Tuple.of(1, any))
        .list()
        .ofMinSize(1)
        .ofMaxSize(4);
  }

  /** The values of all fields, and of those of the options' classes. */
  private static Map<String, String> values(Object object) throws IllegalAccessException {
    Map<String, String> values = new TreeMap<>();
    for (Field field : object.getClass().getDeclaredFields()) {
      if (Modifier.isStatic(field.getModifiers()) || field.getType() == CommandSpec.class) {
        continue;
      }
      field.setAccessible(true);
      Object value = field.get(object);
      if (value != null && value.getClass().getSimpleName().endsWith("Options")) {
        values(value).forEach((name, each) -> values.put(field.getName() + "." + name, each));
      } else {
        values.put(field.getName(), String.valueOf(value));
      }
    }
    assertTrue(!values.isEmpty(), object::toString);
    return values;
  }
}
