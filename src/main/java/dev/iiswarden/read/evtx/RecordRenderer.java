package dev.iiswarden.read.evtx;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Renders records as JSON in the layout of {@code evtx_dump -o jsonl}:
 *
 * <ul>
 *   <li>An element is a member of its parent's object. Its value is {@code null} if it is empty,
 *       its text if it has nothing else, and otherwise an object with {@code #attributes}, {@code
 *       #text} and the elements inside. The second element of a name is called {@code Name_1}.
 *   <li>In {@code EventData} and {@code UserData}, {@code Data} elements with a {@code Name} are
 *       members of that name. If none has a name, they are the array {@code Data.#text}.
 *   <li>Integers and booleans are JSON values of that kind, all others are strings.
 *   <li>An element whose value is an array is repeated for each value.
 * </ul>
 */
final class RecordRenderer {
  private static final int DEEPEST = 96;
  private static final byte[] DATA = "Data".getBytes(StandardCharsets.US_ASCII);

  private final Chunk chunk;
  private final JsonBuffer out = new JsonBuffer();
  private final Work work = new Work();
  private final BinXmlParser parser;
  private final TemplateCache templates;
  private final Values values;
  private final ContentWriter content;
  private final ArrayValues arrays;
  private int depth;

  RecordRenderer(Chunk chunk) {
    this.chunk = chunk;
    parser = new BinXmlParser(chunk, work);
    templates = new TemplateCache(chunk, parser);
    values = new Values(chunk);
    ValueWriter writer = new ValueWriter(chunk, out);
    arrays = new ArrayValues(chunk, values, writer);
    content = new ContentWriter(values, arrays, writer, out, work);
  }

  /** Starts on another chunk. */
  void begin() {
    work.begin();
    templates.begin();
  }

  byte[] bytes() {
    return out.bytes();
  }

  int length() {
    return out.length();
  }

  /** Drops what has been rendered. */
  void clear() {
    out.truncate(0);
  }

  /**
   * Renders the record with this content.
   *
   * @throws BrokenRecordException if it is damaged; what is rendered by then is no valid JSON
   */
  void render(int start, int end) throws BrokenRecordException {
    out.truncate(0);
    parser.reset();
    values.clear();
    depth = 0;
    out.put('{');
    members(start, end, null, false);
    if (out.length() == 1) {
      throw new BrokenRecordException("it holds no event");
    }
    out.put('}');
    work.use(out.length());
  }

  /** Writes the elements of binary XML as members of the object that is being written. */
  private void members(int start, int end, @Nullable MemberNames outer, boolean inContainer)
      throws BrokenRecordException {
    MemberNames names = outer;
    int before = out.length();
    int at = start;
    while (at < end && chunk.u8(at) != BinXmlParser.END_OF_STREAM) {
      if (names == null && out.length() > before) {
        // More than one element, which is rare enough to look at what the first is called.
        names = MemberNames.startingWith(out, before);
      }
      work.use(Work.RENDERED_NODE);
      int token = chunk.u8(at);
      if (token == BinXmlParser.INSTANCE) {
        at = instance(at, end, names, inContainer);
      } else if ((token & ~0x40) == BinXmlParser.OPEN_ELEMENT) {
        Element element = parser.element(at, end);
        at = parser.at();
        int base = values.base();
        values.enterNone();
        member(element, names, inContainer);
        values.leave(base);
      } else {
        at = parser.skip(at, end);
      }
    }
  }

  /** Writes an instance of a template, and returns the offset after it. */
  private int instance(int start, int end, @Nullable MemberNames names, boolean inContainer)
      throws BrokenRecordException {
    Element[] template = templates.get(chunk.i32(start + 6), chunk.i32(start + 2));
    int base = values.base();
    int after = values.enter(parser.valuesOf(start, end), end);
    for (Element root : template) {
      member(root, names, inContainer);
    }
    values.leave(base);
    return after;
  }

  /** Writes an element as a member, or as several if its value is an array. */
  private void member(Element element, @Nullable MemberNames names, boolean inContainer)
      throws BrokenRecordException {
    int array = arrays.slotOf(element);
    if (array < 0) {
      member(element, names, inContainer, 0);
      return;
    }
    int type = values.type(array);
    int start = values.start(array);
    int size = values.size(array);
    int at = start;
    for (int i = 0; at < start + size; i++) {
      at = arrays.select(array, type, at, start + size);
      member(element, names, inContainer, i);
    }
    values.set(array, type, start, size);
  }

  private void member(
      Element element, @Nullable MemberNames names, boolean inContainer, int repetition)
      throws BrokenRecordException {
    work.use(Work.RENDERED_NODE);
    if (++depth > DEEPEST) {
      throw new BrokenRecordException("its elements are nested more than " + DEEPEST + " deep");
    }
    out.comma();
    out.put('"');
    int key = out.length();
    boolean isField = inContainer && element.isData;
    Node[] nameAttribute = element.nameAttribute;
    if (isField && nameAttribute != null && content.hasText(nameAttribute)) {
      content.text(nameAttribute);
      out.replaceSurrogates(key);
    } else {
      out.put(element.name);
    }
    int suffix = names == null ? repetition : names.timesSeen(out, key);
    if (suffix > 0) {
      out.put('_');
      out.unsigned(suffix);
    }
    out.put('"');
    out.put(':');
    value(element, isField);
    depth--;
  }

  /**
   * Writes the value of an element.
   *
   * @param isField whether it is a field of the event: its attributes are not part of the value,
   *     and it is never null
   */
  private void value(Element element, boolean isField) throws BrokenRecordException {
    work.use(Work.RENDERED_NODE * (1 + element.attributes.length + element.children.length));
    boolean hasElements = content.hasElements(element.children);
    boolean hasText = content.hasText(element.children);
    boolean hasAttributes = !isField && content.hasAttributes(element);
    if (hasElements || hasAttributes) {
      out.put('{');
      if (hasAttributes) {
        attributes(element);
      }
      if (hasText) {
        out.comma();
        out.put("\"#text\":");
        content.scalar(element.children);
      }
      if (hasElements) {
        children(element);
      }
      out.put('}');
    } else if (hasText) {
      content.scalar(element.children);
    } else {
      out.put(isField ? "\"\"" : "null");
    }
  }

  private void attributes(Element element) throws BrokenRecordException {
    out.put("\"#attributes\":{");
    for (Node.Attribute attribute : element.attributes) {
      if (content.hasText(attribute.value)) {
        out.comma();
        out.put('"');
        out.put(attribute.name);
        out.put('"');
        out.put(':');
        content.scalar(attribute.value);
      }
    }
    out.put('}');
  }

  private void children(Element element) throws BrokenRecordException {
    MemberNames names = element.hasDistinctNames ? null : new MemberNames();
    boolean unnamed = element.isContainer && !hasNamedData(element);
    boolean wroteUnnamed = false;
    for (Node child : element.children) {
      work.use(Work.RENDERED_NODE);
      if (child instanceof Element inner) {
        if (!unnamed || !inner.isData) {
          member(inner, names, element.isContainer);
        } else if (!wroteUnnamed) {
          wroteUnnamed = true;
          unnamedData(element);
        }
      } else if (child instanceof Node.Slot slot) {
        if (values.isBinaryXml(slot.index)) {
          int start = values.start(slot.index);
          members(start, start + values.size(slot.index), names, element.isContainer);
        }
      } else if (child instanceof Node.Instance nested) {
        instance(nested.start, nested.end, names, element.isContainer);
      }
    }
  }

  private boolean hasNamedData(Element element) {
    for (Node child : element.children) {
      if (child instanceof Element inner
          && inner.isData
          && inner.nameAttribute != null
          && content.hasText(inner.nameAttribute)) {
        return true;
      }
    }
    return false;
  }

  /** Writes {@code Data} elements without names: one as a value, several as an array. */
  private void unnamedData(Element container) throws BrokenRecordException {
    out.comma();
    out.put('"');
    out.put(DATA);
    out.put("\":{\"#text\":");
    int bracket = out.length();
    out.put('[');
    int count = 0;
    for (Node child : container.children) {
      if (child instanceof Element inner && inner.isData) {
        count += elements(inner);
      }
    }
    if (count > 1) {
      out.put(']');
    } else {
      out.remove(bracket);
    }
    out.put('}');
  }

  /** Writes an element of an array, or several if its value is an array, and counts them. */
  private int elements(Element element) throws BrokenRecordException {
    int array = arrays.slotOf(element);
    if (array < 0) {
      work.use(Work.RENDERED_NODE);
      out.comma();
      value(element, true);
      return 1;
    }
    int type = values.type(array);
    int start = values.start(array);
    int size = values.size(array);
    int at = start;
    int count = 0;
    while (at < start + size) {
      work.use(Work.RENDERED_NODE);
      at = arrays.select(array, type, at, start + size);
      out.comma();
      value(element, true);
      count++;
    }
    values.set(array, type, start, size);
    return count;
  }
}
