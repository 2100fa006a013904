package dev.iiswarden.simulation;

import java.io.IOException;
import java.net.URI;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.AccessMode;
import java.nio.file.CopyOption;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileStore;
import java.nio.file.FileSystem;
import java.nio.file.FileSystemException;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.FileAttributeView;
import java.nio.file.spi.FileSystemProvider;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A disk with one directory in memory. It can be full, lose what was not forced to it when the
 * power fails, and kill its process at any write, force or rename. File systems that keep their
 * promises do no worse: what was forced survives, and a rename happens or does not.
 */
final class SimulatedDisk extends FileSystemProvider {
  private final FileSystem fileSystem = new DiskFileSystem(this);
  private final Map<String, DiskFile> files = new TreeMap<>();
  private final Map<String, DiskFile> forcedDirectory = new TreeMap<>();
  private int free = Integer.MAX_VALUE;
  private int stepsUntilCrash = Integer.MAX_VALUE;
  private boolean losesRenames;

  FileSystem fileSystem() {
    return fileSystem;
  }

  /** The one directory. */
  Path directory() {
    return fileSystem.getPath("/state");
  }

  /** From now on there is space for so many bytes. */
  void free(int bytes) {
    free = bytes;
  }

  /** Kills the process at one of its next steps on this disk. */
  void crashAfter(int steps) {
    stepsUntilCrash = steps;
  }

  /** From now on renames are reported as done and do not happen. */
  void loseRenames() {
    losesRenames = true;
  }

  /** The process is gone: so are its locks, and the crash that awaited it. */
  void processEnded() {
    files.values().forEach(file -> file.lock(false));
    stepsUntilCrash = Integer.MAX_VALUE;
  }

  /** The power fails: the directory is as it is or as it was forced, and files lose their ends. */
  void cutPower(SplittableRandom random) {
    if (random.nextBoolean()) {
      files.clear();
      files.putAll(forcedDirectory);
    }
    files.values().forEach(file -> file.cutPower(random));
    writeDirectory();
  }

  /** The content of a file of the directory; null if there is none. */
  byte @Nullable [] read(String name) {
    DiskFile file = files.get(name);
    return file == null ? null : file.content();
  }

  /** Replaces the content of a file, if there is one. */
  void damage(String name, byte[] content) {
    DiskFile file = files.get(name);
    if (file != null) {
      file.content(content);
      file.force();
    }
  }

  /** Deletes all files, as an operator does whose state is refused. */
  void clear() {
    files.clear();
    writeDirectory();
  }

  void write(DiskFile file, int position, byte[] bytes) throws IOException {
    boolean crashes = crashes();
    int accepted = Math.min(bytes.length, free);
    if (crashes) {
      accepted = accepted / 2;
    }
    file.write(position, Arrays.copyOf(bytes, accepted));
    if (crashes) {
      throw new SimulatedCrash();
    }
    if (free != Integer.MAX_VALUE) {
      free -= accepted;
    }
    if (accepted < bytes.length) {
      throw new FileSystemException("No space left on device");
    }
  }

  void force(DiskFile file) {
    crashOrGoOn();
    file.force();
  }

  void forceDirectory() {
    crashOrGoOn();
    writeDirectory();
  }

  private void writeDirectory() {
    forcedDirectory.clear();
    forcedDirectory.putAll(files);
  }

  private void crashOrGoOn() {
    if (crashes()) {
      throw new SimulatedCrash();
    }
  }

  private boolean crashes() {
    return stepsUntilCrash != Integer.MAX_VALUE && --stepsUntilCrash < 0;
  }

  private static String name(Path path) {
    return String.valueOf(path.getFileName());
  }

  private boolean isDirectory(Path path) {
    return path.equals(directory()) || path.equals(directory().getParent());
  }

  private DiskFile existing(Path path) throws NoSuchFileException {
    DiskFile file = files.get(name(path));
    if (file == null) {
      throw new NoSuchFileException(path.toString());
    }
    return file;
  }

