package dev.iiswarden.rules;

import dev.iiswarden.engine.RuleBase.RuleDescription;
import java.util.AbstractMap;
import java.util.AbstractSet;
import java.util.Iterator;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Rules by name, sorted, whose annotations are read when a rule is first asked for: most rules of a
 * set raise no alert in a run. Unmodifiable, and safe for use by several threads.
 */
final class RulesByName extends AbstractMap<String, Rule> {
  private final SortedMap<String, RuleDescription> descriptions;
  private final Map<String, Rule> read = new ConcurrentHashMap<>();

  /** Creates the map of the rules with these descriptions, which must not change from now on. */
  RulesByName(SortedMap<String, RuleDescription> descriptions) {
    this.descriptions = descriptions;
  }

  @Override
  public @Nullable Rule get(@Nullable Object name) {
    RuleDescription description = name instanceof String text ? descriptions.get(text) : null;
    return description == null ? null : rule(description);
  }

  private Rule rule(RuleDescription description) {
    return read.computeIfAbsent(description.name(), unused -> RuleAnnotations.read(description));
  }

  @Override
  public boolean containsKey(@Nullable Object name) {
    return name instanceof String text && descriptions.containsKey(text);
  }

  @Override
  public Set<Map.Entry<String, Rule>> entrySet() {
    return new AbstractSet<>() {
      @Override
      public int size() {
        return descriptions.size();
      }

      @Override
      public Iterator<Map.Entry<String, Rule>> iterator() {
        return descriptions.values().stream()
            .map(description -> Map.entry(description.name(), rule(description)))
            .iterator();
      }
    };
  }
}
