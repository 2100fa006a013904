package dev.iiswarden.decode;

import dev.iiswarden.event.FileFields;
import dev.iiswarden.event.HashFields;
import org.jspecify.annotations.Nullable;

/** Splits a path into parts as Elastic's Windows pipelines do. */
final class Paths {
  private Paths() {}

  /** Returns the text after the last backslash, or the whole text if there is no backslash. */
  static @Nullable String lastPart(@Nullable String path) {
    return path == null ? null : path.substring(path.lastIndexOf('\\') + 1);
  }

  /**
   * Returns the name of a process's executable file; null for an executable without a path, such as
   * {@code System}.
   */
  static @Nullable String processName(@Nullable String executable) {
    return executable == null || executable.indexOf('\\') < 0 ? null : lastPart(executable);
  }

  static FileFields file(@Nullable String path) {
    return file(path, new HashFields());
  }

  static FileFields file(@Nullable String path, HashFields hash) {
    String name = lastPart(path);
    int dot = name == null ? -1 : name.lastIndexOf('.');
    return new FileFields(
        path, name, name == null || dot < 0 ? null : name.substring(dot + 1), hash);
  }
}
