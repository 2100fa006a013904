package dev.iiswarden.cli.print;

import static org.junit.jupiter.api.Assertions.assertTrue;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class FitProperties {

  @Property
  void whatIsCutFitsAndWhatFitsIsNotCut(
      @ForAll String text, @ForAll @IntRange(min = 1, max = 200) int most) {
    String printable = Printable.of(text);
    String cut = Fit.cut(printable, most);
    assertTrue(Fit.columns(cut) <= most, cut);
    assertTrue(Fit.columns(printable) > most || cut.equals(printable), cut);
  }
}
