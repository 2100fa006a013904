package dev.iiswarden.engine;

import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.kie.api.runtime.rule.AgendaFilter;
import org.kie.api.runtime.rule.Match;

/**
 * What each rule may do to one record of one host: how many tuples of facts it may try to join, how
 * many facts it may insert, and how often it may fire on what it has inserted itself. All of it is
 * counted, so a rule exceeds its budget on the same record on every machine. Not safe for use by
 * several threads.
 */
public final class Budget implements AgendaFilter {
  private static final ThreadLocal<@Nullable Budget> CURRENT = new ThreadLocal<>();

  private final Budgets limits;
  private final Set<String> muted;
  private final Map<String, Use> uses = new HashMap<>();

  /** The rules that led to a fact that was inserted for this record; null if none was. */
  private @Nullable IdentityHashMap<Object, Cause> causes;

  private @Nullable Cause firing;
  private @Nullable OverBudgetException exceeded;

  /**
   * Creates a budget of which nothing is used.
   *
   * @param muted rules that must not fire and join nothing
   */
  Budget(Budgets limits, Set<String> muted) {
    this.limits = limits;
    this.muted = muted;
  }

  /** Makes this the budget of what the current thread does until {@link #end}. */
  void begin() {
    CURRENT.set(this);
  }

  /** Ends what {@link #begin} began. */
  static void end() {
    CURRENT.remove();
  }

  /**
   * Returns whether a rule may try to join another tuple. Internal: called by the conditions of
   * interpreted rules.
   *
   * @return false if the rule has already exceeded its budget on this record
   * @throws OverBudgetException if it exceeds its budget now
   */
  public static boolean allowsTuple(String rule) {
    Budget budget = CURRENT.get();
    if (budget == null) {
      return true;
    }
    if (budget.muted.contains(rule)) {
      return false;
    }
    int most = budget.limits.tuples();
    if (++budget.use(rule).tuples > most) {
      throw new OverBudgetException(rule, "it tried more than " + most + " tuples");
    }
    return true;
  }

  private Use use(String rule) {
    return uses.computeIfAbsent(rule, unused -> new Use());
  }

  /**
   * Returns whether a match may fire.
   *
   * @throws OverBudgetException if a rule has exceeded its budget
   */
  @Override
  public boolean accept(Match match) {
    throwIfExceeded();
    String rule = match.getRule().getName();
    if (muted.contains(rule)) {
      return false;
    }
    Cause cause = new Cause(rule, deepestOf(match));
    if (cause.timesOfRule() > limits.rounds()) {
      throw new OverBudgetException(
          rule, "it fired more than " + limits.rounds() + " times on facts that it had led to");
    }
    firing = cause;
    return true;
  }

  private @Nullable Cause deepestOf(Match match) {
    Cause deepest = null;
    if (causes != null) {
      for (Object fact : match.getObjects()) {
        Cause cause = causes.get(fact);
        if (cause != null && (deepest == null || cause.depth > deepest.depth)) {
          deepest = cause;
        }
      }
    }
    return deepest;
  }

  /** Notes that a rule has inserted a fact. */
  void inserted(String rule, Object fact) {
    if (firing != null) {
      if (causes == null) {
        causes = new IdentityHashMap<>(4);
      }
      causes.put(fact, firing);
    }
    if (++use(rule).inserted > limits.inserted()) {
      // Drools would take an exception for one of the consequence.
      exceeded =
          new OverBudgetException(rule, "it inserted more than " + limits.inserted() + " facts");
    }
  }

  /** Throws an exception if a rule has inserted too many facts. */
  void throwIfExceeded() {
    if (exceeded != null) {
      throw exceeded;
    }
  }

  private static final class Use {
    private int tuples;
    private int inserted;
  }

  private static final class Cause {
    private final String rule;
    private final @Nullable Cause before;
    private final int depth;

    Cause(String rule, @Nullable Cause before) {
      this.rule = rule;
      this.before = before;
      depth = before == null ? 1 : before.depth + 1;
    }

    int timesOfRule() {
      int times = 0;
      for (Cause cause = this; cause != null; cause = cause.before) {
        times += cause.rule.equals(rule) ? 1 : 0;
      }
      return times;
    }
  }
}
