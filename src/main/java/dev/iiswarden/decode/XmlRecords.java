package dev.iiswarden.decode;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.jspecify.annotations.Nullable;

/**
 * Reads the fields of a record of Windows Event XML ("Event Schema", Windows Event Log reference).
 * Only elements, attributes and text are accepted. Document type declarations are rejected, and
 * with them all entities except the five predefined ones.
 */
final class XmlRecords {
  /** Deeper than any event nests. */
  private static final int DEEPEST = 32;

  private static final int SECTION = 2;

  private static final Pattern EVENT_END = Pattern.compile("</(?:[\\w.-]+:)?Event>");

  /**
   * The JDK's own factory, whatever else is on the class path. Threads may share it after its
   * setup, because it creates a new reader each time.
   */
  private static final XMLInputFactory XML = XMLInputFactory.newDefaultFactory();

  static {
    XML.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    XML.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
    XML.setProperty(XMLInputFactory.IS_NAMESPACE_AWARE, false);
    XML.setProperty(XMLInputFactory.IS_COALESCING, true);
  }

  private final XMLStreamReader reader;
  private final FieldValues values;
  private @Nullable String section;
  private int depth;

  /** Whether the data of the event has been read to its end. */
  private boolean hasData;

  private XmlRecords(XMLStreamReader reader, FieldValues values) {
    this.reader = reader;
    this.values = values;
  }

  /** Reads a record, which must be one {@code Event} element. */
  static FieldValues read(byte[] text, int offset, int length) throws MalformedRecordException {
    // Parse text, not bytes: for bytes that are not UTF-8 the JDK would write to standard error.
    return read(new String(text, offset, length, StandardCharsets.UTF_8));
  }

  /**
   * Reads a record, which must be one {@code Event} element. Characters that XML forbids are left
   * out. If the element is cut off after its data, what there is counts: Windows and syslog cut
   * long records in the text at their end.
   */
  static FieldValues read(String record) throws MalformedRecordException {
    try {
      return readEvent(record);
    } catch (MalformedRecordException e) {
      String allowed = XmlText.allowed(record);
      if (allowed.length() == record.length()) {
        throw e;
      }
      return readEvent(allowed);
    }
  }

  private static FieldValues readEvent(String text) throws MalformedRecordException {
    FieldValues values = new FieldValues();
    XmlRecords record = null;
    try {
      record = new XmlRecords(XML.createXMLStreamReader(new StringReader(text)), values);
      record.readAll("Event", 0);
    } catch (XMLStreamException e) {
      boolean isCutOff = record != null && record.hasData && !EVENT_END.matcher(text).find();
      if (!isCutOff) {
        throw malformed(e);
      }
    }
    return values;
  }

  /**
   * Adds the values of an {@code EventData} element, which may be the root or nested in another.
   */
  static void readEventData(String text, FieldValues values) throws MalformedRecordException {
    try {
      XMLStreamReader reader = XML.createXMLStreamReader(new StringReader(XmlText.allowed(text)));
      XmlRecords record = new XmlRecords(reader, values);
      record.section = "EventData";
      record.readAll("", SECTION);
    } catch (XMLStreamException e) {
      throw malformed(e);
    }
  }

  /**
   * Returns the children of an element without a {@code System} part, as NXLog's {@code to_xml}
   * writes an event: each field is an element with text.
   */
  static ObjectNode readFlat(String element) throws MalformedRecordException {
    ObjectNode object = JsonNodeFactory.instance.objectNode();
    try {
      XMLStreamReader reader =
          XML.createXMLStreamReader(new StringReader(XmlText.allowed(element)));
      reader.nextTag();
      while (reader.hasNext()) {
        if (reader.next() == XMLStreamConstants.START_ELEMENT) {
          String name = withoutPrefix(reader.getLocalName());
          String text = reader.getElementText();
          if (!object.has(name)) {
            object.put(name, text);
          }
        }
      }
    } catch (XMLStreamException e) {
      // An element with children of its own: this is no event in that form.
      return object;
    }
    return object;
  }

