package dev.iiswarden.read;

import dev.iiswarden.read.evtx.EvtxReader;
import java.io.Closeable;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/**
 * A reader that splits a log into records and knows the place of each. Create one with {@link
 * #open} for a file or with {@code of} for a stream or message. One log may mix the kinds of
 * records:
 *
 * <ul>
 *   <li>A JSON record is an object. It is one line, spans several lines, or is an element of an
 *       array.
 *   <li>An XML event lies between its {@code <Event>} tags. It may span any number of lines, and a
 *       line may hold many. {@code <Events>} and XML declarations around events are skipped.
 *   <li>A record of Splunk's classic text begins with a line that is a date and ends before the
 *       next such line.
 *   <li>Headings that exports put between records, such as {@code Record #1}, are skipped.
 *   <li>Any other line is a record of its own, which a decoder reports as malformed.
 * </ul>
 *
 * <p>A log that begins with the header line of a CSV export has a record for each row, returned as
 * JSON. So are the records of a binary EVTX file. Text is UTF-8 or UTF-16, which is recognised by
 * its byte order mark or its first characters.
 *
 * <p>Memory is bounded for any log: a record longer than {@link #LONGEST_RECORD} is skipped and
 * reported as {@linkplain LogRecord#flaw() flawed}.
 *
 * <pre>
 *   try (LogReader log = LogReader.open(file)) {
 *     for (LogRecord record = log.next(); record != null; record = log.next()) {
 *       detector.accept(decoder.decode(record));
 *     }
 *   }
 * </pre>
 *
 * <p>Not safe for use by several threads.
 */
public final class LogReader implements Closeable {
  /**
   * The length in bytes of the longest record that is read: 16 MiB, many times the size of an
   * event.
   */
  public static final int LONGEST_RECORD = 16 << 20;

  private static final byte[] GZIP_MAGIC = {0x1f, (byte) 0x8b};
  private static final byte[] UTF_8_MARK = {(byte) 0xef, (byte) 0xbb, (byte) 0xbf};
  private static final byte[] ZIP_MAGIC = {'P', 'K', 3, 4};

  private final String name;
  private final Records records;
  private final @Nullable PromptStream source;

  private LogReader(String name, Records records, @Nullable PromptStream source) {
    this.name = name;
    this.records = records;
    this.source = source;
  }

  /**
   * Opens a file, text or EVTX, plain or gzip, whatever its name.
   *
   * @throws IOException if the file cannot be read or is a ZIP archive
   */
  public static LogReader open(Path file) throws IOException {
    // A File does not keep a name that the locale cannot express, and the channel behind a Path
    // cannot read a named pipe.
    InputStream in =
        Files.isRegularFile(file) ? Files.newInputStream(file) : new FileInputStream(file.toFile());
    try {
      return of(file.toString(), in);
    } catch (IOException | RuntimeException e) {
      in.close();
      throw e;
    }
  }

  /**
   * Reads a stream, plain or gzip.
   *
   * @param name the name of the log in places of records and in messages
   * @param in the stream; closed with the reader
   * @throws IOException as for {@link #open}
   */
  public static LogReader of(String name, InputStream in) throws IOException {
    PromptStream source = new PromptStream(in);
    PushbackInputStream content = content(source);
    Records records =
        isEvtx(content)
            ? new EvtxRecords(name, new EvtxReader(content))
            : new TextRecords(name, new RecordReader(content));
    return new LogReader(name, records, source);
  }

  /**
   * Reads a message of a queue or topic, which holds one or several records.
   *
   * @param message plain text; UTF-8 is not copied, so do not change it while it is read
   */
  public static LogReader of(byte[] message) {
    ByteOrder utf16 = Utf16Stream.order(message);
    byte[] text = utf16 == null ? message : Utf16Stream.utf8(message, utf16);
    return new LogReader("message", new TextRecords("message", new RecordReader(text)), null);
  }

  private static PushbackInputStream content(InputStream raw) throws IOException {
    PushbackInputStream file = new PushbackInputStream(raw, GZIP_MAGIC.length);
    InputStream content = startsWith(file, GZIP_MAGIC) ? new GZIPInputStream(file, 1 << 16) : file;
    // A BufferedInputStream would lose what it has read so far from a file that is cut off.
    PushbackInputStream text = new PushbackInputStream(content, EvtxReader.MAGIC_LENGTH);
    if (startsWith(text, UTF_8_MARK)) {
      text.skipNBytes(UTF_8_MARK.length);
    } else if (startsWith(text, ZIP_MAGIC)) {
      throw new IOException("this is a ZIP archive; unpack it first");
    }
    ByteOrder utf16 = Utf16Stream.order(peek(text, Utf16Stream.MARK_LENGTH));
    return utf16 == null
        ? text
        : new PushbackInputStream(new Utf16Stream(text, utf16), EvtxReader.MAGIC_LENGTH);
  }

  private static boolean isEvtx(PushbackInputStream in) throws IOException {
    return EvtxReader.isEvtx(peek(in, EvtxReader.MAGIC_LENGTH));
  }

  private static boolean startsWith(PushbackInputStream in, byte[] mark) throws IOException {
    return Arrays.equals(peek(in, mark.length), mark);
  }

  private static byte[] peek(PushbackInputStream in, int count) throws IOException {
    byte[] start = in.readNBytes(count);
    in.unread(start);
    return start;
  }

  /**
   * Sets what is run on the reading thread, inside of {@link #next()}, before a read that may have
   * to wait for more of the log. No record is complete then but those that were returned.
   */
  void beforeWaiting(Runnable action) {
    if (source != null) {
      source.beforeWaiting(action);
    }
  }

  /** Returns the name of the log. */
  public String name() {
    return name;
  }

  /**
   * Returns whether places in the log count lines. An EVTX file has none, so its places count
   * records.
   */
  public boolean hasLines() {
    return records.hasLines();
  }

  /** Returns the number of lines read so far, or of records in an EVTX file. */
  public long linesRead() {
    return records.linesRead();
  }

  /**
   * Reads the next record. Blank lines are skipped.
   *
   * @return the record, or null at the end of the log
   * @throws IOException if the log breaks off; earlier records are not affected
   */
  public @Nullable LogRecord next() throws IOException {
    return records.next();
  }

  /**
   * Returns what was lost of the log, as a phrase; empty if nothing was lost so far. Only the
   * damaged chunks of an EVTX file are lost silently: a damaged record is returned with a {@link
   * LogRecord#flaw() flaw}.
   */
  public Optional<String> lost() {
    return records.lost();
  }

  @Override
  public void close() throws IOException {
    records.close();
  }
}
