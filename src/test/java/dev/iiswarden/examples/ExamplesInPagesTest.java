package dev.iiswarden.examples;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.iiswarden.testing.Readme;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** The pages show the examples exactly as they are compiled and run. */
class ExamplesInPagesTest {
  @Test
  void everyRegionOfAnExampleStandsInAPage() {
    List<String> shown =
        Readme.pages().stream()
            .flatMap(page -> Readme.blocks(page, "java").stream())
            .map(String::strip)
            .toList();
    Set<String> missing = new TreeSet<>(Regions.all().keySet());
    missing.removeIf(name -> shown.contains(Regions.all().get(name)));
    assertTrue(
        missing.isEmpty(), () -> "no page shows, or one shows otherwise, regions " + missing);
    assertTrue(Regions.all().size() >= 5, () -> Regions.all().keySet().toString());
  }
}
