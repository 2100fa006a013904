package dev.iiswarden.decode;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;

/** Generated documents decode to the same facts in every form and with any split of their keys. */
class DecodersAgreeProperties {
  private static final ObjectMapper JSON = new ObjectMapper();

  @Property(tries = 300)
  void anEcsDocumentIsTheSameInEachForm(
      @ForAll("ecsFields") Map<String, Object> fields, @ForAll long layout)
      throws JsonProcessingException {
    String dotted = JSON.writeValueAsString(fields);
    String mixed = JSON.writeValueAsString(laidOut(fields, layout));
    String expected = FiveForms.outcome(EventDecoders.ecs().decode(dotted));

    assertEquals(FiveForms.all(expected), FiveForms.of(EventDecoders.ecs(), dotted));
    assertEquals(FiveForms.all(expected), FiveForms.of(EventDecoders.ecs(), mixed), mixed);
    assertEquals(FiveForms.all(expected), FiveForms.of(EventDecoders.auto(), mixed), mixed);
  }

  @Property(tries = 300)
  void aSysmonRecordIsTheSameInEachForm(@ForAll("sysmonFields") Map<String, Object> fields)
      throws JsonProcessingException {
    String json = JSON.writeValueAsString(fields);
    String expected = FiveForms.outcome(EventDecoders.of(Shape.FLAT).decode(json));

    assertEquals(FiveForms.all(expected), FiveForms.of(EventDecoders.of(Shape.FLAT), json));
    // Of an event without a machine, the decoder of all shapes takes the host that sent it.
    if (fields.get("host") == null) {
      assertEquals(FiveForms.all(expected), FiveForms.of(EventDecoders.auto(), json), json);
    }
  }

  /** Returns the document with each dotted key split into nested keys at some of its dots. */
  private static Map<String, Object> laidOut(Map<String, Object> fields, long layout) {
    Map<String, Object> root = new LinkedHashMap<>();
    long bits = layout;
    for (Map.Entry<String, Object> field : fields.entrySet()) {
      Map<String, Object> at = root;
      String key = field.getKey();
      for (int dot = key.indexOf('.'); dot >= 0; dot = key.indexOf('.', dot + 1)) {
        bits = Long.rotateLeft(bits * 0x9E3779B97F4A7C15L + 1, 17);
        if ((bits & 1) == 0) {
          at = nested(at, key.substring(0, dot));
          key = key.substring(dot + 1);
          dot = -1;
        }
      }
      at.put(key, field.getValue());
    }
    return root;
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Object> nested(Map<String, Object> at, String key) {
    return (Map<String, Object>) at.computeIfAbsent(key, unused -> new LinkedHashMap<>());
  }

  @Provide
  Arbitrary<Map<String, Object>> ecsFields() {
    List<String> paths = paths(Shape.ECS);
    paths.add("registry.data.type");
    paths.add("process.thread.name");
    paths.add("agent.name");
    Arbitrary<Object> category =
        Arbitraries.of("registry", "file", "library", "process", "network")
            .set()
            .ofMinSize(1)
            .map(List::copyOf);
    Arbitrary<Object> timestamp =
        Arbitraries.of("2026-03-01T10:00:00.1234567Z", 1_772_359_200_123L, "2026-03-01 10:00:00");
    return document(paths, "event.category", category, "@timestamp", timestamp);
  }

  @Provide
  Arbitrary<Map<String, Object>> sysmonFields() {
    List<String> paths = paths(Shape.FLAT);
    paths.remove("Channel");
    paths.remove("SourceName");
    paths.add("host");
    paths.add("ExecutionProcessID");
    Arbitrary<Object> id = Arbitraries.of(1, 7, 11, 12, 13, 14, "13", 3, "22", -1);
    Arbitrary<Object> time = Arbitraries.of("2026-03-01 10:00:00.123", "2026-03-01", "-");
    return document(paths, "EventID", id, "UtcTime", time);
  }

  private static List<String> paths(Shape shape) {
    return new ArrayList<>(
        Arrays.stream(Field.values())
            .flatMap(field -> Layout.of(shape).placesOf(field).stream())
            .toList());
  }

  private static Arbitrary<Map<String, Object>> document(
      List<String> paths,
      String key,
      Arbitrary<Object> value,
      String otherKey,
      Arbitrary<Object> otherValue) {
    return Arbitraries.maps(Arbitraries.of(paths), values())
        .flatMap(
            fields ->
                value.flatMap(
                    first ->
                        otherValue.map(
                            second -> {
                              Map<String, Object> document = new LinkedHashMap<>(fields);
                              document.put(key, first);
                              document.put(otherKey, second);
                              return document;
                            })));
  }

  private static Arbitrary<Object> values() {
    Arbitrary<Object> single =
        Arbitraries.oneOf(
            Arbitraries.of("", "-", "C:\\Web\\a.dll", "\u00E4\u20AC", "a\"\\/\n\u0001", "x.EXE"),
            Arbitraries.strings().alpha().ofMaxLength(8).map(text -> text),
            Arbitraries.longs().map(number -> number),
            Arbitraries.bigIntegers().map(number -> number),
            Arbitraries.of(1.5, -0.25, 1.0e10),
            Arbitraries.of(true, false));
    Arbitrary<Object> list = single.injectNull(0.2).list().ofMaxSize(3).map(values -> values);
    return Arbitraries.frequencyOf(Tuple.of(6, single), Tuple.of(2, list)).injectNull(0.1);
  }
}
