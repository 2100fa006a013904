package dev.iiswarden.cli;

import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** A log to be read; without a path, standard input. */
record LogSource(String name, @Nullable Path path, long bytes) {
  boolean isFile() {
    return path != null && Files.isRegularFile(path);
  }

  InputStream open() throws IOException {
    return path == null ? System.in : open(path);
  }

  /** Opens a file or a named pipe. */
  static InputStream open(Path path) throws IOException {
    // A File does not keep a name that the locale cannot express, and the channel behind a Path
    // cannot read a pipe.
    return Files.isRegularFile(path)
        ? Files.newInputStream(path)
        : new FileInputStream(path.toFile());
  }
}
