package dev.iiswarden.scenario;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/**
 * Writes results as the XML that continuous integration servers read ("JUnit XML", as defined by
 * the Ant task {@code junitreport}): one test suite per file and one test case per scenario. Safe
 * for use by several threads.
 */
public final class JunitReport {
  /** The characters that XML 1.0 cannot represent ("Extensible Markup Language", section 2.2). */
  private static final Pattern NO_XML =
      Pattern.compile("[^\\t\\n\\r\\x20-\\uD7FF\\uE000-\\uFFFD\\x{10000}-\\x{10FFFF}]");

  private JunitReport() {}

  /**
   * Writes a report.
   *
   * @throws IOException if the file cannot be written
   */
  public static void write(Path file, List<ScenarioResult> results) throws IOException {
    Map<String, List<ScenarioResult>> byFile =
        results.stream()
            .collect(
                Collectors.groupingBy(
                    result -> result.scenario().file(), TreeMap::new, Collectors.toList()));
    try (OutputStream out = Files.newOutputStream(file)) {
      XMLStreamWriter xml =
          XMLOutputFactory.newDefaultFactory()
              .createXMLStreamWriter(out, StandardCharsets.UTF_8.name());
      xml.writeStartDocument(StandardCharsets.UTF_8.name(), "1.0");
      xml.writeStartElement("testsuites");
      for (Map.Entry<String, List<ScenarioResult>> suite : byFile.entrySet()) {
        writeSuite(xml, suite.getKey(), suite.getValue());
      }
      xml.writeEndElement();
      xml.writeEndDocument();
      xml.close();
    } catch (XMLStreamException e) {
      throw new IOException("cannot write " + file + ": " + e.getMessage(), e);
    }
  }

  private static void writeSuite(XMLStreamWriter xml, String name, List<ScenarioResult> results)
      throws XMLStreamException {
    xml.writeStartElement("testsuite");
    xml.writeAttribute("name", printable(name));
    xml.writeAttribute("tests", Integer.toString(results.size()));
    xml.writeAttribute(
        "failures", Long.toString(results.stream().filter(result -> !result.passed()).count()));
    for (ScenarioResult result : results) {
      xml.writeStartElement("testcase");
      xml.writeAttribute("classname", printable(name));
      xml.writeAttribute("name", printable(result.scenario().name()));
      if (!result.passed()) {
        xml.writeStartElement("failure");
        xml.writeAttribute("message", printable(result.failures().get(0)));
        xml.writeCharacters(printable(result.explanation()));
        xml.writeEndElement();
      }
      xml.writeEndElement();
    }
    xml.writeEndElement();
  }

  private static String printable(String text) {
    return NO_XML.matcher(text).replaceAll("?");
  }
}
