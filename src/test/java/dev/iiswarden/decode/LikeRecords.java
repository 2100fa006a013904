package dev.iiswarden.decode;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/**
 * Records that are like earlier ones, as those of a log are: other values in the same structure,
 * and now and then a difference in the structure or damage. The same random numbers give the same
 * records.
 */
final class LikeRecords {
  private static final int MOST_CHANGES = 4;

  private static final String[] VALUES = {
    "",
    "-",
    "x",
    "13",
    "99",
    "4657",
    "WEB01",
    "2026-03-04 22:12:07.226",
    "2026-03-04T22:12:07.226Z",
    "C:\\\\Windows\\\\System32\\\\inetsrv\\\\w3wp.exe",
    "\\\\\\\\server\\\\share\\\\",
    "a \\\"b\\\" \\/ \\b\\f\\n\\r\\t",
    "\\u00e4\\ud83d\\ude00",
    "\\u12g4",
    "\\x",
    "\\",
    "\\\\",
    "tab\t",
    "\0",
    "end\\u0000",
    "\u00e4",
    "\u20ac\u2122",
    "\ud83d\ude00",
    "&amp;&lt;&gt;&quot;&apos;",
    "&#x41;&#65;",
    "&#0;",
    "&x;",
    "&",
    "]]>",
    "<a/>",
    "\u0001",
    "\uffff",
    "{1}",
    "%SystemRoot%"
  };

  private static final String[] SCALARS = {
    "0",
    "-0",
    "00",
    "01",
    "-1",
    "-01",
    "13",
    "99",
    "13.0",
    "1e3",
    "123456789012345678",
    "1234567890123456789",
    "0123456789012345678",
    "-9223372036854775808",
    "12345678901234567890",
    "null",
    "true",
    "false",
    "nul",
    "truex",
    "\"13\"",
    "\"\"",
    "{}",
    "[]",
    "[13,99]",
    "[null,\"a\",1]",
    "{\"#text\":13}",
    " 13 "
  };

  private static final String[] STRUCTURE = {
    "\"EventID\":99,",
    "\"EventID\":13,",
    "\"EventID\":null,",
    "\"Image\":\"C:\\\\x.exe\",",
    "\"UtcTime\":\"2026-03-04 22:12:07.226\",",
    "\"TimeGenerated\":null,",
    "\"event\":{\"kind\":null},",
    "\"event.category\":[\"file\",\"registry\"],",
    "\"x\":{\"y\":[1,{\"z\":null}]},",
    "\"\\u0045ventID\":13,",
    " ",
    "\n",
    "<Data Name='Image'>x</Data>",
    "<Data Name='Image'/>",
    "<!-- -->",
    "<![CDATA[x]]>",
    "<?x y?>"
  };

  private final Random random;
  private final List<byte[]> whole = BrokenRecords.wholeRecords();

  LikeRecords(Random random) {
    this.random = random;
  }

  byte[] next() {
    byte[] record = whole.get(random.nextInt(whole.size()));
    for (int count = random.nextInt(MOST_CHANGES + 1); count > 0; count--) {
      record = changed(record);
    }
    return record;
  }

  private byte[] changed(byte[] record) {
    if (record.length == 0) {
      return record;
    }
    int at = random.nextInt(record.length);
    return switch (random.nextInt(14)) {
      case 0 -> with(record, at, at + 1, new byte[] {(byte) (record[at] ^ 1 << random.nextInt(8))});
      case 1 -> with(record, at, at, new byte[] {(byte) random.nextInt()});
      case 2 -> with(record, at, at + 1, new byte[0]);
      case 3 -> random.nextInt(4) == 0 ? Arrays.copyOf(record, at) : record;
      case 4 -> with(record, at, at, utf8(VALUES));
      case 5 -> structure(record);
      case 6, 7 -> scalar(record, at);
      case 8 -> swapped(record, at);
      default -> text(record, at);
    };
  }

  /** Replaces the text between two quotes or tags, or a part of it. */
  private byte[] text(byte[] record, int at) {
    int start = at;
    while (start > 0 && !isMark(record[start - 1])) {
      start--;
    }
    int end = at;
    while (end < record.length && !isMark(record[end])) {
      end++;
    }
    return switch (random.nextInt(4)) {
      case 0 -> with(record, at, end, utf8(VALUES));
      case 1 -> with(record, start, at, utf8(VALUES));
      default -> with(record, start, end, utf8(VALUES));
    };
  }

  private static boolean isMark(byte c) {
    return c == '"' || c == '<' || c == '>' || c == '\'';
  }

  /** Replaces what stands between a colon and a comma. */
  private byte[] scalar(byte[] record, int at) {
    int start = at;
    while (start < record.length && record[start] != ':') {
      start++;
    }
    int end = start;
    while (end < record.length && record[end] != ',' && record[end] != '}') {
      end++;
    }
    return start == record.length ? record : with(record, start + 1, end, utf8(SCALARS));
  }

  /** Inserts something between two members or elements. */
  private byte[] structure(byte[] record) {
    List<Integer> places = new ArrayList<>();
    for (int i = 0; i < record.length; i++) {
      if (record[i] == ',' || record[i] == '{' || record[i] == '>') {
        places.add(i + 1);
      }
    }
    if (places.isEmpty()) {
      return record;
    }
    int at = places.get(random.nextInt(places.size()));
    return with(record, at, at, utf8(STRUCTURE));
  }

  /** Puts a part of the record in the place of another. */
  private byte[] swapped(byte[] record, int at) {
    int from = random.nextInt(record.length);
    int length = random.nextInt(Math.min(40, record.length - Math.max(at, from)) + 1);
    return with(record, at, at + length, Arrays.copyOfRange(record, from, from + length));
  }

  private byte[] utf8(String[] texts) {
    return texts[random.nextInt(texts.length)].getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] with(byte[] record, int start, int end, byte[] between) {
    byte[] changed = Arrays.copyOf(record, record.length - (end - start) + between.length);
    System.arraycopy(between, 0, changed, start, between.length);
    System.arraycopy(record, end, changed, start + between.length, record.length - end);
    return changed;
  }
}
