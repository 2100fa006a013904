package dev.iiswarden.decode;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A tree that finds fields by their keys, however a path is split between nesting and dots: {@code
 * registry.data.strings} is found under {@code registry}, {@code data}, {@code strings} and also
 * under {@code registry.data}, {@code strings}. Every node knows all dotted names below it, so each
 * key of a document costs one look-up. Immutable once built.
 */
final class FieldTree {
  private static final int SMALLEST = 8;

  /**
   * At least three of four places are empty, so the search for an unknown key, the usual case,
   * usually ends at once.
   */
  private static final int PLACES_PER_KEY = 4;

  // Open addressing: looking up an unknown key takes one array access, and every record has about
  // thirty of them.
  private @Nullable String[] keys = new @Nullable String[SMALLEST];
  private byte[] @Nullable [] keysInBytes = new byte[SMALLEST] @Nullable [];
  private @Nullable FieldTree[] nodes = new @Nullable FieldTree[SMALLEST];
  private int size;
  private @Nullable Field field;

  private FieldTree() {}

  /**
   * Returns the tree of the fields in JSON records of these shapes, with every place that a field
   * has in them.
   */
  static FieldTree of(Set<Shape> shapes) {
    FieldTree root = new FieldTree();
    for (Shape shape : shapes) {
      for (Field field : Field.values()) {
        Layout.of(shape).placesOf(field).forEach(path -> root.add(field, path));
      }
    }
    return root;
  }

  /** Returns the tree of the {@code EventData} fields only. */
  static FieldTree ofEventData() {
    FieldTree root = new FieldTree();
    for (Field field : Field.values()) {
      if (field.part() == Field.Part.DATA) {
        root.add(field, field.label());
      }
    }
    return root;
  }

  private void add(Field leaf, String path) {
    if (path.isEmpty()) {
      if (field != null && field != leaf) {
        throw new IllegalStateException(leaf + " has the place of " + field);
      }
      field = leaf;
      return;
    }
    int dot = path.indexOf('.');
    while (dot >= 0) {
      child(path.substring(0, dot)).add(leaf, path.substring(dot + 1));
      dot = path.indexOf('.', dot + 1);
    }
    child(path).add(leaf, "");
  }

  private FieldTree child(String name) {
    FieldTree child = get(name);
    if (child == null) {
      child = new FieldTree();
      if ((size + 1) * PLACES_PER_KEY > keys.length) {
        grow();
      }
      put(name, child);
    }
    return child;
  }

  private void put(String key, FieldTree node) {
    int place = place(key);
    while (keys[place] != null) {
      place = (place + 1) & (keys.length - 1);
    }
    keys[place] = key;
    keysInBytes[place] = key.getBytes(StandardCharsets.UTF_8);
    nodes[place] = node;
    size++;
  }

  private void grow() {
    @Nullable String[] oldKeys = keys;
    @Nullable FieldTree[] oldNodes = nodes;
    keys = new @Nullable String[oldKeys.length * 2];
    keysInBytes = new byte[oldKeys.length * 2] @Nullable [];
    nodes = new @Nullable FieldTree[oldKeys.length * 2];
    size = 0;
    for (int i = 0; i < oldKeys.length; i++) {
      String key = oldKeys[i];
      FieldTree node = oldNodes[i];
      if (key != null && node != null) {
        put(key, node);
      }
    }
  }

  private int place(String key) {
    int length = key.length();
    return length == 0
        ? 0
        : place(length, key.charAt(0), key.charAt(length >> 1), key.charAt(length - 1));
  }

  /**
   * Hashes the length and three characters, which distinguish most keys without reading all of
   * them.
   */
  private int place(int length, int first, int middle, int last) {
    int hash = ((length * 31 + first) * 31 + middle) * 31 + last;
    return (hash ^ (hash >>> 8)) & (keys.length - 1);
  }

  /** Returns the child under a key, or null if no field lies below that key. */
  @Nullable FieldTree get(String key) {
    int place = place(key);
    for (String found = keys[place]; found != null; found = keys[place]) {
      if (found.equals(key)) {
        return nodes[place];
      }
      place = (place + 1) & (keys.length - 1);
    }
    return null;
  }

  /** Returns the child under the key that is the ASCII text between two positions, or null. */
  @Nullable FieldTree get(byte[] record, int start, int end) {
    int place =
        start == end
            ? 0
            : place(
                end - start, record[start], record[start + ((end - start) >> 1)], record[end - 1]);
    for (byte[] found = keysInBytes[place]; found != null; found = keysInBytes[place]) {
      if (Arrays.equals(found, 0, found.length, record, start, end)) {
        return nodes[place];
      }
      place = (place + 1) & (keys.length - 1);
    }
    return null;
  }

  /** Returns the field at this node, or null if fields lie only further down. */
  @Nullable Field field() {
    return field;
  }
}
