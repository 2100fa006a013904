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
    // Not the channel that Files would open: that cannot read a pipe.
    return path == null ? System.in : new FileInputStream(path.toFile());
  }
}
