package dev.iiswarden.scenario;

import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.jspecify.annotations.Nullable;

/**
 * An element of an XML document with its line.
 *
 * @param line the line in which its start tag ends, from 1
 * @param name the name without a prefix
 * @param version the attribute of that name; null if there is none
 * @param text the text directly in the element
 * @param children the child elements, in order
 */
record XmlElement(
    int line, String name, @Nullable String version, String text, List<XmlElement> children) {

  private static final int DEEPEST = 100;

  /**
   * Reads a document's root. A document type declaration is rejected, because it could name other
   * files.
   */
  static XmlElement parse(String content) throws XMLStreamException {
    XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
    factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
    XMLStreamReader reader = factory.createXMLStreamReader(new StringReader(content));
    try {
      while (reader.next() != XMLStreamConstants.START_ELEMENT) {
        if (reader.getEventType() == XMLStreamConstants.DTD) {
          throw new XMLStreamException(
              "a document type declaration is not allowed", reader.getLocation());
        }
      }
      XmlElement root = read(reader, 1);
      while (reader.hasNext()) {
        reader.next();
      }
      return root;
    } finally {
      reader.close();
    }
  }

  private static XmlElement read(XMLStreamReader reader, int depth) throws XMLStreamException {
    if (depth > DEEPEST) {
      throw new XMLStreamException("elements are nested too deeply", reader.getLocation());
    }
    int line = reader.getLocation().getLineNumber();
    String name = reader.getLocalName();
    String version = reader.getAttributeValue(null, "version");
    StringBuilder text = new StringBuilder();
    List<XmlElement> children = new ArrayList<>();
    while (reader.next() != XMLStreamConstants.END_ELEMENT) {
      if (reader.isStartElement()) {
        children.add(read(reader, depth + 1));
      } else if (reader.isCharacters()) {
        text.append(reader.getText());
      }
    }
    return new XmlElement(line, name, version, text.toString(), children);
  }

  /** Returns the first element at the end of a path of names from here; null if there is none. */
  @Nullable XmlElement find(String... path) {
    XmlElement found = this;
    for (String step : path) {
      List<XmlElement> next = found.all(step);
      if (next.isEmpty()) {
        return null;
      }
      found = next.get(0);
    }
    return found;
  }

  /** Returns the text of the element that {@link #find} finds; null if it finds none. */
  @Nullable String textOf(String... path) {
    XmlElement found = find(path);
    return found == null ? null : found.text().strip();
  }

  /** Returns all children with this name, in order. */
  List<XmlElement> all(String wanted) {
    return children.stream().filter(child -> child.name.equals(wanted)).toList();
  }
}
