package dev.iiswarden.drl;

import dev.iiswarden.event.Event;
import dev.iiswarden.event.ModuleRegistration;
import dev.iiswarden.event.PendingSequence;
import dev.iiswarden.event.ProcessFields;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The fields and facts that a condition compares, with their values, for people to read. */
final class Operands {
  private static final String MISSING = "missing";

  private final Object fact;
  private final Object[] others;
  private final List<BoundFact> places;
  private final Map<String, String> values = new LinkedHashMap<>();

  private Operands(Object fact, Object[] others, List<BoundFact> places) {
    this.fact = fact;
    this.others = others;
    this.places = places;
  }

  /**
   * Returns what a condition compares, each as {@code field is value}, in the order of the
   * condition.
   *
   * @param fact the fact that is tested
   * @param others the other facts that the condition uses
   */
  static List<String> of(Pattern.Condition condition, Object fact, Object[] others) {
    Operands operands = new Operands(fact, others, condition.others());
    operands.collect(condition.node());
    return operands.values.entrySet().stream()
        .map(operand -> operand.getKey() + " is " + operand.getValue())
        .toList();
  }

  private void collect(Node node) {
    if (node instanceof Node.Property || node instanceof Node.Path) {
      values.putIfAbsent(name(node.text()), text(value(node)));
    } else if (node instanceof Node.This) {
      values.putIfAbsent("this", text(fact));
    } else if (node instanceof Node.Other other) {
      values.putIfAbsent(name(node.text()), text(others[other.position()]));
    } else {
      node.operands().forEach(this::collect);
    }
  }

  private @Nullable Object value(Node node) {
    try {
      return node.value(fact, others);
    } catch (RuntimeException e) {
      // Something on the way to the field is missing, and so is the field.
      return null;
    }
  }

  /** Conditions name facts by their position; people know them by their variables. */
  private String name(String text) {
    String name = text.replace("this.", "");
    for (int i = 0; i < places.size(); i++) {
      BoundFact place = places.get(i);
      String variable = Objects.requireNonNullElse(place.variable(), place.type().getSimpleName());
      if (name.equals("$" + i) || name.startsWith("$" + i + ".")) {
        return variable + name.substring(2);
      }
    }
    return name;
  }

  private static String text(@Nullable Object value) {
    if (value == null) {
      return MISSING;
    } else if (value instanceof Event event) {
      return "of " + event.getTimestamp() + by(event);
    } else if (value instanceof PendingSequence sequence) {
      return "of " + sequence.getFirst().getTimestamp() + by(sequence.getLast());
    } else if (value instanceof ModuleRegistration registration) {
      return text(registration.getEvent());
    } else if (value instanceof ProcessFields process) {
      return text(process);
    }
    return value.toString();
  }

  private static String by(Event event) {
    String process = text(event.getProcess());
    return process.equals(MISSING) ? "" : " by " + process;
  }

  private static String text(ProcessFields process) {
    String path = process.getExecutable();
    String text =
        Stream.<@Nullable String>of(
                path == null ? process.getName() : path,
                process.getPid() == null ? null : "pid " + process.getPid(),
                process.getEntityId())
            .filter(Objects::nonNull)
            .collect(Collectors.joining(", "));
    return text.isEmpty() ? MISSING : text;
  }
}
