package dev.iiswarden.decode;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.iiswarden.testing.OrdinaryEvents;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Reading by difference gives what a full reading gives, for any record after any others. The
 * profile {@code long} takes ten million records, as does {@code -Ddifference.fuzz.inputs=N};
 * {@code -Dfuzz.seed=N} takes other records.
 */
class RecordTemplatesTest {
  private static final int INPUTS = Integer.getInteger("difference.fuzz.inputs", 80_000);
  private static final long SEED = Long.getLong("fuzz.seed", 1505L);
  private static final EnumSet<Shape> SHAPES = EnumSet.allOf(Shape.class);

  private final RecordSyntax json = new PlainJson(FieldTree.of(SHAPES));

  /** With few templates, they are often replaced while others still refer to them. */
  @ParameterizedTest
  @CsvSource({"64, 1", "3, 8", "1, 8"})
  @Timeout(value = 3, unit = TimeUnit.HOURS)
  void valuesAreThoseOfAFullReading(int most, int divisor) {
    LikeRecords records = new LikeRecords(new Random(SEED + most));
    RecordTemplates templates = new RecordTemplates(json, most);
    int inputs = INPUTS / divisor;
    int accepted = 0;
    FieldValues earlier = null;
    Map<Object, Object> earlierValues = Map.of();
    for (int i = 0; i < inputs; i++) {
      byte[] record = records.next();
      Map<Object, Object> expected = describe(readInFull(record));
      FieldValues found = templates.read(record);
      accepted += found == null ? 0 : 1;
      assertEquals(expected, describe(found), message(i, record));
      if (i % 16 == 8) {
        earlier = found;
        earlierValues = expected;
      } else if (i % 16 == 0 && i > 0) {
        assertEquals(earlierValues, describe(earlier), "changed by later records");
      }
    }
    assertTrue(accepted > inputs / 4, accepted + " accepted");
    assertTrue(
        most < 64 || templates.readInFull() - (inputs - accepted) < inputs / 2,
        templates.readInFull() + " read in full");
  }

  static Stream<Arguments> decoders() {
    Stream<Arguments> ofShapes =
        Stream.of(Shape.values())
            .filter(Shape::isJson)
            .map(shape -> arguments(shape.label(), EnumSet.of(shape), 64));
    return Stream.concat(
        Stream.of(arguments("auto", SHAPES, 64), arguments("auto", SHAPES, 3)), ofShapes);
  }

  /** Facts, errors and their positions are the same, and also the shape of irrelevant records. */
  @ParameterizedTest
  @MethodSource("decoders")
  @Timeout(value = 3, unit = TimeUnit.HOURS)
  void resultsAreThoseOfAFullReading(String name, Set<Shape> shapes, int most) {
    LikeRecords records = new LikeRecords(new Random(SEED + most));
    EventDecoder byDifference = new ShapeDecoder(name, shapes, null, most);
    EventDecoder inFull = new ShapeDecoder(name, shapes, null, 0);
    int inputs = name.equals("auto") ? INPUTS / 8 : INPUTS / 32;
    int facts = 0;
    for (int i = 0; i < inputs; i++) {
      byte[] record = records.next();
      Decoded found = byDifference.decode(record);
      facts += found.events().size();
      assertEquals(describe(inFull.decode(record)), describe(found), message(i, record));
    }
    assertTrue(!name.equals("auto") || facts > inputs / 10, facts + " facts");
  }

  /** Threads have templates of their own, however many share a decoder. */
  @Test
  void threadsReadAsOneDoes() throws Exception {
    int threads = 2 * Runtime.getRuntime().availableProcessors() + 3;
    EventDecoder shared = new ShapeDecoder("auto", SHAPES, null);
    ExecutorService executor = Executors.newFixedThreadPool(threads);
    try {
      List<Future<?>> all = new ArrayList<>();
      for (int thread = 0; thread < threads; thread++) {
        Random random = new Random(SEED + thread);
        all.add(executor.submit(() -> readsAsInFull(shared, random)));
      }
      for (Future<?> each : all) {
        each.get();
      }
    } finally {
      executor.shutdownNow();
    }
  }

