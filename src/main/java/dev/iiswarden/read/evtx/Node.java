package dev.iiswarden.read.evtx;

/** A part of an element's content or of an attribute's value. Immutable. */
sealed interface Node permits Element, Node.Text, Node.Slot, Node.Instance {
  /** Literal text, in UTF-8 and escaped for JSON; never empty. */
  final class Text implements Node {
    final byte[] json;

    Text(byte[] json) {
      this.json = json;
    }
  }

  /** The place of a value that each record brings along. */
  final class Slot implements Node {
    final int index;

    Slot(int index) {
      this.index = index;
    }
  }

  /** An instance of a template in the midst of an element, at these offsets of the chunk. */
  final class Instance implements Node {
    final int start;
    final int end;

    Instance(int start, int end) {
      this.start = start;
      this.end = end;
    }
  }

  /** An attribute of an element. */
  final class Attribute {
    final byte[] name;
    final Node[] value;

    Attribute(byte[] name, Node[] value) {
      this.name = name;
      this.value = value;
    }
  }
}