  /** Returns the texts of elements that follow one another, which have no root. */
  static List<String> readTexts(String elements) throws MalformedRecordException {
    List<String> texts = new ArrayList<>();
    try {
      String document = "<texts>" + XmlText.allowed(elements) + "</texts>";
      XMLStreamReader reader = XML.createXMLStreamReader(new StringReader(document));
      reader.nextTag();
      while (reader.nextTag() == XMLStreamConstants.START_ELEMENT) {
        texts.add(reader.getElementText());
      }
    } catch (XMLStreamException e) {
      throw malformed(e);
    }
    return texts;
  }

  private static MalformedRecordException malformed(XMLStreamException e) {
    int column = e.getLocation() == null ? 0 : Math.max(0, e.getLocation().getCharacterOffset());
    String text = String.valueOf(e.getMessage());
    // The JDK puts the location on the first line and the reason after a label.
    int message = text.indexOf("Message: ");
    return new MalformedRecordException(
        "not valid XML: " + (message < 0 ? text : text.substring(message + 9)), column);
  }

  private void readAll(String root, int startDepth)
      throws XMLStreamException, MalformedRecordException {
    depth = startDepth;
    while (reader.hasNext()) {
      switch (reader.next()) {
        case XMLStreamConstants.START_ELEMENT -> start(root);
        case XMLStreamConstants.END_ELEMENT -> end();
        case XMLStreamConstants.DTD ->
            throw new MalformedRecordException("a document type declaration, which is not allowed");
        case XMLStreamConstants.ENTITY_REFERENCE ->
            throw new MalformedRecordException("an entity other than XML's predefined ones");
        default -> {}
      }
    }
  }

  private void end() {
    hasData |= depth == SECTION && "EventData".equals(section);
    depth--;
  }

  private void start(String root) throws XMLStreamException, MalformedRecordException {
    depth++;
    String element = withoutPrefix(reader.getLocalName());
    if (depth == 1 && !root.isEmpty() && !element.equals(root)) {
      throw new MalformedRecordException(
          "the root element is "
              + element
              + ", not Event; pass an event that spans several lines as one record");
    }
    if (depth > DEEPEST) {
      throw new MalformedRecordException("elements nested deeper than " + DEEPEST);
    }
    if (depth == SECTION) {
      section = element;
    } else if (depth > SECTION && section != null) {
      switch (section) {
        case "System" -> system(element);
        case "EventData" -> data(element);
        default -> {}
      }
    }
  }

  /** The parser does not know namespaces, because they would cost time in every record. */
  private static String withoutPrefix(String name) {
    return name.substring(name.indexOf(':') + 1);
  }

  private void system(String element) throws XMLStreamException {
    switch (element) {
      case "EventID" -> {
        addText(Field.SYSTEM_EVENT_ID);
        WindowsMapping.noteInterest(values, Field.SYSTEM_EVENT_ID);
      }
      case "Channel" -> addText(Field.CHANNEL);
      case "EventRecordID" -> addText(Field.RECORD_ID);
      case "Computer" -> addText(Field.COMPUTER);
      case "Provider" -> addAttribute(Field.PROVIDER, "Name");
      case "TimeCreated" -> addAttribute(Field.SYSTEM_TIME, "SystemTime");
      case "Execution" -> addAttribute(Field.LOGGING_PROCESS_ID, "ProcessID");
      case "Security" -> addAttribute(Field.USER_ID, "UserID");
      default -> {}
    }
  }

  private void data(String element) throws XMLStreamException {
    String name = element.equals("Data") ? reader.getAttributeValue(null, "Name") : null;
    Field field = name == null || values.isOfNoInterest() ? null : Field.ofData(name);
    if (field != null) {
      addText(field);
    }
  }

  private void addAttribute(Field field, String attribute) {
    String value = reader.getAttributeValue(null, attribute);
    if (value != null) {
      values.add(field, value);
    }
  }

  private void addText(Field field) throws XMLStreamException {
    String text = reader.getElementText();
    depth--;
    if (!text.isBlank()) {
      values.add(field, text);
    }
  }
}
