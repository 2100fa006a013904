package dev.iiswarden.cli.print;

import java.math.BigDecimal;
import java.math.RoundingMode;

/**
 * Numbers as {@code String.format} writes them in the root locale. Its first use takes longer than
 * to replay a small file, because it looks up how each language writes numbers.
 */
final class Numbers {
  private static final int GROUP = 3;

  private Numbers() {}

  /** Writes a number as {@code %,d} does. */
  static String grouped(long number) {
    String sign = number < 0 ? "-" : "";
    StringBuilder digits = new StringBuilder(Long.toString(number).substring(sign.length()));
    for (int at = digits.length() - GROUP; at > 0; at -= GROUP) {
      digits.insert(at, ',');
    }
    return sign + digits;
  }

  /** Writes a finite number that fits into a {@code long} as {@code %,.0f} does. */
  static String rounded(double number) {
    return grouped(decimal(number, 0).longValueExact());
  }

  /** Writes a finite number as {@code %.1f} does. */
  static String withTenths(double number) {
    return decimal(number, 1).toPlainString();
  }

  private static BigDecimal decimal(double number, int places) {
    return BigDecimal.valueOf(number).setScale(places, RoundingMode.HALF_UP);
  }
}
