package dev.iiswarden.alert;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/**
 * Says in one sentence what happened in an incident, from what its stages show: {@code w3wp.exe
 * (Shop) had cmd.exe write evil.dll, appcmd.exe registered it 25 s later, loaded after 63 s}. Times
 * count from the first step.
 */
final class Verdict {
  private static final int MOST = 400;
  private static final String AT_ONCE = "at once";
  private static final String UNNAMED = "a module";
  private static final long MOST_SECONDS = 120;
  private static final long MOST_MINUTES = 120;
  private static final long MOST_HOURS = 48;

  private final List<String> clauses = new ArrayList<>();
  private final Instant start;
  private String told = "";
  private String sentBy = "";

  private Verdict(Instant start) {
    this.start = start;
  }

  /** Returns the sentence for some steps, of which there is at least one. */
  static String of(Collection<IncidentStep> steps) {
    List<IncidentStep> inOrder =
        steps.stream()
            .filter(step -> steps.size() == 1 || !step.stage().equals(IncidentStep.SEEN))
            .sorted(Comparator.comparing(IncidentStep::time).thenComparing(IncidentStep::act))
            .toList();
    Verdict verdict = new Verdict(inOrder.get(0).time());
    inOrder.stream().filter(step -> !isToldAsWritten(step, inOrder)).forEach(verdict::tell);
    String sentence = String.join(", ", verdict.clauses);
    return sentence.length() <= MOST ? sentence : sentence.substring(0, MOST - 1) + "…";
  }

  /** Where a file only has to be in its place to be loaded, to write it is to register it. */
  private static boolean isToldAsWritten(IncidentStep step, List<IncidentStep> all) {
    return step.act() == IncidentStep.Act.REGISTERED
        && all.stream()
            .anyMatch(
                other ->
                    other.act() == IncidentStep.Act.WROTE
                        && other.time().equals(step.time())
                        && other.actor().equals(step.actor())
                        && other.object().equals(step.object()));
  }

  private void tell(IncidentStep step) {
    boolean isFirst = clauses.isEmpty();
    boolean isTold = !step.object().isEmpty() && step.object().equalsIgnoreCase(told);
    String object = step.object().isEmpty() ? UNNAMED : isTold ? "it" : step.object();
    if (step.more()) {
      object += " and others";
    }
    String when = isFirst ? "" : when(Duration.between(start, step.time()));
    clauses.add(
        switch (step.act()) {
          case WROTE -> acted(step, "write", "wrote", "written", object) + later(when);
          case REGISTERED ->
              acted(step, "register", "registered", "registered", object) + later(when);
          case LOADED ->
              (isTold && !step.more() ? "loaded" : acted(step, "load", "loaded", "loaded", object))
                  + after(when);
          case FAILED_TO_LOAD ->
              step.actor().isEmpty()
                  ? object + " failed to load" + after(when)
                  : step.actor() + " failed to load " + object + after(when);
          case STARTED ->
              (isFirst ? "" : "then ") + step.actor() + " started " + object + after(when);
          case DID ->
              (isFirst ? "" : "then ")
                  + (step.actor().isEmpty() ? object : step.actor() + ": " + object)
                  + after(when);
        });
    if (!step.object().isEmpty() && step.act() != IncidentStep.Act.STARTED) {
      told = step.object();
    }
  }

  private String acted(
      IncidentStep step, String infinitive, String past, String participle, String object) {
    if (step.actor().isEmpty()) {
      return object + (step.more() ? " were " : " was ") + participle;
    }
    if (step.worker().isEmpty() || step.worker().equals(sentBy)) {
      return step.actor() + ' ' + past + ' ' + object;
    }
    sentBy = step.worker();
    return step.worker() + " had " + step.actor() + ' ' + infinitive + ' ' + object;
  }

  private static String later(String when) {
    return when.isEmpty() ? "" : when.equals(AT_ONCE) ? " " + when : " " + when + " later";
  }

  private static String after(String when) {
    return when.isEmpty() ? "" : when.equals(AT_ONCE) ? " " + when : " after " + when;
  }

  private static String when(Duration span) {
    if (span.toSeconds() < 1) {
      return AT_ONCE;
    }
    if (span.toSeconds() <= MOST_SECONDS) {
      return span.toSeconds() + " s";
    }
    if (span.toMinutes() <= MOST_MINUTES) {
      return span.toMinutes() + " min";
    }
    return span.toHours() <= MOST_HOURS
        ? span.toHours() + " h"
        : String.format(Locale.ROOT, "%,d days", span.toDays());
  }
}
