package dev.iiswarden.decode;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.iiswarden.Detector;
import dev.iiswarden.alert.Alert;
import dev.iiswarden.event.Event;
import dev.iiswarden.rules.Rules;
import dev.iiswarden.sink.InMemorySink;
import dev.iiswarden.testing.EdrEvent;
import dev.iiswarden.testing.ElasticEvent;
import dev.iiswarden.testing.RaisedAlerts;
import dev.iiswarden.testing.WindowsEvent;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

/** One attack in every shape raises the same alerts, on the same host, at the same times. */
class EveryShapeTest {
  private static final String HOST = "WEB01.corp.example";
  private static final Instant REGISTERED = Instant.parse("2026-03-04T13:12:07.226Z");
  private static final Instant DROPPED = Instant.parse("2026-03-04T13:12:49.640Z");
  private static final Instant LOADED = Instant.parse("2026-03-04T13:13:00.002Z");

  private static final List<WindowsEvent> ATTACK =
      List.of(
          WindowsEvent.sysmon(
              13,
              REGISTERED,
              HOST,
              actor(
                  "C:\\Windows\\System32\\reg.exe",
                  Map.of(
                      "TargetObject",
                      "HKLM\\System\\CurrentControlSet\\Services\\W3SVC\\Parameters\\FilterDLLs",
                      "Details",
                      "C:\\Windows\\System32\\inetsrv\\HTTPParser.dll"))),
          WindowsEvent.sysmon(
              11,
              DROPPED,
              HOST,
              actor(
                  "C:\\Program Files\\R&D <x>\\powershell.exe",
                  Map.of("TargetFilename", "C:\\Windows\\System32\\inetsrv\\HTTPParser.dll"))),
          WindowsEvent.sysmon(
              7,
              LOADED,
              HOST,
              actor(
                  "C:\\Windows\\System32\\inetsrv\\w3wp.exe",
                  Map.of("ImageLoaded", "C:\\Windows\\Temp\\Sessions.dll"))));

  private static Map<String, String> actor(String image, Map<String, String> fields) {
    Map<String, String> data = new LinkedHashMap<>();
    data.put("ProcessGuid", "{6a910b9d-498a-5ee0-c903-000000000400}");
    data.put("ProcessId", "6196");
    data.put("Image", image);
    data.putAll(fields);
    return data;
  }

  /** A form in which such events arrive. */
  @SuppressWarnings("ImmutableEnumChecker") // the functions are
  enum Form {
    XML(Shape.XML, WindowsEvent::xml),
    XML_OVER_LINES(Shape.XML, WindowsEvent::indentedXml),
    EVTX_DUMP(Shape.EVTX_DUMP, WindowsEvent::evtxDump),
    MORDOR(Shape.FLAT, WindowsEvent::mordor),
    NXLOG(Shape.FLAT, WindowsEvent::nxlog),
    NXLOG_THROUGH_LOGSTASH(Shape.FLAT, WindowsEvent::logstash),
    WINLOGBEAT_6(Shape.WINLOGBEAT_6, WindowsEvent::winlogbeat6),
    WINLOGBEAT_7(Shape.WINLOGBEAT, WindowsEvent::winlogbeat),
    AZURE(Shape.AZURE, WindowsEvent::azure),
    SPLUNK(Shape.SPLUNK, WindowsEvent::splunk),
    ECS_OF_OLD(Shape.ECS, event -> ElasticEvent.nested(ElasticEvent.sysmonOfOld(event))),
    ECS(Shape.ECS, event -> ElasticEvent.nested(ElasticEvent.sysmon(event))),
    ECS_DOTTED(Shape.ECS, event -> ElasticEvent.dotted(ElasticEvent.sysmon(event))),
    ENDPOINT(Shape.ECS, event -> ElasticEvent.nested(ElasticEvent.endpoint(event))),
    DEFENDER(Shape.DEFENDER, EdrEvent::defender),
    OCSF(Shape.OCSF, EdrEvent::ocsf),
    CROWDSTRIKE_FDR(Shape.CROWDSTRIKE_FDR, EdrEvent::crowdstrike);

    private final Shape shape;
    private final Function<WindowsEvent, String> writer;

    Form(Shape shape, Function<WindowsEvent, String> writer) {
      this.shape = shape;
      this.writer = writer;
    }

    String write(WindowsEvent event) {
      return writer.apply(event);
    }
  }

