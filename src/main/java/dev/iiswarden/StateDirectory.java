package dev.iiswarden;

import dev.iiswarden.alert.Alert;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A directory that keeps a detector's state across restarts, including power cuts and {@code kill
 * -9}, together with the feed position to which the state belongs. Made by {@link #open}.
 *
 * <p>The application feeds events, saves at intervals, and acknowledges to its source the events
 * fed before the save. After a restart it restores the state and continues from the returned
 * position. Events fed after the last save are fed again: their alerts are raised again with the
 * same {@link Alert#id()}, and none is lost.
 *
 * <pre>
 *   try (StateDirectory state = StateDirectory.open(directory)) {
 *     Optional&lt;String&gt; position = state.restore(detector);
 *     // feed from there; every so often:
 *     state.save(detector, positionOfTheNextEvent);
 *   }
 * </pre>
 *
 * <p>The state is written to a new file, forced to disk, and moved over the previous file in one
 * atomic step. Whatever happens, one of the two files is there and complete. A checksum covers the
 * state and the position, so that a file damaged later is refused. Safe for use by several threads;
 * only one process at a time can have a directory open.
 */
public final class StateDirectory implements AutoCloseable {
  private static final String STATE = "state.jsonl";
  private static final String NEW_STATE = "state.jsonl.new";
  private static final String LOCK = "lock";

  private final Path directory;
  private final FileChannel lockFile;

  private StateDirectory(Path directory, FileChannel lockFile) {
    this.directory = directory;
    this.lockFile = lockFile;
  }

  /**
   * Opens a directory, and creates it if it does not exist.
   *
   * @throws IOException if the directory is not writable, or another process has it open
   */
  public static StateDirectory open(Path directory) throws IOException {
    Files.createDirectories(directory);
    FileChannel lockFile =
        FileChannel.open(
            directory.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    if (lock(lockFile) == null) {
      lockFile.close();
      throw new IOException("the state directory " + directory + " is in use by another process");
    }
    return new StateDirectory(directory, lockFile);
  }

  private static @Nullable FileLock lock(FileChannel file) throws IOException {
    try {
      return file.tryLock();
    } catch (OverlappingFileLockException e) {
      return null;
    }
  }

  /**
   * Restores the last saved state.
   *
   * @param detector a detector that has not taken an event yet
   * @return the feed position to continue from; empty if no state was saved yet
   * @throws IOException if the saved state cannot be read, see {@link Detector#restore}; the
   *     detector is then unchanged
   */
  public synchronized Optional<String> restore(Detector detector) throws IOException {
    Path state = directory.resolve(STATE);
    if (Files.notExists(state)) {
      return Optional.empty();
    }
    try (InputStream in = new BufferedInputStream(Files.newInputStream(state))) {
      String position = detector.restoreWithPosition(in);
      if (position == null) {
        throw new IOException("this snapshot was saved without a position in the feed");
      }
      return Optional.of(position);
    } catch (IOException e) {
      throw new IOException(state + ": " + e.getMessage(), e);
    }
  }

  /**
   * Saves the detector's state and replaces the previous one.
   *
   * @param position the feed position of the first event that the detector has not been given
   * @throws IOException if the state cannot be written, or a sink has refused alerts that are not
   *     stored anywhere yet; the previous state is then kept with its position
   */
  public synchronized void save(Detector detector, String position) throws IOException {
    long undelivered = detector.counters().undelivered();
    if (undelivered > 0) {
      throw new IOException(undelivered + " alerts are undelivered; the previous state is kept");
    }
    try {
      detector.flushSinks();
    } catch (RuntimeException e) {
      throw new IOException("a sink cannot hand on its alerts; the previous state is kept", e);
    }
    Path next = directory.resolve(NEW_STATE);
    try (FileChannel file =
        FileChannel.open(
            next,
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.WRITE)) {
      OutputStream out = new BufferedOutputStream(Channels.newOutputStream(file), 1 << 16);
      detector.snapshot(out, position);
      file.force(true);
    }
    Files.move(next, directory.resolve(STATE), StandardCopyOption.ATOMIC_MOVE);
    forceDirectory();
  }

  /** Makes the rename survive a power cut. Windows does not let a directory be opened. */
  private void forceDirectory() throws IOException {
    if (System.getProperty("os.name", "").startsWith("Windows")) {
      return;
    }
    try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }

  /** Releases the directory to other processes. */
  @Override
  public synchronized void close() throws IOException {
    lockFile.close();
  }
}
