package dev.iiswarden.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The program, run as its users run it: in a process of its own. */
final class Program {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int MINUTES_TO_END = 3;

  private final List<String> command = new ArrayList<>();
  private byte[] input = new byte[0];
  private @Nullable Path output;
  private final Map<String, String> variables = new HashMap<>();

  private Program(Stream<?> arguments) {
    command.addAll(QuickStart.command());
    command.add(Main.class.getName());
    arguments.map(Object::toString).forEach(command::add);
  }

  static Program iiswarden(Object... arguments) {
    return new Program(Stream.of(arguments));
  }

  static Program replay(Object... arguments) {
    return new Program(Stream.concat(Stream.of("replay"), Stream.of(arguments)));
  }

  /** With the two rules of the Elastic query alone. */
  static Program replayBaseQuery(Object... arguments) {
    return new Program(Stream.concat(Stream.of("replay", "--base-query"), Stream.of(arguments)));
  }

  /** Adds arguments. */
  Program and(Object... arguments) {
    Stream.of(arguments).map(Object::toString).forEach(command::add);
    return this;
  }

  /** Adds an option of the JVM. */
  Program withJvmOption(String option) {
    command.add(1, option);
    return this;
  }

  /** What the program finds on standard input; without this, nothing. */
  Program reading(byte[] standardInput) {
    input = standardInput;
    return this;
  }

  /** Where standard output goes instead of into what {@link #run()} returns. */
  Program writingTo(Path file) {
    output = file;
    return this;
  }

  /**
   * Runs the program by a shell.
   *
   * @param line its command line, with {@code PROGRAM} for the program
   */
  Program inShell(String line) {
    List<String> program = List.copyOf(command);
    command.clear();
    command.addAll(List.of("sh", "-c", line.replace("PROGRAM", "\"$@\""), "sh"));
    command.addAll(program);
    return this;
  }

  /** Runs the program to its end. */
  Ended run() throws IOException, InterruptedException {
    return run(false);
  }

  /** Runs the program while nobody reads its standard output, as in {@code | head -0}. */
  Ended runWithOutputClosed() throws IOException, InterruptedException {
    return run(true);
  }

  /**
   * Runs the program in a terminal, by the {@code script} of util-linux: what the terminal was sent
   * is {@link Ended#out()}.
   *
   * @param columns how wide the terminal is
   * @param environment its variables, besides {@code TERM=xterm}
   * @param shell the shell command line, with {@code PROGRAM} for the program
   */
  Ended runOnTerminal(int columns, Map<String, String> environment, String shell)
      throws IOException, InterruptedException {
    String quoted =
        command.stream()
            .map(word -> "'" + word.replace("'", "'\\''") + "'")
            .collect(Collectors.joining(" "));
    Path run =
        Files.writeString(
            Files.createTempFile("program", ".sh"),
            "stty cols " + columns + "\n" + shell.replace("PROGRAM", quoted) + "\n");
    command.clear();
    command.addAll(List.of("script", "-qec", "sh " + run, "/dev/null"));
    variables.put("TERM", "xterm");
    variables.putAll(environment);
    try {
      return run(false);
    } finally {
      Files.delete(run);
    }
  }

  /** Starts the program, which reads what is written to the process and writes to these files. */
  Process start(Path out, Path err) throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectOutput(out.toFile()).redirectError(err.toFile());
    // The JVM would announce it on standard error.
    builder.environment().remove("JAVA_TOOL_OPTIONS");
    return builder.start();
  }

  private Ended run(boolean closeOutput) throws IOException, InterruptedException {
    Path in = Files.write(Files.createTempFile("program", ".in"), input);
    Path out = Files.createTempFile("program", ".out");
    Path err = Files.createTempFile("program", ".err");
    try {
      ProcessBuilder builder =
          new ProcessBuilder(command).redirectInput(in.toFile()).redirectError(err.toFile());
      if (!closeOutput) {
        builder.redirectOutput((output == null ? out : output).toFile());
      }
      // The JVM would announce it on standard error.
      builder.environment().remove("JAVA_TOOL_OPTIONS");
      // What whoever runs the tests has set for their own terminal.
      builder.environment().keySet().removeAll(List.of("NO_COLOR", "CLICOLOR_FORCE", "COLUMNS"));
      builder.environment().putAll(variables);
      Process process = builder.start();
      if (closeOutput) {
        InputStream unread = process.getInputStream();
        unread.close();
      }
      if (!process.waitFor(MINUTES_TO_END, TimeUnit.MINUTES)) {
        process.destroyForcibly().waitFor();
        throw new AssertionError("does not end: " + command + "\n" + Files.readString(err));
      }
      return new Ended(process.exitValue(), Files.readString(out), Files.readString(err));
    } finally {
      Files.delete(in);
      Files.delete(out);
      Files.delete(err);
    }
  }

  /** What is left of a run. */
  record Ended(int exitCode, String out, String err) {

    /** This, if the exit code is the given one. */
    Ended with(int expectedExitCode) {
      if (exitCode != expectedExitCode) {
        throw new AssertionError("exit code is not " + expectedExitCode + ": " + this);
      }
      return this;
    }

    /** Standard output, every line of it an alert in JSON. */
    List<JsonNode> alerts() {
      return parse(out.lines());
    }

    /** How many alerts the text for people on standard output has. */
    long printedAlerts() {
      return out.lines().filter(line -> line.matches("  .*  alert [0-9a-f]{32}")).count();
    }

    /** The {@code event.id} of each evidence event of each alert on standard output. */
    List<List<String>> evidenceIds() {
      List<List<String>> all = new ArrayList<>();
      for (JsonNode alert : alerts()) {
        List<String> ids = new ArrayList<>();
        alert.at("/iiswarden/evidence").forEach(event -> ids.add(event.at("/event/id").asText()));
        all.add(ids);
      }
      return all;
    }

    static List<JsonNode> parse(Stream<String> lines) {
      return lines.map(Ended::parse).toList();
    }

    private static JsonNode parse(String line) {
      try {
        return JSON.readTree(line);
      } catch (JsonProcessingException e) {
        throw new UncheckedIOException("not JSON: " + line, e);
      }
    }
  }
}
