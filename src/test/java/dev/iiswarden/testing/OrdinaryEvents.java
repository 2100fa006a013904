package dev.iiswarden.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.iiswarden.decode.EventDecoders;
import dev.iiswarden.decode.Shape;
import dev.iiswarden.event.Event;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;

/**
 * Generates lines like those of Sysmon on a busy machine, irrelevant to all rules. The kinds have
 * the proportions of public logs: in ten events, about four registry events, three image loads, two
 * of kinds that no rule knows, and one file or process event.
 */
public final class OrdinaryEvents {
  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
  private static final DateTimeFormatter UTC_TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss.SSS", Locale.ROOT).withZone(ZoneOffset.UTC);
  private static final List<String> IMAGES =
      List.of(
          "C:\\\\Windows\\\\System32\\\\svchost.exe",
          "C:\\\\Windows\\\\explorer.exe",
          "C:\\\\Program Files\\\\Vendor\\\\Agent\\\\agent.exe",
          "C:\\\\Windows\\\\System32\\\\inetsrv\\\\w3wp.exe");
  private static final List<String> KEYS =
      List.of(
          "HKLM\\\\System\\\\CurrentControlSet\\\\Services\\\\Tcpip\\\\Parameters\\\\Interfaces\\\\{5fb3e7b1}\\\\DhcpIP",
          "HKU\\\\S-1-5-21-52653815-88968794-18668881-1106\\\\Software\\\\Microsoft\\\\Windows\\\\CurrentVersion\\\\Search\\\\Recent",
          "\\\\REGISTRY\\\\A\\\\{361c92d4-b0d9-fc34}\\\\LocalState\\\\AppsConstraintIndex\\\\LastBuildCompleted");

  /** Two in five written values are binary in public logs. */
  private static final List<String> VALUES =
      List.of("Binary Data", "DWORD (0x00000001)", "Binary Data", "(Empty)", "8.8.8.8");

  private static final List<String> DATA =
      List.of(
          "EventType",
          "ProcessGuid",
          "ProcessId",
          "Image",
          "CommandLine",
          "TargetFilename",
          "TargetObject",
          "Details",
          "ImageLoaded",
          "Hashes",
          "Signed",
          "Signature",
          "SignatureStatus",
          "CallTrace");

  private OrdinaryEvents() {}

