package dev.iiswarden.alert;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Finds the incident of each alert. Two alerts on one machine belong to the same incident if they
 * share a link, see {@link IncidentLinks}, and at most a day of event time is between the events
 * that share it, or if each of them belongs to one with a third alert. Which incident an alert
 * joins does not depend on which of the alerts of its time comes first. Alerts that show no step of
 * an intrusion are together one incident of their host, unless they share a link with another one.
 *
 * <p>The incident that has gone longest without an alert is forgotten first if there are too many.
 * Safe for use by several threads.
 */
final class IncidentTracker {
  private static final Duration MOST_APART = Duration.ofDays(1);
  private static final long MOST_APART_MILLIS = MOST_APART.toMillis();

  private static final int MOST_INCIDENTS = 10_000;

  private static final int MOST_LINKS = 200_000;

  private final int mostLinks;
  private final BoundedMemory<IncidentChain> chains;
  private final LinkIndex links = new LinkIndex();
  private final Map<String, HostIncidents> byHost = new HashMap<>();

  IncidentTracker() {
    this(MOST_INCIDENTS, MOST_LINKS);
  }

  IncidentTracker(int mostIncidents, int mostLinks) {
    this.mostLinks = mostLinks;
    chains =
        new BoundedMemory<>(
            mostIncidents, IncidentChain::toJson, (key, forgotten) -> forget(forgotten));
  }

  /** Returns the incident of an alert that no other one belongs to. */
  static Incident ofItsOwn(Alert alert) {
    IncidentChain chain = IncidentChain.openedBy(alert);
    chain.add(alert, Map.of(), new LinkIndex());
    return chain.incident();
  }

  /**
   * Adds alerts to their incidents.
   *
   * @param group at least one alert, all of one host and of one moment: see {@link #isOfSameMoment}
   * @return the alerts in the same order, each with its incident as it is after all of them
   */
  synchronized List<Alert> join(List<Alert> group) {
    List<Alert> inOrder = new ArrayList<>(group);
    if (group.size() > 1) {
      inOrder.sort(
          Comparator.comparing(IncidentLinks::isAudit)
              .thenComparing(alert -> alert.identity().firstEvent().getTimestamp())
              .thenComparing(alert -> alert.identity().keyOfFirstEvent())
              .thenComparing(Alert::id));
    }
    Set<IncidentChain> fresh = new HashSet<>();
    Map<Alert, Map<Long, IncidentLinks.Span>> found = new HashMap<>();
    for (Alert alert : inOrder) {
      Map<Long, IncidentLinks.Span> its = linksOf(alert);
      found.put(alert, its);
      add(alert, its, fresh);
    }
    List<Alert> joined = new ArrayList<>(group.size());
    for (Alert alert : group) {
      IncidentChain chain = chainOf(alert, found.getOrDefault(alert, Map.of()));
      joined.add(alert.in(chain == null ? ofItsOwn(alert) : chain.incident()));
    }
    HostIncidents host = byHost.get(group.get(0).hostKey());
    if (host != null) {
      host.passTo(group.get(0).timestamp());
    }
    return joined;
  }

  /**
   * Whether two alerts are of one host and one millisecond. Events of one millisecond are judged
   * together, in the order in which they arrive, which must not matter.
   */
  static boolean isOfSameMoment(Alert one, Alert other) {
    return one.timestamp().toEpochMilli() == other.timestamp().toEpochMilli()
        && one.hostKey().equals(other.hostKey());
  }

  private void add(Alert alert, Map<Long, IncidentLinks.Span> its, Set<IncidentChain> fresh) {
    List<IncidentChain> touched = touchedBy(alert, its);
    if (touched.size() > 1) {
      touched.sort(
          Comparator.comparing((IncidentChain chain) -> fresh.contains(chain))
              .thenComparing(IncidentChain.OLDEST_FIRST));
    }
    IncidentChain chain;
    if (touched.isEmpty()) {
      chain = IncidentChain.openedBy(alert);
      fresh.add(chain);
    } else {
      chain = touched.get(0);
      for (IncidentChain other : touched.subList(1, touched.size())) {
        chains.remove(other.id());
        forget(other);
        chain.takeIn(other, links);
      }
    }
    chain.add(alert, its, links);
    addToHost(chain);
    chains.put(chain.id(), chain);
    while (links.size() > mostLinks) {
      chains.removeEldest();
    }
  }

