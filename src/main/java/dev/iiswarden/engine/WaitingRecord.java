package dev.iiswarden.engine;

import dev.iiswarden.event.Event;
import dev.iiswarden.event.EventJson;
import dev.iiswarden.event.Sha256;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A relevant record that waits to be put in order. Immutable.
 *
 * @param arrival the record's number in the stream, which no other record of its host has
 * @param facts its facts, at least one, all of the same time
 * @param raised the {@linkplain #key keys} of the matches that were handed over before its turn,
 *     because its turn may be far away; null if nobody has looked for such matches
 */
record WaitingRecord(long arrival, List<Event> facts, @Nullable Set<String> raised) {
  /** The order in which records are evaluated. */
  static final Comparator<WaitingRecord> ORDER =
      Comparator.comparing(waiting -> waiting.facts().get(0), Event.STREAM_ORDER);

  /** Returns the session time of the record. */
  long time() {
    return facts.get(0).getSessionTime();
  }

  /** Whether a match needs no other record. */
  boolean isOfItsOwn(Match match) {
    return facts.containsAll(match.detection().getEvidence());
  }

  /** Returns this record with matches that have been handed over. */
  WaitingRecord withRaised(List<Match> matches) {
    return new WaitingRecord(
        arrival, facts, matches.stream().map(WaitingRecord::key).collect(Collectors.toSet()));
  }

  /** Whether a match has already been handed over. */
  boolean hasRaised(Match match) {
    return raised != null && !raised.isEmpty() && raised.contains(key(match));
  }

  /** Returns what distinguishes a match from all others of its host, also after a restart. */
  private static String key(Match match) {
    StringBuilder evidence = new StringBuilder(match.ruleName());
    match.detection().getEvidence().forEach(event -> evidence.append(EventJson.toJson(event)));
    return HexFormat.of().formatHex(Sha256.of(evidence.toString()));
  }
}
