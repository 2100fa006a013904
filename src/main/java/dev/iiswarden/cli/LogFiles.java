package dev.iiswarden.cli;

import dev.iiswarden.decode.Decoded;
import dev.iiswarden.decode.EventDecoder;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * All logs of one replay, read as one stream: side by side, always going on with the log whose next
 * event is the earliest. So what two logs of the same days say of one host meets in order, whatever
 * the files are called. A log is open only from its first event's time on.
 *
 * <p>What cannot be read is reported with its file and line, and the rest goes on. Not safe for use
 * by several threads.
 */
final class LogFiles {
  private static final List<String> ENDINGS = List.of(".ndjson", ".jsonl", ".json", ".log");
  private static final int MOST_REPORTS_PER_FILE = 100;

  private final EventDecoder decoder;
  private final PrintStream errors;
  private final List<Source> sources = new ArrayList<>();
  private final LongAdder bytesRead = new LongAdder();
  private final Map<String, Integer> reports = new HashMap<>();
  private String current = "";
  private boolean failed;

  private LogFiles(EventDecoder decoder, PrintStream errors) {
    this.decoder = decoder;
    this.errors = errors;
  }

  /** Looks up what the command line names; what is not there is reported and counts as failed. */
  static LogFiles find(List<String> inputs, EventDecoder decoder, PrintStream errors) {
    LogFiles logs = new LogFiles(decoder, errors);
    for (String input : inputs) {
      if (input.equals("-")) {
        logs.sources.add(new Source("standard input", null, 0));
      } else if (Files.isDirectory(Path.of(input))) {
        logs.addDirectory(Path.of(input));
      } else {
        logs.addFile(Path.of(input));
      }
    }
    return logs;
  }

  private void addDirectory(Path directory) {
    try (Stream<Path> entries = Files.walk(directory)) {
      List<Path> files = entries.filter(Files::isRegularFile).sorted().toList();
      List<Path> logs = files.stream().filter(LogFiles::looksLikeLog).toList();
      if (logs.isEmpty()) {
        fail(
            directory
                + ": no log in this directory; logs end in "
                + String.join(", ", ENDINGS)
                + " or one of these and .gz");
      }
      logs.forEach(this::addFile);
    } catch (IOException e) {
      fail(directory + ": cannot be read: " + e);
    }
  }

  private static boolean looksLikeLog(Path file) {
    String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
    String plain = name.endsWith(".gz") ? name.substring(0, name.length() - 3) : name;
    return ENDINGS.stream().anyMatch(plain::endsWith);
  }

  private void addFile(Path file) {
    try {
      sources.add(new Source(file.toString(), file, Files.size(file)));
    } catch (IOException e) {
      fail(file + ": cannot be read: " + describe(e));
    }
  }

  /** How many bytes the files have together; standard input counts as none. */
  long totalBytes() {
    return sources.stream().mapToLong(Source::bytes).sum();
  }

  /** How many of them have been read. */
  long bytesRead() {
    return bytesRead.sum();
  }

  /** Whether anything could not be read. */
  boolean failed() {
    return failed;
  }

  /** Reads everything, in the order of time as far as each log keeps to it. */
  void forEach(Consumer<Decoded> consumer) {
    PriorityQueue<Cursor> closed = new PriorityQueue<>(Cursor.BY_TIME);
    for (int i = 0; i < sources.size(); i++) {
      closed.add(
          new Cursor(sources.get(i), i, sources.size() == 1 ? Instant.MIN : peek(sources.get(i))));
    }
    PriorityQueue<Cursor> open = new PriorityQueue<>(Cursor.BY_TIME);
    while (!closed.isEmpty() || !open.isEmpty()) {
      Cursor opening = closed.peek();
      if (opening != null
          && (open.isEmpty() || Cursor.BY_TIME.compare(opening, open.element()) <= 0)) {
        closed.remove();
        if (opening.open(this) && opening.advance(this, consumer)) {
          open.add(opening);
        }
        continue;
      }
      Cursor earliest = open.remove();
      deliver(earliest.source.name, earliest.head, consumer);
      if (earliest.advance(this, consumer)) {
        open.add(earliest);
      }
    }
    reportSuppressed();
  }

  private void deliver(String name, Decoded decoded, Consumer<Decoded> consumer) {
    current = name;
    consumer.accept(decoded);
  }

  /** The time of a log's first event; what is wrong with the log is left for the reading proper. */
  private Instant peek(Source source) {
    if (source.path == null) {
      return Instant.MIN;
    }
    try (LogFile log = new LogFile(source.name, source.open(), decoder, new LongAdder())) {
      for (Decoded decoded = log.next(); decoded != null; decoded = log.next()) {
        if (!decoded.events().isEmpty()) {
          return decoded.events().get(0).getTimestamp();
        }
      }
    } catch (IOException e) {
      return Instant.MIN;
    }
    return Instant.MAX;
  }

  /** Says which line of which file could not be decoded. */
  void reportMalformed(Decoded.Malformed malformed) {
    int count = reports.merge(current, 1, Integer::sum);
    if (count <= MOST_REPORTS_PER_FILE) {
      errors.println(
          current
              + ":"
              + malformed.line()
              + (malformed.column() > 0 ? ":" + malformed.column() : "")
              + ": "
              + malformed.reason());
    }
  }

  private void reportSuppressed() {
    reports.forEach(
        (name, count) -> {
          if (count > MOST_REPORTS_PER_FILE) {
            errors.printf("%s: %,d more malformed lines%n", name, count - MOST_REPORTS_PER_FILE);
          }
        });
  }

  private void fail(String message) {
    failed = true;
    errors.println(message);
  }

  private static String describe(IOException e) {
    return e instanceof NoSuchFileException ? "there is no such file" : e.toString();
  }

  /** A log that is yet to be read; without a path it is standard input. */
  private record Source(String name, @Nullable Path path, long bytes) {
    InputStream open() throws IOException {
      return path == null ? System.in : Files.newInputStream(path);
    }
  }

  /** A log being read, at its next event. */
  private static final class Cursor {
    static final Comparator<Cursor> BY_TIME =
        Comparator.<Cursor, Instant>comparing(cursor -> cursor.time)
            .thenComparingInt(cursor -> cursor.position);

    private final Source source;
    private final int position;
    private Instant time;
    private Decoded head = Decoded.nothing();
    private @Nullable LogFile log;

    Cursor(Source source, int position, Instant time) {
      this.source = source;
      this.position = position;
      this.time = time;
    }

    boolean open(LogFiles logs) {
      try {
        log = new LogFile(source.name, source.open(), logs.decoder, logs.bytesRead);
        return true;
      } catch (IOException e) {
        logs.fail(source.name + ": cannot be read: " + describe(e));
        return false;
      }
    }

    /** Goes on to the next event, handing over all that is none on the way; false at the end. */
    boolean advance(LogFiles logs, Consumer<Decoded> consumer) {
      LogFile reading = log;
      if (reading == null) {
        return false;
      }
      try {
        for (Decoded next = reading.next(); next != null; next = reading.next()) {
          if (!next.events().isEmpty()) {
            head = next;
            time = next.events().get(0).getTimestamp();
            return true;
          }
          logs.deliver(source.name, next, consumer);
        }
        reading.close();
      } catch (IOException e) {
        logs.fail(
            source.name + ":" + reading.line() + ": breaks off after this line: " + describe(e));
      }
      log = null;
      return false;
    }
  }
}
