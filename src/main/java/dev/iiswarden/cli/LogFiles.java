package dev.iiswarden.cli;

import dev.iiswarden.cli.print.Printable;
import dev.iiswarden.decode.Decoded;
import dev.iiswarden.decode.EventDecoder;
import dev.iiswarden.read.LogReader;
import dev.iiswarden.read.LogRecord;
import dev.iiswarden.read.LogResults;
import dev.iiswarden.read.ParallelReader;
import dev.iiswarden.report.LogCounts;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.PriorityQueue;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * All logs of one replay, merged into one stream: the next event comes from the log whose next
 * event is the earliest. Two logs of the same days are therefore merged in order of time, whatever
 * the files are called. A log is opened only when the stream reaches its first event.
 *
 * <p>Unreadable files are reported, and so are lost records: when a log has been read to its end,
 * with a line for each cause. Reading continues. A log of which nothing was recognised is a
 * failure. Not thread-safe.
 */
final class LogFiles {
  private static final List<String> ENDINGS =
      List.of(".ndjson", ".jsonl", ".json", ".log", ".xml", ".csv", ".evtx");
  private static final int MOST_PROBLEMS_KEPT = 500;

  private final EventDecoder decoder;
  private final int threads;
  private final PrintStream errors;
  private final List<LogSource> sources = new ArrayList<>();
  private final LongAdder bytesRead = new LongAdder();
  private final List<LogAccount> accounts = new ArrayList<>();
  private final List<String> problems = new ArrayList<>();
  private long moreProblems;
  private String current = "";
  private boolean failed;

  private LogFiles(EventDecoder decoder, int threads, PrintStream errors) {
    this.decoder = decoder;
    this.threads = threads;
    this.errors = errors;
  }

  /**
   * Finds the logs that the command line names; a missing one is reported as a failure.
   *
   * @param threads the number of threads that read and decode, the calling one among them
   */
  static LogFiles find(List<String> inputs, EventDecoder decoder, int threads, PrintStream errors) {
    LogFiles logs = new LogFiles(decoder, threads, errors);
    inputs.forEach(logs::add);
    return logs;
  }

  private void add(String input) {
    if (input.isEmpty()) {
      fail("empty file name: is a shell variable unset?");
    } else if (input.equals("-")) {
      sources.add(new LogSource("standard input", null, 0));
    } else {
      try {
        Path path = FileNames.path(input);
        if (Files.isDirectory(path)) {
          addDirectory(path);
        } else {
          addFile(path);
        }
      } catch (InvalidPathException e) {
        fail(unnameable(input));
      }
    }
  }

  /** Says that Java cannot express a file name. */
  static String unnameable(String input) {
    return input + ": not a file name in this locale; set LC_ALL to a UTF-8 locale";
  }

