package dev.iiswarden.shapes;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.iiswarden.Detector;
import dev.iiswarden.decode.EventDecoder;
import dev.iiswarden.decode.EventDecoders;
import dev.iiswarden.event.Event;
import dev.iiswarden.read.LogReader;
import dev.iiswarden.read.LogRecord;
import dev.iiswarden.rules.Rules;
import dev.iiswarden.sink.InMemorySink;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** One intrusion raises the same alerts whatever collector wrote its log. */
class EveryCollectorTest {
  private static final Rules RULES = Rules.bundled();
  private static final String SETTING = "registration-configuration-log";
  private static final List<Logged> WITHOUT_SYSMON =
      Logged.INTRUSION.stream().filter(event -> !event.isSysmon()).toList();

  @Test
  void theReferenceRaisesTenAlerts() throws IOException {
    assertEquals(10, reference(Logged.INTRUSION, true).size());
  }

  @ParameterizedTest
  @EnumSource
  void jsonOfACollector(JsonForm form) throws IOException {
    check(form);
  }

  @ParameterizedTest
  @EnumSource
  void textOfACollector(TextForm form) throws IOException {
    check(form);
  }

  @ParameterizedTest
  @EnumSource
  void wholeLogOfACollector(LogForm form) throws IOException {
    check(form);
  }

  @Test
  void thePageListsEveryForm() throws IOException {
    String page = Files.readString(Path.of("docs/shapes.md"));
    Set<String> listed =
        Pattern.compile("`([A-Z][A-Z0-9_]+)`")
            .matcher(page)
            .results()
            .map(name -> name.group(1))
            .collect(Collectors.toCollection(TreeSet::new));
    Set<String> forms =
        Stream.of(JsonForm.values(), TextForm.values(), LogForm.values())
            .flatMap(Stream::of)
            .map(Enum::name)
            .collect(Collectors.toCollection(TreeSet::new));

    assertEquals(forms, listed);
  }

  private static void check(Form form) throws IOException {
    // Sysmon's alert on appcmd covers that of the Security log, so those logs are read alone, too.
    for (List<Logged> events : List.of(Logged.INTRUSION, WITHOUT_SYSMON)) {
      assertEquals(
          reference(events, form.namesTheSetting()),
          alerts(form.log(events), form.namesTheSetting()));
    }
  }

  private static List<String> reference(List<Logged> events, boolean withSetting)
      throws IOException {
    String xml = events.stream().map(Logged::xml).collect(Collectors.joining("\n"));
    return alerts(Form.utf8(xml), withSetting);
  }

  /** Returns rule, host and times of the alerts, to the second: some forms have no more. */
  private static List<String> alerts(byte[] log, boolean withSetting) throws IOException {
    InMemorySink sink = new InMemorySink();
    EventDecoder decoder = EventDecoders.auto(ZoneOffset.UTC);
    try (Detector detector = Detector.builder().rules(RULES).sink(sink).build();
        LogReader reader = LogReader.of("log", new ByteArrayInputStream(log))) {
      for (LogRecord record = reader.next(); record != null; record = reader.next()) {
        detector.accept(decoder.decode(record));
      }
    }
    Stream<String> alerts =
        sink.alerts().stream()
            .map(
                alert ->
                    alert.rule().id()
                        + " on "
                        + alert.host()
                        + " at "
                        + alert.evidence().stream()
                            .map(Event::getTimestamp)
                            .map(EveryCollectorTest::toTheSecond)
                            .toList());
    return alerts.filter(alert -> withSetting || !alert.startsWith(SETTING)).sorted().toList();
  }

  private static Instant toTheSecond(Instant time) {
    return time.truncatedTo(ChronoUnit.SECONDS);
  }
}
