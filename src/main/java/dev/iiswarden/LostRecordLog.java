package dev.iiswarden;

import dev.iiswarden.decode.Decoded;
import dev.iiswarden.decode.Outcome;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A handler that logs lost records as warnings, but not each of them: a feed may consist of nothing
 * else. For each cause it logs the first three, then the tenth, the hundredth, the thousandth and
 * so on with their number. It is what a {@link Detector} uses without {@link
 * DetectorBuilder#onMalformed}. Create it with the constructor, to log and to do something else as
 * well:
 *
 * <pre>{@code
 * builder.onMalformed(new LostRecordLog().andThen(lost -> archive.add(lost.record())));
 * }</pre>
 *
 * <p>A line has the record's place and what is wrong with it, not the record. Safe for use by
 * several threads.
 */
public final class LostRecordLog implements Consumer<Decoded.Malformed> {
  private static final Logger LOG = LoggerFactory.getLogger(LostRecordLog.class);
  private static final int LOGGED_AT_FIRST = 3;

  private final Map<Outcome, AtomicLong> counts = new EnumMap<>(Outcome.class);

  /** Creates a log that has seen no record yet. */
  public LostRecordLog() {
    for (Outcome outcome : Outcome.values()) {
      counts.put(outcome, new AtomicLong());
    }
  }

  @Override
  public void accept(Decoded.Malformed lost) {
    AtomicLong counted = counts.get(lost.outcome());
    long count = counted == null ? 1 : counted.incrementAndGet();
    if (count <= LOGGED_AT_FIRST) {
      LOG.warn("a record was lost ({}): {}", lost.outcome().label(), lost);
    } else if (isPowerOfTen(count)) {
      LOG.warn(
          "{} records were lost so far ({}), the last one: {}",
          count,
          lost.outcome().label(),
          lost);
    }
  }

  private static boolean isPowerOfTen(long number) {
    long rest = number;
    while (rest % 10 == 0) {
      rest /= 10;
    }
    return rest == 1;
  }

  /** The handler's name in logs. */
  @Override
  public String toString() {
    return "log of lost records";
  }
}
