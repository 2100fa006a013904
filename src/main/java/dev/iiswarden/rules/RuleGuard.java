package dev.iiswarden.rules;

import com.github.javaparser.StaticJavaParser;
import com.github.javaparser.ast.stmt.Statement;
import dev.iiswarden.rules.RuleErrors.Problem;
import dev.iiswarden.rules.SourceText.Place;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.drools.drl.ast.descr.AndDescr;
import org.drools.drl.ast.descr.AnnotationDescr;
import org.drools.drl.ast.descr.AttributeDescr;
import org.drools.drl.ast.descr.BaseDescr;
import org.drools.drl.ast.descr.BehaviorDescr;
import org.drools.drl.ast.descr.ConditionalElementDescr;
import org.drools.drl.ast.descr.ExistsDescr;
import org.drools.drl.ast.descr.ExprConstraintDescr;
import org.drools.drl.ast.descr.ForallDescr;
import org.drools.drl.ast.descr.FunctionImportDescr;
import org.drools.drl.ast.descr.ImportDescr;
import org.drools.drl.ast.descr.NotDescr;
import org.drools.drl.ast.descr.OrDescr;
import org.drools.drl.ast.descr.PackageDescr;
import org.drools.drl.ast.descr.PatternDescr;
import org.drools.drl.ast.descr.RuleDescr;
import org.drools.model.codegen.execmodel.generator.DrlxParseUtil;
import org.jspecify.annotations.Nullable;

/**
 * Rejects rule files that do more than rules need. DRL is compiled as Java and could do anything
 * that the application may do, so the guard lists what is allowed and rejects everything else. It
 * works on the syntax trees of the same parsers that the compiler uses. A file that is not DRL is
 * left to the compiler's errors.
 *
 * <p>A rule may import the events and their functions; have metadata and a whole number as its
 * salience; join facts by {@code and}, {@code or}, {@code not}, {@code exists} and {@code forall};
 * test them with the expressions that {@link RuleExpressions} allows; and insert detections,
 * sequences and registrations.
 */
final class RuleGuard {
  /** Drools counts milliseconds in 31 bits. */
  private static final long LONGEST_WINDOW_DAYS = 24;

  private static final String EVENTS = "dev.iiswarden.event";
  private static final Pattern PACKAGE = Pattern.compile("[a-z]\\w*(\\.[a-z]\\w*)*");

  /** Packages that rules must not be in, because there they could call what is not public. */
  private static final Pattern FOREIGN_PACKAGE =
      Pattern.compile("(java|javax|jdk|sun|com|org|kotlin|dev\\.iiswarden)(\\..*)?");

  private static final Pattern IMPORT = Pattern.compile("dev\\.iiswarden\\.event\\.(\\*|\\w+)");
  private static final Pattern FUNCTION_IMPORT =
      Pattern.compile(
          "dev\\.iiswarden\\.event\\.(Eql|WindowsPaths|CommandLines|CodeSignatures)\\.(\\*|\\w+)");
  private static final Pattern NAME = Pattern.compile("[^\"\\\\\\p{Cntrl}]+");
  private static final Pattern BINDING = Pattern.compile("^\\s*(\\$\\w+)\\s*:");
  private static final Pattern NUMBER = Pattern.compile("-?\\d{1,9}");
  private static final Pattern WINDOW = Pattern.compile("\\s*(\\d{1,9}(ms|s|m|h|d)?\\s*)+");

  /** Quoted texts with commas between them, or one word. */
  private static final Pattern METADATA =
      Pattern.compile(
          "\\s*(\"(?:[^\"\\\\\\n]|\\\\[^\\n])*\"(\\s*,\\s*\"(?:[^\"\\\\\\n]|\\\\[^\\n])*\")*|[\\w.-]*)\\s*");

  private final String file;
  private final SourceText source;
  private final List<Problem> problems = new ArrayList<>();
  private final Set<String> imports = new HashSet<>();
  private final Map<String, Class<?>> variables = new HashMap<>();
  private String rule = "";

  private RuleGuard(String file, String text) {
    this.file = file;
    source = new SourceText(text);
  }

  /** Everything in the file that is not allowed, by line; empty if all of it is. */
  static List<Problem> check(String file, String text) {
    RuleGuard guard = new RuleGuard(file, text);
    guard.checkEscapes(text);
    PackageDescr parsed = RuleFile.parse(text);
    if (parsed != null) {
      guard.check(parsed);
    }
    return guard.problems;
  }

  private void refuse(BaseDescr part, String what) {
    refuse(source.placeOf(part, ""), what);
  }

