package dev.iiswarden.drl;

import com.github.javaparser.JavaParser;
import com.github.javaparser.ParserConfiguration;
import com.github.javaparser.ParserConfiguration.LanguageLevel;
import com.github.javaparser.ast.CompilationUnit;
import com.github.javaparser.ast.body.MethodDeclaration;
import com.github.javaparser.ast.body.TypeDeclaration;
import com.github.javaparser.ast.body.VariableDeclarator;
import com.github.javaparser.ast.nodeTypes.NodeWithJavadoc;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The comments in the source of a class of {@code dev.iiswarden.event}, in Markdown. */
final class EventJavadoc {
  private static final Path EVENTS = Path.of("src/main/java/dev/iiswarden/event");
  private static final Pattern INLINE = Pattern.compile("\\{@(\\w+)\\s+([^}]*)\\}");
  private static final Pattern EXAMPLE = Pattern.compile("Example: \\{@code (.*)\\}");
  private static final Pattern NAME_OF_FIELD = Pattern.compile("\\{@code [^}]*\\}: (.*)");
  private static final Pattern MISSING = Pattern.compile("; (?:null|empty) if [^.;]*");

  /** What matters only to those who call the class from Java. */
  private static final Pattern FOR_CALLERS =
      Pattern.compile(
          "(?:Made by|Immutable|Safe for use|All functions take time|The base rules) .*");

  private final TypeDeclaration<?> source;

  private EventJavadoc(TypeDeclaration<?> source) {
    this.source = source;
  }

  /** Reads the source of a class. */
  static EventJavadoc of(Class<?> type) {
    ParserConfiguration java17 = new ParserConfiguration().setLanguageLevel(LanguageLevel.JAVA_17);
    try {
      CompilationUnit file =
          new JavaParser(java17)
              .parse(EVENTS.resolve(type.getSimpleName() + ".java"))
              .getResult()
              .orElseThrow();
      return new EventJavadoc(file.getPrimaryType().orElseThrow());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The methods of this name, in the order of the source. */
  List<MethodDeclaration> methods(String name) {
    return source.getMethodsByName(name);
  }

  /** The names of the public methods, in the order of the source, each once. */
  List<String> methodNames() {
    return source.getMethods().stream()
        .filter(MethodDeclaration::isPublic)
        .map(MethodDeclaration::getNameAsString)
        .distinct()
        .toList();
  }

  /** What the comment of the class says to authors of rules, with all its paragraphs. */
  String text() {
    return paragraphs(source).map(this::forAuthors).collect(Collectors.joining(" ")).strip();
  }

  /** What the first paragraph of the comment of the class says to authors of rules. */
  String meaning() {
    return forAuthors(first(source));
  }

  /** What the first paragraph of the comment of a method says to authors of rules. */
  String meaning(MethodDeclaration method) {
    return forAuthors(first(method));
  }

  /** What the comment of a getter says about the field, without its name. */
  String meaningOfField(MethodDeclaration getter) {
    Matcher named = NAME_OF_FIELD.matcher(first(getter));
    String text = MISSING.matcher(named.matches() ? named.group(1) : first(getter)).replaceAll("");
    return forAuthors(text.substring(0, 1).toUpperCase(Locale.ROOT) + text.substring(1));
  }

  /** The example in the comment of the class; empty if there is none. */
  String example() {
    return example(source);
  }

  /** The example in the comment of a method or class; empty if there is none. */
  static String example(NodeWithJavadoc<?> commented) {
    return paragraphs(commented)
        .map(EXAMPLE::matcher)
        .filter(Matcher::matches)
        .map(example -> example.group(1))
        .findFirst()
        .orElse("");
  }

  private static String first(NodeWithJavadoc<?> commented) {
    return paragraphs(commented).findFirst().orElse("");
  }

  private static Stream<String> paragraphs(NodeWithJavadoc<?> commented) {
    String text =
        commented.getJavadoc().map(javadoc -> javadoc.getDescription().toText()).orElse("");
    return Arrays.stream(text.replaceAll("\\s+", " ").split("<p>", -1)).map(String::strip);
  }

  private String forAuthors(String paragraph) {
    return EXAMPLE.matcher(paragraph).matches()
        ? ""
        : Arrays.stream(paragraph.split("(?<=\\.) (?=[A-Z{])", -1))
            .filter(sentence -> !FOR_CALLERS.matcher(sentence).matches())
            .map(sentence -> INLINE.matcher(sentence).replaceAll(this::inMarkdown))
            .collect(Collectors.joining(" "));
  }

  private String inMarkdown(MatchResult tag) {
    String content = tag.group(2);
    String shown =
        switch (tag.group(1)) {
          case "code" -> '`' + content + '`';
          case "link" -> '`' + linked(content) + '`';
          case "value" -> constant(content.substring(1));
          default -> throw new IllegalStateException(tag.group());
        };
    return Matcher.quoteReplacement(shown);
  }

  /** The label of a link, or the name of what it leads to. */
  private static String linked(String content) {
    String target = content.replaceAll("\\(.*?\\)", "");
    return target.replaceAll("^\\S+ ", "").replaceAll("^.*#", "");
  }

  private String constant(String name) {
    return source.getFields().stream()
        .flatMap(field -> field.getVariables().stream())
        .filter(variable -> variable.getNameAsString().equals(name))
        .map(VariableDeclarator::getInitializer)
        .map(value -> value.orElseThrow().toString())
        .findFirst()
        .orElseThrow();
  }
}
