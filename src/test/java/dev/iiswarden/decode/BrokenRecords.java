package dev.iiswarden.decode;

import dev.iiswarden.testing.EdrEvent;
import dev.iiswarden.testing.ElasticEvent;
import dev.iiswarden.testing.WindowsEvent;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/**
 * Inputs for decoders: records of all shapes that are damaged in a few places, nested in each
 * other, or made of text on which parsers stumble. The same random numbers give the same inputs.
 */
final class BrokenRecords {
  private static final int MOST_DAMAGES = 6;
  private static final String[] SNIPPETS = {
    "\"",
    "\\",
    "{",
    "}",
    "[",
    "]",
    ",",
    ":",
    "<",
    ">",
    "&",
    "'",
    "/",
    "\n",
    "\r\n",
    "\t",
    "\0",
    " ",
    "null",
    "true",
    "-0",
    "1e999",
    "0x",
    "9".repeat(30),
    "1".repeat(1100),
    "\\u0000",
    "\\ud83d",
    "&amp;",
    "&#x41;",
    "&#0;",
    "&x;",
    "<!DOCTYPE a [<!ENTITY x \"y\">]>",
    "<![CDATA[",
    "]]>",
    "<!--",
    "-->",
    "<?x y?>",
    "<Data Name='Image'>",
    "</Data>",
    "</Event>",
    "<Event>",
    "{\"EventData\":\"",
    "\"EventID\":",
    "\"@timestamp\":",
    "2026-03-01T10:00:00Z",
    "UtcTime: ",
    "Message=",
    "EventCode=",
    "\u00e4",
    "\u20ac",
    "\ud83d\ude00",
    "[".repeat(600),
    "{\"a\":".repeat(600),
    "<a>".repeat(40)
  };

  private final Random random;
  private final List<byte[]> whole = wholeRecords();

  BrokenRecords(Random random) {
    this.random = random;
  }

  byte[] next() {
    return switch (random.nextInt(16)) {
      case 0 -> randomBytes();
      case 1, 2 -> snippets();
      case 3 -> azureAround(record());
      case 4 -> record();
      default -> damaged(record());
    };
  }

  private byte[] record() {
    return whole.get(random.nextInt(whole.size()));
  }

  private byte[] randomBytes() {
    byte[] bytes = new byte[random.nextInt(200)];
    random.nextBytes(bytes);
    return bytes;
  }

  private byte[] snippets() {
    StringBuilder text = new StringBuilder();
    text.append(random.nextBoolean() ? "{" : random.nextBoolean() ? "<Event>" : "");
    for (int count = random.nextInt(12); count > 0; count--) {
      text.append(SNIPPETS[random.nextInt(SNIPPETS.length)]);
    }
    return text.toString().getBytes(StandardCharsets.UTF_8);
  }

  /** Puts any record as text into an Azure row. */
  private byte[] azureAround(byte[] record) {
    String text = new String(damaged(record), StandardCharsets.UTF_8);
    return ("{\"TimeGenerated\":\"2026-03-01T10:00:00Z\",\"EventID\":11,\"EventData\":\""
            + text.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n")
            + "\"}")
        .getBytes(StandardCharsets.UTF_8);
  }

  private byte[] damaged(byte[] record) {
    byte[] damaged = record;
    for (int count = 1 + random.nextInt(MOST_DAMAGES); count > 0; count--) {
      damaged = damagedOnce(damaged);
    }
    return damaged;
  }

  private byte[] damagedOnce(byte[] record) {
    if (record.length == 0) {
      return randomBytes();
    }
    int at = random.nextInt(record.length);
    byte[] head = Arrays.copyOf(record, at);
    byte[] tail = Arrays.copyOfRange(record, at, record.length);
    byte[] rest = Arrays.copyOfRange(record, at + 1, record.length);
    return switch (random.nextInt(8)) {
      case 0 -> joined(head, new byte[] {(byte) (record[at] ^ 1 << random.nextInt(8))}, rest);
      case 1 -> joined(head, new byte[] {(byte) random.nextInt()}, rest);
      case 2 -> joined(head, new byte[] {(byte) random.nextInt()}, tail);
      case 3 -> joined(head, rest);
      case 4 -> random.nextInt(4) == 0 ? head : record;
      case 5 -> joined(head, Arrays.copyOf(tail, Math.min(tail.length, random.nextInt(64))), tail);
      case 6 -> joined(head, Arrays.copyOfRange(tail, tail.length / 2, tail.length));
      default ->
          joined(
              head,
              SNIPPETS[random.nextInt(SNIPPETS.length)].getBytes(StandardCharsets.UTF_8),
              tail);
    };
  }

