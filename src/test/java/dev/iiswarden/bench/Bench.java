package dev.iiswarden.bench;

import java.io.IOException;

/**
 * Measures what the detector costs, always against something that runs beside it. Ratios are what
 * to read; the absolute figures are this machine's.
 */
public final class Bench {
  private Bench() {}

  /**
   * Runs everything, or the part that the system property {@code bench.only} names, and prints it.
   * The arguments name logs, plain or .gz, to decode as well.
   */
  public static void main(String[] args) throws IOException {
    if (System.getProperty("bench.only", "").equals("soak")) {
      // Takes too long to be a part of everything.
      Soak.run();
      return;
    }
    run("objects", ObjectsBench::objects);
    run("rules", () -> RulesBench.rules(args));
    run("scaling", ScalingBench::run);
    run("relevant", ObjectsBench::relevant);
    run("shares", RelevantBench::run);
    run("threads", ObjectsBench::threads);
    run("cores", CoresBench::run);
    run(
        "latency",
        () -> {
          LatencyBench.latency(0);
          LatencyBench.latency(100);
        });
    run("lines", () -> LinesBench.lines(args));
    run("reading", () -> ReadingBench.run(args));
    run("evtx", EvtxBench::run);
    run("heap", HostsBench::heap);
    run("hosts", HostsBench::run);
    run("interpreter", RulesBench::interpreter);
    run("start", StartBench::run);
    run("kafka", KafkaBench::runThroughput);
    run("restore", KafkaBench::runRestore);
  }

  private static void run(String name, Part part) throws IOException {
    String only = System.getProperty("bench.only", "");
    if (only.isEmpty() || only.equals(name)) {
      part.run();
    }
  }

  /** A part of the benchmark. */
  private interface Part {
    void run() throws IOException;
  }
}
