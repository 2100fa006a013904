package dev.iiswarden.decode;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.iiswarden.testing.OrdinaryEvents;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A record that the fast reader accepts has the values that Jackson reads; it declines all others.
 */
class PlainJsonTest {
  private static final int INPUTS = Integer.getInteger("fuzz.inputs", 112_000);
  private static final long SEED = Long.getLong("fuzz.seed", 1505L);
  private static final EnumSet<Shape> SHAPES = EnumSet.allOf(Shape.class);

  private final PlainJson json = new PlainJson(FieldTree.of(SHAPES));
  private final JsonRecords records = new JsonRecords(SHAPES, RecordTemplates.MOST_TEMPLATES);

  @Test
  void fieldsAreThoseThatJacksonReads() {
    BrokenRecords inputs = new BrokenRecords(new Random(SEED));
    int plain = 0;
    int declined = 0;
    for (int i = 0; i < INPUTS; i++) {
      byte[] input = inputs.next();
      if (isSameAsJacksons(input)) {
        plain++;
      } else {
        declined++;
      }
    }
    assertTrue(plain > INPUTS / 100 && declined > INPUTS / 100, plain + " and " + declined);
  }

  /** Without this test, only the benchmark would show that every record is declined. */
  @Test
  void usualRecordsAreReadTheShortWay() throws Exception {
    for (byte[] line : OrdinaryEvents.sysmonLines(100, 10)) {
      assertTrue(isSameAsJacksons(line), new String(line, StandardCharsets.UTF_8));
    }
    for (String sample : List.of("web01.sysmon.ndjson", "web02.ecs.ndjson")) {
      for (String line : Files.readAllLines(Path.of("src/samples", sample))) {
        assertTrue(isSameAsJacksons(line.getBytes(StandardCharsets.UTF_8)), line);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{ }",
        " \t{\"EventID\" : 11 , \"Image\" : \"C:\\\\a \\\"b\\\" \\/\\b\\f\\n\\r\\t\\u00e4\"}\r\n",
        "{\"EventID\":\"13\",\"Image\":\"\u00e4\u20ac\u2122\"}",
        "{\"EventID\":0,\"ProcessId\":-1,\"Keywords\":-9223372036854775808}",
        "{\"EventID\":[1,\"2\",null,true,false,[],{}],\"a\":{\"b\":[{\"c\":1}]}}",
        "{\"EventID\":11,\"EventID\":13,\"\":1,\"tags\":[ ]}",
        "{\"EventID\":99,\"Image\":\"never read\",\"x\":{\"y\":[1]}}",
        "{\"registry\":{\"data.strings\":[\"a\",\"b\"]},\"registry.data.strings\":\"c\"}",
      })
  void plainRecordsAreRead(String text) {
    assertTrue(isSameAsJacksons(text.getBytes(StandardCharsets.UTF_8)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "[]",
        "{",
        "{\"",
        "{\"a",
        "{\"a\"",
        "{\"a\":",
        "{\"a\":1",
        "{\"a\":1,",
        "{\"a\":1,}",
        "{,}",
        "{\"a\" 1}",
        "{\"a\":1 \"b\":2}",
        "{\"a\":1}}",
        "{\"a\":1} x",
        "{\"a\":[1,]}",
        "{\"a\":[1",
        "{\"a\":[1}",
        "{\"a\":tru}",
        "{\"a\":truex}",
        "{\"a\":nul",
        "{\"a\":01}",
        "{\"a\":-0}",
        "{\"a\":-01}",
        "{\"a\":-}",
        "{\"a\":1.5}",
        "{\"a\":1e5}",
        "{\"a\":1a}",
        "{\"a\":12345678901234567890}",
        "{\"EventID\":1234567890123456789}",
        "{\"a\":\"\\x\"}",
        "{\"a\":\"\\u12g4\"}",
        "{\"a\":\"\\u12\"}",
        "{\"a\":\"tab\tin it\"}",
        "{\"a\":\"no end\\\"}",
        "{\"a\\n\":1}",
        "{\"\u00e4\":1}",
        "{\"a\":\"\ud83d\ude00\"}",
        "{\n\"a\":'1'}",
        "{'a':1}",
      })
  void otherRecordsAreLeftToJackson(String text) {
    byte[] record = text.getBytes(StandardCharsets.UTF_8);

    assertFalse(isRead(record));
  }

  @Test
  void nestingIsFollowedNoDeeperThanEventsNest() {
    String deepest = "{\"a\":" + "[".repeat(15) + "]".repeat(15) + "}";
    String deeper = "{\"a\":" + "[".repeat(16) + "]".repeat(16) + "}";

    assertTrue(isSameAsJacksons(deepest.getBytes(StandardCharsets.UTF_8)));
    assertFalse(isSameAsJacksons(deeper.getBytes(StandardCharsets.UTF_8)));
  }

  /** Tests strings of every length, so that their ends fall on every position in a word. */
  @Test
  void stringsEndAnywhere() {
    for (int length = 0; length < 40; length++) {
      for (String tail : List.of("", "\\\\", "\u00ae", "\\\"")) {
        String text =
            "{\"EventID\":11,\"Image\":\"" + "x".repeat(length) + tail + "\",\"User\":\"u\"}";
        assertTrue(isSameAsJacksons(text.getBytes(StandardCharsets.UTF_8)), text);
      }
    }
  }

  /** Bytes that are not UTF-8 are left to Jackson. */
  @Test
  void brokenCharactersAreLeftToJackson() {
    for (String hex : List.of("80", "C220", "C2", "C080", "E282", "E28220", "F09F9880", "FF")) {
      byte[] record = ("{\"a\":\"" + "??".repeat(4) + "\"}").getBytes(StandardCharsets.US_ASCII);
      byte[] broken = HexFormat.of().parseHex(hex);
      System.arraycopy(broken, 0, record, 7, broken.length);

      assertFalse(isRead(record), hex);
    }
  }

  private boolean isRead(byte[] record) {
    return json.read(record, new FieldValues(), new RecordTokens());
  }

  /**
   * Whether the fast reader accepted a record; if so, its values must be those that Jackson reads.
   */
  private boolean isSameAsJacksons(byte[] record) {
    if (!isRead(record)) {
      return false;
    }
    assertEquals(
        outcome(records::readWithJackson, record),
        outcome(records::read, record),
        () -> HexFormat.of().formatHex(record));
    return true;
  }

  /** Returns the values, or the error. */
  @FunctionalInterface
  private interface Reader {
    FieldValues read(byte[] record) throws MalformedRecordException;
  }

  private static Object outcome(Reader reader, byte[] record) {
    try {
      return describe(reader.read(record));
    } catch (MalformedRecordException e) {
      return String.valueOf(e.getMessage());
    }
  }

  private static Map<Field, List<Object>> describe(FieldValues values) {
    Map<Field, List<Object>> described = new EnumMap<>(Field.class);
    for (Field field : Field.values()) {
      if (values.has(field) && !values.isOfNoInterest()) {
        List<Object> all = new ArrayList<>(values.all(field));
        Object only = values.only(field);
        all.add(only == null ? "several" : only);
        described.put(field, all);
      }
    }
    return described;
  }
}
