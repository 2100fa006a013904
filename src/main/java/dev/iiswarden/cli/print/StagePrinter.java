package dev.iiswarden.cli.print;

import dev.iiswarden.event.Event;
import dev.iiswarden.event.EventLine;
import dev.iiswarden.rules.Explanation.Outcome;
import dev.iiswarden.rules.SequenceExplanation;
import dev.iiswarden.rules.SequenceExplanation.Condition;
import dev.iiswarden.rules.SequenceExplanation.Stage;
import dev.iiswarden.rules.SequenceExplanation.State;
import java.io.PrintStream;
import java.util.List;
import java.util.stream.Collectors;

/** Prints the stages of sequences, as an event finds them. Not safe for use by several threads. */
final class StagePrinter {
  private static final int MOST_OPEN = 3;
  private static final String CONTINUED = "          ";

  private final PrintStream out;

  StagePrinter(PrintStream out) {
    this.out = out;
  }

  /** Returns in one phrase what becomes of a rule whose own conditions an event meets. */
  static String verdict(List<SequenceExplanation> stages) {
    for (SequenceExplanation stage : stages) {
      if (stage.state() == State.MATCHES) {
        return stage.ruleId() == null ? "yes, a sequence continues" : "yes, it fires";
      }
    }
    boolean isOpen = stages.stream().anyMatch(StagePrinter::isOpen);
    return isOpen ? "no, what is open does not fit" : "no, nothing is open for it";
  }

  private static boolean isOpen(SequenceExplanation explanation) {
    return explanation.state() == State.OPEN || explanation.state() == State.LOGGED_BEFORE;
  }

  /** Prints the stages that a rule has, or has had, for an event. */
  void print(List<SequenceExplanation> stages) {
    int open = 0;
    for (SequenceExplanation stage : stages) {
      if (!isOpen(stage) || ++open <= MOST_OPEN) {
        print(stage);
      }
    }
    if (open > MOST_OPEN) {
      out.println(CONTINUED + "and " + (open - MOST_OPEN) + " more that are open");
    }
  }

  private void print(SequenceExplanation explanation) {
    Stage stage = explanation.stage();
    if (stage == null) {
      out.println("    none  " + Printable.of(explanation.missing()));
      if (!explanation.begunBy().isEmpty()) {
        out.println(CONTINUED + "it is begun by " + rules(explanation.begunBy()));
      }
      return;
    }
    out.println("    " + mark(explanation.state()) + Printable.of(describe(stage)));
    out.println(CONTINUED + "since " + event(stage.event()));
    out.println(CONTINUED + Printable.of(end(explanation.state(), stage)));
    explanation.conditions().forEach(this::print);
  }

  /** Prints what an event has opened. */
  void printOpened(SequenceExplanation explanation) {
    Stage stage = explanation.stage();
    if (stage != null) {
      out.println("    open  " + Printable.of(describe(stage)));
      if (explanation.madeBy() != null) {
        out.println(CONTINUED + "begun by " + rules(List.of(explanation.madeBy())));
      }
      out.println(CONTINUED + "until " + stage.until());
      out.println("    and   " + Printable.of(explanation.missing()));
    }
  }

  private static String rules(List<String> names) {
    return names.stream()
        .map(name -> "rule \"" + Printable.of(name) + '"')
        .collect(Collectors.joining(" or "));
  }

  private static String mark(State state) {
    return switch (state) {
      case MATCHES, OPEN, LOGGED_BEFORE, OPENS -> "open  ";
      case ON_ANOTHER_HOST -> "host  ";
      case EXPIRED, REPLACED, COMPLETED -> "past  ";
      case NONE -> "none  ";
    };
  }

  private static String describe(Stage stage) {
    String fact =
        stage.sequence() == null
            ? stage.event().getClass().getSimpleName()
            : "sequence \"" + stage.sequence() + '"';
    return (stage.variable() == null ? "" : stage.variable() + " : ")
        + fact
        + (stage.key() == null ? "" : ", key " + stage.key());
  }

  private static String event(Event event) {
    EventLine line = EventLine.of(event);
    return Printable.of(
        event.getTimestamp() + ": " + line.action() + " " + line.object() + "  by " + line.actor());
  }

  private static String end(State state, Stage stage) {
    return switch (state) {
      case EXPIRED -> "expired at " + stage.until();
      case COMPLETED -> "completed at " + closing(stage);
      case REPLACED -> "replaced at " + closing(stage);
      case ON_ANOTHER_HOST ->
          "open on " + stage.event().getHost().getName() + " until " + stage.until();
      case LOGGED_BEFORE ->
          "until " + stage.until() + "; the host has logged this action before, and it counts once";
      case MATCHES, OPEN, OPENS, NONE -> "until " + stage.until();
    };
  }

  private static String closing(Stage stage) {
    Event by = stage.closedBy();
    return by == null ? "" : event(by);
  }

  private void print(Condition condition) {
    String mark =
        switch (condition.outcome()) {
          case MET -> "met ";
          case NOT_MET -> "NOT ";
          case DEPENDS_ON_OTHER_FACTS -> "if  ";
          case FAILED -> "FAIL";
        };
    out.println(CONTINUED + mark + "  " + Printable.of(condition.text()));
    if (condition.outcome() == Outcome.NOT_MET) {
      condition.values().forEach(value -> out.println(CONTINUED + "      " + Printable.of(value)));
    }
  }
}
