package dev.iiswarden.inventory;

import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.StringJoiner;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.jspecify.annotations.Nullable;

/**
 * Reads the components of an IIS configuration file. Only elements and attributes are accepted:
 * document type declarations are rejected, and with them all entities except the five predefined
 * ones.
 */
final class ConfigurationReader {
  private static final int DEEPEST = 64;
  private static final String ROOT = "configuration";

  private static final Set<String> COLLECTED =
      Set.of("add", "filter", "site", "application", "virtualDirectory", "environmentVariable");

  /** The attributes by which IIS tells the elements of a collection apart. */
  private static final String[] KEYS = {"name", "fullPath", "arguments", "path", "verb"};

  private static final XMLInputFactory XML = XMLInputFactory.newDefaultFactory();

  static {
    XML.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    XML.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
    XML.setProperty(XMLInputFactory.IS_NAMESPACE_AWARE, false);
  }

  private final String file;
  private final @Nullable Path folder;
  private final XMLStreamReader xml;
  private final List<Component> components = new ArrayList<>();

  /** The present element and those around it; the root and {@code location} have no name here. */
  private final Deque<Step> steps;

  private final String root;
  private String location;
  private int depth;

  private record Step(String element, String withKey) {
    static final Step NAMELESS = new Step("", "");
  }

  /**
   * Creates a reader.
   *
   * @param root the expected root: {@code configuration}, or a section that has a file of its own
   * @param around the elements around the root, in the file that names this one
   * @param location the path of the {@code location} element there
   */
  private ConfigurationReader(
      String file,
      @Nullable Path folder,
      String text,
      String root,
      Deque<Step> around,
      String location)
      throws XMLStreamException {
    this.file = file;
    this.folder = folder;
    this.root = root;
    this.location = location;
    steps = new ArrayDeque<>(around);
    xml = XML.createXMLStreamReader(new StringReader(text));
  }

  /**
   * Reads a file.
   *
   * @param file its name, for components and messages
   * @param folder the folder with the files that {@code configSource} may name; null if none can be
   *     read
   */
  static List<Component> read(String file, byte[] bytes, @Nullable Path folder)
      throws InventoryException {
    return read(file, bytes, folder, ROOT, new ArrayDeque<>(), "");
  }

  private static List<Component> read(
      String file,
      byte[] bytes,
      @Nullable Path folder,
      String root,
      Deque<Step> around,
      String location)
      throws InventoryException {
    String text = ConfigurationText.decode(file, bytes);
    requireNoDoctype(file, text);
    try {
      ConfigurationReader reader =
          new ConfigurationReader(file, folder, text, root, around, location);
      reader.readAll();
      return reader.components;
    } catch (XMLStreamException e) {
      throw malformed(file, text, e);
    }
  }

  /** The JDK's parser would read an unfinished declaration aloud on standard error. */
  private static void requireNoDoctype(String file, String text) throws InventoryException {
    int at = 0;
    while (at >= 0 && at < text.length()) {
      if (Character.isWhitespace(text.charAt(at))) {
        at++;
      } else if (text.startsWith("<?", at)) {
        at = after("?>", text, at);
      } else if (text.startsWith("<!--", at)) {
        at = after("-->", text, at + 4);
      } else if (text.startsWith("<!DOCTYPE", at)) {
        throw new InventoryException(
            file,
            1 + (int) text.substring(0, at).chars().filter(c -> c == '\n').count(),
            "a document type declaration, which is not read because it can fetch files and grow"
                + " without bound; remove it");
      } else {
        return;
      }
    }
  }

  /** The place after a mark; -1 if there is none. */
  private static int after(String mark, String text, int from) {
    int found = text.indexOf(mark, from);
    return found < 0 ? -1 : found + mark.length();
  }

  private static InventoryException malformed(String file, String text, XMLStreamException e) {
    int line = e.getLocation() == null ? 0 : Math.max(0, e.getLocation().getLineNumber());
    if (!text.stripLeading().startsWith("<")) {
      return new InventoryException(
          file, 1, "not XML; name a configuration file such as applicationHost.config");
    }
    String all = String.valueOf(e.getMessage());
    // The JDK puts the location on the first line and the reason after a label.
    int message = all.indexOf("Message: ");
    return new InventoryException(
        file,
        line,
        "not valid XML: "
            + (message < 0 ? all : all.substring(message + 9)).strip()
            + " IIS could not read it either: if it does, copy the file again");
  }

  private void readAll() throws XMLStreamException, InventoryException {
    while (xml.hasNext()) {
      switch (xml.next()) {
        case XMLStreamConstants.START_ELEMENT -> start();
        case XMLStreamConstants.END_ELEMENT -> end();
        case XMLStreamConstants.ENTITY_REFERENCE ->
            throw failed("an entity other than XML's predefined ones; write its text instead");
        default -> {}
      }
    }
  }

  private InventoryException failed(String reason) {
    return new InventoryException(file, xml.getLocation().getLineNumber(), reason);
  }

