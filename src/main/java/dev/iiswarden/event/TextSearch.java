package dev.iiswarden.event;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Finds which of many texts a value is or contains, ignoring the case of ASCII letters. What it
 * costs depends on the value's length and hardly on the number of texts.
 *
 * <p>One pass over the value searches for all texts together, and skips ahead as far as the last
 * two characters in its window allow (S. Wu and U. Manber, "A fast algorithm for multi-pattern
 * searching", TR-94-17, University of Arizona, 1994, with blocks of two characters). Immutable and
 * safe for use by several threads.
 */
public final class TextSearch {
  private static final int BLOCKS = 1024;
  private static final int LONGEST_SKIP = 100;
  private static final int[] NONE = {};

  private final String[] wholes;
  private final String[] contained;

  /** Positions among the whole texts, by a hash of the text; a power of two in number. */
  private final int[][] byHash;

  /** Bit n is set if a whole text has n characters, or n or more for the last bit. */
  private final long lengths;

  private final int window;
  private final byte[] skips;

  /** Positions among the contained texts, by the block at which their window ends. */
  private final int[][] byBlock;

  /**
   * Prepares a search.
   *
   * @param wholes texts that a value may be
   * @param contained texts that a value may contain, each of at least two characters
   */
  public TextSearch(List<String> wholes, List<String> contained) {
    this.wholes = wholes.stream().map(TextSearch::fold).toArray(String[]::new);
    this.contained = contained.stream().map(TextSearch::fold).toArray(String[]::new);
    long found = 0;
    Map<Integer, List<Integer>> hashed = new HashMap<>();
    int slots = Integer.highestOneBit(Math.max(1, this.wholes.length)) * 4;
    for (int i = 0; i < this.wholes.length; i++) {
      found |= lengthBit(this.wholes[i]);
      hashed
          .computeIfAbsent(hash(this.wholes[i]) & (slots - 1), unused -> new ArrayList<>())
          .add(i);
    }
    lengths = found;
    byHash = table(hashed, slots);
    window = Arrays.stream(this.contained).mapToInt(String::length).reduce(LONGEST_SKIP, Math::min);
    skips = skips();
    Map<Integer, List<Integer>> ending = new HashMap<>();
    for (int i = 0; i < this.contained.length; i++) {
      String text = this.contained[i];
      ending
          .computeIfAbsent(
              block(text.charAt(window - 2), text.charAt(window - 1)), unused -> new ArrayList<>())
          .add(i);
    }
    byBlock = table(ending, this.contained.length == 0 ? 0 : BLOCKS);
  }

  private static int[][] table(Map<Integer, List<Integer>> positions, int size) {
    int[][] table = new int[size][];
    Arrays.fill(table, NONE);
    positions.forEach(
        (slot, some) -> table[slot] = some.stream().mapToInt(Integer::intValue).toArray());
    return table;
  }

  /**
   * How far the window may move when it ends in a given block of two characters: up to the next
   * place where a text could contain that block, or past it.
   */
  private byte[] skips() {
    if (contained.length == 0) {
      return new byte[0];
    }
    byte[] table = new byte[BLOCKS];
    Arrays.fill(table, (byte) (window - 1));
    for (String text : contained) {
      for (int i = 1; i < window; i++) {
        int block = block(text.charAt(i - 1), text.charAt(i));
        table[block] = (byte) Math.min(table[block], window - 1 - i);
      }
    }
    return table;
  }

  /** Returns whether a value is, or contains, one of the texts. */
  public boolean matches(String value) {
    return search(value, value, (text, unused) -> true);
  }

  /**
   * Passes on each text that a value is or contains, until one is accepted. A text that a value
   * contains several times is passed on as often.
   *
   * @param about passed on unchanged
   * @param found receives the position of the text: first the whole texts are numbered, from 0, and
   *     then the contained ones
   * @return whether one was accepted
   */
  public <T> boolean search(String value, T about, Found<T> found) {
    if ((lengths & lengthBit(value)) != 0) {
      for (int i : byHash[hash(value) & (byHash.length - 1)]) {
        String whole = wholes[i];
        if (whole.length() == value.length()
            && startsAt(value, 0, whole)
            && found.accept(i, about)) {
          return true;
        }
      }
    }
    return contained.length > 0 && searchContained(value, about, found);
  }

  private <T> boolean searchContained(String value, T about, Found<T> found) {
    int end = value.length();
    int at = window - 1;
    while (at < end) {
      int block = block(value.charAt(at - 1), value.charAt(at));
      int skip = skips[block];
      if (skip == 0) {
        for (int i : byBlock[block]) {
          if (startsAt(value, at - window + 1, contained[i])
              && found.accept(wholes.length + i, about)) {
            return true;
          }
        }
        skip = 1;
      }
      at += skip;
    }
    return false;
  }

  /**
   * The number of a block, the same for both cases of a letter. Other characters may share a
   * number, which does no harm.
   */
  private static int block(char first, char second) {
    return ((first | 0x20) * 37 ^ (second | 0x20)) & (BLOCKS - 1);
  }

  private static long lengthBit(String text) {
    return 1L << Math.min(text.length(), Long.SIZE - 1);
  }

  private static int hash(String text) {
    int hash = 0;
    for (int i = 0; i < text.length(); i++) {
      hash = hash * 31 + (text.charAt(i) | 0x20);
    }
    return hash ^ (hash >>> 16);
  }

  static boolean startsAt(String value, int from, String folded) {
    if (from + folded.length() > value.length()) {
      return false;
    }
    for (int i = 0; i < folded.length(); i++) {
      if (fold(value.charAt(from + i)) != folded.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  static char fold(char c) {
    return c >= 'A' && c <= 'Z' ? (char) (c | 0x20) : c;
  }

  static String fold(String text) {
    char[] folded = text.toCharArray();
    for (int i = 0; i < folded.length; i++) {
      folded[i] = fold(folded[i]);
    }
    return new String(folded);
  }

  /**
   * Receives texts that were found.
   *
   * @param <T> what the search is about
   */
  @FunctionalInterface
  public interface Found<T> {
    /** Returns whether this text is accepted, which ends the search. */
    boolean accept(int text, T about);
  }
}
