package dev.iiswarden.engine;

import static dev.iiswarden.testing.IisEvents.START;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.iiswarden.event.FileEvent;
import dev.iiswarden.event.PendingSequence;
import dev.iiswarden.event.ProcessFields;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

/** What holds for any facts of which some must go. */
class CrowdsProperties {
  private record Drop(int second, String name, String program, String folder) {
    PendingSequence fact(int number) {
      return new PendingSequence(
          name,
          "key" + number,
          FileEvent.builder()
              .timestamp(START.plusSeconds(second))
              .hostName("WEB01")
              .type("creation")
              .process(ProcessFields.builder().executable("C:\\" + program).build())
              .path("C:\\" + folder + "\\a.dll")
              .build()
              .placed(number, 0));
    }
  }

  @Property(tries = 500)
  void whatGoesIsOldInALargeCrowd(
      @ForAll("drops") List<Drop> drops, @ForAll @IntRange(min = 1, max = 60) int most) {
    List<PendingSequence> facts = facts(drops);

    List<Object> kept = Crowds.keep(facts, most);

    assertEquals(Math.min(most, facts.size()), kept.size());
    assertFair(
        facts,
        kept,
        List.of(PendingSequence::getName, CrowdsProperties::program, CrowdsProperties::folder));
  }

  @Property(tries = 200)
  void theOrderInWhichTheFactsComeMakesNoDifference(
      @ForAll("drops") List<Drop> drops,
      @ForAll @IntRange(min = 1, max = 60) int most,
      @ForAll Random random) {
    List<PendingSequence> facts = facts(drops);
    List<PendingSequence> shuffled = new ArrayList<>(facts);
    Collections.shuffle(shuffled, random);

    assertEquals(Crowds.keep(facts, most), Crowds.keep(shuffled, most));
  }

  private static List<PendingSequence> facts(List<Drop> drops) {
    List<PendingSequence> facts = new ArrayList<>();
    for (Drop drop : drops) {
      facts.add(drop.fact(facts.size()));
    }
    return facts;
  }

  private static String program(PendingSequence fact) {
    return String.valueOf(fact.getLast().getProcess().getExecutable());
  }

  private static String folder(PendingSequence fact) {
    return String.valueOf(fact.getLast().getFile().getPath());
  }

  /** A crowd that has lost a fact is not smaller than any other, and what it lost is oldest. */
  private static void assertFair(
      Collection<PendingSequence> facts,
      Collection<?> kept,
      List<Function<PendingSequence, String>> steps) {
    if (steps.isEmpty()) {
      long youngestLost =
          facts.stream()
              .filter(fact -> !kept.contains(fact))
              .mapToLong(PendingSequence::getSessionTime)
              .max()
              .orElse(Long.MIN_VALUE);
      assertTrue(
          facts.stream()
              .filter(kept::contains)
              .allMatch(fact -> fact.getSessionTime() >= youngestLost));
      return;
    }
    Map<String, List<PendingSequence>> crowds =
        facts.stream().collect(Collectors.groupingBy(steps.get(0)));
    long largest =
        crowds.values().stream()
            .mapToLong(crowd -> crowd.stream().filter(kept::contains).count())
            .max()
            .orElse(0);
    for (List<PendingSequence> crowd : crowds.values()) {
      long left = crowd.stream().filter(kept::contains).count();
      assertTrue(left == crowd.size() || left >= largest - 1, left + " of " + crowd.size());
      assertFair(crowd, kept, steps.subList(1, steps.size()));
    }
  }

  @Provide
  Arbitrary<List<Drop>> drops() {
    Arbitrary<String> names = Arbitraries.of("dropped-dll", "dropped-dll", "worker-descendant");
    return Combinators.combine(
            Arbitraries.integers().between(0, 20),
            names,
            Arbitraries.of("a.exe", "a.exe", "a.exe", "b.exe", "c.exe"),
            Arbitraries.of("s", "s", "t", "u", "v"))
        .as(Drop::new)
        .list()
        .ofMinSize(1)
        .ofMaxSize(80);
  }
}
