package dev.iiswarden.read.evtx;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** An element of a template or of a record without one. Immutable. */
final class Element implements Node {
  private static final byte[] DATA = ascii("Data");
  private static final byte[] EVENT_DATA = ascii("EventData");
  private static final byte[] USER_DATA = ascii("UserData");
  private static final byte[] NAME = ascii("Name");

  /** The name, in UTF-8 and escaped for JSON. */
  final byte[] name;

  final Attribute[] attributes;
  final Node[] children;

  /** Whether {@code Data} elements inside are fields named by their {@code Name} attribute. */
  final boolean isContainer;

  final boolean isData;

  /** The value of the {@code Name} attribute; null if there is none. */
  final Node @Nullable [] nameAttribute;

  /** Whether no two members can get the same name, so that names need not be counted. */
  final boolean hasDistinctNames;

  Element(byte[] name, Attribute[] attributes, Node[] children) {
    this.name = name;
    this.attributes = attributes;
    this.children = children;
    isData = Arrays.equals(name, DATA);
    isContainer = Arrays.equals(name, EVENT_DATA) || Arrays.equals(name, USER_DATA);
    Node[] named = null;
    for (Attribute attribute : attributes) {
      if (named == null && Arrays.equals(attribute.name, NAME)) {
        named = attribute.value;
      }
    }
    nameAttribute = named;
    hasDistinctNames = namesAreDistinct();
  }

  private boolean namesAreDistinct() {
    Set<String> names = new HashSet<>();
    for (Node child : children) {
      if (child instanceof Instance) {
        return false;
      }
      if (child instanceof Element element) {
        byte[] key = isContainer && element.isData ? element.literalName() : element.name;
        if (key == null || !names.add(new String(key, StandardCharsets.UTF_8))) {
          return false;
        }
      }
    }
    return true;
  }

  private byte @Nullable [] literalName() {
    Node[] named = nameAttribute;
    return named != null && named.length == 1 && named[0] instanceof Text text ? text.json : null;
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
