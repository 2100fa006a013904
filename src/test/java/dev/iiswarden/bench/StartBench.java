package dev.iiswarden.bench;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What it takes to start the program, replay a small file and end, beside a Java program that does
 * nothing: the CPU time of whole processes, user and system, of all their threads. The commands
 * take turns. It needs the program as {@code mvn package} builds it.
 */
final class StartBench {
  private static final Path JAVA_HOME = Path.of(System.getProperty("java.home", ""));
  private static final Path JAR = Path.of("target", "iiswarden.jar");
  private static final Path SCRIPT = Path.of("target", "bin", "iiswarden");
  private static final Path LOG = Path.of("src", "samples", "web01.sysmon.ndjson");
  private static final int ROUNDS = 5;

  /** Processes a round, because shells count in hundredths of a second. */
  private static final int TIMES = 2;

  /** What the shell prints of its children: minutes and seconds, user then system. */
  private static final Pattern TAKEN =
      Pattern.compile("(\\d+)m([\\d.]+)s\\s+(\\d+)m([\\d.]+)s\\s*\\z");

  private StartBench() {}

  static void run() throws IOException {
    if (!Files.isExecutable(SCRIPT) || !Files.exists(JAR)) {
      System.out.printf(
          "%n%s is not here: build it with mvn -q package -Dmaven.test.skip%n", SCRIPT);
      return;
    }
    String java = JAVA_HOME.resolve("bin").resolve("java").toString();
    String jar = JAR.toString();
    String log = LOG.toString();
    Map<String, List<String>> commands = new LinkedHashMap<>();
    commands.put(
        "a program that does nothing", List.of(java, "-cp", place(), Nothing.class.getName()));
    commands.put("bin/iiswarden", List.of(SCRIPT.toString(), "replay", log));
    commands.put(
        "bin/iiswarden, an option", List.of(SCRIPT.toString(), "replay", "--lateness", "35s", log));
    commands.put(
        "bin/iiswarden --rules", List.of(SCRIPT.toString(), "replay", "--rules", "rules-drl", log));
    commands.put("java -jar", List.of(java, "-jar", jar, "replay", log));
    commands.put(
        "java -jar --rules", List.of(java, "-jar", jar, "replay", "--rules", "rules-drl", log));
    print(commands);
  }

  private static String place() {
    return Path.of(
            URI.create(
                Nothing.class.getProtectionDomain().getCodeSource().getLocation().toString()))
        .toString();
  }

  private static void print(Map<String, List<String>> commands) throws IOException {
    Map<String, double[]> seconds = new LinkedHashMap<>();
    commands.keySet().forEach(what -> seconds.put(what, new double[ROUNDS]));
    for (int round = 0; round < ROUNDS; round++) {
      for (Map.Entry<String, List<String>> command : commands.entrySet()) {
        double[] all = seconds.getOrDefault(command.getKey(), new double[0]);
        all[round] = seconds(command.getValue());
      }
    }
    System.out.printf("%nfrom start to end of replay %s, CPU seconds of the whole process%n", LOG);
    double least = 0;
    for (Map.Entry<String, double[]> one : seconds.entrySet()) {
      double[] all = one.getValue();
      Arrays.sort(all);
      double median = all[ROUNDS / 2];
      least = least == 0 ? median : least;
      System.out.printf(
          Locale.ROOT,
          "  %-30s %.2f s, best %.2f s   takes %.1f times as long as the first%n",
          one.getKey(),
          median,
          all[0],
          median / least);
    }
  }

  /** Runs a command several times and returns the CPU time that one run took. */
  private static double seconds(List<String> command) throws IOException {
    List<String> shell = new ArrayList<>();
    shell.addAll(
        List.of(
            "sh",
            "-c",
            "i=0; while [ $i -lt "
                + TIMES
                + " ]; do \"$@\" >/dev/null || exit; i=$((i + 1)); done; times",
            "sh"));
    shell.addAll(command);
    ProcessBuilder builder =
        new ProcessBuilder(shell).redirectError(ProcessBuilder.Redirect.INHERIT);
    builder.environment().keySet().removeAll(List.of("JAVA_TOOL_OPTIONS", "JAVA_OPTS"));
    builder.environment().put("JAVA_HOME", JAVA_HOME.toString());
    Process process = builder.start();
    process.getOutputStream().close();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    Matcher taken = TAKEN.matcher(said);
    if (!taken.find()) {
      throw new IllegalStateException(command + " fails");
    }
    double user = 60 * number(taken, 1) + number(taken, 2);
    double system = 60 * number(taken, 3) + number(taken, 4);
    return (user + system) / TIMES;
  }

  private static double number(Matcher matcher, int group) {
    return Double.parseDouble(matcher.group(group));
  }

  /** The program that does nothing. */
  static final class Nothing {
    private Nothing() {}

    public static void main(String[] arguments) {
      // As it says.
    }
  }
}