  @ParameterizedTest
  @EnumSource
  void theSameAttackRaisesTheSameAlerts(Form form) {
    List<String> expected = new ArrayList<>();
    expected.add("registry-then-file on " + HOST + " at [" + REGISTERED + ", " + DROPPED + "]");
    // The base query does not match these image loads, so the base rule does not match them either.
    if (form != Form.ECS_OF_OLD) {
      expected.add("w3wp-module-load on " + HOST + " at [" + LOADED + "]");
    }

    assertEquals(expected, alerts(EventDecoders.auto(), ATTACK.stream().map(form::write)));
    assertEquals(expected, alerts(EventDecoders.of(form.shape), ATTACK.stream().map(form::write)));
  }

  @ParameterizedTest
  @EnumSource(
      mode = Mode.EXCLUDE,
      names = {
        "ECS_OF_OLD",
        "ECS",
        "ECS_DOTTED",
        "ENDPOINT",
        "DEFENDER",
        "OCSF",
        "CROWDSTRIKE_FDR"
      })
  void windowsEventsRaiseAlertsOfTheSameIdWhateverTheirShape(Form form) {
    assertEquals(
        ids(ATTACK.stream().map(WindowsEvent::mordor)), ids(ATTACK.stream().map(form::write)));
  }

  private static List<String> ids(Stream<String> records) {
    return RaisedAlerts.raisedBy(
            Rules.baseQuery(), records.map(EventDecoders.auto()::decode).toList())
        .stream()
        .map(Alert::id)
        .toList();
  }

  @ParameterizedTest
  @EnumSource
  void everyShapeIsRecognised(Form form) {
    for (WindowsEvent event : ATTACK) {
      assertEquals(
          form.shape, EventDecoders.auto().decode(form.write(event)).shape().orElseThrow());
    }
  }

  @ParameterizedTest
  @EnumSource(
      mode = Mode.EXCLUDE,
      names = {"DEFENDER", "OCSF", "CROWDSTRIKE_FDR"}) // they spell paths in their own way
  void theSameEventIsTheSameFact(Form form) {
    for (WindowsEvent event : ATTACK) {
      Event fact = fact(form.write(event));
      Event reference = fact(event.mordor());

      assertEquals(reference.getClass(), fact.getClass());
      assertEquals(reference.getTimestamp(), fact.getTimestamp());
      assertEquals(withoutEvent(reference), withoutEvent(fact));
    }
  }

  /**
   * Returns all fields except {@code event}, whose code, provider and categories depend on the
   * source.
   */
  private static Map<String, Object> withoutEvent(Event fact) {
    Map<String, Object> document = fact.toMap();
    document.remove("event");
    return document;
  }

  private static Event fact(String record) {
    Decoded decoded = EventDecoders.auto().decode(record);
    assertEquals(1, decoded.events().size(), () -> decoded.malformed() + record);
    return decoded.events().get(0);
  }

  @Test
  void aFeedMayMixAllShapes() {
    Stream<String> mixed =
        Stream.of(
            ATTACK.get(0).winlogbeat6(),
            ATTACK.get(1).indentedXml(),
            ATTACK.get(2).splunk(),
            ATTACK.get(0).xml(),
            ElasticEvent.dotted(ElasticEvent.sysmon(ATTACK.get(1))),
            ATTACK.get(2).azure());

    assertEquals(
        List.of(
            "registry-then-file on " + HOST + " at [" + REGISTERED + ", " + DROPPED + "]",
            "w3wp-module-load on " + HOST + " at [" + LOADED + "]",
            "w3wp-module-load on " + HOST + " at [" + LOADED + "]"),
        alerts(EventDecoders.auto(), mixed));
  }

  private static List<String> alerts(EventDecoder decoder, Stream<String> records) {
    InMemorySink sink = new InMemorySink();
    List<Decoded.Malformed> malformed = new ArrayList<>();
    try (Detector detector =
        Detector.builder()
            .rules(Rules.baseQuery())
            .sink(sink)
            .onMalformed(malformed::add)
            .build()) {
      records.map(decoder::decode).forEach(detector::accept);
    }
    assertEquals(List.of(), malformed);
    return sink.alerts().stream()
        .map(
            alert ->
                alert.rule().id()
                    + " on "
                    + alert.host()
                    + " at "
                    + alert.evidence().stream().map(Event::getTimestamp).toList())
        .toList();
  }
}
