package dev.iiswarden.simulation;

import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import org.jspecify.annotations.Nullable;

/** What a {@link SimulatedDisk} says about a file or its directory. */
record DiskAttributes(boolean isDirectory, long size) implements BasicFileAttributes {
  private static final FileTime BEGINNING = FileTime.fromMillis(0);

  @Override
  public FileTime lastModifiedTime() {
    return BEGINNING;
  }

  @Override
  public FileTime lastAccessTime() {
    return BEGINNING;
  }

  @Override
  public FileTime creationTime() {
    return BEGINNING;
  }

  @Override
  public boolean isRegularFile() {
    return !isDirectory;
  }

  @Override
  public boolean isSymbolicLink() {
    return false;
  }

  @Override
  public boolean isOther() {
    return false;
  }

  @Override
  public @Nullable Object fileKey() {
    return null;
  }
}
