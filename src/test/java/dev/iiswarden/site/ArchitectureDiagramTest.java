package dev.iiswarden.site;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/** The architecture diagram shows the existing packages and the calls between them. */
class ArchitectureDiagramTest {
  private static final Path DIAGRAM = Path.of("docs", "architecture.svg");
  private static final Path FOUND = Path.of("target", "architecture.svg");

  private final PackageDependencies dependencies = new PackageDependencies();

  @Test
  void thePictureIsWhatTheClassesSay() throws IOException {
    String found = ArchitectureDiagram.of(dependencies);
    Files.createDirectories(FOUND.getParent());
    Files.writeString(FOUND, found);
    assertEquals(
        found,
        Files.readString(DIAGRAM),
        "docs/architecture.svg is out of date: take target/architecture.svg if that is meant");
  }

  @Test
  void everyPackageAndEveryCallIsDrawnAndNoOther() throws Exception {
    Document svg =
        DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(DIAGRAM.toFile());
    Set<String> boxes = new TreeSet<>();
    for (Element box : elements(svg, "g")) {
      boxes.add(box.getAttribute("data-package"));
    }
    Set<String> arrows = new TreeSet<>();
    for (Element arrow : elements(svg, "line")) {
      arrows.add(arrow.getAttribute("data-from") + " -> " + arrow.getAttribute("data-to"));
    }
    Set<String> calls = new TreeSet<>();
    for (String name : dependencies.packages()) {
      dependencies.calledBy(name).forEach(called -> calls.add(name + " -> " + called));
    }
    assertEquals(dependencies.packages(), boxes);
    assertEquals(calls, arrows);
    assertTrue(calls.contains("cli -> kafka"), calls::toString);
    // This dependency follows from cli -> scenario -> dev.iiswarden.
    assertTrue(!calls.contains("cli -> dev.iiswarden"), calls::toString);
  }

  private static Iterable<Element> elements(Document svg, String name) {
    NodeList found = svg.getElementsByTagName(name);
    return () ->
        java.util.stream.IntStream.range(0, found.getLength())
            .mapToObj(i -> (Element) found.item(i))
            .iterator();
  }
}
