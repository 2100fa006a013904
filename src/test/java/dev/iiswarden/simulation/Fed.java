package dev.iiswarden.simulation;

import dev.iiswarden.decode.Decoded;
import java.time.Instant;

/**
 * A record of the feed.
 *
 * @param arrival when it arrives
 * @param line the record as it is sent
 * @param decoded the same, decoded
 * @param origin why it is in the feed
 */
record Fed(Instant arrival, String line, Decoded decoded, Origin origin) {
  /** Why a record is in the feed. */
  enum Origin {
    /** It happened. */
    EVENT,
    /** It is sent a second time. */
    DUPLICATE,
    /** It happened, but its host's clock was wrong. */
    WRONG_CLOCK,
    /** It is no event. */
    NOISE
  }

  Instant time() {
    return decoded.events().get(0).getTimestamp();
  }

  Fed at(Instant other) {
    return new Fed(other, line, decoded, origin);
  }

  Fed as(Origin other) {
    return new Fed(arrival, line, decoded, other);
  }
}
