package dev.iiswarden.simulation;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.WritableByteChannel;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** An open file of a {@link SimulatedDisk}, or its directory, which can only be forced. */
final class DiskChannel extends FileChannel {
  private final SimulatedDisk disk;
  private final @Nullable DiskFile file;
  private int position;

  /**
   * Opens a file.
   *
   * @param file null for the directory
   */
  DiskChannel(SimulatedDisk disk, @Nullable DiskFile file) {
    this.disk = disk;
    this.file = file;
  }

  private DiskFile file() throws IOException {
    if (file == null) {
      throw new IOException("is a directory");
    }
    return file;
  }

  @Override
  public int read(ByteBuffer to) throws IOException {
    int read = read(to, position);
    position += Math.max(0, read);
    return read;
  }

  @Override
  public int read(ByteBuffer to, long from) throws IOException {
    byte[] content = file().content();
    if (from >= content.length) {
      return -1;
    }
    int count = Math.min(to.remaining(), content.length - (int) from);
    to.put(content, (int) from, count);
    return count;
  }

  @Override
  public long read(ByteBuffer[] to, int offset, int length) {
    throw new UnsupportedOperationException("reading into several buffers is not simulated");
  }

  @Override
  public int write(ByteBuffer from) throws IOException {
    int written = write(from, position);
    position += written;
    return written;
  }

  @Override
  public int write(ByteBuffer from, long to) throws IOException {
    byte[] bytes = new byte[from.remaining()];
    from.get(bytes);
    disk.write(file(), (int) to, bytes);
    return bytes.length;
  }

  @Override
  public long write(ByteBuffer[] from, int offset, int length) {
    throw new UnsupportedOperationException("writing from several buffers is not simulated");
  }

  @Override
  public long position() {
    return position;
  }

  @Override
  public FileChannel position(long now) {
    position = (int) now;
    return this;
  }

  @Override
  public long size() throws IOException {
    return file().content().length;
  }

  @Override
  public FileChannel truncate(long size) throws IOException {
    if (size < size()) {
      file().content(Arrays.copyOf(file().content(), (int) size));
    }
    position = Math.min(position, (int) size);
    return this;
  }

  @Override
  public void force(boolean metaData) throws IOException {
    if (file == null) {
      disk.forceDirectory();
    } else {
      disk.force(file);
    }
  }

  @Override
  public long transferTo(long from, long count, WritableByteChannel to) {
    throw new UnsupportedOperationException("transfers are not simulated");
  }

  @Override
  public long transferFrom(ReadableByteChannel from, long to, long count) {
    throw new UnsupportedOperationException("transfers are not simulated");
  }

  @Override
  public MappedByteBuffer map(MapMode mode, long from, long size) {
    throw new UnsupportedOperationException("mapping is not simulated");
  }

  @Override
  public FileLock lock(long from, long size, boolean shared) throws IOException {
    FileLock lock = tryLock(from, size, shared);
    if (lock == null) {
      throw new IOException("the file is locked for ever");
    }
    return lock;
  }

  @Override
  public @Nullable FileLock tryLock(long from, long size, boolean shared) throws IOException {
    DiskFile locked = file();
    if (locked.isLocked()) {
      return null;
    }
    locked.lock(true);
    return new DiskLock(this, locked);
  }

  @Override
  protected void implCloseChannel() {
    if (file != null) {
      file.lock(false);
    }
  }

  /** A lock on a whole file. */
  private static final class DiskLock extends FileLock {
    private final DiskFile file;

    DiskLock(FileChannel channel, DiskFile file) {
      super(channel, 0, Long.MAX_VALUE, false);
      this.file = file;
    }

    @Override
    public boolean isValid() {
      return file.isLocked();
    }

    @Override
    public void release() {
      file.lock(false);
    }
  }
}
