package dev.iiswarden.rules;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.drools.drl.ast.descr.AnnotationDescr;
import org.drools.drl.ast.descr.BaseDescr;
import org.drools.drl.ast.descr.BehaviorDescr;
import org.drools.drl.ast.descr.ConditionalElementDescr;
import org.drools.drl.ast.descr.PackageDescr;
import org.drools.drl.ast.descr.PatternDescr;
import org.drools.drl.ast.descr.RuleDescr;
import org.drools.drl.parser.DrlParser;
import org.drools.drl.parser.DroolsParserException;
import org.jspecify.annotations.Nullable;
import org.kie.internal.builder.conf.LanguageLevelOption;

/** Parses rule files, and finds in a parsed file what several checks need. */
final class RuleFile {
  static final long MILLIS_A_DAY = 86_400_000L;

  private static final Pattern SPAN = Pattern.compile("(\\d+)\\s*(ms|s|m|h|d)");

  private RuleFile() {}

  /** The syntax tree of a file; null if it is not DRL. */
  static @Nullable PackageDescr parse(String text) {
    DrlParser parser = new DrlParser(LanguageLevelOption.DRL6);
    try {
      PackageDescr parsed = parser.parse(null, text);
      return parser.hasErrors() ? null : parsed;
    } catch (DroolsParserException e) {
      return null;
    }
  }

  /** The rules of a file that have an {@code @id}; none if it is not DRL. */
  static List<Identified> identified(String text) {
    List<Identified> found = new ArrayList<>();
    PackageDescr parsed = parse(text);
    if (parsed != null) {
      for (RuleDescr rule : parsed.getRules()) {
        AnnotationDescr id = rule.getAnnotation("id");
        if (id != null) {
          String value = String.valueOf(id.getValueMap().get("value")).replace("\"", "").strip();
          found.add(new Identified(value, rule.getLine()));
        }
      }
    }
    return found;
  }

  /** All patterns of a rule's left-hand side, in the order of its text. */
  static List<PatternDescr> patterns(RuleDescr rule) {
    List<PatternDescr> patterns = new ArrayList<>();
    collect(rule.getLhs(), patterns);
    return patterns;
  }

  private static void collect(BaseDescr condition, List<PatternDescr> patterns) {
    if (condition instanceof PatternDescr pattern) {
      patterns.add(pattern);
    } else if (condition instanceof ConditionalElementDescr element) {
      element.getDescrs().forEach(part -> collect((BaseDescr) part, patterns));
    }
  }

  /** How long a sliding window is, in milliseconds. */
  static long millis(BehaviorDescr window) {
    long millis = 0;
    Matcher span = SPAN.matcher(String.join(" ", window.getParameters()));
    while (span.find()) {
      long unit =
          switch (span.group(2)) {
            case "ms" -> 1;
            case "s" -> 1_000;
            case "m" -> 60_000;
            case "h" -> 3_600_000;
            default -> MILLIS_A_DAY;
          };
      millis += Long.parseLong(span.group(1)) * unit;
    }
    return millis;
  }

  /**
   * A rule with an id.
   *
   * @param line the line on which the rule begins
   */
  record Identified(String id, int line) {}
}
