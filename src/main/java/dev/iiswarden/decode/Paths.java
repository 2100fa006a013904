package dev.iiswarden.decode;

import dev.iiswarden.event.FileFields;
import dev.iiswarden.event.HashFields;
import org.jspecify.annotations.Nullable;

/** The parts of a path, as Elastic's Windows pipelines take them apart. */
final class Paths {
  private Paths() {}

  /** What follows the last backslash: all of it if there is none. */
  static @Nullable String lastPart(@Nullable String path) {
    return path == null ? null : path.substring(path.lastIndexOf('\\') + 1);
  }

  /** The name of the file a process runs; null for one that is none, such as {@code System}. */
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
