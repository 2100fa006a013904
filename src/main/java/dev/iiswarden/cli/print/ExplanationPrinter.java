package dev.iiswarden.cli.print;

import dev.iiswarden.decode.Decoded;
import dev.iiswarden.decode.Shape;
import dev.iiswarden.event.Event;
import dev.iiswarden.rules.Explanation;
import dev.iiswarden.rules.Explanation.Condition;
import dev.iiswarden.rules.Explanation.Outcome;
import dev.iiswarden.rules.Rule;
import dev.iiswarden.rules.Rules;
import java.io.PrintStream;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Prints how records were decoded and which conditions of each rule they meet. Not safe for use by
 * several threads.
 */
public final class ExplanationPrinter {
  private final Rules rules;
  private final List<String> wanted;
  private final PrintStream out;

  /**
   * Creates a printer.
   *
   * @param wanted the ids of the rules to explain; empty for all
   */
  public ExplanationPrinter(Rules rules, List<String> wanted, PrintStream out) {
    this.rules = rules;
    this.wanted = wanted;
    this.out = out;
  }

  /**
   * Prints a record's event and the outcome of every condition.
   *
   * @param where the record's file and line
   */
  public void print(String where, Decoded decoded) {
    out.println(Printable.of(where));
    out.println("  shape  " + decoded.shape().map(Shape::label).orElse("(not recognised)"));
    decoded
        .malformed()
        .ifPresent(error -> out.println("  malformed: " + Printable.of(error.reason())));
    if (decoded.malformed().isEmpty() && decoded.events().isEmpty()) {
      out.println("  not an event that rules evaluate: its id or category is not covered");
    }
    decoded.events().forEach(this::print);
    out.println();
  }

  private void print(Event event) {
    out.println("  fact   " + event.getClass().getSimpleName());
    printFields("", event.toMap());
    List<Explanation> explanations =
        rules.explain(event).stream()
            .filter(explanation -> isWanted(explanation.ruleId()))
            .sorted(Comparator.comparing(explanation -> String.valueOf(explanation.ruleId())))
            .toList();
    explanations.forEach(explanation -> print(explanation, event));
    String others =
        rules.all().stream()
            .map(Rule::id)
            .filter(this::isWanted)
            .filter(id -> explanations.stream().noneMatch(said -> id.equals(said.ruleId())))
            .sorted()
            .collect(Collectors.joining(", "));
    if (!others.isEmpty()) {
      out.println("  not about such facts: " + others);
    }
  }

  private boolean isWanted(@Nullable String id) {
    return wanted.isEmpty() || (id != null && wanted.contains(id));
  }

  private void printFields(String prefix, Map<?, ?> fields) {
    fields.forEach(
        (name, value) -> {
          if (value instanceof Map<?, ?> nested) {
            printFields(prefix + name + ".", nested);
          } else {
            out.printf(
                Locale.ROOT, "    %-26s %s%n", prefix + name, Printable.of(String.valueOf(value)));
          }
        });
  }

  private void print(Explanation explanation, Event event) {
    String name = explanation.ruleId() == null ? "" : "[" + explanation.ruleId() + "] ";
    out.println("  " + name + explanation.ruleName() + ": " + verdict(explanation));
    for (Condition condition : explanation.conditions()) {
      out.println("    " + mark(condition.outcome()) + "  " + Printable.of(condition.text()));
      String actual = condition.outcome() == Outcome.NOT_MET ? actual(condition, event) : null;
      if (actual != null) {
        out.println("          " + Printable.of(actual));
      }
    }
    for (String other : explanation.others()) {
      out.println("    and   " + Printable.of(other));
    }
  }

  private static String verdict(Explanation explanation) {
    if (!explanation.meetsOwnConditions()) {
      return "no";
    }
    if (!explanation.others().isEmpty()) {
      return "yes so far, and it waits for more than this fact";
    }
    return explanation.ruleId() == null ? "yes, a sequence begins" : "yes, it fires";
  }

  private static String mark(Outcome outcome) {
    return switch (outcome) {
      case MET -> "met ";
      case NOT_MET -> "NOT ";
      case DEPENDS_ON_OTHER_FACTS -> "if  ";
      case FAILED -> "FAIL";
    };
  }

  /**
   * Returns the event's value of the condition's field; null if the condition has no single field.
   */
  private static @Nullable String actual(Condition condition, Event event) {
    String field = condition.field().orElse(null);
    if (field == null) {
      return null;
    }
    Object value = event.toMap();
    for (String name : field.split("\\.", -1)) {
      value = value instanceof Map<?, ?> fields ? fields.get(name) : null;
    }
    return field + " is " + (value == null ? "missing" : value);
  }
}
