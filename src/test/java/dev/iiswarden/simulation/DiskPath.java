package dev.iiswarden.simulation;

import java.io.File;
import java.net.URI;
import java.nio.file.FileSystem;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A path on a {@link SimulatedDisk}; a path of this machine does the work with names. */
record DiskPath(SimulatedDisk disk, Path name) implements Path {
  private static Path nameOf(Path path) {
    return path instanceof DiskPath other ? other.name : path;
  }

  private DiskPath at(Path other) {
    return new DiskPath(disk, other);
  }

  private @Nullable Path orNull(@Nullable Path other) {
    return other == null ? null : at(other);
  }

  @Override
  public FileSystem getFileSystem() {
    return disk.fileSystem();
  }

  @Override
  public boolean isAbsolute() {
    return name.isAbsolute();
  }

  @Override
  public @Nullable Path getRoot() {
    return orNull(name.getRoot());
  }

  @Override
  public @Nullable Path getFileName() {
    return orNull(name.getFileName());
  }

  @Override
  public @Nullable Path getParent() {
    return orNull(name.getParent());
  }

  @Override
  public int getNameCount() {
    return name.getNameCount();
  }

  @Override
  public Path getName(int index) {
    return at(name.getName(index));
  }

  @Override
  public Path subpath(int from, int to) {
    return at(name.subpath(from, to));
  }

  @Override
  public boolean startsWith(Path other) {
    return name.startsWith(nameOf(other));
  }

  @Override
  public boolean endsWith(Path other) {
    return name.endsWith(nameOf(other));
  }

  @Override
  public Path normalize() {
    return at(name.normalize());
  }

  @Override
  public Path resolve(Path other) {
    return at(name.resolve(nameOf(other)));
  }

  @Override
  public Path relativize(Path other) {
    return at(name.relativize(nameOf(other)));
  }

  @Override
  public URI toUri() {
    return URI.create("simulated:" + name);
  }

  @Override
  public Path toAbsolutePath() {
    return at(name.toAbsolutePath());
  }

  @Override
  public Path toRealPath(LinkOption... options) {
    return toAbsolutePath().normalize();
  }

  @Override
  public File toFile() {
    throw new UnsupportedOperationException("this path is not of this machine");
  }

  @Override
  public WatchKey register(
      WatchService watcher, WatchEvent.Kind<?>[] events, WatchEvent.Modifier... modifiers) {
    throw new UnsupportedOperationException("a simulated disk is not watched");
  }

  @Override
  public int compareTo(Path other) {
    return name.compareTo(nameOf(other));
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof DiskPath path && disk == path.disk && name.equals(path.name);
  }

  @Override
  public int hashCode() {
    return Objects.hash(System.identityHashCode(disk), name);
  }

  @Override
  public String toString() {
    return name.toString();
  }
}
