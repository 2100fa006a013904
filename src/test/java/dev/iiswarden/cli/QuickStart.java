package dev.iiswarden.cli;

import dev.iiswarden.testing.OwnProcess;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Makes the program start in two thirds of the time: its classes are mapped from an archive of
 * class data instead of being read and verified by each of hundreds of processes. A JVM archives
 * classes of jars only, so what the build has as directories is packed first.
 */
final class QuickStart {
  private static final List<String> COMMAND = prepare();

  private QuickStart() {}

  /** A JVM and its options, class path included: the name of the main class comes next. */
  static List<String> command() {
    return COMMAND;
  }

  private static List<String> prepare() {
    try {
      Path directory = Files.createTempDirectory("program");
      directory.toFile().deleteOnExit();
      Path archive = directory.resolve("classes.jsa");
      archive.toFile().deleteOnExit();
      String classPath = packed(directory);
      List<String> making = java(List.of("-XX:ArchiveClassesAtExit=" + archive), classPath);
      making.addAll(List.of(Main.class.getName(), "replay", "--quiet", "src/samples"));
      Process process =
          new ProcessBuilder(making)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      // A JVM that cannot make one starts the program more slowly.
      boolean isMade = process.waitFor() == 0 && Files.exists(archive);
      return List.copyOf(
          java(isMade ? List.of("-XX:SharedArchiveFile=" + archive) : List.of(), classPath));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private static List<String> java(List<String> options, String classPath) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home", ""), "bin", "java").toString());
    command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"));
    command.addAll(options);
    command.addAll(List.of("-cp", classPath));
    return command;
  }

  /** The class path of the tests, with jars instead of directories. */
  private static String packed(Path directory) throws IOException {
    List<String> jars = new ArrayList<>();
    for (String one : OwnProcess.classPath()) {
      Path place = Path.of(one);
      if (Files.isDirectory(place)) {
        Path jar = directory.resolve(jars.size() + ".jar");
        jar.toFile().deleteOnExit();
        pack(place, jar, new Manifest());
        jars.add(jar.toString());
      } else {
        jars.add(one);
      }
    }
    return String.join(File.pathSeparator, jars);
  }

  /**
   * Packs the program as it is in a build that goes on to package, but its libraries outside. A
   * copy or a link works in another directory that is as deep as the jar's: paths of libraries are
   * relative, because else the JVM archives none of the program's classes.
   */
  static void packProgram(Path jar) throws IOException {
    Path place = Objects.requireNonNull(jar.getParent());
    Manifest manifest = new Manifest();
    Attributes attributes = manifest.getMainAttributes();
    attributes.put(Attributes.Name.MAIN_CLASS, Main.class.getName());
    attributes.put(
        Attributes.Name.CLASS_PATH,
        OwnProcess.classPath().stream()
            .filter(one -> one.endsWith(".jar"))
            .map(one -> place.relativize(Path.of(one)).toString())
            .collect(Collectors.joining(" ")));
    pack(Path.of("target", "classes"), jar, manifest);
  }

  /** Packs a directory of classes. */
  private static void pack(Path classes, Path jar, Manifest manifest) throws IOException {
    manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
    try (OutputStream out = Files.newOutputStream(jar);
        JarOutputStream entries = new JarOutputStream(out, manifest);
        Stream<Path> files = Files.walk(classes)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        entries.putNextEntry(
            new JarEntry(classes.relativize(file).toString().replace(File.separatorChar, '/')));
        Files.copy(file, entries);
      }
    }
  }
}
