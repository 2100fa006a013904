package dev.iiswarden.testing;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Runs a main program of the tests in a JVM of its own. */
public final class OwnProcess {
  private OwnProcess() {}

  /** The class path of the tests, entry by entry. */
  public static List<String> classPath() {
    return List.of(
        System.getProperty("java.class.path", "").split(System.getProperty("path.separator", ":")));
  }

  /**
   * Runs a program to its end, which must be a good one.
   *
   * @param options of the JVM
   * @return the lines that it and its JVM wrote
   */
  public static List<String> run(
      List<String> options, List<String> classPath, Class<?> program, Object... arguments)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home", ""), "bin", "java").toString());
    command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"));
    command.addAll(options);
    command.add("-cp");
    command.add(String.join(System.getProperty("path.separator", ":"), classPath));
    command.add(program.getName());
    for (Object argument : arguments) {
      command.add(argument.toString());
    }
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    process.getOutputStream().close();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    int end = process.waitFor();
    if (end != 0) {
      throw new AssertionError(program.getSimpleName() + " ended with " + end + ":\n" + output);
    }
    return output.lines().toList();
  }
}
