package dev.iiswarden.metrics;

import dev.iiswarden.Counters;
import dev.iiswarden.Detector;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.FunctionTimer;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.ToLongFunction;

/**
 * A Micrometer binder for the {@link Counters} of a detector. It registers counters {@code
 * iiswarden.events}, {@code .relevant}, {@code .alerts}, {@code .suppressed}, {@code .late}, {@code
 * .repeated}, {@code .duplicates}, {@code .not.of.interest}, {@code .unrecognised}, {@code
 * .without.time}, {@code .malformed}, {@code .without.host}, {@code .past.dated}, {@code
 * .future.dated}, {@code .dropped}, {@code .judged.early}, {@code .rule.failures} and {@code
 * .over.budget}; gauges {@code .undelivered}, {@code .hosts.open}, {@code .facts.open} and {@code
 * .waiting}; and timers {@code .judging}, which counts relevant records, and {@code .delivery},
 * which counts alerts. Create it with a constructor:
 *
 * <pre>{@code
 * new DetectorMetrics(detector).bindTo(registry);
 * }</pre>
 *
 * <p>It needs {@code io.micrometer:micrometer-core}, which iiswarden does not bring. The detector
 * measures nothing extra for it: when a registry is read, the binder asks the detector at most once
 * a second. The meters hold the detector, so the registry should not outlive it for long. Safe for
 * use by several threads.
 */
public final class DetectorMetrics implements MeterBinder {
  private static final long NANOS_BETWEEN_LOOKS = Duration.ofSeconds(1).toNanos();

  private final Detector detector;
  private final Tags tags;
  private Counters counters;
  private long lookedAt = System.nanoTime();

  /** Creates a binder whose meters have no tags. */
  public DetectorMetrics(Detector detector) {
    this(detector, Tags.empty());
  }

  /**
   * Creates a binder whose meters have tags, which distinguish several detectors of one
   * application.
   */
  public DetectorMetrics(Detector detector, Iterable<Tag> tags) {
    this.detector = detector;
    this.tags = Tags.of(tags);
    counters = detector.counters();
  }

  @Override
  public void bindTo(MeterRegistry registry) {
    counter(registry, "events", "records handed in", Counters::events);
    counter(registry, "relevant", "records relevant to some rule", Counters::relevant);
    counter(registry, "alerts", "alerts raised", Counters::alerts);
    counter(registry, "suppressed", "alerts suppressed", Counters::suppressed);
    counter(registry, "late", "records later than the lateness allows", Counters::late);
    counter(registry, "repeated", "records of an action already logged", Counters::repeated);
    counter(registry, "duplicates", "records read a second time", Counters::duplicates);
    counter(registry, "future.dated", "records dated too far in the future", Counters::futureDated);
    counter(registry, "dropped", "facts dropped at a ceiling", Counters::dropped);
    counter(registry, "judged.early", "records judged early", Counters::judgedEarly);
    counter(
        registry, "not.of.interest", "records that no rule could match", Counters::notOfInterest);
    counter(registry, "unrecognised", "records of an unknown shape", Counters::unrecognised);
    counter(registry, "without.time", "events without a time to trust", Counters::withoutTime);
    counter(registry, "malformed", "damaged records", Counters::malformed);
    counter(registry, "without.host", "events that name no host", Counters::withoutHost);
    counter(registry, "past.dated", "events dated before the year 2000", Counters::pastDated);
    counter(registry, "rule.failures", "exceptions thrown by rules", Counters::ruleFailures);
    counter(registry, "over.budget", "records on which a rule did too much", Counters::overBudget);
    gauge(registry, "undelivered", "alerts that sinks refuse", Counters::undelivered);
    gauge(registry, "hosts.open", "hosts with open state", Counters::openHosts);
    gauge(registry, "facts.open", "facts that rules hold", Counters::openFacts);
    gauge(registry, "waiting", "records waiting to be put in order", Counters::waiting);
    timer(
        registry,
        "judging",
        "judging of relevant records",
        Counters::relevant,
        c -> c.judging().toNanos());
    timer(
        registry,
        "delivery",
        "delivery of alerts to sinks",
        Counters::alerts,
        c -> c.delivery().toNanos());
  }

  private void counter(
      MeterRegistry registry, String name, String description, ToLongFunction<Counters> value) {
    FunctionCounter.builder("iiswarden." + name, this, of -> value.applyAsLong(of.counters()))
        .description(description)
        .tags(tags)
        .register(registry);
  }

  private void gauge(
      MeterRegistry registry, String name, String description, ToLongFunction<Counters> value) {
    Gauge.builder("iiswarden." + name, this, of -> value.applyAsLong(of.counters()))
        .description(description)
        .tags(tags)
        .strongReference(true)
        .register(registry);
  }

  private void timer(
      MeterRegistry registry,
      String name,
      String description,
      ToLongFunction<Counters> count,
      ToLongFunction<Counters> nanos) {
    FunctionTimer.builder(
            "iiswarden." + name,
            this,
            of -> count.applyAsLong(of.counters()),
            of -> nanos.applyAsLong(of.counters()),
            TimeUnit.NANOSECONDS)
        .description(description)
        .tags(tags)
        .register(registry);
  }

  /**
   * Returns counters that are at most a second old, because every meter asks and adding up over all
   * hosts takes time.
   */
  private synchronized Counters counters() {
    long now = System.nanoTime();
    if (now - lookedAt >= NANOS_BETWEEN_LOOKS) {
      counters = detector.counters();
      lookedAt = now;
    }
    return counters;
  }
}
