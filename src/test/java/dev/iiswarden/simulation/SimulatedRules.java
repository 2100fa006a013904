package dev.iiswarden.simulation;

import dev.iiswarden.rules.Rule;
import dev.iiswarden.rules.Rules;
import dev.iiswarden.rules.RulesDirectory;
import java.nio.file.Path;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Collectors;

/** The rules of all runs, built once. */
final class SimulatedRules {
  /** Compiled in the build. */
  static final Rules BUNDLED = Rules.bundled();

  /** The same, read from their files. */
  private static final Rules INTERPRETED = RulesDirectory.at(Path.of("rules-drl")).compile();

  /** Two of them. */
  private static final Rules BASE = Rules.baseQuery();

  /** The ids of rules that are in force in any case. */
  static final Set<String> BASE_IDS =
      BASE.all().stream().map(Rule::id).collect(Collectors.toUnmodifiableSet());

  private SimulatedRules() {}

  /** The same rules, in one of their forms. */
  static Rules same(SplittableRandom random) {
    return random.nextBoolean() ? BUNDLED : INTERPRETED;
  }

  /** All rules or two of them. */
  static Rules others(SplittableRandom random) {
    return random.nextBoolean() ? BUNDLED : BASE;
  }
}