  /** Lines of flattened Sysmon JSON, one host after the other, 10 ms apart. */
  public static List<byte[]> sysmonLines(int count, int hosts) {
    Random random = new Random(1505);
    List<byte[]> lines = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      String time = UTC_TIME.format(START.plus(Duration.ofMillis(10L * i)));
      lines.add(
          line(random, time, "HOST-" + i % hosts + ".corp.example", i)
              .getBytes(StandardCharsets.UTF_8));
    }
    return lines;
  }

  /** The same as Windows Event XML. */
  public static List<byte[]> xmlLines(int count, int hosts) {
    List<byte[]> lines = new ArrayList<>(count);
    for (byte[] line : sysmonLines(count, hosts)) {
      lines.add(event(line).xml().getBytes(StandardCharsets.UTF_8));
    }
    return lines;
  }

  /**
   * Registry, file and image load events of these as Elastic Agent sends them, with nested keys.
   */
  public static List<byte[]> ecsLines(int count, int hosts) {
    List<byte[]> lines = new ArrayList<>(count);
    // Half of them are events of other kinds.
    for (byte[] line : sysmonLines(count * 2, hosts)) {
      WindowsEvent event = event(line);
      if (lines.size() < count && Set.of(7, 11, 13).contains(event.id())) {
        lines.add(ecs(event).getBytes(StandardCharsets.UTF_8));
      }
    }
    return lines;
  }

  private static String ecs(WindowsEvent event) {
    Map<String, Object> document = ElasticEvent.sysmon(event);
    document.put("agent.id", "4c9c9cb3-f80f-44d8-9c89-6168243b7f21");
    document.put("agent.type", "filebeat");
    document.put("agent.version", "8.17.0");
    document.put("data_stream.dataset", "windows.sysmon_operational");
    document.put("data_stream.namespace", "default");
    document.put("data_stream.type", "logs");
    document.put("ecs.version", "8.17.0");
    document.put("event.agent_id_status", "verified");
    document.put("event.dataset", "windows.sysmon_operational");
    document.put("event.ingested", event.time().plusSeconds(2).toString());
    document.put("event.module", "sysmon");
    document.put("host.architecture", "x86_64");
    document.put("host.ip", List.of("10.201.0.13", "fe80::f40a:aed0:618a:972d"));
    document.put("host.os.family", "windows");
    document.put("host.os.kernel", "10.0.17763.2686 (WinBuild.160101.0800)");
    document.put("host.os.name", "Windows Server 2019 Datacenter");
    document.put("log.level", "information");
    document.put("user.id", "S-1-5-18");
    document.put("winlog.opcode", "Info");
    document.put("winlog.process.pid", 3500);
    document.put("winlog.process.thread.id", 4168);
    document.put("winlog.provider_guid", "{5770385F-C22A-43E0-BF4C-06F5698FFBD9}");
    document.put("winlog.provider_name", "Microsoft-Windows-Sysmon");
    document.put("winlog.record_id", Long.toString(event.time().toEpochMilli() / 10));
    document.put("winlog.user.identifier", "S-1-5-18");
    document.put("winlog.version", 2);
    return ElasticEvent.nested(document);
  }

  private static WindowsEvent event(byte[] line) {
    try {
      JsonNode fields = new ObjectMapper().readTree(line);
      Map<String, String> data = new LinkedHashMap<>();
      for (String name : DATA) {
        if (fields.has(name)) {
          data.put(name, fields.get(name).asText());
        }
      }
      Instant time = UTC_TIME.parse(fields.get("UtcTime").asText(), Instant::from);
      String computer = fields.get("Hostname").asText();
      return WindowsEvent.sysmon(fields.get("EventID").asInt(), time, computer, data);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The same as facts, without the kinds that decode to nothing. */
  public static List<Event> facts(int count, int hosts) {
    List<Event> facts = new ArrayList<>(count);
    for (byte[] line : sysmonLines(count * 2, hosts)) {
      facts.addAll(EventDecoders.of(Shape.FLAT).decode(line).events());
    }
    return facts.subList(0, count);
  }

  private static String line(Random random, String time, String host, int number) {
    int kind = random.nextInt(10);
    String image = IMAGES.get(random.nextInt(IMAGES.size()));
    if (kind < 4) {
      String key = KEYS.get(random.nextInt(KEYS.size()));
      return sysmon(
          13,
          time,
          host,
          image,
          "\"EventType\":\"SetValue\",\"TargetObject\":\""
              + key
              + "\",\"Details\":\""
              + VALUES.get(number % VALUES.size())
              + '"',
          number);
    }
    if (kind < 7) {
      return sysmon(
          7,
          time,
          host,
          image,
          "\"ImageLoaded\":\"C:\\\\Windows\\\\System32\\\\module"
              + random.nextInt(500)
              + ".dll\",\"Hashes\":\"SHA1=5E4F2C531C549BB72A658ED9DD16D491EDDBB286,MD5=FAB4B30C1C4F0A9202A7B42DCF1729DC\","
              + "\"Signed\":\"true\",\"Signature\":\"Microsoft Windows\",\"SignatureStatus\":\"Valid\"",
          number);
    }
    if (kind < 9) {
      return sysmon(
          10,
          time,
          host,
          image,
          "\"CallTrace\":\"C:\\\\Windows\\\\SYSTEM32\\\\ntdll.dll+a5ec4\"",
          number);
    }
    return number % 2 == 0
        ? sysmon(
            11,
            time,
            host,
            image,
            "\"TargetFilename\":\"C:\\\\Windows\\\\Prefetch\\\\AGENT-" + number + ".pf\"",
            number)
        : sysmon(1, time, host, image, "\"CommandLine\":\"agent.exe --poll\"", number);
  }

  private static String sysmon(
      int id, String time, String host, String image, String fields, int number) {
    return "{\"ProcessId\":\"6196\",\"ProcessGuid\":\"{6a910b9d-498a-5ee0-c903-000000000400}\","
        + "\"@timestamp\":\"2026-01-01T02:50:56.537Z\",\"RuleName\":\"-\",\"Task\":13,\"Version\":2,"
        + "\"Domain\":\"NT AUTHORITY\",\"Keywords\":-9223372036854775808,\"AccountName\":\"SYSTEM\","
        + fields
        + ",\"SourceName\":\"Microsoft-Windows-Sysmon\",\"port\":62387,\"UserID\":\"S-1-5-18\","
        + "\"Hostname\":\""
        + host
        + "\",\"tags\":[\"mordorDataset\"],\"EventTime\":\"2026-01-01 22:50:54\",\"ExecutionProcessID\":3500,"
        + "\"Image\":\""
        + image
        + "\",\"SeverityValue\":2,\"Severity\":\"INFO\",\"EventID\":"
        + id
        + ",\"@version\":\"1\",\"EventReceivedTime\":\"2026-01-01 22:50:56\",\"RecordNumber\":"
        + number
        + ",\"SourceModuleType\":\"im_msvistalog\",\"ThreadID\":4168,\"host\":\"wec.internal.example\","
        + "\"UtcTime\":\""
        + time
        + "\",\"ProviderGuid\":\"{5770385F-C22A-43E0-BF4C-06F5698FFBD9}\",\"SourceModuleName\":\"eventlog\","
        + "\"OpcodeValue\":0,\"Channel\":\"Microsoft-Windows-Sysmon/Operational\",\"AccountType\":\"User\"}";
  }
}
