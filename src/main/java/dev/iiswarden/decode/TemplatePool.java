package dev.iiswarden.decode;

import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * The templates of a decoder, which may be used by several threads: each reads with templates of
 * its own while it reads, and most threads get back those they had before. There are no more sets
 * of templates than twice the number of processors, however many threads there are. Safe for use by
 * several threads.
 */
final class TemplatePool {
  /** Far enough apart that processors do not wait for each other's cache lines. */
  private static final int DISTANCE = 16;

  private final RecordSyntax syntax;
  private final int most;
  private final int places;
  private final AtomicReferenceArray<@Nullable RecordTemplates> idle;

  /**
   * Creates a pool.
   *
   * @param most how many templates each thread has
   */
  TemplatePool(RecordSyntax syntax, int most) {
    this.syntax = syntax;
    this.most = most;
    places = Integer.highestOneBit(Runtime.getRuntime().availableProcessors()) * 2;
    idle = new AtomicReferenceArray<>(places * DISTANCE);
  }

  /**
   * Reads a record.
   *
   * @param record the record, which must not change from now on
   * @return its values; null if another parser must read it
   */
  @Nullable FieldValues read(byte[] record) {
    int place = (int) Thread.currentThread().getId() & (places - 1);
    RecordTemplates templates = idle.getAndSet(place * DISTANCE, null);
    for (int i = 1; templates == null && i < places; i++) {
      place = (place + 1) & (places - 1);
      templates = idle.getAndSet(place * DISTANCE, null);
    }
    if (templates == null) {
      templates = new RecordTemplates(syntax, most);
    }
    FieldValues values = templates.read(record);
    idle.set(place * DISTANCE, templates);
    return values;
  }
}