  private void refuse(Place place, String what) {
    String where = rule.isEmpty() ? "" : "rule \"" + rule + "\": ";
    problems.add(new Problem(file, place.line(), place.column(), where + what));
  }

  /**
   * Java decodes {@code \}{@code u0041} before it reads anything else ("The Java Language
   * Specification", section 3.3), and so after all checks, unless the backslash itself is escaped.
   */
  private void checkEscapes(String text) {
    int backslashes = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == 'u' && backslashes % 2 == 1) {
        refuse(source.at(i - 1), "a Unicode escape is not allowed; write the character itself");
      }
      backslashes = c == '\\' ? backslashes + 1 : 0;
    }
  }

  private void check(PackageDescr all) {
    String name = all.getName();
    if (!PACKAGE.matcher(name).matches() || FOREIGN_PACKAGE.matcher(name).matches()) {
      refuse(source.at(0), "package " + name + " is reserved; use a package of your own");
    }
    for (ImportDescr one : all.getImports()) {
      imports.add(one.getTarget());
      if (!IMPORT.matcher(one.getTarget()).matches()) {
        refuse(
            one,
            "import " + one.getTarget() + "; only imports from dev.iiswarden.event are allowed");
      }
    }
    for (FunctionImportDescr one : all.getFunctionImports()) {
      imports.add(one.getTarget());
      if (!FUNCTION_IMPORT.matcher(one.getTarget()).matches()) {
        refuse(
            one,
            "import function "
                + one.getTarget()
                + "; only functions of Eql, WindowsPaths, CommandLines and CodeSignatures can be imported");
      }
    }
    refuseAny("import accumulate", all.getAccumulateImports());
    refuseAny("a global", all.getGlobals());
    refuseAny("a function", all.getFunctions());
    refuseAny("a declared type", all.getTypeDeclarations());
    refuseAny("a declared enum", all.getEnumDeclarations());
    refuseAny("a declared entry point", all.getEntryPointDeclarations());
    refuseAny("a declared window", all.getWindowDeclarations());
    refuseAny("an attribute of the whole file", all.getAttributes());
    if (all.getUnit() != null) {
      refuse(all.getUnit(), "a rule unit is not allowed");
    }
    all.getRules().forEach(this::check);
  }

  private void refuseAny(String what, Iterable<? extends BaseDescr> descrs) {
    descrs.forEach(descr -> refuse(descr, what + " is not allowed"));
  }

  private void check(RuleDescr one) {
    rule = "";
    if (!NAME.matcher(one.getName()).matches()) {
      refuse(one, "a rule's name must not contain quotes, backslashes or line breaks");
      return;
    }
    rule = one.getName();
    if (one.isQuery()) {
      refuse(one, "a query is not allowed");
    }
    if (one.getParentName() != null) {
      refuse(one, "extends is not allowed");
    }
    if (!one.getNamedConsequences().isEmpty()) {
      refuse(one, "a named consequence is not allowed");
    }
    for (AttributeDescr attribute : one.getAttributes().values()) {
      if (!attribute.getName().equals("salience")
          || !NUMBER.matcher(attribute.getValue().strip()).matches()) {
        refuse(attribute, "the attribute " + attribute.getName() + " is not allowed");
      }
    }
    for (AnnotationDescr annotation : one.getAnnotations()) {
      check(annotation, one);
    }
    variables.clear();
    collectVariables(one.getLhs());
    check(one.getLhs());
    checkConsequence(one);
  }

  private void collectVariables(BaseDescr condition) {
    if (condition instanceof PatternDescr pattern) {
      String type = String.valueOf(pattern.getObjectType());
      if (pattern.getIdentifier() != null) {
        variables.put(pattern.getIdentifier(), orUnknown(RuleVocabulary.factClass(type)));
      }
      for (BaseDescr constraint : pattern.getConstraint().getDescrs()) {
        Matcher binding = BINDING.matcher(String.valueOf(constraint.getText()));
        if (binding.find()) {
          variables.put(binding.group(1), boundType(type, constraint.getText()));
        }
      }
    } else if (condition instanceof ConditionalElementDescr element) {
      element.getDescrs().forEach(part -> collectVariables((BaseDescr) part));
    }
  }

  private Class<?> boundType(String fact, String binding) {
    try {
      return orUnknown(
          new RuleExpressions(fact, variables, imports, (word, what) -> {})
              .type(DrlxParseUtil.parseExpression(binding).getExpr()));
    } catch (RuntimeException e) {
      // Reported when the condition itself is checked.
      return Void.class;
    }
  }

  private static Class<?> orUnknown(@Nullable Class<?> type) {
    return type == null ? Void.class : type;
  }

  private void check(AnnotationDescr annotation, RuleDescr one) {
    if (!RuleAnnotations.NAMES.contains(annotation.getName())) {
      refuse(
          source.placeOf(one, annotation.getName()),
          "the annotation @"
              + annotation.getName()
              + "; there are "
              + String.join(", ", new TreeSet<>(RuleAnnotations.NAMES)));
      return;
    }
    for (Map.Entry<String, Object> value : annotation.getValueMap().entrySet()) {
      if (!value.getKey().equals("value")
          || !METADATA.matcher(String.valueOf(value.getValue())).matches()) {
        refuse(
            source.placeOf(one, annotation.getName()),
            "@" + annotation.getName() + " takes texts in quotes and nothing else");
      }
    }
  }

  private void check(BaseDescr condition) {
    if (condition instanceof PatternDescr pattern) {
      check(pattern);
    } else if (condition instanceof AndDescr
        || condition instanceof OrDescr
        || condition instanceof NotDescr
        || condition instanceof ExistsDescr
        || condition instanceof ForallDescr) {
      ((ConditionalElementDescr) condition).getDescrs().forEach(part -> check((BaseDescr) part));
    } else {
      refuse(condition, kind(condition) + " among the conditions is not allowed");
    }
  }

  private static String kind(BaseDescr descr) {
    return descr.getClass().getSimpleName().replace("Descr", "").toLowerCase(java.util.Locale.ROOT);
  }

  private void check(PatternDescr pattern) {
    String type = String.valueOf(pattern.getObjectType());
    if (!RuleVocabulary.FACTS.contains(type)) {
      refuse(
          source.placeOf(pattern, type),
          type
              + " is not a fact"
              + NearestName.ask(type, RuleVocabulary.FACTS)
              + "; there are "
              + String.join(", ", new TreeSet<>(RuleVocabulary.FACTS)));
    } else if (!imports.contains(EVENTS + ".*") && !imports.contains(EVENTS + '.' + type)) {
      refuse(source.placeOf(pattern, type), type + " needs: import " + EVENTS + ".*;");
    }
    if (pattern.getSource() != null) {
      refuse(pattern, kind(pattern.getSource()) + " as the source of a fact is not allowed");
    }
    if (!pattern.getAnnotations().isEmpty()) {
      refuse(pattern, "an annotation of a fact is not allowed");
    }
    for (BehaviorDescr behavior : pattern.getBehaviors()) {
      boolean isKnown =
          behavior.getParameters().stream().allMatch(text -> WINDOW.matcher(text).matches());
      if (!isKnown) {
        refuse(pattern, "a window of " + behavior.getParameters());
      } else if (RuleFile.millis(behavior) > LONGEST_WINDOW_DAYS * RuleFile.MILLIS_A_DAY) {
        refuse(pattern, "a window longer than " + LONGEST_WINDOW_DAYS + " days");
      }
    }
    for (BaseDescr constraint : pattern.getConstraint().getDescrs()) {
      if (constraint instanceof ExprConstraintDescr expression) {
        checkExpression(type, expression);
      } else {
        refuse(constraint, kind(constraint) + " as a condition is not allowed");
      }
    }
  }

  private void checkExpression(String fact, ExprConstraintDescr constraint) {
    String text = constraint.getExpression();
    try {
      new RuleExpressions(
              fact,
              variables,
              imports,
              (word, what) -> refuse(source.placeOf(constraint, word), what))
          .checkCondition(DrlxParseUtil.parseExpression(text));
    } catch (RuntimeException e) {
      refuse(constraint, "the condition " + text.strip() + " cannot be parsed");
    }
  }

  private void checkConsequence(RuleDescr one) {
    String text = String.valueOf(one.getConsequence());
    try {
      RuleExpressions expressions =
          new RuleExpressions(
              "", variables, imports, (word, what) -> refuse(consequence(one, word), what));
      for (Statement statement : StaticJavaParser.parseBlock("{" + text + "}").getStatements()) {
        expressions.checkConsequence(statement);
      }
    } catch (RuntimeException e) {
      refuse(
          consequence(one, ""),
          "the consequence cannot be parsed; it may only insert a Detection, a PendingSequence or a ModuleRegistration");
    }
  }

  private Place consequence(RuleDescr one, String word) {
    return source.placeOf(
        String.valueOf(one.getConsequence()),
        one.getStartCharacter(),
        word,
        one.getConsequenceLine());
  }
}
