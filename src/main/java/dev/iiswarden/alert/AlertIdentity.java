package dev.iiswarden.alert;

import dev.iiswarden.event.Event;
import dev.iiswarden.event.Sha256;
import dev.iiswarden.rules.Rule;
import java.security.MessageDigest;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * What tells an alert and the events of its evidence from all others. All copies of an alert have
 * it in common, and it is found when it is first asked for, because a digest takes longer than most
 * of what is done with an alert. Immutable and safe for use by several threads.
 */
final class AlertIdentity {
  private final Rule rule;
  private final List<Event> evidence;
  private volatile @Nullable List<EventIdentity> events;
  private volatile @Nullable List<String> eventKeys;
  private volatile @Nullable String id;

  /**
   * Creates the identity of an alert.
   *
   * @param id the alert's id; null if it follows from rule and evidence
   */
  AlertIdentity(Rule rule, List<Event> evidence, @Nullable String id) {
    this.rule = rule;
    this.evidence = evidence;
    this.id = id;
  }

  private List<EventIdentity> events() {
    List<EventIdentity> known = events;
    if (known == null) {
      known =
          evidence.size() == 1
              ? List.of(EventIdentity.of(evidence.get(0)))
              : evidence.stream().map(EventIdentity::of).toList();
      events = known;
    }
    return known;
  }

  /** The alert's id, see {@link Alert#id()}. */
  String id() {
    String known = id;
    if (known == null) {
      MessageDigest digest = Sha256.begin();
      EventIdentity.add(digest, rule.id());
      EventIdentity.add(digest, evidence.get(0).getHost().getName());
      for (EventIdentity event : events()) {
        event.addTo(digest);
      }
      known = HexFormat.of().formatHex(digest.digest(), 0, Alert.ID_BYTES);
      id = known;
    }
    return known;
  }

  /** A digest of each event of the evidence: the same whenever and wherever the event is read. */
  List<String> eventKeys() {
    List<String> known = eventKeys;
    if (known == null) {
      List<EventIdentity> each = events();
      known =
          each.size() == 1
              ? List.of(each.get(0).key())
              : each.stream().map(EventIdentity::key).toList();
      eventKeys = known;
    }
    return known;
  }

  /** The index of the earliest event of the evidence, whatever its order. */
  private int first() {
    if (evidence.size() == 1) {
      return 0;
    }
    return IntStream.range(0, evidence.size())
        .boxed()
        .min(
            Comparator.comparing((Integer i) -> evidence.get(i).getTimestamp())
                .thenComparing(i -> eventKeys().get(i)))
        .orElseThrow();
  }

  /** The earliest event of the evidence, whatever its order. */
  Event firstEvent() {
    return evidence.get(first());
  }

  /** The key of the earliest event of the evidence. */
  String keyOfFirstEvent() {
    return eventKeys().get(first());
  }
}
