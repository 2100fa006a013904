package dev.iiswarden.traces;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;

/**
 * A week of ordinary administration of one or two IIS servers, about 12,000 events each, and the
 * same week with one intrusion on the first server at a random time. The same seed is the same
 * week.
 *
 * @param quiet the events of the week without the intrusion, in the order in which they arrive
 * @param intruded the same events and those of the intrusion
 * @param servers the names of the servers
 * @param intrusion what the intruder did
 */
record AdministrationWeek(
    List<String> quiet, List<String> intruded, List<String> servers, Intrusion intrusion) {
  static final int DAYS = 7;
  static final String CONFIGURATION = StartedProgram.INETSRV + "config\\applicationHost.config";

  private static final int LEAST_BACKGROUND = 4_000;
  private static final int MOST_BACKGROUND = 8_000;

  /** The week of a seed. */
  static AdministrationWeek of(long seed) {
    List<Server> servers = new ArrayList<>();
    int count = seed % 5 == 4 ? 2 : 1;
    for (int i = 0; i < count; i++) {
      Server server = new Server("WEB" + seed + "-" + (i + 1), new Random(seed * 1_000_003L + i));
      administer(server);
      servers.add(server);
    }
    List<String> quiet = merge(servers);
    Intrusion intrusion = Intrusion.on(servers.get(0), new Random(seed * 7_919L + 17));
    return new AdministrationWeek(
        quiet, merge(servers), servers.stream().map(server -> server.host).toList(), intrusion);
  }

  private static List<String> merge(List<Server> servers) {
    return servers.stream()
        .flatMap(server -> server.feed.lines().stream())
        .sorted(Comparator.comparing(Feed.Line::arrived))
        .map(Feed.Line::text)
        .toList();
  }

  private static void administer(Server server) {
    WorkerProcesses workers = new WorkerProcesses(server);
    workers.week();
    new Deployments(server, workers).week();
    new Upkeep(server).week();
    new Background(server).week(server.between(LEAST_BACKGROUND, MOST_BACKGROUND));
  }

  /** A moment of a random day and hour of the week that leaves a day for what follows. */
  static Instant someTime(Random random) {
    return Server.MONDAY.plus(Duration.ofMinutes(random.nextInt((DAYS - 1) * 24 * 60)));
  }
}
