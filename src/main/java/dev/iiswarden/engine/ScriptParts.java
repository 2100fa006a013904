package dev.iiswarden.engine;

import dev.iiswarden.engine.HostState.ScriptPart;
import dev.iiswarden.event.Event;
import dev.iiswarden.event.PowershellFields;
import dev.iiswarden.event.ScriptBlockEvent;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Joins the parts in which PowerShell logs a long script block: events 4104 with the same {@code
 * ScriptBlockId}, of which each has its {@code MessageNumber} of {@code MessageTotal}
 * ("about_Logging_Windows", Microsoft). An intruder decides where a script is divided, so a rule
 * that sees one part at a time may see the name of a cmdlet in none.
 *
 * <p>Parts are taken in the order in which they are evaluated. The one that completes a block is
 * replaced by the whole block, whatever its number. A complete block is remembered without its
 * text, so that a repeated part begins no new one. Not safe for use by several threads.
 */
final class ScriptParts {
  /** After its last part, a block is forgotten: PowerShell logs all of them at once. */
  static final long SPAN_MILLIS = TimeUnit.HOURS.toMillis(1);

  /** How many blocks are remembered. */
  static final int MOST_BLOCKS = 64;

  /** How many characters all parts of a host may have. */
  static final int MOST_CHARACTERS = 1 << 20;

  /** What a part takes in memory besides its text. */
  private static final int OVERHEAD = 64;

  private final int mostPerEvent;
  private final Map<Key, Block> blocks = new HashMap<>();
  private long characters;
  private long forgetAt = Long.MAX_VALUE;
  private int givenUp;

  /**
   * Creates a collection without parts.
   *
   * @param mostPerEvent how many characters a whole block may have
   */
  ScriptParts(int mostPerEvent) {
    this.mostPerEvent = mostPerEvent;
  }

  /** Whether an event is one of several parts of a script block that can be joined. */
  static boolean isPart(Event event) {
    PowershellFields block = event.getPowershell();
    Long sequence = block.getSequence();
    Long total = block.getTotal();
    return sequence != null
        && total != null
        && total > 1
        && sequence >= 1
        && sequence <= total
        && block.getFile().getScriptBlockId() != null
        && block.getFile().getScriptBlockText() != null
        && event instanceof ScriptBlockEvent;
  }

  /**
   * Takes a part.
   *
   * @param part an event that {@link #isPart}
   * @return the whole block if this part completes it; otherwise the part
   */
  Event take(Event part) {
    ScriptPart data = part(part);
    Key key = new Key(data.id(), data.total());
    Block known = blocks.get(key);
    if (known != null && known.last + SPAN_MILLIS < data.millis()) {
      remove(key, known);
    }
    Block block = add(data);
    String whole = block.whole(key.total);
    if (whole == null) {
      makeRoom(key, block);
      return part;
    }
    finish(block);
    makeRoom(key, block);
    Event joined = ((ScriptBlockEvent) part).withWholeText(whole);
    if (TextSize.exceeds(mostPerEvent, List.of(joined))) {
      givenUp += (int) key.total;
      return part;
    }
    return joined;
  }

  private static ScriptPart part(Event event) {
    PowershellFields block = event.getPowershell();
    return new ScriptPart(
        String.valueOf(block.getFile().getScriptBlockId()),
        orZero(block.getTotal()),
        orZero(block.getSequence()),
        String.valueOf(block.getFile().getScriptBlockText()),
        event.getSessionTime());
  }

  private static long orZero(@Nullable Long value) {
    return value == null ? 0 : value;
  }

  private Block add(ScriptPart part) {
    Block block = blocks.computeIfAbsent(new Key(part.id(), part.total()), unused -> new Block());
    if (block.isDone || block.parts.containsKey(part.sequence())) {
      // A repeated part changes nothing.
      return block;
    }
    block.last = Math.max(block.last, part.millis());
    forgetAt = Math.min(forgetAt, block.last + SPAN_MILLIS);
    if (part.sequence() == 0) {
      block.isDone = true;
    } else {
      block.parts.put(part.sequence(), part);
      block.characters += size(part);
      characters += size(part);
    }
    return block;
  }

