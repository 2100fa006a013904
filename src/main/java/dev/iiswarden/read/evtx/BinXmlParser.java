package dev.iiswarden.read.evtx;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Parses binary XML into elements ([MS-EVEN6], section 2.2.12.1; libevtx, section "Binary XML").
 * Nodes own their text, so that a tree does not depend on the chunk except for instances of
 * templates.
 */
final class BinXmlParser {
  private static final int DEEPEST = 64;
  private static final int MORE = 0x40;

  static final int END_OF_STREAM = 0x00;
  static final int OPEN_ELEMENT = 0x01;
  static final int CLOSE_START = 0x02;
  static final int CLOSE_EMPTY = 0x03;
  static final int END_ELEMENT = 0x04;
  static final int VALUE = 0x05;
  static final int ATTRIBUTE = 0x06;
  static final int CDATA = 0x07;
  static final int CHARACTER = 0x08;
  static final int ENTITY = 0x09;
  static final int PI_TARGET = 0x0a;
  static final int PI_DATA = 0x0b;
  static final int INSTANCE = 0x0c;
  static final int SUBSTITUTION = 0x0d;
  static final int OPTIONAL_SUBSTITUTION = 0x0e;
  static final int FRAGMENT = 0x0f;

  /** The size of a fragment's header: the token, two numbers of the version, flags. */
  private static final int FRAGMENT_HEADER = 4;

  private static final int DEFINITION_HEADER = 24;

  private final Chunk chunk;
  private final Work work;
  private final JsonBuffer text = new JsonBuffer();
  private int at;
  private int end;
  private boolean hasDependencies;

  BinXmlParser(Chunk chunk, Work work) {
    this.chunk = chunk;
    this.work = work;
  }

  /** Returns the offset after what was parsed last. */
  int at() {
    return at;
  }

  /** Parses the definition of a template: its next one, its GUID, its size, and elements. */
  Element[] definition(int start) throws BrokenRecordException {
    int size = chunk.i32(start + 20);
    begin(start + DEFINITION_HEADER, chunk.length());
    if (size < 0 || size > end - at) {
      throw new BrokenRecordException("its template does not lie in its chunk");
    }
    end = at + size;
    hasDependencies = true;
    List<Element> roots = new ArrayList<>();
    while (at < end && token() != END_OF_STREAM) {
      switch (token()) {
        case OPEN_ELEMENT -> roots.add(element(0));
        case FRAGMENT -> at += FRAGMENT_HEADER;
        case PI_TARGET -> skipTarget();
        case PI_DATA -> skipCounted();
        default -> throw unexpected();
      }
    }
    return roots.toArray(Element[]::new);
  }

  /** Parses an element that does not belong to a template. */
  Element element(int start, int limit) throws BrokenRecordException {
    begin(start, limit);
    hasDependencies = !looksPlain(start);
    return element(0);
  }

  /** Skips a fragment's header or a processing instruction, and returns the offset after it. */
  int skip(int start, int limit) throws BrokenRecordException {
    begin(start, limit);
    switch (token()) {
      case FRAGMENT -> at += FRAGMENT_HEADER;
      case PI_TARGET -> skipTarget();
      case PI_DATA -> skipCounted();
      default -> throw unexpected();
    }
    return at;
  }

  /** Returns the offset after an instance's token, template and definition: of its values. */
  int valuesOf(int instance, int limit) throws BrokenRecordException {
    int after = instance + 10;
    int definition = chunk.i32(instance + 6);
    if (definition == after) {
      int size = chunk.i32(definition + 20);
      after += DEFINITION_HEADER;
      if (size < 0 || size > limit - after) {
        throw new BrokenRecordException("its template is longer than the record");
      }
      after += size;
    }
    return after;
  }

  private void begin(int start, int limit) {
    at = start;
    end = limit;
  }

  private int token() throws BrokenRecordException {
    if (at >= end) {
      throw new BrokenRecordException("its binary XML breaks off");
    }
    return chunk.u8(at) & ~MORE;
  }

  private BrokenRecordException unexpected() throws BrokenRecordException {
    return new BrokenRecordException(
        String.format("unexpected token 0x%02x in its binary XML", chunk.u8(at)));
  }

  /**
   * Whether an element has no dependency identifier. Elements outside of templates have none
   * according to [MS-EVEN6], but some writers add it; then the size would be implausible.
   */
  private boolean looksPlain(int start) throws BrokenRecordException {
    int size = chunk.i32(start + 1);
    return size >= 0 && size <= end - start;
  }

  private Element element(int depth) throws BrokenRecordException {
    if (depth == DEEPEST) {
      throw new BrokenRecordException("its elements are nested more than " + DEEPEST + " deep");
    }
    work.use(Work.PARSED_NODE);
    boolean hasAttributes = (chunk.u8(at) & MORE) != 0;
    at += 1 + (hasDependencies ? Short.BYTES : 0) + Integer.BYTES;
    byte[] name = name();
    List<Node.Attribute> attributes = new ArrayList<>();
    if (hasAttributes) {
      at += Integer.BYTES;
      while (token() == ATTRIBUTE) {
        work.use(Work.PARSED_NODE);
        at++;
        byte[] attribute = name();
        attributes.add(new Node.Attribute(attribute, nodes(depth, false)));
      }
    }
    Node[] children = {};
    switch (token()) {
      case CLOSE_START -> {
        at++;
        children = nodes(depth, true);
        if (token() != END_ELEMENT) {
          throw unexpected();
        }
      }
      case CLOSE_EMPTY -> {}
      default -> throw unexpected();
    }
    at++;
    return new Element(name, attributes.toArray(Node.Attribute[]::new), children);
  }