  private void start() throws InventoryException {
    depth++;
    if (depth > DEEPEST) {
      throw failed("elements nested deeper than " + DEEPEST + ", which IIS never writes");
    }
    String element = withoutPrefix(xml.getLocalName());
    if (depth == 1) {
      requireRoot(element);
    }
    if (isNameless(element)) {
      String path = attribute("path");
      location = depth == 1 || path == null ? location : path;
      steps.addLast(Step.NAMELESS);
      return;
    }
    if (element.equals("EncryptedData") && Section.leadsSomewhere(path())) {
      throw encrypted();
    }
    steps.addLast(new Step(element, COLLECTED.contains(element) ? element + key() : element));
    String path = path();
    if (!Section.leadsSomewhere(path)) {
      return;
    }
    if (attribute("configProtectionProvider") != null) {
      throw encrypted();
    }
    String source = attribute("configSource");
    if (source != null) {
      readSource(element, source);
    }
    for (Section section : Section.at(path)) {
      add(section);
    }
  }

  private InventoryException encrypted() {
    return failed(
        "the section " + path() + " is encrypted; decrypt a copy with aspnet_regiis -pdf");
  }

  /** Whether an element has no place in the path of those within it. */
  private boolean isNameless(String element) {
    return root.equals(ROOT) && (depth == 1 || (depth == 2 && element.equals("location")));
  }

  private void requireRoot(String element) throws InventoryException {
    if (!element.equals(root)) {
      throw failed(
          "the root element is "
              + element
              + ", not "
              + root
              + "; name a configuration file such as applicationHost.config or web.config");
    }
  }

  private void end() {
    if (depth == 2 && root.equals(ROOT)) {
      location = "";
    }
    depth--;
    steps.removeLast();
  }

  private void add(Section section) {
    String value = attribute(section.value());
    String name = section.name().isEmpty() ? "" : attribute(section.name());
    if (value == null || value.isBlank() || !section.isInUse(attribute(section.mark()))) {
      return;
    }
    ComponentKind kind = section.kind();
    if (kind == ComponentKind.ENVIRONMENT_VARIABLE
        && !CodeVariables.isKnown(String.valueOf(name))) {
      return;
    }
    components.add(
        new Component(
            kind,
            kind == ComponentKind.SITE ? siteAnd(name) : name == null ? "" : name,
            configuration() + "/@" + section.value(),
            value,
            location,
            file,
            Math.max(1, xml.getLocation().getLineNumber())));
  }

  /** The names of the site and of the paths within it, such as {@code Default Web Site/shop}. */
  private String siteAnd(@Nullable String path) {
    StringBuilder names = new StringBuilder();
    for (Step step : steps) {
      int quote = step.withKey.indexOf("=\"");
      if ((step.element.equals("site") || step.element.equals("application")) && quote >= 0) {
        String name = step.withKey.substring(quote + 2, step.withKey.lastIndexOf('"'));
        names.append(name.equals("/") ? "" : name);
      }
    }
    return names + (path == null || path.equals("/") ? "" : path);
  }

  /** Reads the file that has the section instead of this one, as IIS does. */
  private void readSource(String element, String source) throws InventoryException {
    Path named = folder == null ? null : inFolder(folder, source);
    if (named == null || !Files.isRegularFile(named)) {
      throw failed(
          "the section "
              + path()
              + " is in "
              + source
              + ", which is not there; copy that file to the folder of this one");
    }
    Deque<Step> around = new ArrayDeque<>(steps);
    around.removeLast();
    String name = sibling(source);
    try {
      components.addAll(read(name, Inventory.bytes(name, named), null, element, around, location));
    } catch (InventoryException e) {
      throw e;
    } catch (IOException e) {
      throw failed("the section is in " + source + ", which cannot be read: " + e.getMessage());
    }
  }

  private String sibling(String source) {
    int slash = Math.max(file.lastIndexOf('/'), file.lastIndexOf('\\'));
    return file.substring(0, slash + 1) + source;
  }

  /** The file that is named; null if it is not in the folder or below it. */
  private static @Nullable Path inFolder(Path folder, String source) {
    try {
      Path base = folder.toAbsolutePath().normalize();
      Path named = base.resolve(source.replace('\\', '/')).normalize();
      return named.startsWith(base) ? named : null;
    } catch (InvalidPathException e) {
      return null;
    }
  }

  /** The names of the elements from below {@code configuration}, separated by slashes. */
  private String path() {
    StringJoiner path = new StringJoiner("/");
    for (Step step : steps) {
      if (!step.element.isEmpty()) {
        path.add(step.element);
      }
    }
    return path.toString();
  }

  private String configuration() {
    StringBuilder path = new StringBuilder();
    for (Step step : steps) {
      if (!step.element.isEmpty()) {
        path.append('/').append(step.withKey);
      }
    }
    return path.toString();
  }

  /** What tells an element from others of its collection, such as {@code [@name="X"]}. */
  private String key() {
    StringJoiner key = new StringJoiner(",", "[", "]").setEmptyValue("");
    for (String name : KEYS) {
      String value = attribute(name);
      if (value != null) {
        key.add("@" + name + "=\"" + value + "\"");
        if (name.equals("name")) {
          break;
        }
      }
    }
    return key.toString();
  }

  private @Nullable String attribute(String name) {
    for (int i = 0; i < xml.getAttributeCount(); i++) {
      if (withoutPrefix(xml.getAttributeLocalName(i)).equals(name)) {
        return xml.getAttributeValue(i);
      }
    }
    return null;
  }

  /** The parser does not know namespaces, so that a prefix that nobody declared is no error. */
  private static String withoutPrefix(String name) {
    return name.substring(name.indexOf(':') + 1);
  }
}
