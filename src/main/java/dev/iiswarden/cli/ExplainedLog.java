package dev.iiswarden.cli;

import dev.iiswarden.cli.print.ExplanationPrinter;
import dev.iiswarden.decode.Decoded;
import dev.iiswarden.event.Event;
import dev.iiswarden.rules.Rules;
import dev.iiswarden.rules.SequenceExplainer;
import dev.iiswarden.rules.SequenceExplanation;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The records of a log that are to be explained, and those before them that may have opened
 * sequences. Logs are not always in the order of time, so it evaluates them in that order but
 * prints them in the order of the log. Not safe for use by several threads.
 */
final class ExplainedLog {
  private final Rules rules;
  private final List<Entry> entries = new ArrayList<>();

  /** A record. */
  private static final class Entry {
    private final @Nullable String where;
    private final Decoded decoded;
    private List<SequenceExplanation> sequences = List.of();

    Entry(@Nullable String where, Decoded decoded) {
      this.where = where;
      this.decoded = decoded;
    }

    private Event first() {
      return decoded.events().get(0);
    }

    /** Evaluates the record after those before it. */
    void explain(SequenceExplainer explainer) {
      if (where == null) {
        explainer.accept(decoded.events());
      } else {
        sequences = explainer.explain(decoded.events());
      }
    }

    void print(ExplanationPrinter printer) {
      if (where != null) {
        printer.print(where, decoded, sequences);
      }
    }
  }

  ExplainedLog(Rules rules) {
    this.rules = rules;
  }

  /**
   * Adds a record to explain.
   *
   * @param where its file and line
   */
  void add(String where, Decoded decoded) {
    entries.add(new Entry(where, decoded));
  }

  /** Adds a record that is not to be explained. */
  void addUnwanted(Decoded decoded) {
    if (rules.isRelevant(decoded)) {
      entries.add(new Entry(null, decoded));
    }
  }

  /** Evaluates the records and prints those to explain. */
  void print(ExplanationPrinter printer) {
    try (SequenceExplainer explainer = rules.sequences()) {
      entries.stream()
          .filter(entry -> !entry.decoded.events().isEmpty())
          .sorted(Comparator.comparing(Entry::first, Event.STREAM_ORDER))
          .forEachOrdered(entry -> entry.explain(explainer));
    }
    entries.forEach(entry -> entry.print(printer));
  }
}
