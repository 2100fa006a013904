package dev.iiswarden.read.evtx;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.iiswarden.read.evtx.EvtxFiles.Value;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Values of every type are rendered as {@code evtx_dump} renders them. */
class EvtxValuesTest {
  static Stream<Arguments> scalars() {
    return Stream.of(
        value("null", Value.of(0x00), "\"\""),
        value("string", Value.text("C:\\a \"b\""), "\"C:\\\\a \\\"b\\\"\""),
        value("string with zeros at its end", Value.text("a\0\0"), "\"a\""),
        value("string with a zero inside", Value.text("a\0b"), "\"a\\u0000b\""),
        value(
            "control characters", Value.text("\t\r\n\u0001\u007f"), "\"\\t\\r\\n\\u0001\\u007f\""),
        value("line separators", Value.text("\u2028\u2029\u0085"), "\"\\u2028\\u2029\\u0085\""),
        value(
            "other scripts",
            Value.text("\u00e9\u4e2d\ud83d\ude00"),
            "\"\u00e9\u4e2d\ud83d\ude00\""),
        value("lone high surrogate", utf16(0xd83d, 'x'), "\"\\ud83dx\""),
        value("lone high surrogate at the end", utf16('x', 0xd83d), "\"x\\ud83d\""),
        value("lone low surrogate", utf16(0xde00, 'x'), "\"\\ude00x\""),
        value("string of odd size", Value.of(0x01, 'a', 0, 'b'), "\"a\""),
        value("ANSI string", Value.of(0x02, 'a', 0xe9, 0x80, 0), "\"a\u00e9\u20ac\""),
        value("int8", Value.of(0x03, 0x80), "-128"),
        value("uint8", Value.of(0x04, 0xff), "255"),
        value("int16", Value.number(0x05, 2, -2), "-2"),
        value("uint16", Value.number(0x06, 2, -2), "65534"),
        value("int32", Value.number(0x07, 4, -3), "-3"),
        value("uint32", Value.number(0x08, 4, -1), "4294967295"),
        value("int64", Value.number(0x09, 8, Long.MIN_VALUE), "-9223372036854775808"),
        value("uint64", Value.number(0x0a, 8, -1), "18446744073709551615"),
        value("uint64 zero", Value.number(0x0a, 8, 0), "0"),
        value("float", Value.number(0x0b, 4, Float.floatToIntBits(1.5f)), "\"1.5\""),
        value("double", Value.number(0x0c, 8, Double.doubleToLongBits(-0.25)), "\"-0.25\""),
        value("false", Value.number(0x0d, 4, 0), "false"),
        value("true", Value.number(0x0d, 4, 1), "true"),
        value("irregular true", Value.number(0x0d, 4, 77), "true"),
        value("binary", Value.of(0x0e, 0xde, 0xad, 0x0f), "\"DEAD0F\""),
        value(
            "GUID",
            Value.of(0x0f, 3, 2, 1, 0, 5, 4, 7, 6, 8, 9, 0xa, 0xb, 0xc, 0xd, 0xe, 0xf),
            "\"00010203-0405-0607-0809-0A0B0C0D0E0F\""),
        value("size of 32 bits", Value.number(0x10, 4, 0xabc), "\"0xabc\""),
        value("size of 64 bits", Value.number(0x10, 8, -1), "\"0xffffffffffffffff\""),
        value(
            "FILETIME",
            Value.number(0x11, 8, 132_837_717_951_234_560L),
            "\"2021-12-12T08:36:35.123456Z\""),
        value(
            "FILETIME with a seventh digit",
            Value.number(0x11, 8, 132_837_717_951_234_567L),
            "\"2021-12-12T08:36:35.1234567Z\""),
        value("first FILETIME", Value.number(0x11, 8, 0), "\"1601-01-01T00:00:00.000000Z\""),
        value(
            "leap day",
            Value.number(0x11, 8, 125_962_560_000_000_000L),
            "\"2000-02-29T00:00:00.000000Z\""),
        value("last FILETIME", Value.number(0x11, 8, -1), "\"60056-05-28T05:36:10.9551615Z\""),
        value(
            "SYSTEMTIME",
            Value.of(0x12, 0xe5, 7, 12, 0, 0, 0, 9, 0, 8, 0, 36, 0, 5, 0, 0x41, 1),
            "\"2021-12-09T08:36:05.321000Z\""),
        value(
            "SID",
            Value.of(0x13, 1, 2, 0, 0, 0, 0, 0, 5, 32, 0, 0, 0, 0x20, 2, 0, 0),
            "\"S-1-5-32-544\""),
        value("hexadecimal of 32 bits", Value.number(0x14, 4, 0x3e7), "\"0x3e7\""),
        value(
            "hexadecimal of 64 bits",
            Value.number(0x15, 8, 0x8020000000000000L),
            "\"0x8020000000000000\""),
        value("handle", Value.number(0x20, 8, 16), "\"0x10\""));
  }