  private static long size(ScriptPart part) {
    return (long) part.text().length() + part.id().length() + OVERHEAD;
  }

  /** Keeps of a block only that it needs no further part. */
  private void finish(Block block) {
    characters -= block.characters;
    block.characters = 0;
    block.parts.clear();
    block.isDone = true;
  }

  private void remove(Key key, Block block) {
    characters -= block.characters;
    blocks.remove(key);
  }

  /** Gives up blocks until the limits hold: this one if it alone is too long, else the oldest. */
  private void makeRoom(Key newest, Block block) {
    if (block.characters > Math.min(mostPerEvent, MOST_CHARACTERS)) {
      giveUp(block);
    }
    while (characters > MOST_CHARACTERS || blocks.size() > MOST_BLOCKS) {
      boolean tooMany = blocks.size() > MOST_BLOCKS;
      Map.Entry<Key, Block> oldest =
          blocks.entrySet().stream()
              .filter(one -> !one.getKey().equals(newest))
              .filter(one -> tooMany || one.getValue().characters > 0)
              .min(
                  Comparator.comparing((Map.Entry<Key, Block> one) -> !one.getValue().isDone)
                      .thenComparing(one -> one.getValue().last)
                      .thenComparing(one -> one.getKey().id)
                      .thenComparing(one -> one.getKey().total))
              .orElseThrow();
      giveUp(oldest.getValue());
      remove(oldest.getKey(), oldest.getValue());
    }
  }

  private void giveUp(Block block) {
    givenUp += block.parts.size();
    finish(block);
  }

  /** Returns how many parts were given up since the last call, because there were too many. */
  int takeGivenUp() {
    int count = givenUp;
    givenUp = 0;
    return count;
  }

  /**
   * Forgets the blocks of which no part can come any more once the host's clock shows this session
   * time. Returns whether there were any.
   */
  boolean forgetUntil(long watermark) {
    if (forgetAt >= watermark) {
      return false;
    }
    int before = blocks.size();
    blocks.values().removeIf(block -> block.last + SPAN_MILLIS < watermark);
    characters = blocks.values().stream().mapToLong(block -> block.characters).sum();
    forgetAt =
        blocks.values().stream()
            .mapToLong(block -> block.last + SPAN_MILLIS)
            .min()
            .orElse(Long.MAX_VALUE);
    return blocks.size() < before;
  }

  /** The parts and, for each block that needs none any more, one with the number 0. */
  List<ScriptPart> state() {
    List<ScriptPart> state = new ArrayList<>();
    blocks.forEach(
        (key, block) -> {
          state.addAll(block.parts.values());
          if (block.isDone) {
            state.add(new ScriptPart(key.id, key.total, 0, "", block.last));
          }
        });
    state.sort(
        Comparator.comparingLong(ScriptPart::millis)
            .thenComparing(ScriptPart::id)
            .thenComparingLong(ScriptPart::total)
            .thenComparingLong(ScriptPart::sequence));
    return state;
  }

  /** Restores what {@link #state()} returned. */
  void restore(List<ScriptPart> state) {
    state.forEach(this::add);
  }

  boolean isEmpty() {
    return blocks.isEmpty();
  }

  private record Key(String id, long total) {}

  /** What is known of a script block. */
  private static final class Block {
    private final Map<Long, ScriptPart> parts = new TreeMap<>();
    private long last = Long.MIN_VALUE;
    private long characters;
    private boolean isDone;

    /** Returns the whole text; null if a part is missing or it has been returned before. */
    @Nullable String whole(long total) {
      if (parts.size() < total) {
        return null;
      }
      StringBuilder text = new StringBuilder();
      parts.values().forEach(part -> text.append(part.text()));
      return text.toString();
    }
  }
}
