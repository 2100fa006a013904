package dev.iiswarden;

import dev.iiswarden.alert.Alert;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Keeps a detector's state in a directory across restarts, power cuts and {@code kill -9} included,
 * together with the place in the feed that it belongs to.
 *
 * <p>The application feeds events, saves now and then, and acknowledges to its source what it has
 * fed by then. After a restart it restores, and feeds on from the place it is told. What was fed
 * after the last save is fed again: alerts on it are raised again with the same {@link Alert#id()},
 * none is lost.
 *
 * <pre>
 *   try (StateDirectory state = StateDirectory.open(directory)) {
 *     Optional&lt;String&gt; position = state.restore(detector);
 *     // feed from there; every so often:
 *     state.save(detector, positionOfTheNextEvent);
 *   }
 * </pre>
 *
 * <p>The state is written to a new file, forced to the disk, and put in place of the one before in
 * one step: whatever happens, one of the two is there, whole. Safe for use by several threads; one
 * process at a time can have a directory open.
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
   * Opens a directory, which is made if it is not there.
   *
   * @throws IOException if it cannot be written to, or another process has it open
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
   * Restores the state that was saved last.
   *
   * @param detector one that has not seen an event yet
   * @return the place in the feed to go on from; empty if nothing was saved yet
   * @throws IOException if what is there cannot be read, see {@link Detector#restore}; the detector
   *     is as it was then
   */
  public synchronized Optional<String> restore(Detector detector) throws IOException {
    Path state = directory.resolve(STATE);
    if (Files.notExists(state)) {
      return Optional.empty();
    }
    try (InputStream in = new BufferedInputStream(Files.newInputStream(state))) {
      String position = readPosition(in);
      detector.restore(in);
      return Optional.of(position);
    } catch (IOException e) {
      throw new IOException(state + ": " + e.getMessage(), e);
    }
  }

  /** The first line, and not a byte more. */
  private static String readPosition(InputStream in) throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (int next = in.read(); next != '\n'; next = in.read()) {
      if (next < 0) {
        throw new IOException("the file was cut short in its first line");
      }
      line.write(next);
    }
    return line.toString(StandardCharsets.UTF_8);
  }

  /**
   * Saves the detector's state in place of the one before.
   *
   * @param position the place in the feed of the first event that the detector has not been given;
   *     one line of text
   * @throws IOException if it cannot be written, or a sink has refused alerts that are nowhere else
   *     yet; the state before is still there then, and belongs to the place before
   * @throws IllegalArgumentException if the position is of more than one line
   */
  public synchronized void save(Detector detector, String position) throws IOException {
    if (position.indexOf('\n') >= 0) {
      throw new IllegalArgumentException("the position is of more than one line");
    }
    long undelivered = detector.counters().undelivered();
    if (undelivered > 0) {
      throw new IOException(
          undelivered + " alerts have not been delivered; the state before them is kept");
    }
    try {
      detector.flushSinks();
    } catch (RuntimeException e) {
      throw new IOException(
          "a sink has alerts that it cannot hand on; the state before them is kept", e);
    }
    Path next = directory.resolve(NEW_STATE);
    try (FileChannel file =
        FileChannel.open(
            next,
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.WRITE)) {
      OutputStream out = new BufferedOutputStream(Channels.newOutputStream(file), 1 << 16);
      out.write((position + '\n').getBytes(StandardCharsets.UTF_8));
      detector.snapshot(out);
      out.flush();
      file.force(true);
    }
    Files.move(next, directory.resolve(STATE), StandardCopyOption.ATOMIC_MOVE);
    forceDirectory();
  }

  /** So that the new name survives a power cut; not every system lets a directory be opened. */
  private void forceDirectory() throws IOException {
    if (System.getProperty("os.name", "").startsWith("Windows")) {
      return;
    }
    try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }

  /** Lets other processes have the directory. */
  @Override
  public synchronized void close() throws IOException {
    lockFile.close();
  }
}
