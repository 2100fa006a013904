package dev.iiswarden.read.evtx;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The templates of the present chunk, by the offsets of their definitions. */
final class TemplateCache {
  private final Chunk chunk;
  private final BinXmlParser parser;
  private final Element[] @Nullable [] templates = new Element[Chunk.SIZE][];
  private int[] used = new int[64];
  private int count;

  TemplateCache(Chunk chunk, BinXmlParser parser) {
    this.chunk = chunk;
    this.parser = parser;
  }

  /** Forgets the templates, to start on another chunk. */
  void begin() {
    for (int i = 0; i < count; i++) {
      templates[used[i]] = null;
    }
    count = 0;
  }

  /**
   * Returns the elements of a template.
   *
   * @param id the start of the template's GUID as the record has it; another one means that the
   *     definition was overwritten
   */
  Element[] get(int definition, int id) throws BrokenRecordException {
    if (definition < 0 || chunk.i32(definition + 4) != id) {
      throw new BrokenRecordException("its template was overwritten");
    }
    Element[] template = templates[definition];
    if (template == null) {
      template = parser.definition(definition);
      templates[definition] = template;
      if (count == used.length) {
        used = Arrays.copyOf(used, 2 * count);
      }
      used[count++] = definition;
    }
    return template;
  }
}
