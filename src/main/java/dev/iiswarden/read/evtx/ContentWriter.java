package dev.iiswarden.read.evtx;

/** Writes the text of elements and attributes, which are literals and values of the record. */
final class ContentWriter {
  private final Values values;
  private final ArrayValues arrays;
  private final ValueWriter writer;
  private final JsonBuffer out;
  private final Work work;

  ContentWriter(Values values, ArrayValues arrays, ValueWriter writer, JsonBuffer out, Work work) {
    this.values = values;
    this.arrays = arrays;
    this.writer = writer;
    this.out = out;
    this.work = work;
  }

  /** Whether any attribute has a value. */
  boolean hasAttributes(Element element) {
    for (Node.Attribute attribute : element.attributes) {
      if (hasText(attribute.value)) {
        return true;
      }
    }
    return false;
  }

  /** Whether there are elements among these nodes. */
  boolean hasElements(Node[] nodes) {
    for (Node node : nodes) {
      if (node instanceof Element
          || node instanceof Node.Instance
          || (node instanceof Node.Slot slot && values.isBinaryXml(slot.index))) {
        return true;
      }
    }
    return false;
  }

  /** Whether there is text among these nodes. */
  boolean hasText(Node[] nodes) {
    for (Node node : nodes) {
      if (isText(node)) {
        return true;
      }
    }
    return false;
  }

  private boolean isText(Node node) {
    return node instanceof Node.Text
        || (node instanceof Node.Slot slot
            && !values.isEmpty(slot.index)
            && !values.isBinaryXml(slot.index));
  }

  /** Writes text, or a number or boolean if there is nothing else. */
  void scalar(Node[] nodes) throws BrokenRecordException {
    Node only = null;
    int count = 0;
    for (Node node : nodes) {
      if (isText(node)) {
        only = node;
        count++;
      }
    }
    if (count == 1
        && only instanceof Node.Slot slot
        && ValueWriter.isBare(values.type(slot.index))) {
      write(slot.index);
    } else {
      out.put('"');
      text(nodes);
      out.put('"');
    }
  }

  /** Writes text without quotes, as part of a string. */
  void text(Node[] nodes) throws BrokenRecordException {
    for (Node node : nodes) {
      if (node instanceof Node.Text text) {
        out.put(text.json);
      } else if (node instanceof Node.Slot slot && isText(slot)) {
        write(slot.index);
      }
    }
  }

  private void write(int slot) throws BrokenRecordException {
    int type = values.type(slot);
    int start = values.start(slot);
    int size = values.size(slot);
    work.use(size);
    if ((type & ValueWriter.ARRAY) == 0) {
      writer.write(type, start, size);
      return;
    }
    // An array where an element cannot be repeated: in an attribute, or beside another array.
    int at = start;
    while (at < start + size) {
      if (at > start) {
        out.put(',');
      }
      at = arrays.select(slot, type, at, start + size);
      writer.write(values.type(slot), values.start(slot), values.size(slot));
    }
    values.set(slot, type, start, size);
  }
}
