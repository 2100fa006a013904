package dev.iiswarden.drl;

import java.util.Arrays;
import java.util.List;
import org.drools.model.Drools;
import org.drools.model.functions.BlockN;

/** The consequence of a rule. Safe for use by several threads. */
final class InsertFacts implements BlockN {
  private static final long serialVersionUID = 1L;

  private final transient List<Insertion> insertions;

  InsertFacts(List<Insertion> insertions) {
    this.insertions = insertions;
  }

  @Override
  public void execute(Object... arguments) {
    Drools session = (Drools) arguments[0];
    Object[] facts = Arrays.copyOfRange(arguments, 1, arguments.length);
    for (Insertion insertion : insertions) {
      session.insert(insertion.create(facts));
    }
  }
}