  private static byte[] joined(byte[]... parts) {
    byte[] all = new byte[Arrays.stream(parts).mapToInt(part -> part.length).sum()];
    int at = 0;
    for (byte[] part : parts) {
      System.arraycopy(part, 0, all, at, part.length);
      at += part.length;
    }
    return all;
  }

  static List<byte[]> wholeRecords() {
    List<String> records = new ArrayList<>();
    for (WindowsEvent event : events()) {
      records.addAll(
          List.of(
              event.xml(),
              event.indentedXml(),
              event.evtxDump(),
              event.mordor(),
              event.nxlog(),
              event.logstash(),
              event.winlogbeat6(),
              event.winlogbeat(),
              event.azure(),
              event.splunk()));
    }
    for (WindowsEvent event : events().subList(0, 3)) {
      records.add(ElasticEvent.nested(ElasticEvent.sysmonOfOld(event)));
      records.add(ElasticEvent.dotted(ElasticEvent.sysmon(event)));
      records.add(ElasticEvent.nested(ElasticEvent.endpoint(event)));
      records.add(EdrEvent.defender(event));
      records.add(EdrEvent.ocsf(event));
      records.add(EdrEvent.crowdstrike(event));
    }
    records.add(
        """
        {"file.path":"C:\\\\inetpub\\\\a.dll","file.name":"\uD83D\uDE00.dll","dll.path":"C:\\\\b.dll",\
        "event.category":["file","library","process"],"@timestamp":1772359200123,"event.sequence":41,\
        "file":{"extension":"dll"},"process.parent.command_line":"\\/\\b\\f","host.name":["A","B"],\
        "registry":{"data":{"strings":["\\u00e4\\ud83d\\ude00",null,true,1.5e3]}}}""");
    return records.stream().map(record -> record.getBytes(StandardCharsets.UTF_8)).toList();
  }

  private static List<WindowsEvent> events() {
    Instant time = Instant.parse("2026-03-04T22:12:07.226Z");
    Map<String, String> image =
        Map.of("Image", "C:\\Windows\\w3wp.exe", "ProcessId", "42", "ProcessGuid", "{1}");
    return List.of(
        WindowsEvent.sysmon(
            13, time, "WEB01", with(image, "TargetObject", "HKLM\\\u00C4", "Details", "a.dll")),
        WindowsEvent.sysmon(11, time, "WEB01", with(image, "TargetFilename", "C:\\\u20ac.dll")),
        WindowsEvent.sysmon(7, time, "WEB01", with(image, "ImageLoaded", "C:\\Temp\\a.dll")),
        WindowsEvent.sysmon(1, time, "WEB01", with(image, "CommandLine", "a \"b\" <c> & 'd'")),
        WindowsEvent.sysmon(12, time, "WEB01", with(image, "EventType", "CreateKey")),
        event("Microsoft-Windows-Security-Auditing", 4657, "ObjectName", "\\REGISTRY\\MACHINE\\x"),
        event("Microsoft-Windows-Security-Auditing", 4663, "AccessMask", "0x2"),
        event("Microsoft-Windows-Security-Auditing", 4688, "NewProcessId", "0x2964"),
        event("Microsoft-Windows-IIS-Configuration", 29, "NewValue", "x.dll"),
        event("Microsoft-Windows-IIS-W3SVC-WP", 2282, "ModuleDll", "C:\\x.dll"),
        event("Microsoft-Windows-PowerShell", 4104, "ScriptBlockText", "if (1) {\n}"));
  }

  private static WindowsEvent event(String provider, int id, String name, String value) {
    return new WindowsEvent(
        provider, "x", id, Instant.parse("2026-03-04T22:12:07Z"), "WEB01", Map.of(name, value));
  }

  private static Map<String, String> with(Map<String, String> image, String... namesAndValues) {
    Map<String, String> data = new LinkedHashMap<>(new TreeMap<>(image));
    for (int i = 0; i < namesAndValues.length; i += 2) {
      data.put(namesAndValues[i], namesAndValues[i + 1]);
    }
    return data;
  }
}
