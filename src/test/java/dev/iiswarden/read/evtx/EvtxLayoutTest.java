package dev.iiswarden.read.evtx;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.iiswarden.read.evtx.EvtxFiles.Value;
import dev.iiswarden.read.evtx.EvtxFiles.Xml;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** Elements, attributes and text become JSON in the layout of {@code evtx_dump}. */
class EvtxLayoutTest {
  private static String render(Consumer<Xml> definition, Value... values) {
    return Read.one(
        new EvtxFiles().chunk().record(xml -> xml.fragment().instance("t", definition, values)));
  }

  @Test
  void systemFieldsHaveAttributesTextAndNumbers() {
    assertEquals(
        "{\"Event\":{\"System\":{\"Provider\":{\"#attributes\":{\"Name\":\"P\"}},"
            + "\"EventID\":{\"#attributes\":{\"Qualifiers\":32768},\"#text\":6009},"
            + "\"Version\":null,\"Level\":4,\"Correlation\":null}}}",
        render(
            xml ->
                xml.open("Event")
                    .open("System")
                    .open("Provider", "Name", "P", "Guid", 0)
                    .close()
                    .open("EventID", "Qualifiers", 1)
                    .slot(2)
                    .close()
                    .open("Version")
                    .slot(0)
                    .close()
                    .open("Level")
                    .slot(3)
                    .close()
                    .open("Correlation", "ActivityID", 0)
                    .close()
                    .close()
                    .close(),
            Value.of(0),
            Value.number(0x06, 2, 32_768),
            Value.number(0x06, 2, 6_009),
            Value.of(0x04, 4)));
  }

  @Test
  void oneDataElementWithoutANameIsAValue() {
    assertEquals(
        "{\"Event\":{\"EventData\":{\"Data\":{\"#text\":\"a\"},\"Binary\":null}}}",
        render(
            xml ->
                xml.open("Event")
                    .open("EventData")
                    .element("Data", "a")
                    .open("Binary")
                    .close()
                    .close()
                    .close()));
  }

  @Test
  void dataElementsWithoutNamesAreAnArrayAndEmptyOnesRemain() {
    assertEquals(
        "{\"Event\":{\"EventData\":{\"Data\":{\"#text\":[\"a\",\"\",1,\"x\",\"y\"]}}}}",
        render(
            xml ->
                xml.open("Event")
                    .open("EventData")
                    .element("Data", "a")
                    .open("Data")
                    .close()
                    .open("Data")
                    .slot(0)
                    .close()
                    .open("Data")
                    .slot(1)
                    .close()
                    .close()
                    .close(),
            Value.of(0x04, 1),
            Value.text(0x81, "x\0y\0")));
  }

  @Test
  void aSecondElementOfANameGetsANumber() {
    assertEquals(
        "{\"Event\":{\"UserData\":{\"X\":{\"a\":\"1\",\"a_1\":\"2\",\"b\":null,\"a_2\":\"3\"}}}}",
        render(
            xml ->
                xml.open("Event")
                    .open("UserData")
                    .open("X")
                    .element("a", "1")
                    .element("a", "2")
                    .open("b")
                    .close()
                    .element("a", "3")
                    .close()
                    .close()
                    .close()));
  }

  @Test
  void aSecondFieldOfANameGetsANumberToo() {
    assertEquals(
        "{\"Event\":{\"EventData\":{\"n\":\"1\",\"n_1\":\"2\",\"Data\":\"3\",\"m\":4,\"m_1\":5}}}",
        render(
            xml ->
                xml.open("Event")
                    .open("EventData")
                    .open("Data", "Name", "n")
                    .text("1")
                    .close()
                    .open("Data", "Name", 0)
                    .text("2")
                    .close()
                    .element("Data", "3")
                    .open("Data", "Name", "m")
                    .slot(1)
                    .close()
                    .close()
                    .close(),
            Value.text("n"),
            Value.of(0x84, 4, 5)));
  }

  @Test
  void namesHaveNoLoneSurrogates() {
    assertEquals(
        "{\"Event\":{\"EventData\":{\"a\ufffd\\\\ud800\":\"1\"},\"b\":null}}",
        render(
            xml ->
                xml.open("Event")
                    .open("EventData")
                    .open("Data", "Name", 0)
                    .text("1")
                    .close()
                    .close()
                    .open("b")
                    .close()
                    .close(),
            Value.of(0x01, 'a', 0, 0, 0xd8, '\\', 0, 'u', 0, 'd', 0, '8', 0, '0', 0, '0', 0)));
  }

  @Test
  void textMayConsistOfParts() {
    assertEquals(
        "{\"Event\":\"a<b>&\\\"'&x;\u00e9 7 c\"}",
        render(
            xml ->
                xml.open("Event")
                    .text("a")
                    .entity("lt")
                    .cdata("b")
                    .entity("gt")
                    .entity("amp")
                    .entity("quot")
                    .entity("apos")
                    .entity("x")
                    .character(0xe9)
                    .instruction("target", "data")
                    .text(" ")
                    .slot(0)
                    .text(" c")
                    .close(),
            Value.of(0x04, 7)));
  }

  @Test
  void aValueMayBeBinaryXml() {
    Value inner =
        Value.xml(
            xml ->
                xml.fragment()
                    .instance(
                        "inner",
                        inside ->
                            inside
                                .open("EventData")
                                .open("Data", "Name", "a")
                                .slot(0)
                                .close()
                                .close(),
                        Value.text("b"))
                    .eof());
    Consumer<Xml> outer = xml -> xml.open("Event").element("System", "s").slot(0).slot(1).close();
    assertEquals(
        "{\"Event\":{\"System\":\"s\",\"EventData\":{\"a\":\"b\"}}}",
        render(outer, inner, Value.of(0x21)));
  }

  @Test
  void binaryXmlMayBeAnElementWithoutATemplate() {
    assertEquals(
        "{\"Event\":{\"UserData\":{\"x\":\"1\",\"x_1\":\"2\"}}}",
        render(
            xml -> xml.open("Event").open("UserData").slot(0).close().close(),
            Value.xml(xml -> xml.fragment().element("x", "1").element("x", "2").eof())));
  }

  @Test
  void aRecordMayHaveNoTemplate() {
    assertEquals(
        "{\"Event\":{\"a\":\"1\"}}",
        Read.one(
            new EvtxFiles()
                .chunk()
                .record(xml -> xml.fragment().open("Event").element("a", "1").close().eof())));
  }

  @Test
  void templatesAreSharedWithinAChunkOnly() {
    EvtxFiles file = new EvtxFiles(2).chunk();
    file.event(Value.text("a")).event(Value.text("b"));
    file.chunk().event(Value.text("c"), Value.text("d")).event(Value.text("e"));
    String before =
        "{\"Event\":{\"#attributes\":{\"xmlns\":\"urn:events\"},\"EventData\":{\"v0\":\"";
    assertEquals(
        new Read(
            List.of(
                before + "a\"}}}",
                before + "b\"}}}",
                before + "c\",\"v1\":\"d\"}}}",
                before + "e\"}}}"),
            "end",
            0,
            0),
        Read.of(file.bytes()));
  }
}