  static Stream<Arguments> arrays() {
    return Stream.of(
        value("strings", Value.text(0x81, "a\0\0b\0"), "\"a\",\"\",\"b\""),
        value("strings without a last zero", Value.text(0x81, "a\0b"), "\"a\",\"b\""),
        value("ANSI strings", Value.of(0x82, 'a', 0, 'b', 0), "\"a\",\"b\""),
        value("int8", Value.of(0x83, 1, 0xff), "1,-1"),
        value("uint8", Value.of(0x84, 1, 0xff), "1,255"),
        value("int16", Value.number(0x85, 4, 0xffff_0001L), "1,-1"),
        value("uint16", Value.number(0x86, 4, 0xffff_0001L), "1,65535"),
        value("int32", Value.number(0x87, 8, 0xffff_ffff_0000_0001L), "1,-1"),
        value("uint32", Value.number(0x88, 8, 0xffff_ffff_0000_0001L), "1,4294967295"),
        value("int64", Value.of(0x89, 1, 0, 0, 0, 0, 0, 0, 0, 2, 0, 0, 0, 0, 0, 0, 0), "1,2"),
        value("uint64", Value.of(0x8a, 1, 0, 0, 0, 0, 0, 0, 0, 2, 0, 0, 0, 0, 0, 0, 0), "1,2"),
        value("floats", Value.of(0x8b, 0, 0, 0xc0, 0x3f, 0, 0, 0, 0), "\"1.5\",\"0.0\""),
        value(
            "doubles",
            Value.of(0x8c, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xf0, 0x3f),
            "\"0.0\",\"1.0\""),
        value("booleans", Value.number(0x8d, 8, 1), "true,false"),
        value(
            "sizes",
            Value.of(0x90, 1, 0, 0, 0, 0, 0, 0, 0, 2, 0, 0, 0, 0, 0, 0, 0),
            "\"0x1\",\"0x2\""),
        value(
            "SIDs",
            Value.of(0x93, 1, 1, 0, 0, 0, 0, 0, 5, 18, 0, 0, 0, 1, 1, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0),
            "\"S-1-5-18\",\"S-1-1-0\""),
        value("hexadecimals of 32 bits", Value.number(0x94, 8, 0x2_0000_0001L), "\"0x1\",\"0x2\""),
        value(
            "hexadecimals of 64 bits",
            Value.of(0x95, 1, 0, 0, 0, 0, 0, 0, 0, 2, 0, 0, 0, 0, 0, 0, 0),
            "\"0x1\",\"0x2\""));
  }

  private static Arguments value(String name, Value value, String json) {
    return Arguments.of(name, value, json);
  }

  private static Value utf16(int first, int second) {
    return Value.of(0x01, first & 0xff, first >> 8, second & 0xff, second >> 8);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("scalars")
  void aValueIsRendered(String name, Value value, String json) {
    assertEquals(
        "{\"Event\":{\"#attributes\":{\"xmlns\":\"urn:events\"},\"EventData\":{\"v0\":"
            + json
            + "}}}",
        Read.one(new EvtxFiles().chunk().event(value)));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("arrays")
  void anArrayIsAsManyElements(String name, Value value, String json) {
    assertEquals(
        "{\"Event\":{\"EventData\":{\"Data\":{\"#text\":[" + json + "]}}}}",
        Read.one(new EvtxFiles().chunk().record(xml -> unnamed(xml, value))));
  }

  private static void unnamed(EvtxFiles.Xml record, Value value) {
    record.instance(
        "unnamed",
        xml -> xml.open("Event").open("EventData").open("Data").slot(0).close().close().close(),
        value);
  }

  @Test
  void anArrayInAnAttributeIsAList() {
    assertEquals(
        "{\"Event\":{\"#attributes\":{\"a\":\"1,2\"}}}",
        Read.one(
            new EvtxFiles()
                .chunk()
                .record(
                    record ->
                        record.instance(
                            "attribute",
                            xml -> xml.open("Event", "a", 0).close(),
                            Value.of(0x84, 1, 2)))));
  }

  @Test
  void aValueOfAnUnknownTypeIsAFlaw() {
    assertEquals(
        "damaged EVTX record 1: a value of the unknown type 0x42",
        Read.one(new EvtxFiles().chunk().event(Value.of(0x42, 1))));
  }
}
