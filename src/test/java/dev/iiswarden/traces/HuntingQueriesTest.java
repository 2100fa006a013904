package dev.iiswarden.traces;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.iiswarden.alert.Alert;
import dev.iiswarden.decode.Decoded;
import dev.iiswarden.decode.EventDecoder;
import dev.iiswarden.decode.EventDecoders;
import dev.iiswarden.event.Eql;
import dev.iiswarden.event.Event;
import dev.iiswarden.event.FileEvent;
import dev.iiswarden.event.ProcessFields;
import dev.iiswarden.read.LogReader;
import dev.iiswarden.read.LogRecord;
import dev.iiswarden.rules.Rules;
import dev.iiswarden.testing.RaisedAlerts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * The queries in the guide of {@code configuration-written} exempt the programs that the rule
 * exempts: those that write the file in the traces, and impostors.
 */
class HuntingQueriesTest {
  private static final String RULE = "configuration-written";
  private static final Path GUIDE = Path.of("docs", "rules", RULE + ".md");
  private static final String FILE =
      "C:\\Windows\\System32\\inetsrv\\config\\applicationHost.config";

  private static final List<String> IMPOSTORS =
      List.of(
          "C:\\Users\\Public\\appcmd.exe",
          "D:\\Windows\\Temp\\TiWorker.exe",
          "C:\\Windows\\System32\\inetsrv\\inetmgr.exe\\x.exe",
          "C:\\Windows\\System32\\inetsrv\\w3wp.exe",
          "C:\\Windows\\System32\\inetsrv\\WMSvc.exe",
          "C:\\Windows\\System32\\inetsrv\\helper.exe",
          "C:\\Windows\\System32\\svchost.exe",
          "C:\\Windows\\System32\\dllhost.exe",
          "C:\\Temp\\msiexec.exe");

  @Test
  void theQueriesExemptWhatTheRuleExempts() throws IOException {
    Set<String> programs = new TreeSet<>(writersInTraces());
    programs.addAll(IMPOSTORS);
    assertTrue(programs.size() > 20, programs::toString);
    String guide = Files.readString(GUIDE);
    Predicate<String> eql = exemptByEql(block(guide, "eql"));
    Predicate<String> kql = exemptByKql(block(guide, "kql"));
    Predicate<String> spl = exemptBySpl(block(guide, "spl"));
    Predicate<String> sigma = exemptBySigma(block(guide, "yaml"));
    Set<Boolean> seen = new TreeSet<>();
    for (String program : programs) {
      boolean exempt = !isReported(program);
      seen.add(exempt);
      assertEquals(exempt, eql.test(program), () -> "EQL: " + program);
      assertEquals(exempt, kql.test(program), () -> "KQL: " + program);
      assertEquals(exempt, spl.test(program), () -> "SPL: " + program);
      assertEquals(exempt, sigma.test(program), () -> "Sigma: " + program);
    }
    assertEquals(Set.of(true, false), seen);
  }

  private static boolean isReported(String program) {
    FileEvent written =
        FileEvent.builder()
            .timestamp(Instant.parse("2026-09-14T08:00:00Z"))
            .hostName("WEB01")
            .type(List.of("change"))
            .path(FILE)
            .name("applicationHost.config")
            .process(ProcessFields.builder().executable(program).build())
            .build();
    return RaisedAlerts.raisedBy(Rules.bundled(), List.of(Decoded.of(written))).stream()
        .map(Alert::rule)
        .anyMatch(rule -> rule.id().equals(RULE));
  }

  private static Set<String> writersInTraces() throws IOException {
    Set<String> writers = new TreeSet<>();
    EventDecoder decoder = EventDecoders.auto();
    for (Path file : Trace.files()) {
      try (LogReader log = LogReader.open(file)) {
        for (LogRecord record = log.next(); record != null; record = log.next()) {
          for (Decoded decoded : decoder.decode(record).records()) {
            decoded.events().stream()
                .filter(HuntingQueriesTest::writesConfiguration)
                .forEach(event -> writers.add(event.getProcess().getExecutable()));
          }
        }
      }
    }
    return writers;
  }

  private static boolean writesConfiguration(Event event) {
    return event instanceof FileEvent written
        && Eql.like(written.getFile().getName(), "applicationHost.config")
        && !written.getEvent().getType().contains("access")
        && event.getProcess().getExecutable() != null;
  }

  private static String block(String guide, String language) {
    Matcher block = Pattern.compile("(?s)```" + language + "\n(.*?)```").matcher(guide);
    assertTrue(block.find(), language);
    return block.group(1);
  }

  private static List<String> texts(String regex, String text) {
    List<String> found = new ArrayList<>();
    Matcher matcher = Pattern.compile(regex).matcher(text);
    while (matcher.find()) {
      found.add(matcher.group(1));
    }
    return found;
  }

  private static Predicate<String> exemptByEql(String query) {
    String list = query.substring(query.indexOf("not process.executable"));
    String[] patterns =
        texts("\"([^\"]+)\"", list).stream()
            .map(text -> text.replace("\\\\", "\\"))
            .toArray(String[]::new);
    return program -> Eql.like(program, patterns);
  }

  private static Predicate<String> exemptByKql(String query) {
    String list = query.substring(query.indexOf("!in~"));
    List<String> texts = texts("@\"([^\"]+)\"", list);
    List<String> paths = texts.subList(0, texts.size() - 1);
    Pattern regex = Pattern.compile(texts.get(texts.size() - 1));
    return program ->
        paths.stream().anyMatch(program::equalsIgnoreCase) || regex.matcher(program).find();
  }

  private static Predicate<String> exemptBySpl(String query) {
    String list = query.substring(query.indexOf("NOT ("));
    String[] patterns =
        texts("Image=\"([^\"]+)\"", list).stream()
            .map(text -> text.replace("\\\\", "\\"))
            .toArray(String[]::new);
    return program -> Eql.like(program, patterns);
  }

  private static Predicate<String> exemptBySigma(String rule) throws IOException {
    JsonNode usual = new YAMLMapper().readTree(rule).at("/detection/usual");
    return program ->
        Stream.of(usual).flatMap(all -> all.valueStream()).anyMatch(one -> meets(one, program));
  }

  private static boolean meets(JsonNode map, String program) {
    String folded = program.toLowerCase(Locale.ROOT);
    return map.properties().stream()
        .allMatch(
            field ->
                values(field.getValue())
                    .map(value -> value.toLowerCase(Locale.ROOT))
                    .anyMatch(
                        value ->
                            switch (field.getKey()) {
                              case "Image" -> folded.equals(value);
                              case "Image|startswith" -> folded.startsWith(value);
                              case "Image|endswith" -> folded.endsWith(value);
                              default -> throw new AssertionError(field.getKey());
                            }));
  }

  private static Stream<String> values(JsonNode node) {
    return node.isArray() ? node.valueStream().map(JsonNode::asText) : Stream.of(node.asText());
  }
}