  /** Parses an attribute's value or an element's content, up to a token that belongs to neither. */
  private Node[] nodes(int depth, boolean content) throws BrokenRecordException {
    List<Node> nodes = new ArrayList<>();
    int textStart = text.length();
    while (true) {
      switch (token()) {
        case VALUE -> value();
        case CDATA -> {
          at++;
          counted();
        }
        case CHARACTER -> {
          text.character(chunk.u16(at + 1));
          at += 3;
        }
        case ENTITY -> {
          at++;
          entity(name());
        }
        case SUBSTITUTION, OPTIONAL_SUBSTITUTION -> {
          addText(nodes, textStart);
          work.use(Work.PARSED_NODE);
          nodes.add(new Node.Slot(chunk.u16(at + 1)));
          at += 4;
        }
        case PI_TARGET -> skipTarget();
        case PI_DATA -> skipCounted();
        case OPEN_ELEMENT, INSTANCE, FRAGMENT -> {
          if (!content) {
            throw unexpected();
          }
          addText(nodes, textStart);
          inner(nodes, depth);
        }
        default -> {
          addText(nodes, textStart);
          return nodes.toArray(Node[]::new);
        }
      }
    }
  }

  private void inner(List<Node> nodes, int depth) throws BrokenRecordException {
    switch (token()) {
      case OPEN_ELEMENT -> nodes.add(element(depth + 1));
      case FRAGMENT -> at += FRAGMENT_HEADER;
      default -> {
        work.use(Work.PARSED_NODE);
        int start = at;
        at = endOfInstance(start);
        nodes.add(new Node.Instance(start, at));
      }
    }
  }

  private int endOfInstance(int start) throws BrokenRecordException {
    int values = valuesOf(start, end);
    int count = chunk.i32(values);
    values += Integer.BYTES;
    if (count < 0 || count > (end - values) / Integer.BYTES) {
      throw new BrokenRecordException("its template has more values than bytes");
    }
    int after = values + count * Integer.BYTES;
    for (int i = 0; i < count; i++) {
      after += chunk.u16(values + i * Integer.BYTES);
      if (after > end) {
        throw new BrokenRecordException("its values are longer than the record");
      }
    }
    return after;
  }

  /** Adds the text gathered since an offset as a node, unless it is empty. */
  private void addText(List<Node> nodes, int start) throws BrokenRecordException {
    int length = text.length() - start;
    if (length > 0) {
      work.use(Work.PARSED_NODE + length);
      byte[] json = new byte[length];
      System.arraycopy(text.bytes(), start, json, 0, length);
      text.truncate(start);
      nodes.add(new Node.Text(json));
    }
  }

  private void value() throws BrokenRecordException {
    if (chunk.u8(at + 1) != ValueWriter.STRING) {
      throw new BrokenRecordException(
          String.format("literal value of type 0x%02x in its binary XML", chunk.u8(at + 1)));
    }
    at += 2;
    counted();
  }

  private void entity(byte[] name) throws BrokenRecordException {
    switch (new String(name, StandardCharsets.UTF_8)) {
      case "lt" -> text.put('<');
      case "gt" -> text.put('>');
      case "amp" -> text.put('&');
      case "apos" -> text.put('\'');
      case "quot" -> text.put("\\\"");
      default -> {
        text.put('&');
        text.put(name);
        text.put(';');
      }
    }
  }

  /** Reads text whose number of characters stands before it. */
  private void counted() throws BrokenRecordException {
    int size = 2 * chunk.u16(at);
    at += Short.BYTES;
    if (size > end - at) {
      throw new BrokenRecordException("its text is longer than the record");
    }
    work.use(size);
    text.utf16(chunk.bytes(), at, ValueWriter.withoutTrailingZeros(chunk.bytes(), at, size));
    at += size;
  }

  private void skipCounted() throws BrokenRecordException {
    at += 1 + Short.BYTES + 2 * chunk.u16(at + 1);
  }

  private void skipTarget() throws BrokenRecordException {
    at++;
    name();
  }

  /** Reads the offset of a name and the name, which lies right here or elsewhere in the chunk. */
  private byte[] name() throws BrokenRecordException {
    int offset = chunk.i32(at);
    at += Integer.BYTES;
    int size = 2 * chunk.u16(offset + 6);
    int start = offset + 8;
    if (size > chunk.length() - start) {
      throw new BrokenRecordException("a name does not lie in its chunk");
    }
    if (offset == at) {
      at = start + size + Short.BYTES;
    }
    work.use(size);
    int mark = text.length();
    text.utf16(chunk.bytes(), start, size);
    text.replaceSurrogates(mark);
    byte[] name = new byte[text.length() - mark];
    System.arraycopy(text.bytes(), mark, name, 0, name.length);
    text.truncate(mark);
    return name;
  }

  /** Forgets text of a parse that failed. */
  void reset() {
    text.truncate(0);
  }
}
