package dev.iiswarden.read;

import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/**
 * A reader that splits a log into records and knows the place of each. Create one with {@link
 * #open} for a file or with {@code of} for a stream or message. One log may mix the kinds of
 * records:
 *
 * <ul>
 *   <li>A JSON record is one line. In a {@linkplain #of(byte[]) message} it may span several lines.
 *   <li>An XML event lies between its {@code <Event>} tags. It may span any number of lines, and a
 *       line may hold many. {@code <Events>} and XML declarations around events are skipped.
 *   <li>A record of Splunk's classic text begins with a line that is a date and ends before the
 *       next such line.
 *   <li>Any other line is a record of its own, which a decoder reports as malformed.
 * </ul>
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
public final class LogReader implements AutoCloseable {
  /**
   * The length in bytes of the longest record that is read: 16 MiB, many times the size of an
   * event.
   */
  public static final int LONGEST_RECORD = 16 << 20;

  private static final byte[] GZIP_MAGIC = {0x1f, (byte) 0x8b};
  private static final byte[] UTF_8_MARK = {(byte) 0xef, (byte) 0xbb, (byte) 0xbf};
  private static final byte[] UTF_16_LE_MARK = {(byte) 0xff, (byte) 0xfe};
  private static final byte[] UTF_16_BE_MARK = {(byte) 0xfe, (byte) 0xff};
  private static final byte[] EVTX_MAGIC = {'E', 'l', 'f', 'F', 'i', 'l', 'e', 0};
  private static final byte[] ZIP_MAGIC = {'P', 'K', 3, 4};

  private final String name;
  private final RecordReader records;

  private LogReader(String name, RecordReader records) {
    this.name = name;
    this.records = records;
  }

  /**
   * Opens a file, plain or gzip whatever its name.
   *
   * @throws IOException if the file cannot be read or is not UTF-8 text; the message identifies
   *     EVTX, ZIP and UTF-16
   */
  public static LogReader open(Path file) throws IOException {
    // Files would open a channel, which cannot read a named pipe.
    InputStream in = new FileInputStream(file.toFile());
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
    return new LogReader(name, new RecordReader(content(in)));
  }

  /**
   * Reads a message of a queue or topic, which holds one or several records.
   *
   * @param message plain text; the array is not copied, so do not change it while it is read
   */
  public static LogReader of(byte[] message) {
    return new LogReader("message", new RecordReader(message));
  }

  private static InputStream content(InputStream raw) throws IOException {
    PushbackInputStream file = new PushbackInputStream(raw, GZIP_MAGIC.length);
    InputStream content = startsWith(file, GZIP_MAGIC) ? new GZIPInputStream(file, 1 << 16) : file;
    // A BufferedInputStream would lose what it has read so far from a file that is cut off.
    PushbackInputStream text = new PushbackInputStream(content, EVTX_MAGIC.length);
    if (startsWith(text, UTF_8_MARK)) {
      text.skipNBytes(UTF_8_MARK.length);
    } else if (startsWith(text, UTF_16_LE_MARK)
        || startsWith(text, UTF_16_BE_MARK)
        || looksLikeUtf16(text)) {
      throw new IOException(
          "this is UTF-16 text; convert it to UTF-8, for example with iconv or an editor");
    } else if (startsWith(text, EVTX_MAGIC)) {
      throw new IOException("this is an EVTX file; convert it to JSON with evtx_dump -o jsonl");
    } else if (startsWith(text, ZIP_MAGIC)) {
      throw new IOException("this is a ZIP archive; unpack it first");
    }
    return text;
  }

  /**
   * Recognises UTF-16 without a byte order mark: every other byte of the first characters is zero.
   */
  private static boolean looksLikeUtf16(PushbackInputStream in) throws IOException {
    byte[] start = in.readNBytes(4);
    in.unread(start);
    return start.length == 4
        && (start[0] == 0) != (start[1] == 0)
        && (start[0] == 0) == (start[2] == 0)
        && (start[1] == 0) == (start[3] == 0);
  }

  private static boolean startsWith(PushbackInputStream in, byte[] mark) throws IOException {
    byte[] start = in.readNBytes(mark.length);
    in.unread(start);
    return Arrays.equals(start, mark);
  }

  /** Returns the name of the log. */
  public String name() {
    return name;
  }

  /** Returns the number of lines read so far. */
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
    return records.next() ? new LogRecord(name, records) : null;
  }

  @Override
  public void close() throws IOException {
    records.close();
  }
}
