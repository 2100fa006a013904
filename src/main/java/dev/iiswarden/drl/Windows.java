package dev.iiswarden.drl;

import dev.iiswarden.event.Maxspan;
import java.util.List;
import java.util.Map;

/** Compares the spans of conditions with the windows of the facts they are measured from. */
final class Windows {
  private Windows() {}

  /** Refuses {@code follows} with a span that is longer than the window of the earlier fact. */
  static void check(Syntax condition, Map<String, Variable> variables) throws SyntaxProblem {
    if (condition instanceof Syntax.Junction junction) {
      for (Syntax operand : junction.operands()) {
        check(operand, variables);
      }
    } else if (condition instanceof Syntax.Call call && call.name().equals("follows")) {
      compare(call, variables);
    }
  }

  private static void compare(Syntax.Call call, Map<String, Variable> variables)
      throws SyntaxProblem {
    List<Syntax> arguments = call.arguments();
    if (arguments.size() != 2
        || !(arguments.get(0) instanceof Syntax.Name name)
        || !(arguments.get(1) instanceof Syntax.Literal literal)
        || !(literal.value() instanceof String span)) {
      return;
    }
    Variable earlier = variables.get(name.name());
    long window = earlier == null ? 0 : earlier.fact().windowMillis();
    if (window > 0 && Maxspan.of(span).toMillis() > window) {
      throw new SyntaxProblem(
          call.at(),
          "the window of "
              + name.name()
              + " is shorter than "
              + span
              + "; say: over window:time( "
              + span
              + "1ms )");
    }
  }
}
