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
 * The {@link Counters} of a detector as meters of a Micrometer registry: counters {@code
 * iiswarden.events}, {@code .relevant}, {@code .alerts}, {@code .suppressed}, {@code .late}, {@code
 * .repeated}, {@code .future.dated}, {@code .dropped}, {@code .judged.early}, {@code .malformed}
 * and {@code .rule.failures}; gauges {@code .undelivered}, {@code .hosts.open}, {@code .facts.open}
 * and {@code .waiting}; timers {@code .judging}, which counts relevant records, and {@code
 * .delivery}, which counts alerts.
 *
 * <pre>{@code
 * new DetectorMetrics(detector).bindTo(registry);
 * }</pre>
 *
 * <p>Needs {@code io.micrometer:micrometer-core}, which iiswarden does not bring. Nothing is
 * measured for it: a registry that is read asks the detector, once a second at most. The registry
 * must not outlive the detector by long, for the meters hold it. Safe for use by several threads.
 */
public final class DetectorMetrics implements MeterBinder {
  private static final long NANOS_BETWEEN_LOOKS = Duration.ofSeconds(1).toNanos();

  private final Detector detector;
  private final Tags tags;
  private Counters counters;
  private long lookedAt = System.nanoTime();

  /** Meters without tags. */
  public DetectorMetrics(Detector detector) {
    this(detector, Tags.empty());
  }

  /** Meters with tags, to tell several detectors of one application apart. */
  public DetectorMetrics(Detector detector, Iterable<Tag> tags) {
    this.detector = detector;
    this.tags = Tags.of(tags);
    counters = detector.counters();
  }

  @Override
  public void bindTo(MeterRegistry registry) {
    counter(registry, "events", "records handed in", Counters::events);
    counter(registry, "relevant", "records some rule was interested in", Counters::relevant);
    counter(registry, "alerts", "alerts raised", Counters::alerts);
    counter(registry, "suppressed", "alerts held back", Counters::suppressed);
    counter(registry, "late", "records later than the allowed lateness", Counters::late);
    counter(registry, "repeated", "records of an action logged before", Counters::repeated);
    counter(registry, "future.dated", "records dated too far ahead", Counters::futureDated);
    counter(registry, "dropped", "facts let go of at a ceiling", Counters::dropped);
    counter(registry, "judged.early", "records judged before their time", Counters::judgedEarly);
    counter(registry, "malformed", "records that could not be decoded", Counters::malformed);
    counter(registry, "rule.failures", "exceptions of rules", Counters::ruleFailures);
    gauge(registry, "undelivered", "alerts refused by sinks so far", Counters::undelivered);
    gauge(registry, "hosts.open", "hosts for which something is held", Counters::openHosts);
    gauge(registry, "facts.open", "facts that rules hold", Counters::openFacts);
    gauge(registry, "waiting", "records waiting to be put in order", Counters::waiting);
    timer(registry, "judging", "relevant records", Counters::relevant, c -> c.judging().toNanos());
    timer(registry, "delivery", "alerts in sinks", Counters::alerts, c -> c.delivery().toNanos());
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

  /** Adding up over all hosts takes its time, and every meter asks. */
  private synchronized Counters counters() {
    long now = System.nanoTime();
    if (now - lookedAt >= NANOS_BETWEEN_LOOKS) {
      counters = detector.counters();
      lookedAt = now;
    }
    return counters;
  }
}