  @Override
  public FileChannel newFileChannel(
      Path path, Set<? extends OpenOption> options, FileAttribute<?>... attributes)
      throws IOException {
    if (isDirectory(path)) {
      return new DiskChannel(this, null);
    }
    boolean exists = files.containsKey(name(path));
    if (exists && options.contains(StandardOpenOption.CREATE_NEW)) {
      throw new FileAlreadyExistsException(path.toString());
    }
    if (!exists
        && (options.contains(StandardOpenOption.CREATE)
            || options.contains(StandardOpenOption.CREATE_NEW))) {
      crashOrGoOn();
      files.put(name(path), new DiskFile());
    }
    DiskFile file = existing(path);
    if (options.contains(StandardOpenOption.TRUNCATE_EXISTING)) {
      file.content(new byte[0]);
    }
    DiskChannel channel = new DiskChannel(this, file);
    return options.contains(StandardOpenOption.APPEND)
        ? channel.position(file.content().length)
        : channel;
  }

  @Override
  public SeekableByteChannel newByteChannel(
      Path path, Set<? extends OpenOption> options, FileAttribute<?>... attributes)
      throws IOException {
    return newFileChannel(path, options, attributes);
  }

  @Override
  public void move(Path from, Path to, CopyOption... options) throws IOException {
    DiskFile file = existing(from);
    crashOrGoOn();
    if (losesRenames) {
      return;
    }
    files.remove(name(from));
    files.put(name(to), file);
  }

  @Override
  public void delete(Path path) throws IOException {
    existing(path);
    crashOrGoOn();
    files.remove(name(path));
  }

  @Override
  public void checkAccess(Path path, AccessMode... modes) throws IOException {
    if (!isDirectory(path)) {
      existing(path);
    }
  }

  @Override
  public void createDirectory(Path path, FileAttribute<?>... attributes) throws IOException {
    throw new FileAlreadyExistsException(path.toString());
  }

  @Override
  public <A extends BasicFileAttributes> A readAttributes(
      Path path, Class<A> type, LinkOption... options) throws IOException {
    long size = isDirectory(path) ? 0 : existing(path).content().length;
    return type.cast(new DiskAttributes(isDirectory(path), size));
  }

  @Override
  public DirectoryStream<Path> newDirectoryStream(
      Path path, DirectoryStream.Filter<? super Path> filter) throws IOException {
    List<Path> entries = new ArrayList<>();
    for (String name : files.keySet()) {
      Path entry = path.resolve(name);
      if (filter.accept(entry)) {
        entries.add(entry);
      }
    }
    return new DirectoryStream<>() {
      @Override
      public Iterator<Path> iterator() {
        return entries.iterator();
      }

      @Override
      public void close() {}
    };
  }

  @Override
  public String getScheme() {
    return "simulated";
  }

  @Override
  public boolean isSameFile(Path one, Path other) {
    return one.equals(other);
  }

  @Override
  public boolean isHidden(Path path) {
    return false;
  }

  @Override
  public <V extends FileAttributeView> @Nullable V getFileAttributeView(
      Path path, Class<V> type, LinkOption... options) {
    return null;
  }

  @Override
  public FileSystem newFileSystem(URI uri, Map<String, ?> settings) {
    throw notSimulated();
  }

  @Override
  public FileSystem getFileSystem(URI uri) {
    throw notSimulated();
  }

  @Override
  public Path getPath(URI uri) {
    throw notSimulated();
  }

  @Override
  public void copy(Path from, Path to, CopyOption... options) {
    throw notSimulated();
  }

  @Override
  public FileStore getFileStore(Path path) {
    throw notSimulated();
  }

  @Override
  public Map<String, Object> readAttributes(Path path, String names, LinkOption... options) {
    throw notSimulated();
  }

  @Override
  public void setAttribute(Path path, String name, Object value, LinkOption... options) {
    throw notSimulated();
  }

  private static UnsupportedOperationException notSimulated() {
    return new UnsupportedOperationException("not simulated");
  }
}
