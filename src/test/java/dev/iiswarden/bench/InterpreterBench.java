package dev.iiswarden.bench;

import dev.iiswarden.Detector;
import dev.iiswarden.cli.Main;
import dev.iiswarden.event.Event;
import dev.iiswarden.event.FileEvent;
import dev.iiswarden.rules.Rules;
import dev.iiswarden.rules.RulesDirectory;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;

/**
 * What interpreted rules take beside compiled ones: to load, from the start of the JVM to the first
 * alert; and how long other hosts wait while a bad rule joins everything on one host.
 */
final class InterpreterBench {
  private static final Path RULES = Path.of("rules-drl");
  private static final int LOADS = 15;
  private static final int STARTS = 7;
  private static final int OTHER_HOSTS = 64;
  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

  private static final String BAD_RULE =
      """
      package analyst;
      import dev.iiswarden.event.*;
      rule "bad" @id( "bad" )
      when
          $a : FileEvent( host.name == "BAD" ) over window:time( 1h )
          $b : FileEvent( host.name == "BAD" ) over window:time( 1h )
          $c : FileEvent( host.name == "BAD", file.name == $b.file.path ) over window:time( 1h )
      then
          insert( new Detection( $a, $b, $c ) );
      end
      """;

  private InterpreterBench() {}

  static void run() throws IOException {
    load();
    start();
    badRule();
  }

  private static void load() {
    System.out.printf("%nloading rules-drl from the directory%n");
    RulesDirectory directory = RulesDirectory.at(RULES);
    print("interpreted", load(directory::compile), "the first is cold");
    print("compiled, as if trusted", load(directory.trusted()::compile), "the first is cold");
  }

  private static double[] load(Supplier<Rules> rules) {
    double[] millis = new double[LOADS];
    for (int i = 0; i < LOADS; i++) {
      long began = System.nanoTime();
      if (rules.get().all().isEmpty()) {
        throw new IllegalStateException("there are no rules");
      }
      millis[i] = (System.nanoTime() - began) / 1e6;
    }
    return millis;
  }

  private static void print(String what, double[] millis, String of) {
    double[] rest = Arrays.copyOfRange(millis, millis.length / 2, millis.length);
    Arrays.sort(rest);
    System.out.printf(
        Locale.ROOT,
        "  %-28s %,8.0f ms, median of the later half; %,8.0f ms, %s%n",
        what,
        rest[rest.length / 2],
        millis[0],
        of);
  }

  private static void start() throws IOException {
    System.out.printf("%nfrom the start of the JVM to the first alert of src/samples%n");
    print("bundled rules", starts("replay", "src/samples"), "the first");
    print(
        "--rules rules-drl",
        starts("replay", "--rules", RULES.toString(), "src/samples"),
        "the first");
  }

  private static double[] starts(String... arguments) throws IOException {
    double[] millis = new double[STARTS];
    for (int i = 0; i < STARTS; i++) {
      List<String> command = new ArrayList<>();
      command.add(Path.of(System.getProperty("java.home", ""), "bin", "java").toString());
      command.addAll(
          List.of("-cp", System.getProperty("java.class.path", ""), Main.class.getName()));
      command.addAll(List.of(arguments));
      long began = System.nanoTime();
      Process process =
          new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
      try (BufferedReader out =
          new BufferedReader(
              new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
        if (out.readLine() == null) {
          throw new IllegalStateException("no alert");
        }
        millis[i] = (System.nanoTime() - began) / 1e6;
        while (out.readLine() != null) {
          // The program ends by itself.
        }
      }
    }
    return millis;
  }

  /** One thread feeds the host of the bad rule, another one 64 hosts in turn. */
  private static void badRule() {
    Map<String, String> files = new TreeMap<>(Rules.bundled().files());
    files.put("zz-bad.drl", BAD_RULE);
    System.out.printf(
        "%nother hosts beside a rule that joins everything, ms from record to alert%n");
    latencies("without that host", Rules.bundled(), false);
    latencies("with it", Rules.fromFiles(files), true);
  }

  private static void latencies(String what, Rules rules, boolean bad) {
    AtomicBoolean done = new AtomicBoolean();
    List<String> alerts = new ArrayList<>();
    try (Detector detector =
        Detector.builder()
            .rules(rules)
            .lateness(Duration.ZERO)
            .mostAlertsPerHour(Integer.MAX_VALUE, Integer.MAX_VALUE)
            .sink(
                alert -> {
                  if (!alert.rule().id().equals("bad")) {
                    synchronized (alerts) {
                      alerts.add(alert.id());
                    }
                  }
                })
            .build()) {
      Thread feeder =
          new Thread(
              () -> {
                for (int i = 0; bad && !done.get(); i++) {
                  detector.accept(drop("BAD", START.plusSeconds(i), "C:\\x\\" + i + ".txt"));
                }
              });
      feeder.start();
      List<Double> millis = new ArrayList<>();
      for (int round = 0; round < 60; round++) {
        for (int host = 0; host < OTHER_HOSTS; host++) {
          Event event =
              drop(
                  "HOST-" + host,
                  START.plusSeconds(3_600L * round),
                  "C:\\Windows\\System32\\inetsrv\\" + round + ".dll");
          long began = System.nanoTime();
          detector.accept(event);
          if (round >= 10) {
            millis.add((System.nanoTime() - began) / 1e6);
          }
        }
      }
      done.set(true);
      join(feeder);
      millis.sort(null);
      System.out.printf(
          Locale.ROOT,
          "  %-28s median %.2f, 99 %% %.2f, worst %.2f; %,d records of the host were over budget%n",
          what,
          millis.get(millis.size() / 2),
          millis.get(millis.size() * 99 / 100),
          millis.get(millis.size() - 1),
          detector.counters().overBudget());
    }
    if (alerts.size() < 60 * OTHER_HOSTS) {
      throw new IllegalStateException("only " + alerts.size() + " alerts");
    }
  }

  private static void join(Thread thread) {
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private static Event drop(String host, Instant time, String path) {
    String name = path.substring(path.lastIndexOf('\\') + 1);
    return FileEvent.KIND.event(
        time,
        Map.of(
            "host.name", host,
            "event.type", "creation",
            "file.path", path,
            "file.name", name,
            "file.extension", name.substring(name.lastIndexOf('.') + 1)));
  }
}