  private static void readsAsInFull(EventDecoder decoder, Random random) {
    LikeRecords records = new LikeRecords(random);
    EventDecoder inFull = new ShapeDecoder("full", SHAPES, null, 0);
    for (int i = 0; i < 2_000; i++) {
      byte[] record = records.next();
      assertEquals(
          describe(inFull.decode(record)), describe(decoder.decode(record)), message(i, record));
    }
  }

  /** Without this test, only the benchmark would show that every record is read in full. */
  @Test
  void fewOrdinaryRecordsAreReadInFull() {
    RecordTemplates templates = new RecordTemplates(json, RecordTemplates.MOST_TEMPLATES);
    for (byte[] line : OrdinaryEvents.sysmonLines(1_000, 10)) {
      templates.read(line);
    }
    assertTrue(templates.readInFull() <= 5, templates.readInFull() + " read in full");
  }

  /** A value is checked as thoroughly as in a full reading, whatever stood in its place before. */
  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      value = {
        "1234567890123456789, 0123456789012345678",
        "-1234567890123456789, -0123456789012345678",
        "1, 01",
        "1, -",
        "1, 1x",
        "1, 1.",
        "true, truth",
        "null, nul",
        "`\"a\"`, `\"a`",
        "`\"ab\"`, `\"a\\q\"`",
        "`\"a\\\\\"`, `\"a\\\"`",
        "`\"\\u00e4\"`, `\"\\u00g4\"`",
        "`\"ab\"`, `\"a\tb\"`",
        "`\"ab\"`, `\"ab\"\"`",
        "`\"ab\"`, `a`",
        "`\"ab\"`, ``",
        "[1], [1",
        "[1], [1}",
        "{}, {",
        "1, 1}"
      })
  void damagedValuesAreRefusedAsInAFullReading(String good, String damaged) {
    EventDecoder byDifference = new ShapeDecoder("difference", SHAPES, null);
    EventDecoder inFull = new ShapeDecoder("full", SHAPES, null, 0);
    for (String key : List.of("x", "Image")) {
      byte[] record = document(key, damaged);
      for (int i = 0; i < 3; i++) {
        byDifference.decode(document(key, good));
        Decoded expected = inFull.decode(record);
        assertEquals(Outcome.MALFORMED, expected.outcome(), key + ": " + damaged);
        assertEquals(describe(expected), describe(byDifference.decode(record)));
      }
    }
  }

  private static byte[] document(String key, String value) {
    // Nothing but this reading finds what is damaged in a record that is irrelevant.
    String document = "{\"EventID\":99,\"" + key + "\":" + value + ",\"Task\":13}";
    return document.getBytes(StandardCharsets.UTF_8);
  }

  /** What a field may mean to the whole record, and what is shared with earlier records. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'TimeGenerated':null,'EventID':99}|{'TimeGenerated':13,'EventID':99}",
        "{'EventID':99,'Image':'a'}|{'EventID':13,'Image':'b'}|{'EventID':null,'Image':'b'}",
        "{'EventID':13,'UtcTime':'2026-03-04 22:12:07','Event':{'System':{'EventID':12}}}|"
            + "{'EventID':13,'UtcTime':'2026-03-04 22:12:07','Event':{'System':{'EventID':99}}}",
        "{'EventID':[13,99],'UtcTime':'2026-03-04 22:12:07'}|{'EventID':[99,13],'UtcTime':'x'}",
        "{'event':{'kind':'a','module':'b'},'x':1}|{'event':{'kind':'','module':'c'},'x':2}",
        "{'event':{'kind':1}}|{'event':{'kind':null}}"
      })
  void resultsDoNotDependOnEarlierRecords(String alternatives) {
    EventDecoder byDifference = new ShapeDecoder("difference", SHAPES, null);
    EventDecoder inFull = new ShapeDecoder("full", SHAPES, null, 0);
    String[] records = alternatives.replace('\'', '"').split("\\|", -1);
    for (int i = 0; i < 12; i++) {
      // Twice each, and back.
      byte[] record = records[i / 2 % records.length].getBytes(StandardCharsets.UTF_8);
      assertEquals(describe(inFull.decode(record)), describe(byDifference.decode(record)));
    }
  }

  /** Else the values of an Azure row would be added to its template, record after record. */
  @Test
  void whatIsAddedToACopyIsNotInTheOriginal() {
    FieldValues original = new FieldValues();
    original.add(Field.IMAGE, "a");
    original.add(Field.IMAGE, "b");

    FieldValues copy = new FieldValues(original);
    copy.add(Field.IMAGE, "c");
    copy.add(Field.IMAGE, "d");

    assertEquals(List.of("a", "b"), original.all(Field.IMAGE));
    assertEquals(List.of("a", "b", "c", "d"), copy.all(Field.IMAGE));
  }

  @ParameterizedTest
  @ValueSource(strings = {"abaca", "abbcb"})
  void theTemplateOfLeastRecentUseMakesWay(String keys) {
    RecordTemplates templates = new RecordTemplates(json, 2);
    for (int i = 0; i < keys.length(); i++) {
      templates.read(document(keys.substring(i, i + 1), "1"));
    }
    assertEquals(3, templates.readInFull());
  }

  @Test
  void longRecordsAndThoseOfManyValuesAreNotKept() {
    String longText = '"' + "x".repeat(1 << 14) + '"';
    String manyValues = "[" + "1,".repeat(501) + "1]";
    for (String value : List.of(longText, manyValues)) {
      RecordTemplates templates = new RecordTemplates(json, 64);
      for (int i = 0; i < 3; i++) {
        assertNotNull(templates.read(document("x", value)));
      }
      assertEquals(3, templates.readInFull());
    }
  }

  /** A feed in which no two records have the same structure must not pay for comparing them. */
  @Test
  void recordsLikeNoOtherAreSoonReadInFullAtOnce() {
    RecordTemplates templates = new RecordTemplates(json, 64);
    for (int i = 0; i < 1_000; i++) {
      templates.read(document("key " + i, "1"));
    }
    assertTrue(templates.compared() < 200, templates.compared() + " compared");
    long before = templates.compared();
    for (int i = 0; i < 100; i++) {
      templates.read(document("x", "" + i));
    }
    assertTrue(templates.compared() > before + 60, "comparing does not begin again");
  }

  private @Nullable FieldValues readInFull(byte[] record) {
    FieldValues values = new FieldValues();
    return json.read(record, values, new RecordTokens()) ? values : null;
  }

  private static String message(int input, byte[] record) {
    return "record " + input + " of seed " + SEED + ": " + HexFormat.of().formatHex(record);
  }

  private static String describe(Decoded decoded) {
    List<Object> parts = new ArrayList<>();
    for (Decoded each : decoded.records()) {
      parts.add(each.shape());
      parts.add(each.outcome());
      parts.add(FiveForms.outcome(each));
    }
    return parts.toString();
  }

  private static Map<Object, Object> describe(@Nullable FieldValues values) {
    if (values == null) {
      return Map.of("declined", true);
    }
    if (values.isOfNoInterest()) {
      return Map.of("shape", Shape.ofJson(values), "recognised", KnownShapes.isRecognised(values));
    }
    Map<Field, Object> described = new EnumMap<>(Field.class);
    for (Field field : Field.values()) {
      if (values.has(field)) {
        Object only = values.only(field);
        described.put(
            field,
            List.of(
                only == null ? "several" : only, values.all(field), values.mayHoldRecord(field)));
      }
    }
    return Map.copyOf(described);
  }
}
