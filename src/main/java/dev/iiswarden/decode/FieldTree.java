package dev.iiswarden.decode;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Finds fields by the keys on the way to them, however those are split between nesting and dots:
 * {@code registry.data.strings} is found under {@code registry}, {@code data}, {@code strings} as
 * under {@code registry.data}, {@code strings}. Every node knows all dotted names below it, so each
 * key of a document costs one look-up. Immutable once built.
 */
final class FieldTree {
  private final Map<String, FieldTree> byName = new HashMap<>();
  private @Nullable Field field;

  private FieldTree() {}

  /** The fields of JSON records of any of these shapes, each in all places it has in them. */
  static FieldTree of(Set<Shape> shapes) {
    FieldTree root = new FieldTree();
    for (Shape shape : shapes) {
      for (Field field : Field.values()) {
        Layout.of(shape).placesOf(field).forEach(path -> root.add(field, path));
      }
    }
    return root;
  }

  /** The fields of {@code EventData} alone. */
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
    return byName.computeIfAbsent(name, unused -> new FieldTree());
  }

  /** What a key leads to from here: a node, or null if no field lies that way. */
  @Nullable FieldTree get(String key) {
    return byName.get(key);
  }

  /** The field that this node is, or null if fields only lie further down. */
  @Nullable Field field() {
    return field;
  }
}
