package dev.iiswarden.read;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads a table of events (RFC 4180, with a comma, semicolon or tab): every row is a record, a JSON
 * object with the names of the columns. A log is a table if its first line has the name of a column
 * that tables of events have. Not safe for use by several threads.
 */
final class CsvReader {
  private static final Set<String> KNOWN_COLUMNS =
      Set.of(
          "eventid",
          "eventcode",
          "eventrecordid",
          "winlogeventid",
          "raw",
          "eventdata",
          "payload",
          "actiontype",
          "eventxml",
          "rawxml",
          "message",
          "providername",
          "eventoriginal");

  /** What Kibana and others write for a missing value. */
  private static final String MISSING = "-";

  private static final int FEWEST_COLUMNS = 3;
  private static final int LONGEST_HEADER = 1 << 16;

  private final LineReader lines;
  private final List<byte[]> columns = new ArrayList<>();
  private final char delimiter;
  private final ByteArrayOutputStream row = new ByteArrayOutputStream();
  private byte[] record = {};
  private long line;
  private long offset;
  private @Nullable String flaw;

  private CsvReader(LineReader lines, String header, char delimiter) {
    this.lines = lines;
    this.delimiter = delimiter;
    for (String column : cells(header, delimiter)) {
      columns.add(quoted(column));
    }
  }

  /** Returns a reader of the table that begins with the current line; null if none does. */
  static @Nullable CsvReader of(LineReader lines, byte[] bytes, int start, int length) {
    if (length > LONGEST_HEADER || bytes[start] == '{' || bytes[start] == '<') {
      return null;
    }
    String header = new String(bytes, start, length, StandardCharsets.UTF_8);
    for (char delimiter : new char[] {',', ';', '\t'}) {
      List<String> cells = cells(header, delimiter);
      if (cells.size() >= FEWEST_COLUMNS
          && cells.stream().allMatch(CsvReader::isName)
          && cells.stream().map(CsvReader::letters).anyMatch(KNOWN_COLUMNS::contains)) {
        return new CsvReader(lines, header, delimiter);
      }
    }
    return null;
  }

  private static boolean isName(String cell) {
    return cell.length() <= 100
        && cell.indexOf('=') < 0
        && cell.indexOf('\n') < 0
        && cell.equals(cell.strip());
  }

  private static String letters(String name) {
    return name.replaceAll("[^A-Za-z0-9]", "").toLowerCase(Locale.ROOT);
  }

  /** Advances to the next row; false at the end of the table. */
  boolean next() throws IOException {
    flaw = null;
    row.reset();
    boolean isQuoted = false;
    boolean hasBegun = false;
    while ((isQuoted || !hasBegun) && lines.next(false)) {
      if (!hasBegun && lines.isBlank() && !lines.isPartial()) {
        continue;
      }
      if (!hasBegun) {
        hasBegun = true;
        line = lines.number();
        offset = lines.streamOffset(lines.start());
      }
      isQuoted = gather(isQuoted);
    }
    if (!hasBegun) {
      return false;
    }
    if (isQuoted && flaw == null) {
      flaw = "a row whose quotes are not closed";
    }
    record = object(row.toString(StandardCharsets.UTF_8));
    return true;
  }

  /** Adds the current line to the row; returns whether a quoted cell goes on in the next. */
  private boolean gather(boolean wasQuoted) {
    boolean isQuoted = wasQuoted;
    byte[] bytes = lines.buffer();
    for (int i = lines.start(); i < lines.start() + lines.length(); i++) {
      isQuoted ^= bytes[i] == '"';
    }
    if (lines.isTooLong() || row.size() + lines.length() > LogReader.LONGEST_RECORD) {
      flaw = RecordReader.tooLong();
      row.reset();
    } else if (flaw == null) {
      row.write(bytes, lines.start(), lines.length());
      if (isQuoted && !lines.isPartial()) {
        row.write('\n');
      }
    }
    return isQuoted || lines.isPartial();
  }

  private byte[] object(String text) {
    ByteArrayOutputStream json = new ByteArrayOutputStream(text.length() + 256);
    List<String> cells = cells(text, delimiter);
    json.write('{');
    boolean isFirst = true;
    for (int i = 0; i < cells.size() && i < columns.size(); i++) {
      if (!cells.get(i).isEmpty() && !cells.get(i).equals(MISSING)) {
        if (!isFirst) {
          json.write(',');
        }
        isFirst = false;
        json.writeBytes(columns.get(i));
        json.write(':');
        json.writeBytes(quoted(cells.get(i)));
      }
    }
    json.write('}');
    return json.toByteArray();
  }

  private static byte[] quoted(String text) {
    return ('"' + new String(JsonStringEncoder.getInstance().quoteAsString(text)) + '"')
        .getBytes(StandardCharsets.UTF_8);
  }

  private static List<String> cells(String row, char delimiter) {
    List<String> cells = new ArrayList<>();
    StringBuilder cell = new StringBuilder();
    boolean isQuoted = false;
    for (int i = 0; i < row.length(); i++) {
      char c = row.charAt(i);
      if (c == '"') {
        boolean isDoubled = isQuoted && i + 1 < row.length() && row.charAt(i + 1) == '"';
        if (isDoubled) {
          cell.append(c);
          i++;
        } else {
          isQuoted = !isQuoted;
        }
      } else if (c == delimiter && !isQuoted) {
        cells.add(cell.toString());
        cell.setLength(0);
      } else {
        cell.append(c);
      }
    }
    cells.add(cell.toString());
    return cells;
  }

  byte[] record() {
    return record;
  }

  /** Returns the number of the line on which the row begins, from 1. */
  long line() {
    return line;
  }

  /** Returns the offset in the stream at which the row begins, in bytes from 0. */
  long offset() {
    return offset;
  }

  /** Returns the reason why the row is incomplete; null if it is complete. */
  @Nullable String flaw() {
    return flaw;
  }
}
