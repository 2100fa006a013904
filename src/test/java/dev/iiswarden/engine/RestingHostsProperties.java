package dev.iiswarden.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.iiswarden.decode.EventDecoders;
import dev.iiswarden.event.Event;
import dev.iiswarden.rules.Rules;
import dev.iiswarden.rules.RulesDirectory;
import dev.iiswarden.testing.Sample;
import dev.iiswarden.testing.Samples;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.jspecify.annotations.Nullable;

/** Whether a host keeps its Drools session or only its facts makes no observable difference. */
class RestingHostsProperties {
  private static final Duration LATENESS = Duration.ofSeconds(30);
  private static final RuleBase BUNDLED = Rules.bundled().base();

  /** Rules that fire because something has not happened, and therefore when time passes. */
  private static @Nullable RuleBase compiled;

  private static final String ABSENCE =
      """
              package analyst;
              import dev.iiswarden.event.*;
              import function dev.iiswarden.event.Eql.*;
              rule "a DLL that nobody removed within ten minutes"
              when
                  $dropped : FileEvent( like( file.extension, "dll" ), oneOf( event.type, "creation" ) )
                  not FileEvent( this after[ 0ms, 10m ] $dropped, oneOf( event.type, "deletion" ) )
              then
                  insert( new Detection( $dropped ) );
              end
              """;

  @Property(tries = 200)
  void theBundledRulesSayTheSame(@ForAll("streams") List<Sample> stream) {
    assertEquals(said(BUNDLED, 1_000, stream), said(BUNDLED, 0, stream));
    assertEquals(said(BUNDLED, 1_000, stream), said(BUNDLED, 1, stream));
  }

  @Property(tries = 500)
  void rulesThatWaitForNothingToHappenSayTheSame(@ForAll("streams") List<Sample> stream) {
    RuleBase absence = absence();
    assertEquals(said(absence, 1_000, stream), said(absence, 0, stream));
  }

  private static synchronized RuleBase absence() {
    if (compiled == null) {
      compiled =
          RulesDirectory.at(Path.of("")).trusted().compile(Map.of("absence.drl", ABSENCE)).base();
    }
    return compiled;
  }

  /** Returns the alerts, their times, and what is held at the end. */
  private static List<String> said(RuleBase rules, int mostLive, List<Sample> stream) {
    List<String> said = new ArrayList<>();
    FloodLog flood = new FloodLog();
    RuleFailureLog failures = new RuleFailureLog();
    HostContext context =
        new HostContext(
            LATENESS,
            EventClock.LEAP,
            InstantSource.fixed(Instant.EPOCH),
            new LongAdder(),
            new Ceilings(1_000, 1_000, 1_000, 1_000, 1_000, mostLive),
            flood,
            failures,
            Budgets.forFactsPerHost(1_000),
            new BudgetLog());
    try (Stripe stripe = new Stripe(rules, context, null, new SeenRecords(), new Handovers())) {
      for (Sample sample : stream) {
        List<Event> facts = EventDecoders.ecs().decode(sample.document()).events();
        if (!facts.isEmpty()) {
          said.add(sample.id() + matches(stripe.accept(facts)));
        }
      }
      said.add("flush" + matches(stripe.flush()));
      Tally tally = stripe.tally();
      assertEquals(0, flood.droppedCount() + flood.judgedEarlyCount() + failures.count());
      said.add("open " + tally.openHosts() + " facts " + tally.openFacts());
    }
    return said;
  }

  private static List<String> matches(List<Match> matches) {
    return matches.stream()
        .map(
            match ->
                match.ruleName()
                    + match.detection().getEvidence().stream()
                        .map(event -> event.getEvent().getId())
                        .toList())
        .sorted()
        .toList();
  }

  @Provide
  Arbitrary<List<Sample>> streams() {
    return Samples.outOfOrder(LATENESS);
  }
}
