package dev.iiswarden.testing;

import dev.iiswarden.alert.Alert;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The parts of an alert of the base rules that tests compare.
 *
 * @param rule the rule's id
 * @param host the host's name, null if the evidence names none
 * @param events the ids of the evidence events, in order
 */
public record ExpectedAlert(String rule, @Nullable String host, List<String> events) {

  /** Returns the compared parts of a raised alert. */
  public static ExpectedAlert of(Alert alert) {
    return new ExpectedAlert(
        alert.rule().id(),
        alert.host(),
        alert.evidence().stream().map(event -> event.getEvent().getId()).toList());
  }

  /** Returns alerts with their counts in a fixed order, so that a failure is readable. */
  public static Map<String, Long> multiset(Collection<ExpectedAlert> alerts) {
    return alerts.stream()
        .map(ExpectedAlert::toString)
        .collect(Collectors.groupingBy(Function.identity(), TreeMap::new, Collectors.counting()));
  }
}
