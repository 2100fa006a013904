package dev.iiswarden.decode;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The names that collectors give to the fields of a Windows event. Names are compared by their
 * letters and digits only, and paths by those of all their keys: {@code event_id}, {@code EventID}
 * and {@code Event ID} are one name, {@code win.system.providerName} and {@code
 * _winlogbeat_winlog_provider_name} end with the same one. {@code docs/shapes.md} lists the
 * collectors.
 */
final class CollectorNames {
  /** What a field of the event's header is. */
  enum Header {
    EVENT_ID,
    PROVIDER,
    CHANNEL,
    COMPUTER,
    RECORD_ID,
    PROCESS_ID,
    USER_ID,
    MESSAGE,
    /** The provider or the channel; elsewhere the host or what a file was read from. */
    SOURCE,
    /** A time that is UTC by its definition, whether or not it says so. */
    UTC_TIME,
    /** A time that counts if it names its zone. */
    ZONED_TIME
  }

  /** The event's own times first, and among those the most exact. */
  private static final List<String> ZONED_TIMES =
      List.of(
          "eventtime",
          "timecreated",
          "timecreatedvalue",
          "timegenerated",
          "eventtimestamp",
          "eventoriginaltime",
          "timewritten",
          "datetime",
          "timestamp",
          "time",
          "rt",
          "devtime",
          "date",
          "unixtime");

  private static final Map<String, Header> HEADERS = new HashMap<>();

  static {
    header(
        Header.EVENT_ID,
        "eventid eventidtext eventidvalue eventidid eventidcontent eventcode eventidcode"
            + " eventidentifier evtlogeventid winlogid");
    header(
        Header.PROVIDER,
        "providername provider sourcename eventsource eventsourcename evtlogprovidername"
            + " providereventsourcename sourcemodule");
    header(Header.CHANNEL, "channel logname logfile eventlog agentlogfile channeltext");
    header(
        Header.COMPUTER,
        "computer computername machinename hostname computertext dvchost dhost roleinstance fqdn"
            + " agenthostname");
    header(
        Header.RECORD_ID,
        "eventrecordid recordid recordnumber eventrecordidtext eventrecordnumber");
    header(Header.PROCESS_ID, "executionprocessid processpid executionpid systemprocessid pid");
    header(
        Header.USER_ID,
        "securityuserid useridentifier securityuseriduserid userid useridvalue sid");
    header(
        Header.MESSAGE,
        "message rendereddescription renderinginfomessage description eventmessage messagetext"
            + " expandedstring");
    header(Header.SOURCE, "source sourcetype");
    header(
        Header.UTC_TIME,
        "systemtime timecreatedsystemtime timecreatedsystemtimetext timegeneratedutc"
            + " timecreatedutc timestamputc eventtimeutc timecollectedutc");
    header(Header.ZONED_TIME, String.join(" ", ZONED_TIMES));
  }

  /** What stands before the names of fields: wrappers of the whole event. */
  private static final List<String> WRAPPERS =
      List.of(
          "winlogbeat",
          "winlog",
          "wineventlog",
          "winevent",
          "windowseventlog",
          "windows",
          "win",
          "systemdata",
          "system",
          "event",
          "evtlog",
          "data",
          "columns",
          "fields",
          "tags",
          "body",
          "action",
          "log");

  /** The parts of an event that hold its named values. */
  private static final List<String> DATA_PARTS =
      List.of("eventdata", "userdata", "allfieldinfo", "extrafieldinfo", "evtlogdatafields");

  /** Arrays of values without names, in the order of the event's manifest. */
  private static final Set<String> POSITIONAL =
      Set.of(
          "stringinserts",
          "insertionstrings",
          "replacementstrings",
          "inserts",
          "strings",
          "properties",
          "eventproperties",
          "param",
          "params");

  private static final Map<String, Field> DATA = new HashMap<>();

  static {
    for (Field field : Field.values()) {
      if (field.part() == Field.Part.DATA) {
        DATA.put(letters(field.label()), field);
      }
    }
  }

  private CollectorNames() {}

  private static void header(Header header, String names) {
    for (String name : names.split(" ", -1)) {
      HEADERS.put(name, header);
    }
  }

  /** Returns the letters and digits of a key, in lower case and without "attributes". */
  static String letters(String key) {
    StringBuilder letters = new StringBuilder(key.length());
    for (int i = 0; i < key.length(); i++) {
      char c = key.charAt(i);
      if (Character.isLetterOrDigit(c)) {
        letters.append(c);
      }
    }
    String name = letters.toString().toLowerCase(Locale.ROOT);
    return name.endsWith("attributes")
        ? name.substring(0, name.length() - "attributes".length())
        : name;
  }

  /** Returns what the field with this path is in the event's header, or null. */
  static @Nullable Header header(String path) {
    Header header = HEADERS.get(path);
    String rest = path;
    while (header == null) {
      String shorter = withoutWrapper(rest);
      if (shorter == null) {
        return null;
      }
      rest = shorter;
      header = HEADERS.get(rest);
    }
    return header;
  }

  /** Returns the place of a time among those to be tried, from 0. */
  static int rankOfTime(String path) {
    for (int i = 0; i < ZONED_TIMES.size(); i++) {
      if (path.endsWith(ZONED_TIMES.get(i))) {
        return i;
      }
    }
    return ZONED_TIMES.size();
  }

  private static @Nullable String withoutWrapper(String path) {
    for (String wrapper : WRAPPERS) {
      if (path.length() > wrapper.length() && path.startsWith(wrapper)) {
        return path.substring(wrapper.length());
      }
    }
    return null;
  }

  /**
   * Returns the path below the part that holds the event's named values, empty for that part
   * itself; null if the path does not lead into such a part.
   */
  static @Nullable String inData(String path) {
    for (String part : DATA_PARTS) {
      int start = path.lastIndexOf(part);
      if (start >= 0) {
        String rest = path.substring(start + part.length());
        return rest.startsWith("data") ? rest.substring("data".length()) : rest;
      }
    }
    return null;
  }

  /** Returns the field of the event's data with this path below the data, or null. */
  static @Nullable Field data(String path) {
    Field field = DATA.get(path);
    for (String end : List.of("text", "value")) {
      if (field == null && path.endsWith(end)) {
        field = DATA.get(path.substring(0, path.length() - end.length()));
      }
    }
    String rest = path;
    while (field == null) {
      String shorter = withoutWrapper(rest);
      if (shorter == null) {
        return null;
      }
      rest = shorter;
      field = DATA.get(rest);
    }
    return field;
  }

  /** Whether the path leads to values without names. */
  static boolean isPositional(String path) {
    return POSITIONAL.stream().anyMatch(path::endsWith);
  }
}
