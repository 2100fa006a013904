package dev.iiswarden.drl;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.iiswarden.drl.RuleTerms.Term;
import dev.iiswarden.event.EventField;
import dev.iiswarden.event.EventKind;
import dev.iiswarden.rules.Rules;
import java.io.IOException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Generates the page about facts, fields and functions, and the same for the program, from the
 * javadoc, and compares both with the files of the project.
 */
class RuleTermsTest {
  private static final Path PAGE = Path.of("docs", "functions.md");
  private static final Path RESOURCE =
      Path.of("src/main/resources/dev/iiswarden/cli/functions.json");
  private static final Pattern VARIABLE = Pattern.compile("\\$\\w+");
  private static final Map<String, String> VARIABLES =
      Map.of(
          "$dropped", "$dropped : FileEvent()",
          "$path", "FileEvent( $path : file.path )",
          "$written", "$written : RegistryEvent()",
          "$waiting", "$waiting : PendingSequence()");
  private static final Pattern OWN_FIELD = Pattern.compile("\\b(dll|registry|iis|powershell)\\.");

  private static final List<Term> TERMS = RuleTerms.all();

  @Test
  void thePageIsWhatTheJavadocSays() throws IOException {
    compare(RuleTermsPage.of(TERMS), PAGE);
  }

  @Test
  void theProgramShowsWhatTheJavadocSays() throws IOException {
    ObjectMapper json = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);
    ArrayNode all = json.createArrayNode();
    for (Term term : TERMS) {
      all.addObject()
          .put("group", RuleTermsPage.withImport(term.group()))
          .put("name", term.name())
          .put("form", term.form())
          .put("meaning", term.meaning().replace("`", ""))
          .put("example", term.example());
    }
    compare(json.writeValueAsString(all) + "\n", RESOURCE);
  }

  private static void compare(String made, Path file) throws IOException {
    Path copy = Path.of("target").resolve(file.getFileName());
    Files.createDirectories(Path.of("target"));
    Files.writeString(copy, made);
    assertEquals(
        made,
        Files.exists(file) ? Files.readString(file) : "",
        file + " is out of date: take " + copy + " if that is meant");
  }

  @Test
  void everyFactFieldAndFunctionIsThere() {
    Set<String> expected = new TreeSet<>(Vocabulary.FACTS.keySet());
    for (EventKind kind : EventKind.all()) {
      kind.fields().stream().map(EventField::property).forEach(expected::add);
    }
    for (Class<?> owner : Vocabulary.FUNCTION_CLASSES) {
      Stream.of(owner.getMethods())
          .filter(method -> Modifier.isStatic(method.getModifiers()))
          .map(Method::getName)
          .forEach(expected::add);
    }
    Set<String> names = TERMS.stream().map(Term::name).collect(Collectors.toSet());

    expected.removeAll(names);
    assertEquals(Set.of(), expected);
  }

  @Test
  void everythingIsExplainedInSentencesAndHasAnExample() {
    for (Term term : TERMS) {
      assertTrue(term.meaning().matches("[`A-Z].*\\."), term::toString);
      assertTrue(!term.meaning().contains("{@"), term::toString);
      assertTrue(term.example().contains(term.name()), term::toString);
    }
  }

  @Test
  void everyExampleCompiles() {
    StringBuilder file = new StringBuilder("package analyst;\nimport dev.iiswarden.event.*;\n");
    for (Class<?> owner : Vocabulary.FUNCTION_CLASSES) {
      file.append("import function ").append(owner.getName()).append(".*;\n");
    }
    for (int i = 0; i < TERMS.size(); i++) {
      file.append(rule("example-" + i, TERMS.get(i).example()));
    }
    Rules rules = Rules.fromFiles(Map.of("examples.drl", file.toString()));

    assertEquals(TERMS.size(), rules.all().size());
  }

  /** A rule that consists of an example and of what the example needs. */
  private static String rule(String name, String example) {
    boolean isConsequence = example.startsWith("insert(");
    String pattern =
        isConsequence
            ? ""
            : example.matches("(\\$\\w+ : )?[A-Z]\\w+\\(.*")
                ? example
                : fact(example) + "( " + example + " )";
    String bound =
        VARIABLE
            .matcher(example)
            .results()
            .map(variable -> variable.group())
            .distinct()
            .filter(variable -> !example.startsWith(variable + " : "))
            .map(variable -> VARIABLES.getOrDefault(variable, variable + " is unknown"))
            .collect(Collectors.joining("\n"));
    return """
        rule "%1$s" @id( "%1$s" ) @severity( "low" )
        when
            $any : FileEvent()
            %2$s
            %3$s
        then
            %4$s
        end
        """
        .formatted(
            name, bound, pattern, isConsequence ? example : "insert( new Detection( $any ) );");
  }

  /** The fact that has the fields of a condition. */
  private static String fact(String condition) {
    Matcher own = OWN_FIELD.matcher(condition.replaceAll("\\$[\\w.]+", ""));
    return own.find()
        ? switch (own.group(1)) {
          case "dll" -> "LibraryEvent";
          case "registry" -> "RegistryEvent";
          case "iis" -> "ConfigurationEvent";
          default -> "ScriptBlockEvent";
        }
        : "FileEvent";
  }
}
