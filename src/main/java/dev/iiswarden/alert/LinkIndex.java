package dev.iiswarden.alert;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The incidents by what links them to further alerts. Not safe for use by several threads. */
final class LinkIndex {
  private final Map<Long, List<IncidentChain>> byLink = new HashMap<>();
  private int size;

  /** Returns the incidents that have a link; the caller must not change the list. */
  List<IncidentChain> of(Long link) {
    return byLink.getOrDefault(link, List.of());
  }

  /** Notes that an incident has a link that it did not have. */
  void add(Long link, IncidentChain chain) {
    byLink.computeIfAbsent(link, unused -> new ArrayList<>(1)).add(chain);
    size++;
  }

  /** Notes that an incident has a link no longer. */
  void remove(Long link, IncidentChain chain) {
    List<IncidentChain> linked = byLink.get(link);
    if (linked != null && linked.remove(chain)) {
      size--;
      if (linked.isEmpty()) {
        byLink.remove(link);
      }
    }
  }

  /** How many links all incidents have together. */
  int size() {
    return size;
  }
}
