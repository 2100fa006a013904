package dev.iiswarden.cli.print;

import dev.iiswarden.decode.Decoded;
import dev.iiswarden.decode.Shape;
import dev.iiswarden.event.Event;
import dev.iiswarden.rules.Explanation;
import dev.iiswarden.rules.Explanation.Condition;
import dev.iiswarden.rules.Explanation.Outcome;
import dev.iiswarden.rules.Rule;
import dev.iiswarden.rules.Rules;
import dev.iiswarden.rules.SequenceExplanation;
import dev.iiswarden.rules.SequenceExplanation.State;
import java.io.PrintStream;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Prints how records were decoded, which conditions of each rule they meet, and which stages of
 * sequences they find. Not safe for use by several threads.
 */
public final class ExplanationPrinter {
  private final Rules rules;
  private final List<String> wanted;
  private final PrintStream out;
  private final StagePrinter stages;

  /**
   * Creates a printer.
   *
   * @param wanted the ids of the rules to explain; empty for all
   */
  public ExplanationPrinter(Rules rules, List<String> wanted, PrintStream out) {
    this.rules = rules;
    this.wanted = wanted;
    this.out = out;
    stages = new StagePrinter(out);
  }

  /**
   * Prints a record's event and the outcome of every condition.
   *
   * @param where the record's file and line
   * @param sequences what the record means to the stages of rules
   */
  public void print(String where, Decoded decoded, List<SequenceExplanation> sequences) {
    out.println(Printable.of(where));
    out.println("  shape  " + decoded.shape().map(Shape::label).orElse("(not recognised)"));
    decoded
        .malformed()
        .ifPresent(
            lost ->
                out.println("  " + lost.outcome().label() + ": " + Printable.of(lost.reason())));
    if (decoded.malformed().isEmpty() && decoded.events().isEmpty()) {
      out.println("  not an event that rules evaluate: its id or category is not covered");
    }
    for (Event event : decoded.events()) {
      print(
          event,
          sequences.stream()
              .filter(sequence -> sequence.event() == event && isWanted(sequence.ruleId()))
              .toList());
    }
    out.println();
  }

  private void print(Event event, List<SequenceExplanation> sequences) {
    out.println("  fact   " + event.getClass().getSimpleName());
    printFields("", event.toMap());
    List<Explanation> explanations =
        rules.explain(event).stream()
            .filter(explanation -> isWanted(explanation.ruleId()))
            .sorted(Comparator.comparing(explanation -> String.valueOf(explanation.ruleId())))
            .toList();
    for (Explanation explanation : explanations) {
      print(
          explanation,
          event,
          sequences.stream()
              .filter(
                  sequence ->
                      sequence.madeBy() == null
                          && sequence.state() != State.OPENS
                          && sequence.ruleName().equals(explanation.ruleName())
                          && sequence.factType().equals(explanation.factType()))
              .toList());
    }
    printMade(sequences);
    sequences.stream().filter(one -> one.state() == State.OPENS).forEach(this::printOpened);
    String others =
        rules.all().stream()
            .map(Rule::id)
            .filter(this::isWanted)
            .filter(id -> explanations.stream().noneMatch(said -> id.equals(said.ruleId())))
            .filter(id -> sequences.stream().noneMatch(said -> id.equals(said.ruleId())))
            .sorted()
            .collect(Collectors.joining(", "));
    if (!others.isEmpty()) {
      out.println("  not about such facts: " + others);
    }
  }

  /** Prints the rules that take part with a fact that another rule has made from the event. */
  private void printMade(List<SequenceExplanation> sequences) {
    Map<String, List<SequenceExplanation>> byRule =
        sequences.stream()
            .filter(one -> one.madeBy() != null && one.state() != State.OPENS)
            .collect(
                Collectors.groupingBy(
                    SequenceExplanation::ruleName, TreeMap::new, Collectors.toList()));
    byRule.forEach(
        (rule, ofRule) -> {
          SequenceExplanation first = ofRule.get(0);
          out.println("  " + title(first.ruleId(), rule) + ": " + StagePrinter.verdict(ofRule));
          out.println(
              "    as    "
                  + first.factType()
                  + " made by rule \""
                  + Printable.of(first.madeBy())
                  + '"');
          stages.print(ofRule);
        });
  }

  private void printOpened(SequenceExplanation opened) {
    out.println("  " + title(opened.ruleId(), opened.ruleName()) + ": it waits from now on");
    stages.printOpened(opened);
  }

  private static String title(@Nullable String id, String name) {
    return (id == null ? "" : "[" + id + "] ") + name;
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

  private void print(Explanation explanation, Event event, List<SequenceExplanation> sequences) {
    out.println(
        "  "
            + title(explanation.ruleId(), explanation.ruleName())
            + ": "
            + verdict(explanation, sequences));
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
    stages.print(sequences);
  }

  private static String verdict(Explanation explanation, List<SequenceExplanation> sequences) {
    if (!explanation.meetsOwnConditions()) {
      return "no";
    }
    if (!sequences.isEmpty()) {
      return StagePrinter.verdict(sequences);
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
