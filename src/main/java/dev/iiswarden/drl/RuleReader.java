package dev.iiswarden.drl;

import dev.iiswarden.event.Detection;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.drools.drl.ast.descr.AnnotationDescr;
import org.drools.drl.ast.descr.AttributeDescr;
import org.drools.drl.ast.descr.BaseDescr;
import org.drools.drl.ast.descr.ConditionalElementDescr;
import org.drools.drl.ast.descr.RuleDescr;
import org.jspecify.annotations.Nullable;

/** Reads and checks one rule of a parsed file. Not safe for use by several threads. */
final class RuleReader {
  private static final Pattern NUMBER = Pattern.compile("-?\\d{1,9}");
  private static final Pattern NAME = Pattern.compile("[^\"\\\\\\p{Cntrl}]{1,200}");

  /** Drools compares the times of all with all, by way of each other. */
  private static final int MOST_FACTS = 32;

  /** Drools makes a rule of each way to meet {@code or}: twenty of two branches are a million. */
  private static final int MOST_WAYS = 64;

  private final SourceText source;
  private final Set<String> imports;
  private final RuleDescr rule;
  private final List<Problem> problems = new ArrayList<>();

  /**
   * Creates a reader.
   *
   * @param imports what the file imports, functions included
   */
  RuleReader(SourceText source, Set<String> imports, RuleDescr rule) {
    this.source = source;
    this.imports = imports;
    this.rule = rule;
  }

  /** Returns what is wrong with the rule; empty if nothing is. */
  List<Problem> problems() {
    return problems;
  }

  private void refuse(int at, String reason) {
    problems.add(source.problem(at, "rule \"" + rule.getName() + "\": " + reason));
  }

  private static int facts(BaseDescr part) {
    return part instanceof ConditionalElementDescr group
        ? group.getDescrs().stream().mapToInt(RuleReader::facts).sum()
        : 1;
  }

  /** Reads the rule; null if there are problems. */
  @Nullable ParsedRule read() {
    int at = source.offsetOf(rule, "");
    if (!NAME.matcher(rule.getName()).matches()) {
      problems.add(
          source.problem(
              at,
              "a rule's name has at most 200 characters, without quotes, backslashes and line"
                  + " breaks"));
      return null;
    }
    if (facts(rule.getLhs()) > MOST_FACTS) {
      refuse(at, "a rule has at most " + MOST_FACTS + " facts in its conditions");
      return null;
    }
    refuseUnknownParts(at);
    int salience = salience();
    Map<String, List<String>> metadata = metadata();
    ElementReader elements = new ElementReader(source, imports, this::refuse);
    Map<String, Variable> variables = new HashMap<>();
    Element conditions = elements.read(rule.getLhs(), variables);
    if (conditions != null && conditions.ways() > MOST_WAYS) {
      refuse(
          at,
          "its or-conditions can be met in more than " + MOST_WAYS + " ways; write several rules");
    }
    Scope scope = new Scope(null, variables, imports);
    List<Insertion> insertions = insertions(scope);
    checkId(at, metadata, insertions);
    return problems.isEmpty() && conditions != null
        ? new ParsedRule(
            source, at, rule.getName(), metadata, salience, conditions, insertions, scope.others())
        : null;
  }

  private void refuseUnknownParts(int at) {
    if (rule.isQuery()) {
      refuse(at, "a query is not allowed");
    }
    if (rule.getParentName() != null) {
      refuse(source.offsetOf(rule, "extends"), "extends is not allowed");
    }
    if (!rule.getNamedConsequences().isEmpty()) {
      refuse(at, "a named consequence is not allowed");
    }
  }

  private int salience() {
    int salience = 0;
    for (AttributeDescr attribute : rule.getAttributes().values()) {
      if (!attribute.getName().equals("salience")) {
        refuse(
            source.offsetOf(attribute.getName(), source.offsetOf(rule, "")),
            "the attribute " + attribute.getName() + " is not allowed");
      } else if (!NUMBER.matcher(attribute.getValue().strip()).matches()) {
        refuse(source.offsetOf(rule, "salience"), "salience is a whole number");
      } else {
        salience = Integer.parseInt(attribute.getValue().strip());
      }
    }
    return salience;
  }

  private Map<String, List<String>> metadata() {
    Map<String, List<String>> metadata = new LinkedHashMap<>();
    for (AnnotationDescr annotation : rule.getAnnotations()) {
      String name = annotation.getName();
      int at = source.offsetOf("@" + name, source.offsetOf(rule, ""));
      String problem = Metadata.checkName(name);
      if (problem == null && annotation.isDuplicated()) {
        problem = "there is another @" + name + " in this rule";
      } else if (problem == null) {
        List<String> texts = texts(annotation, at);
        if (texts != null) {
          metadata.put(name, texts);
          problem = Metadata.check(name, texts);
        }
      }
      if (problem != null) {
        refuse(at, problem);
      }
    }
    return metadata;
  }

  private @Nullable List<String> texts(AnnotationDescr annotation, int at) {
    Map<String, Object> values = annotation.getValueMap();
    try {
      if (!Set.of("value").containsAll(values.keySet())) {
        throw new SyntaxProblem(
            0, "@" + annotation.getName() + " takes texts in quotes and nothing else");
      }
      return Metadata.texts(annotation.getName(), String.valueOf(values.getOrDefault("value", "")));
    } catch (SyntaxProblem e) {
      refuse(at, e.reason());
      return null;
    }
  }

  private List<Insertion> insertions(Scope scope) {
    String text = String.valueOf(rule.getConsequence());
    int at = Math.max(0, source.text().indexOf(text, source.offsetOf(rule, "then")));
    List<Insertion> insertions = new ArrayList<>();
    try {
      ExpressionBuilder builder = new ExpressionBuilder(scope);
      for (ExpressionParser.Insertion statement : new ExpressionParser(text).consequence()) {
        insertions.add(Insertion.of(statement, at, builder));
      }
    } catch (SyntaxProblem e) {
      refuse(at + e.at(), e.reason());
    }
    return insertions;
  }

  private void checkId(int at, Map<String, List<String>> metadata, List<Insertion> insertions) {
    boolean raisesAlert = insertions.stream().anyMatch(one -> one.type() == Detection.class);
    if (raisesAlert && !metadata.containsKey("id")) {
      refuse(at, "a rule that raises an alert needs an @id, as in @id( \"my-rule\" )");
    }
  }
}
