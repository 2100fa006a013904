package dev.iiswarden.cli.print;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Numbers are written as the JDK's formatter writes them. */
class NumbersTest {
  private static final int MANY = 20_000;

  @Test
  void wholeNumbersAreGrouped() {
    Random random = new Random(1);
    for (int i = 0; i < MANY; i++) {
      long number = random.nextLong() >> random.nextInt(Long.SIZE);
      assertEquals(String.format(Locale.ROOT, "%,d", number), Numbers.grouped(number));
    }
    assertEquals("-9,223,372,036,854,775,808", Numbers.grouped(Long.MIN_VALUE));
    assertEquals("0", Numbers.grouped(0));
  }

  @Test
  void fractionsAreRounded() {
    Random random = new Random(2);
    for (int i = 0; i < MANY; i++) {
      double number = random.nextInt(1 << (1 + random.nextInt(30))) / (1.0 + random.nextInt(40));
      assertEquals(String.format(Locale.ROOT, "%.1f", number), Numbers.withTenths(number));
      assertEquals(String.format(Locale.ROOT, "%,.0f", number), Numbers.rounded(number));
    }
  }

  @Test
  void halvesAreRoundedUp() {
    assertEquals("0.3", Numbers.withTenths(0.25));
    assertEquals("3", Numbers.rounded(2.5));
    assertEquals("0.0", Numbers.withTenths(1e-9));
  }
}
