package dev.iiswarden.bench;

import dev.iiswarden.testing.OrdinaryEvents;
import dev.iiswarden.testing.WindowsEvent;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The stream of a soak: lines of flattened Sysmon JSON, each a function of its number, 100 ms
 * apart.
 *
 * <p>Hosts come and go: a new one appears every {@value #EVENTS_PER_HOST} events, and the last
 * {@value #ACTIVE} are the ones that log. One line in {@value #RELEVANT_EVERY} is relevant. In four
 * relevant lines there is a registration whose DLL is dropped {@value #LAG} such groups later, a
 * registration that nothing follows, a drop that completes an earlier registration, and a drop on a
 * host without a registration.
 */
final class SoakFeed {
  /** One line in so many is relevant. */
  static final int RELEVANT_EVERY = 1_000;

  // A day is over well before a tenth of ten million events is: the longest window of a rule, and
  // so the time after which a detector holds no more than before.
  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
  private static final int MILLIS_PER_EVENT = 100;
  private static final int EVENTS_PER_HOST = 20;
  private static final int ACTIVE = 2_000;
  private static final int GROUP = 4;
  private static final int LAG = 5;
  private static final long FIRST_EARLIER_HOST = 9_000_000;

  /** Relevant records trail their hosts by up to so much, which is less than the lateness. */
  private static final int MOST_SECONDS_BEHIND = 180;

  private static final DateTimeFormatter UTC_TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss.SSS", Locale.ROOT).withZone(ZoneOffset.UTC);
  private static final String HOST = "HOST-0000000.corp.example";
  private static final long FIRST_RECORD = 1_000_000_000L;
  private static final String PREFIX = "C:\\inetpub\\filter-";
  private static final String DLL = PREFIX + "0000000.dll";

  private final List<Template> ordinary = new ArrayList<>();
  private final Template registration;
  private final Template drop;

  SoakFeed() {
    for (byte[] line : OrdinaryEvents.sysmonLines(4_096, 1)) {
      String text = new String(line, StandardCharsets.UTF_8).replace("HOST-0.corp.example", HOST);
      ordinary.add(new Template(text));
    }
    registration =
        relevant(
            13,
            Map.of(
                "EventType",
                "SetValue",
                "TargetObject",
                "HKLM\\SYSTEM\\CurrentControlSet\\Services\\W3SVC\\Parameters\\FilterDLLs",
                "Details",
                DLL));
    drop = relevant(11, Map.of("TargetFilename", DLL));
  }

  private static Template relevant(int id, Map<String, String> fields) {
    String line = WindowsEvent.sysmon(id, START, HOST, fields).mordor();
    return new Template("{\"RecordNumber\":" + FIRST_RECORD + "," + line.substring(1));
  }

  /** How many hosts log in so many events. */
  static long hosts(long events) {
    return events / EVENTS_PER_HOST + ACTIVE;
  }

  /** How many of so many events complete a sequence. */
  static long sequences(long events) {
    return Math.max(0, (relevant(events) + 1) / GROUP - LAG);
  }

  /** How many of so many events are relevant. */
  static long relevant(long events) {
    return (events + RELEVANT_EVERY - 1) / RELEVANT_EVERY;
  }

  /** The latest time that an event so far on has. */
  static Instant time(long event) {
    return START.plusMillis(event * MILLIS_PER_EVENT);
  }

  /** A time that no event further on is earlier than. */
  static Instant settled(long event) {
    return time(event).minusSeconds(MOST_SECONDS_BEHIND);
  }

  /** The number of the sequence that the drop of this file completes. */
  static int sequence(String path) {
    int number = path.lastIndexOf('-') + 1;
    return Integer.parseInt(path, number, path.lastIndexOf('.'), 10);
  }

  /**
   * A registration and a drop that complete a sequence long before the stream, on a host that is
   * not in it.
   *
   * @param minutes how much earlier they are than the last of their kind
   */
  List<byte[]> earlier(int minutes) {
    Instant time = earlierTime(minutes);
    long host = FIRST_EARLIER_HOST + minutes;
    long record = FIRST_RECORD - 1 - 2L * minutes;
    return List.of(
        registration.line(host, time, record, 0),
        drop.line(host, time.plusSeconds(1), record - 1, 0));
  }

  /** When a sequence before the stream begins. */
  static Instant earlierTime(int minutes) {
    return START.minus(Duration.ofDays(30)).minus(Duration.ofMinutes(minutes));
  }

  /** The line with a number, in an array of its own. */
  byte[] line(long event) {
    if (event % RELEVANT_EVERY == 0) {
      return relevant(event, event / RELEVANT_EVERY);
    }
    long spread = (event * 0x9E3779B97F4A7C15L) >>> 33;
    Template line = ordinary.get((int) (spread % ordinary.size()));
    long host = event / EVENTS_PER_HOST + spread % ACTIVE;
    return line.line(host, time(event), 0, 0);
  }

  private byte[] relevant(long event, long number) {
    long group = number / GROUP;
    Instant time = time(event).minusSeconds(number * 37 % (MOST_SECONDS_BEHIND + 1));
    long record = FIRST_RECORD + number;
    return switch ((int) (number % GROUP)) {
      case 0 -> registration.line(host(group, 0), time, record, group);
      case 1 -> registration.line(host(group, 1), time, record, group);
      case 2 ->
          group < LAG
              ? drop.line(host(group, 2), time, record, group)
              : drop.line(host(group - LAG, 0), time, record, group - LAG);
      default -> drop.line(host(group, 3), time, record, group);
    };
  }

  /** One of the newest hosts when a group begins, so that no other group has it. */
  private static long host(long group, int role) {
    return group * GROUP * RELEVANT_EVERY / EVENTS_PER_HOST + ACTIVE - 1 - role;
  }

  /** A line with places for a host, a time, a record number and the number of a DLL. */
  private static final class Template {
    private final byte[] text;
    private final int host;
    private final int time;
    private final int record;
    private final int dll;

    Template(String line) {
      text = line.getBytes(StandardCharsets.ISO_8859_1);
      host = line.indexOf("HOST-0000000") + "HOST-".length();
      time = line.indexOf("\"UtcTime\":\"") + "\"UtcTime\":\"".length();
      record = line.indexOf(String.valueOf(FIRST_RECORD));
      dll = line.indexOf("-0000000.dll") + 1;
    }

    byte[] line(long hostNumber, Instant at, long recordNumber, long dllNumber) {
      byte[] line = text.clone();
      digits(line, host + 7, hostNumber);
      byte[] utc = UTC_TIME.format(at).getBytes(StandardCharsets.ISO_8859_1);
      System.arraycopy(utc, 0, line, time, utc.length);
      if (record >= 0) {
        digits(line, record + 10, recordNumber);
        digits(line, dll + 7, dllNumber);
      }
      return line;
    }

    private static void digits(byte[] line, int end, long number) {
      long left = number;
      for (int at = end - 1; left > 0; at--) {
        line[at] = (byte) ('0' + left % 10);
        left /= 10;
      }
    }
  }
}
