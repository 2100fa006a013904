package dev.iiswarden.drl;

import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import org.drools.model.Drools;
import org.drools.model.functions.BlockN;

/** The consequence of a rule. Safe for use by several threads. */
final class InsertFacts implements BlockN {
  private static final long serialVersionUID = 1L;

  private final transient List<Insertion> insertions;

  private final transient Consumer<Object> observer;

  /**
   * Creates a consequence.
   *
   * @param observer receives every fact after it has been inserted
   */
  InsertFacts(List<Insertion> insertions, Consumer<Object> observer) {
    this.insertions = insertions;
    this.observer = observer;
  }

  @Override
  public void execute(Object... arguments) {
    Drools session = (Drools) arguments[0];
    Object[] facts = Arrays.copyOfRange(arguments, 1, arguments.length);
    for (Insertion insertion : insertions) {
      Object fact = insertion.create(facts);
      session.insert(fact);
      observer.accept(fact);
    }
  }
}