  private void addDirectory(Path directory) {
    List<Path> logs = new ArrayList<>();
    try {
      Files.walkFileTree(
          directory,
          new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
              if (attributes.isRegularFile() && looksLikeLog(file)) {
                logs.add(file);
              }
              return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException e) {
              fail(FileNames.name(file) + ": cannot be read: " + describe(e));
              return FileVisitResult.CONTINUE;
            }
          });
    } catch (IOException e) {
      fail(FileNames.name(directory) + ": cannot be read to the end: " + describe(e));
    }
    if (logs.isEmpty()) {
      fail(
          FileNames.name(directory)
              + ": no logs in this directory; names of logs end in "
              + String.join(", ", ENDINGS)
              + ", with or without .gz");
    }
    logs.stream().sorted().forEach(this::addFile);
  }

  private static boolean looksLikeLog(Path file) {
    String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
    String plain = name.endsWith(".gz") ? name.substring(0, name.length() - 3) : name;
    return ENDINGS.stream().anyMatch(plain::endsWith);
  }

  private void addFile(Path file) {
    try {
      sources.add(new LogSource(FileNames.name(file), file, Files.size(file)));
    } catch (IOException e) {
      fail(FileNames.name(file) + ": cannot be read: " + describe(e));
    }
  }

  /** Opens a log whose bytes are counted as they are read. */
  LogReader open(LogSource source) throws IOException {
    InputStream in = new CountingStream(source.open(), bytesRead);
    try {
      return LogReader.of(source.name(), in);
    } catch (IOException | RuntimeException e) {
      in.close();
      throw e;
    }
  }

  /** The total size of the files in bytes; -1 if one is a pipe, whose size is unknown. */
  long totalBytes() {
    return sources.stream().allMatch(LogSource::isFile)
        ? sources.stream().mapToLong(LogSource::bytes).sum()
        : -1;
  }

  boolean readsStandardInput() {
    return sources.stream().anyMatch(source -> source.path() == null);
  }

  /** The number of bytes read so far. */
  long bytesRead() {
    return bytesRead.sum();
  }

  /** The name of the log that was read last. */
  String current() {
    return current;
  }

  /** Whether anything could not be read. */
  boolean failed() {
    return failed;
  }

  /** The problems reported so far; only the first ones if there are many. */
  synchronized List<String> problems() {
    return List.copyOf(problems);
  }

  /** The number of problems that {@link #problems()} leaves out. */
  synchronized long moreProblems() {
    return moreProblems;
  }

  /** What became of the records of each log, in the order in which the logs were opened. */
  List<LogCounts> counts() {
    return accounts.stream().map(LogAccount::counts).toList();
  }

  /**
   * Reads all logs, in order of time as far as each log is in order. The consumer is called by this
   * thread; other threads that read and decode have ended when this returns or throws.
   */
  void forEach(Consumer<Decoded> consumer) {
    List<Instant> times =
        sources.size() == 1
            ? List.of(Instant.MIN)
            : FirstTimes.of(sources, threads, this::firstTime);
    List<LogCursor> cursors = new ArrayList<>();
    for (int i = 0; i < sources.size(); i++) {
      cursors.add(new LogCursor(sources.get(i), i, times.get(i)));
    }
    cursors.sort(LogCursor.BY_TIME);
    try (ParallelReader<Decoded> reader = ParallelReader.start(threads, decoder::decode)) {
      cursors.forEach(cursor -> cursor.readBy(reader, this));
      merge(new ArrayDeque<>(cursors), consumer);
    }
  }

  private void merge(Deque<LogCursor> closed, Consumer<Decoded> consumer) {
    PriorityQueue<LogCursor> open = new PriorityQueue<>(LogCursor.BY_TIME);
    while (!closed.isEmpty() || !open.isEmpty()) {
      LogCursor opening = closed.peek();
      if (opening != null
          && (open.isEmpty() || LogCursor.BY_TIME.compare(opening, open.element()) <= 0)) {
        closed.remove();
        if (opening.open(this) && opening.advance(this, consumer)) {
          open.add(opening);
        }
        continue;
      }
      LogCursor earliest = open.remove();
      deliver(earliest.name(), earliest.head(), consumer);
      if (earliest.advance(this, consumer)) {
        open.add(earliest);
      }
    }
  }

  void deliver(String name, Decoded decoded, Consumer<Decoded> consumer) {
    current = name;
    consumer.accept(decoded);
  }

  /** The time of a log's first event; problems are reported later, when the log is read. */
  private Instant firstTime(LogSource source) {
    if (!source.isFile()) {
      return Instant.MIN; // A pipe can be read only once.
    }
    try (LogReader log = LogReader.of(source.name(), source.open())) {
      for (LogRecord record = log.next(); record != null; record = log.next()) {
        Decoded decoded = decoder.decode(record);
        if (!decoded.events().isEmpty()) {
          return decoded.events().get(0).getTimestamp();
        }
      }
    } catch (IOException e) {
      return Instant.MIN;
    }
    return Instant.MAX;
  }

  /**
   * Opens the account of a log.
   *
   * @param unit what its places count, such as {@code line}
   */
  LogAccount account(LogSource source, String unit) {
    LogAccount account = new LogAccount(source.name(), unit, System::nanoTime);
    accounts.add(account);
    return account;
  }

  /**
   * Prints what was lost so far of a log that takes long to read, so that the user can stop it. The
   * end of the log says it again with the final count.
   */
  void reportEarly(String soFar) {
    errors.println(Printable.of(soFar));
  }

  /** Reports what was lost of a log that has been read as far as possible. */
  void close(LogAccount account, LogResults<?> log) {
    account.losses().forEach(this::print);
    // What the damaged parts held is unknown: the log was not read to its end.
    log.lost().ifPresent(lost -> fail(log.name() + ": " + lost));
    String nothing = account.nothingRecognised();
    if (nothing != null) {
      fail(nothing);
    }
  }

  void fail(String message) {
    failed = true;
    print(message);
  }

  private synchronized void print(String message) {
    if (problems.size() < MOST_PROBLEMS_KEPT) {
      problems.add(message);
    } else {
      moreProblems++;
    }
    errors.println(Printable.of(message));
  }

  /** Describes an exception in plain words. */
  static @Nullable String describe(IOException e) {
    if (e instanceof NoSuchFileException) {
      return "no such file";
    }
    if (e instanceof AccessDeniedException) {
      return "permission denied";
    }
    return e instanceof EOFException ? "the compressed data is truncated" : e.getMessage();
  }
}