  /** An alert that shows no step of an intrusion joins one, but does not begin one. */
  private Map<Long, IncidentLinks.Span> linksOf(Alert alert) {
    Map<Long, IncidentLinks.Span> its = alert.subject().links(alert);
    return IncidentLinks.isAudit(alert) && touchedBy(alert, its).isEmpty()
        ? IncidentLinks.ofAudit(alert)
        : its;
  }

  private List<IncidentChain> touchedBy(Alert alert, Map<Long, IncidentLinks.Span> its) {
    List<IncidentChain> touched = new ArrayList<>(2);
    its.forEach(
        (link, span) -> {
          for (IncidentChain chain : links.of(link)) {
            if (touched.contains(chain)) {
              continue;
            }
            IncidentLinks.Span known = chain.links().get(link);
            if (known != null
                && known.isWithin(MOST_APART_MILLIS, span)
                && chain.isOn(alert.evidence().get(0).getHost())) {
              touched.add(chain);
            }
          }
        });
    if (touched.size() > 1) {
      touched.sort(IncidentChain.OLDEST_FIRST);
    }
    return touched;
  }

  private @Nullable IncidentChain chainOf(Alert alert, Map<Long, IncidentLinks.Span> its) {
    List<IncidentChain> touched = touchedBy(alert, its);
    return touched.isEmpty() ? null : touched.get(0);
  }

  /**
   * Returns an alert that is about to be shown, with its incident, and marked if it is the first
   * one of it to be shown.
   */
  synchronized Alert shown(Alert alert) {
    IncidentChain chain = chainOf(alert, linksOf(alert));
    if (chain == null) {
      return alert.opening(true);
    }
    boolean opens = chain.isOpenedByShowing(alert);
    chains.put(chain.id(), chain);
    return alert.in(chain.incident()).opening(opens);
  }

  private void addToHost(IncidentChain chain) {
    byHost.computeIfAbsent(chain.hostKey(), unused -> new HostIncidents()).chains.add(chain);
  }

  private void forget(IncidentChain chain) {
    chain.links().keySet().forEach(link -> links.remove(link, chain));
    HostIncidents host = byHost.get(chain.hostKey());
    if (host != null) {
      host.chains.remove(chain);
      if (host.chains.isEmpty()) {
        byHost.remove(chain.hostKey());
      }
    }
  }

  synchronized void trackChanges() {
    chains.trackChanges();
  }

  synchronized void takeChanges(Map<String, @Nullable JsonNode> to) {
    chains.takeChanges(to);
  }

  synchronized void addTo(List<JsonNode> state) {
    chains.addTo(state);
  }

  /** Restores an incident that was written before. */
  synchronized void restore(JsonNode json) throws JsonProcessingException {
    IncidentChain chain = IncidentChain.fromJson(json);
    chain.links().keySet().forEach(link -> links.add(link, chain));
    addToHost(chain);
    chains.put(chain.id(), chain);
  }

  /** How many incidents may still grow. */
  synchronized int size() {
    return chains.size();
  }

  /** The incidents of one host, which only its own time ends: clocks of hosts may be wrong. */
  private final class HostIncidents {
    private final Set<IncidentChain> chains = new HashSet<>();
    private Instant looked = Instant.MIN;

    /** Forgets the incidents that no further alert can join, now and then. */
    void passTo(Instant time) {
      if (looked.equals(Instant.MIN) || Duration.between(looked, time).toHours() >= 1) {
        looked = time;
        for (IncidentChain chain : List.copyOf(chains)) {
          if (Duration.between(chain.last(), time).compareTo(MOST_APART) > 0) {
            IncidentTracker.this.chains.remove(chain.id());
            forget(chain);
          }
        }
      }
    }
  }
}
