package dev.iiswarden.read.evtx;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A reader of an EVTX file, the binary event log of Windows since Vista (libevtx documentation,
 * "Windows XML Event Log (EVTX) format"; [MS-EVEN6], section 2.2.12). It renders each record as
 * JSON in the layout of {@code evtx_dump -o jsonl}.
 *
 * <p>The reader reads a stream once, from its start to its end, and keeps one chunk of 64 KiB in
 * memory. It relies on little: the counts in the file's header are ignored, a chunk that was copied
 * while Windows wrote to it is read as far as its records go, and a damaged chunk is searched for
 * records. Records that are left over from earlier use of a chunk are not returned. A record whose
 * content is damaged is returned with a {@linkplain #flaw() flaw}.
 *
 * <p>No input makes the reader throw anything but {@code IOException}, or take more than bounded
 * time and memory for a chunk.
 *
 * <pre>
 *   try (EvtxReader log = new EvtxReader(in)) {
 *     while (log.next()) {
 *       use(log.bytes(), log.start(), log.length());
 *     }
 *   }
 * </pre>
 *
 * <p>Not safe for use by several threads.
 */
public final class EvtxReader implements AutoCloseable {
  /** The number of bytes by which {@link #isEvtx} recognises a file. */
  public static final int MAGIC_LENGTH = 8;

  private static final byte[] MAGIC = {'E', 'l', 'f', 'F', 'i', 'l', 'e', 0};
  private static final int HEADER = 4096;

  private final InputStream in;
  private final Chunk chunk = new Chunk();
  private final RecordWalk walk = new RecordWalk(chunk);
  private final RecordRenderer renderer = new RecordRenderer(chunk);
  private @Nullable IOException failure;
  private boolean isLast;
  private boolean hasEnded;
  private long chunkOffset = HEADER - Chunk.SIZE;
  private long number;
  private @Nullable String flaw;
  private long damagedChunks;
  private long damagedRecords;
  private long bytesSkipped;

  /**
   * Starts to read a file.
   *
   * @param in the file, from its first byte; closed with the reader
   * @throws IOException if the stream cannot be read or does not start with the header of an EVTX
   *     file
   */
  public EvtxReader(InputStream in) throws IOException {
    this.in = in;
    byte[] header = in.readNBytes(HEADER);
    if (!isEvtx(header)) {
      throw new IOException("this is not an EVTX file");
    }
    if (header.length < HEADER) {
      throw new IOException("the EVTX file is cut off in its header");
    }
  }

  /** Returns whether a file with these first {@link #MAGIC_LENGTH} bytes is an EVTX file. */
  public static boolean isEvtx(byte[] start) {
    return start.length >= MAGIC_LENGTH
        && Arrays.equals(start, 0, MAGIC_LENGTH, MAGIC, 0, MAGIC_LENGTH);
  }

  /**
   * Advances to the next record.
   *
   * @return whether there is a next record
   * @throws IOException if the file is cut off or the stream fails; earlier records are not
   *     affected
   */
  public boolean next() throws IOException {
    while (!walk.next()) {
      if (hasEnded) {
        return false;
      }
      hasEnded = isLast;
      endChunk();
      if (hasEnded) {
        return false;
      }
      failure = chunk.fill(in);
      isLast = failure != null || chunk.length() < Chunk.SIZE;
      chunkOffset += Chunk.SIZE;
      walk.begin();
      renderer.begin();
    }
    number++;
    flaw = null;
    try {
      renderer.render(walk.content(), walk.contentEnd());
    } catch (BrokenRecordException e) {
      flaw = "damaged EVTX record " + Long.toUnsignedString(walk.id()) + ": " + e.getMessage();
      damagedRecords++;
      renderer.clear();
    }
    return true;
  }

  /** Counts what the chunk has lost, and throws if it is the last one and not whole. */
  private void endChunk() throws IOException {
    damagedChunks += walk.isDamaged() ? 1 : 0;
    bytesSkipped += walk.skipped();
    IOException cause = failure;
    boolean isCutOff = isLast && walk.isCutOff();
    walk.end();
    renderer.clear();
    flaw = null;
    failure = null;
    if (cause != null) {
      throw cause;
    }
    if (isCutOff) {
      throw new IOException("the EVTX file is cut off in the chunk at byte " + chunkOffset);
    }
  }

  /**
   * Returns the array that contains the record as UTF-8 JSON, from {@link #start()}. Do not change
   * it. It is valid until the next call of {@link #next()}.
   */
  public byte[] bytes() {
    return renderer.bytes();
  }

  /** Returns the index in {@link #bytes()} at which the record begins. */
  public int start() {
    return 0;
  }

  /** Returns the length of the record in bytes; 0 if it has a {@linkplain #flaw() flaw}. */
  public int length() {
    return renderer.length();
  }

  /** Returns the number that Windows gave to the record, {@code EventRecordID}. */
  public long recordId() {
    return walk.id();
  }

  /** Returns the number of records so far: that of the present record in the file, from 1. */
  public long number() {
    return number;
  }

  /** Returns the offset of the present record in the file, in bytes. */
  public long offset() {
    return chunkOffset + walk.start();
  }

  /** Returns the reason why the record could not be rendered, as a phrase; null if it could. */
  public @Nullable String flaw() {
    return flaw;
  }

  /** Returns the number of chunks so far in which a header or records are damaged. */
  public long damagedChunks() {
    return damagedChunks;
  }

  /** Returns the number of records so far that have a {@linkplain #flaw() flaw}. */
  public long damagedRecords() {
    return damagedRecords;
  }

  /** Returns the number of bytes so far that belong to no record although they should. */
  public long bytesSkipped() {
    return bytesSkipped;
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
