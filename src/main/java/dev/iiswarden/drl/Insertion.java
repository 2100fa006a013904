package dev.iiswarden.drl;

import dev.iiswarden.event.Detection;
import dev.iiswarden.event.Event;
import dev.iiswarden.event.ModuleRegistration;
import dev.iiswarden.event.PendingSequence;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A fact that a consequence inserts. Immutable and safe for use by several threads.
 *
 * @param at the offset in the file
 * @param type the class of the fact
 * @param arguments the arguments of its constructor
 */
record Insertion(int at, Class<?> type, List<Node> arguments) {
  private static final String FORMS =
      "it takes a name and an event; or a name, a key and an event; or a name, a key, a"
          + " PendingSequence and an event";

  /**
   * Checks a statement.
   *
   * @param offset the offset of the consequence in the file
   */
  static Insertion of(ExpressionParser.Insertion statement, int offset, ExpressionBuilder builder)
      throws SyntaxProblem {
    List<Node> arguments = new ArrayList<>();
    for (Syntax argument : statement.arguments()) {
      arguments.add(builder.build(argument));
    }
    int at = statement.at() + offset;
    String refusal;
    Class<?> type;
    switch (statement.type()) {
      case "Detection" -> {
        type = Detection.class;
        refusal = detection(arguments);
      }
      case "PendingSequence" -> {
        type = PendingSequence.class;
        refusal = sequence(arguments);
      }
      case "ModuleRegistration" -> {
        type = ModuleRegistration.class;
        refusal = registration(arguments);
      }
      default ->
          throw new SyntaxProblem(
              statement.at(),
              "a consequence may only insert a Detection, a PendingSequence or a"
                  + " ModuleRegistration, not a "
                  + statement.type());
    }
    if (refusal != null) {
      throw new SyntaxProblem(statement.at(), statement.type() + ": " + refusal);
    }
    return new Insertion(at, type, List.copyOf(arguments));
  }

  private static @Nullable String detection(List<Node> arguments) {
    if (arguments.isEmpty()) {
      return "a detection needs evidence, as in new Detection( $event )";
    }
    for (Node argument : arguments) {
      if (!argument.type().equals(ValueType.EVENTS)
          && !isA(Event.class, argument)
          && !isA(PendingSequence.class, argument)
          && !isA(ModuleRegistration.class, argument)) {
        return "evidence is an event, a PendingSequence or a ModuleRegistration, not "
            + argument.type().inWords();
      }
    }
    return null;
  }

  private static @Nullable String sequence(List<Node> arguments) {
    if (arguments.isEmpty()
        || !(arguments.get(0) instanceof Node.Constant name)
        || !(name.constant() instanceof String)) {
      return "its name is a text in quotes";
    }
    int count = arguments.size();
    Node last = arguments.get(count - 1);
    boolean hasKey = count > 2;
    boolean isForm =
        switch (count) {
          case 2, 3 ->
              isA(Event.class, last) || (count == 3 && last.type().equals(ValueType.EVENTS));
          case 4 -> isA(PendingSequence.class, arguments.get(2)) && isA(Event.class, last);
          default -> false;
        };
    return isForm && (!hasKey || ValueType.TEXT.accepts(arguments.get(1).type())) ? null : FORMS;
  }

  private static @Nullable String registration(List<Node> arguments) {
    if (arguments.size() < 2 || !isA(Event.class, arguments.get(0))) {
      return "it takes an event and the texts that name the DLL";
    }
    for (Node text : arguments.subList(1, arguments.size())) {
      if (!text.type().equals(ValueType.TEXT) && !text.type().equals(ValueType.TEXTS)) {
        return "a DLL is named by a text or a list of texts, not by " + text.type().inWords();
      }
    }
    return null;
  }

  private static boolean isA(Class<?> type, Node node) {
    return node.type().kind() == ValueType.Kind.HOLDER
        && type.isAssignableFrom(node.type().javaClass());
  }

  /** Returns the name of the sequence it begins or continues; null if it inserts another fact. */
  @Nullable String sequenceName() {
    return type == PendingSequence.class
            && arguments.get(0) instanceof Node.Constant name
            && name.constant() instanceof String text
        ? text
        : null;
  }

  /** Creates the fact. */
  Object create(Object[] facts) {
    @Nullable Object[] values = new @Nullable Object[arguments.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = arguments.get(i).value(this, facts);
    }
    if (type == Detection.class) {
      return detectionOf(values);
    }
    return type == PendingSequence.class ? sequenceOf(values) : registrationOf(values);
  }

  private static Detection detectionOf(@Nullable Object[] values) {
    List<Object> evidence = new ArrayList<>(values.length);
    for (Object value : values) {
      evidence.add(java.util.Objects.requireNonNull(value));
    }
    return new Detection(evidence.toArray());
  }

  private static ModuleRegistration registrationOf(@Nullable Object[] values) {
    return new ModuleRegistration(
        (Event) java.util.Objects.requireNonNull(values[0]),
        java.util.Arrays.copyOfRange(values, 1, values.length));
  }

  private static PendingSequence sequenceOf(@Nullable Object[] values) {
    String name = String.valueOf(values[0]);
    Object last = java.util.Objects.requireNonNull(values[values.length - 1]);
    if (values.length == 2) {
      return new PendingSequence(name, (Event) last);
    }
    String key = (String) values[1];
    if (values.length == 4) {
      return new PendingSequence(
          name, key, (PendingSequence) java.util.Objects.requireNonNull(values[2]), (Event) last);
    }
    if (last instanceof Event event) {
      return new PendingSequence(name, key, event);
    }
    List<Event> events = new ArrayList<>();
    ((List<?>) last).forEach(event -> events.add((Event) event));
    return new PendingSequence(name, key, events);
  }
}
