package dev.iiswarden.read;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.iiswarden.testing.Await;
import java.io.ByteArrayInputStream;
import java.io.FileNotFoundException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.io.SequenceInputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a reader with several threads promises beside the order of its results. */
@Timeout(120)
class ParallelReaderTest {
  private static final int LINE = 100;

  @TempDir private Path directory;

  @AfterEach
  void noThreadIsLeft() throws InterruptedException {
    Await.until(() -> ReaderThreads.alive() == 0);
  }

  private static LogOpener lines(int count) {
    byte[] text = ("x".repeat(LINE - 1) + "\n").repeat(count).getBytes(StandardCharsets.UTF_8);
    return () -> LogReader.of("log", new ByteArrayInputStream(text));
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 3, 8})
  void readingPausesWhenNobodyTakesResults(int threads) throws Exception {
    Endless endless = new Endless();
    AtomicInteger worked = new AtomicInteger();
    try (ParallelReader<Integer> reader =
        ParallelReader.start(threads, record -> worked.incrementAndGet())) {
      LogResults<Integer> log = reader.open("endless", () -> LogReader.of("endless", endless));
      int most = 4 * threads * Batch.MOST_RECORDS;
      for (int taken = 1; taken < 50_000; taken++) {
        assertTrue(log.next());
        int ahead = worked.get() - taken;
        // The batch whose results are being taken is among those that are held.
        assertTrue(ahead <= most, () -> ahead + " records ahead, more than " + most);
      }
      long before;
      do {
        before = endless.given.get();
        Thread.sleep(200);
      } while (endless.given.get() > before);
      assertTrue(worked.get() <= 50_000 + most, worked::toString);
    }
  }

  /** A stream of lines that does not end and never makes its reader wait. */
  private static final class Endless extends InputStream {
    private final AtomicLong given = new AtomicLong();

    @Override
    public int read() {
      return given.incrementAndGet() % LINE == 0 ? '\n' : 'x';
    }

    @Override
    public int read(byte[] bytes, int offset, int length) {
      for (int i = 0; i < length; i++) {
        bytes[offset + i] = (byte) read();
      }
      return length;
    }

    @Override
    public int available() {
      return LINE;
    }
  }

  @Test
  void theNextLogsAreReadAheadUpToTheSameBound() throws Exception {
    Set<Integer> opened = ConcurrentHashMap.newKeySet();
    int threads = 2;
    try (ParallelReader<String> reader = ParallelReader.start(threads, LogRecord::text)) {
      List<LogResults<String>> logs = new ArrayList<>();
      for (int i = 0; i < 100; i++) {
        int number = i;
        LogOpener opener = lines(3);
        logs.add(
            reader.open(
                "log" + i,
                () -> {
                  opened.add(number);
                  return opener.open();
                }));
      }
      Await.until(() -> opened.size() == 4 * threads);
      Thread.sleep(200);
      assertEquals(4 * threads, opened.size());
      logs.get(0).forEach(text -> {});
      Await.until(() -> opened.size() == 4 * threads + 1);
      // One that nobody expected.
      assertTrue(logs.get(99).next());
      assertTrue(opened.contains(99));
    }
  }

  @Test
  void manyLogsInTurnsNeverWaitForEachOther() throws IOException {
    try (ParallelReader<String> reader = ParallelReader.start(2, LogRecord::text)) {
      List<LogResults<String>> logs = new ArrayList<>();
      for (int i = 0; i < 50; i++) {
        logs.add(reader.open("log" + i, lines(1_500)));
      }
      for (int i = 0; i < 1_500; i++) {
        for (LogResults<String> log : logs) {
          assertTrue(log.next());
          assertEquals(i + 1, log.line());
        }
      }
      for (LogResults<String> log : logs) {
        assertFalse(log.next());
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 8})
  void aSlowPipeIsNotReadUpToAWholeBatch(int threads) throws Exception {
    try (ParallelReader<String> reader = ParallelReader.start(threads, LogRecord::text)) {
      readASlowPipe(reader);
    }
  }

  @Test
  void norIsItByTheThreadThatTakesTheResults() throws Exception {
    Stuck stuck = new Stuck();
    try (ParallelReader<String> reader = ParallelReader.start(2, LogRecord::text)) {
      reader.open("stuck", () -> LogReader.of("stuck", stuck));
      stuck.isReading.await();
      readASlowPipe(reader);
    } finally {
      stuck.mayEnd.countDown();
    }
  }

  private static void readASlowPipe(ParallelReader<String> reader) throws IOException {
    PipedOutputStream out = new PipedOutputStream();
    PipedInputStream in = new PipedInputStream(out);
    LogResults<String> log = reader.open("pipe", () -> LogReader.of("pipe", in));
    for (int i = 0; i < 20; i++) {
      // Half a line follows, whose rest comes only after the result has been taken.
      String rest = i == 0 ? "" : "rest\n";
      out.write((rest + "{\"a\":" + i + "}\nhalf ").getBytes(StandardCharsets.UTF_8));
      out.flush();
      if (i > 0) {
        assertTrue(log.next());
        assertEquals("half rest", log.value());
      }
      assertTrue(log.next());
      assertEquals("{\"a\":" + i + "}", log.value());
    }
    out.close();
    assertTrue(log.next());
    assertFalse(log.next());
    assertEquals(40, log.linesRead());
  }

  /**
   * A stream that gives nothing until it is told to end. As standard input, it heeds no interrupt.
   */
  private static final class Stuck extends InputStream {
    private final CountDownLatch isReading = new CountDownLatch(1);
    private final CountDownLatch mayEnd = new CountDownLatch(1);

    @Override
    public int read() {
      isReading.countDown();
      boolean isToldToEnd = false;
      while (!isToldToEnd) {
        try {
          mayEnd.await();
          isToldToEnd = true;
        } catch (InterruptedException e) {
          isToldToEnd = mayEnd.getCount() == 0;
        }
      }
      return -1;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) {
      return read();
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 8})
  void whatTheWorkThrowsIsThrownAtItsRecord(int threads) throws IOException {
    AtomicInteger count = new AtomicInteger();
    Error error = new StackOverflowError("of the test");
    try (ParallelReader<Long> reader =
        ParallelReader.start(
            threads,
            record -> {
              count.incrementAndGet();
              if (record.line() == 1_000) {
                throw error;
              }
              return record.line();
            })) {
      LogResults<Long> log = reader.open("log", lines(2_000));
      for (long i = 1; i < 1_000; i++) {
        assertTrue(log.next());
        assertEquals(i, log.value());
      }
      assertSame(error, assertThrows(StackOverflowError.class, log::next));
      assertEquals(1_000, log.line());
      assertThrows(IllegalStateException.class, log::value);
      assertTrue(log.next());
      assertEquals(1_001, log.value());
      log.forEach(line -> {});
      assertEquals(2_000, count.get());
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 8})
  void whatTheConsumerThrowsEndsTheThreads(int threads) {
    IllegalArgumentException refusal = new IllegalArgumentException("of the test");
    assertSame(
        refusal,
        assertThrows(
            IllegalArgumentException.class,
            () -> {
              try (ParallelReader<String> reader = ParallelReader.start(threads, LogRecord::text)) {
                reader
                    .open("log", lines(100_000))
                    .forEach(
                        text -> {
                          throw refusal;
                        });
              }
            }));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 8})
  void aLogThatBreaksOffGivesItsResultsFirst(int threads) throws IOException {
    byte[] text = "a\nb\n".repeat(5_000).getBytes(StandardCharsets.UTF_8);
    AtomicBoolean isClosed = new AtomicBoolean();
    InputStream broken =
        new FilterInputStream(new ByteArrayInputStream(text)) {
          @Override
          public int read(byte[] bytes, int offset, int length) throws IOException {
            int read = super.read(bytes, offset, length);
            if (read < 0) {
              throw new IOException("torn");
            }
            return read;
          }

          @Override
          public void close() {
            isClosed.set(true);
          }
        };
    try (ParallelReader<String> reader = ParallelReader.start(threads, LogRecord::text)) {
      LogResults<String> log = reader.open("log", () -> LogReader.of("log", broken));
      for (int i = 0; i < 10_000; i++) {
        assertTrue(log.next());
      }
      assertEquals("torn", assertThrows(IOException.class, log::next).getMessage());
      assertEquals(10_000, log.linesRead());
      assertFalse(log.next());
      assertTrue(isClosed.get());
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 8})
  void aLogThatCannotBeOpenedSaysSoInItsTurn(int threads) throws IOException {
    try (ParallelReader<String> reader = ParallelReader.start(threads, LogRecord::text)) {
      LogResults<String> first = reader.open("log", lines(3));
      LogResults<String> missing = reader.open(directory.resolve("missing"));
      LogResults<String> last = reader.open("log", lines(4));
      List<String> taken = new ArrayList<>();
      first.forEach(taken::add);
      assertThrows(FileNotFoundException.class, missing::open);
      assertThrows(FileNotFoundException.class, missing::next);
      assertFalse(missing.next());
      last.forEach(taken::add);
      assertEquals(7, taken.size());
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 8})
  void closingClosesTheLogs(int threads) throws IOException {
    AtomicInteger open = new AtomicInteger();
    try (ParallelReader<String> reader = ParallelReader.start(threads, LogRecord::text)) {
      for (int i = 0; i < 5; i++) {
        LogResults<String> log =
            reader.open(
                "log",
                () -> {
                  open.incrementAndGet();
                  return LogReader.of(
                      "log",
                      new FilterInputStream(
                          new ByteArrayInputStream(
                              "a\n".repeat(10_000).getBytes(StandardCharsets.UTF_8))) {
                        private boolean isClosed;

                        @Override
                        public void close() {
                          if (!isClosed) {
                            isClosed = true;
                            open.decrementAndGet();
                          }
                        }
                      });
                });
        assertTrue(log.next());
        if (i % 2 == 0) {
          log.close();
          assertThrows(IllegalStateException.class, log::next);
        }
      }
    }
    assertEquals(0, open.get());
  }

  @Test
  void logsThatCannotBeOpenedLeaveRoomForOthers() throws Exception {
    int threads = 2;
    try (ParallelReader<String> reader = ParallelReader.start(threads, LogRecord::text)) {
      for (int i = 0; i < 100; i++) {
        LogResults<String> missing = reader.open(directory.resolve("missing"));
        assertThrows(FileNotFoundException.class, missing::open);
      }
      AtomicInteger opened = new AtomicInteger();
      for (int i = 0; i < 100; i++) {
        reader.open(
            "log",
            () -> {
              opened.incrementAndGet();
              return lines(3).open();
            });
      }
      Await.until(() -> opened.get() == 4 * threads);
    }
  }

  @Test
  void aLogThatIsGivenUpIsClosedByTheThreadThatReadsIt() throws Exception {
    Stuck stuck = new Stuck();
    AtomicInteger closed = new AtomicInteger();
    InputStream parts =
        new SequenceInputStream(
            Collections.enumeration(List.of(linesOfA(100), stuck, linesOfA(10_000))));
    ParallelReader<String> reader = ParallelReader.start(2, LogRecord::text);
    LogResults<String> log =
        reader.open("log", () -> LogReader.of("log", new Unclosable(parts, closed)));
    assertTrue(log.next());
    stuck.isReading.await();
    log.close();
    assertEquals(0, closed.get());
    stuck.mayEnd.countDown();
    Await.until(() -> closed.get() == 1);
    IOException failure = failureToClose(reader);
    assertEquals("of the test", failure.getMessage());
  }

  private static IOException failureToClose(ParallelReader<?> reader) {
    UncheckedIOException failure = assertThrows(UncheckedIOException.class, reader::close);
    return Objects.requireNonNull(failure.getCause());
  }

  private static InputStream linesOfA(int count) {
    return new ByteArrayInputStream("a\n".repeat(count).getBytes(StandardCharsets.UTF_8));
  }

  /** A stream that cannot be closed. */
  private static final class Unclosable extends FilterInputStream {
    private final AtomicInteger closed;

    Unclosable(InputStream in, AtomicInteger closed) {
      super(in);
      this.closed = closed;
    }

    @Override
    public void close() throws IOException {
      closed.incrementAndGet();
      throw new IOException("of the test");
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2})
  void whatGoesWrongWhenALogIsClosedIsThrown(int threads) throws IOException {
    AtomicInteger closed = new AtomicInteger();
    ParallelReader<String> reader = ParallelReader.start(threads, LogRecord::text);
    for (int i = 0; i < 3; i++) {
      LogResults<String> log =
          reader.open(
              "log", () -> LogReader.of("log", new Unclosable(linesOfA(1_000_000), closed)));
      assertTrue(log.next());
    }
    IOException failure = failureToClose(reader);
    assertEquals("of the test", failure.getMessage());
    assertEquals(2, failure.getSuppressed().length);
    assertEquals(3, closed.get());
  }

  @Test
  void aThreadThatWaitsForItsStreamDoesNotHoldUpTheEnd() throws Exception {
    Stuck stuck = new Stuck();
    try (ParallelReader<String> reader = ParallelReader.start(2, LogRecord::text)) {
      reader.open("stuck", () -> LogReader.of("stuck", stuck));
      stuck.isReading.await();
      // The other log is read by this thread alone.
      List<String> taken = new ArrayList<>();
      reader.open("log", lines(10_000)).forEach(taken::add);
      assertEquals(10_000, taken.size());
    }
    assertEquals(1, ReaderThreads.alive());
    stuck.mayEnd.countDown();
  }

  @Test
  void anInterruptEndsTheWait() throws Exception {
    try (PipedOutputStream out = new PipedOutputStream();
        ParallelReader<String> reader = ParallelReader.start(2, LogRecord::text)) {
      PipedInputStream in = new PipedInputStream(out);
      CountDownLatch isOpen = new CountDownLatch(1);
      LogResults<String> log =
          reader.open(
              "pipe",
              () -> {
                isOpen.countDown();
                return LogReader.of("pipe", in);
              });
      isOpen.await();
      for (int i = 0; i < 10; i++) {
        Thread.currentThread().interrupt();
        assertInstanceOf(InterruptedIOException.class, assertThrows(IOException.class, log::next));
        assertTrue(Thread.interrupted());
        out.write("a whole line\n".getBytes(StandardCharsets.UTF_8));
        out.flush();
        assertTrue(log.next());
      }
    }
  }

  @Test
  void withoutASecondThreadNoneIsStarted() throws IOException {
    Path file = Files.writeString(directory.resolve("log"), "a\nb\n");
    Set<Thread> threads = ConcurrentHashMap.newKeySet();
    try (ParallelReader<String> reader =
        ParallelReader.start(
            1,
            record -> {
              threads.add(Thread.currentThread());
              return record.text();
            })) {
      assertEquals(0, ReaderThreads.alive());
      List<String> taken = new ArrayList<>();
      reader.open(file).forEach(taken::add);
      assertEquals(List.of("a", "b"), taken);
      assertEquals(Set.of(Thread.currentThread()), threads);
    }
  }

  @Test
  void aNumberOfThreadsIsPositive() {
    assertThrows(IllegalArgumentException.class, () -> ParallelReader.start(0, LogRecord::text));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2})
  void aClosedReaderRefusesLogs(int threads) throws IOException {
    ParallelReader<String> reader = ParallelReader.start(threads, LogRecord::text);
    LogResults<String> begun = reader.open("log", lines(3_000));
    LogResults<String> other = reader.open("log", lines(3));
    assertTrue(begun.next());
    reader.close();
    assertThrows(IllegalStateException.class, other::next);
    assertThrows(IllegalStateException.class, () -> begun.forEach(text -> {}));
    assertThrows(IllegalStateException.class, () -> reader.open("log", lines(3)));
  }
}
