package dev.iiswarden.read.evtx;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/** Counts the members of an object by name, so that each gets a name of its own. */
final class MemberNames {
  private final Map<String, Integer> seen = new HashMap<>();

  /** Creates the count for an object whose first member, its comma included, begins here. */
  static MemberNames startingWith(JsonBuffer out, int start) {
    byte[] bytes = out.bytes();
    int key = start;
    while (bytes[key] != '"') {
      key++;
    }
    key++;
    int end = key;
    while (bytes[end] != '"') {
      end += bytes[end] == '\\' ? 2 : 1;
    }
    MemberNames names = new MemberNames();
    names.seen.put(new String(bytes, key, end - key, StandardCharsets.UTF_8), 1);
    return names;
  }

  /** Returns how often the name from an offset to the end of what is written was seen before. */
  int timesSeen(JsonBuffer out, int start) {
    String name = new String(out.bytes(), start, out.length() - start, StandardCharsets.UTF_8);
    return seen.merge(name, 1, Integer::sum) - 1;
  }
}
