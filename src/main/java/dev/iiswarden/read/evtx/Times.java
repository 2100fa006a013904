package dev.iiswarden.read.evtx;

/** Writes times of Windows as ISO 8601 in UTC. */
final class Times {
  private static final long TICKS_PER_SECOND = 10_000_000;
  private static final long SECONDS_PER_DAY = 86_400;

  /** The days from the first of March of the year 0 to 1601-01-01, the start of FILETIME. */
  private static final long DAYS_TO_1601 = 584_694;

  private static final int DAYS_PER_ERA = 146_097;
  private static final int YEARS_PER_ERA = 400;

  private Times() {}

  /** Writes a FILETIME: tenths of a microsecond since 1601-01-01, unsigned. */
  static void fileTime(long ticks, JsonBuffer out) throws BrokenRecordException {
    long seconds = Long.divideUnsigned(ticks, TICKS_PER_SECOND);
    date(seconds / SECONDS_PER_DAY, out);
    int second = (int) (seconds % SECONDS_PER_DAY);
    time(second / 3600, second / 60 % 60, second % 60, out);
    int fraction = (int) Long.remainderUnsigned(ticks, TICKS_PER_SECOND);
    // Six digits, as evtx_dump has them, unless that would lose the seventh.
    if (fraction % 10 == 0) {
      out.padded(fraction / 10, 6);
    } else {
      out.padded(fraction, 7);
    }
    out.put('Z');
  }

  /** Writes a SYSTEMTIME: eight 16-bit numbers, the third of which is the day of the week. */
  static void systemTime(byte[] bytes, int start, JsonBuffer out) throws BrokenRecordException {
    date(u16(bytes, start), u16(bytes, start + 2), u16(bytes, start + 6), out);
    time(u16(bytes, start + 8), u16(bytes, start + 10), u16(bytes, start + 12), out);
    out.padded(u16(bytes, start + 14) * 1_000L, 6);
    out.put('Z');
  }

  private static int u16(byte[] bytes, int at) {
    return (bytes[at] & 0xff) | (bytes[at + 1] & 0xff) << 8;
  }

  /**
   * Writes the date that is so many days after 1601-01-01. Years are counted from March, so that
   * the leap day is a year's last.
   */
  private static void date(long days, JsonBuffer out) throws BrokenRecordException {
    long shifted = days + DAYS_TO_1601;
    long era = shifted / DAYS_PER_ERA;
    int day = (int) (shifted % DAYS_PER_ERA);
    int year = (day - day / 1_460 + day / 36_524 - day / 146_096) / 365;
    int dayOfYear = day - (365 * year + year / 4 - year / 100);
    int month = (5 * dayOfYear + 2) / 153;
    int dayOfMonth = dayOfYear - (153 * month + 2) / 5 + 1;
    long fullYear = era * YEARS_PER_ERA + year + (month >= 10 ? 1 : 0);
    date(fullYear, month < 10 ? month + 3 : month - 9, dayOfMonth, out);
  }

  private static void date(long year, int month, int day, JsonBuffer out)
      throws BrokenRecordException {
    out.padded(year, year < 10_000 ? 4 : 5);
    out.put('-');
    out.padded(month, 2);
    out.put('-');
    out.padded(day, 2);
    out.put('T');
  }

  private static void time(int hour, int minute, int second, JsonBuffer out)
      throws BrokenRecordException {
    out.padded(hour, 2);
    out.put(':');
    out.padded(minute, 2);
    out.put(':');
    out.padded(second, 2);
    out.put('.');
  }
}
