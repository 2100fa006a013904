package dev.iiswarden.traces;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** A server for a week: its sites, its programs and what happens on it. Not thread-safe. */
final class Server {
  /** The Monday on which all weeks begin. */
  static final Instant MONDAY = Instant.parse("2026-09-14T00:00:00Z");

  private static final List<String> NAMES =
      List.of("shop", "intranet", "api", "erp", "portal", "billing", "docs", "hr", "crm", "cms");
  private static final List<String> FOLDERS =
      List.of("C:\\inetpub\\wwwroot\\", "C:\\inetpub\\sites\\", "D:\\sites\\", "D:\\apps\\");
  private static final int FIRST_PID = 1200;

  final String host;
  final Random random;
  final Feed feed;
  final List<WebSite> sites = new ArrayList<>();
  final StartedProgram services;
  final StartedProgram explorer;
  private int pids = FIRST_PID;

  Server(String host, Random random) {
    this.host = host;
    this.random = random;
    feed = new Feed(host, random);
    services = program(StartedProgram.SYSTEM + "svchost.exe", "svchost.exe -k iissvcs");
    explorer = program("C:\\Windows\\explorer.exe", "C:\\Windows\\Explorer.EXE");
    int count = between(4, 8);
    int first = random.nextInt(NAMES.size());
    for (int i = 0; i < count; i++) {
      sites.add(site(NAMES.get((first + i) % NAMES.size())));
    }
  }

  private WebSite site(String name) {
    boolean isFramework = random.nextBoolean();
    List<String> dlls = new ArrayList<>();
    int count = between(6, 60);
    for (int i = 0; i < count; i++) {
      dlls.add("Contoso." + name + ".Part" + i + ".dll");
    }
    return new WebSite(
        name, pick(FOLDERS) + name, isFramework, chance(25) ? "Contoso Ltd." : "", dlls);
  }

  /** A program that was started, with a process id of its own. */
  StartedProgram program(String executable, String commandLine) {
    pids += 4 * (1 + random.nextInt(9));
    return new StartedProgram(executable, pids, commandLine);
  }

  /** A moment of a day, 0 for Monday, within some hours of it. */
  Instant at(int day, int fromHour, int toHour) {
    return MONDAY
        .plus(Duration.ofDays(day))
        .plus(Duration.ofHours(fromHour))
        .plusSeconds(random.nextInt(Math.max(1, (toHour - fromHour) * 3600)));
  }

  int between(int least, int most) {
    return least + random.nextInt(most - least + 1);
  }

  boolean chance(int percent) {
    return random.nextInt(100) < percent;
  }

  <T> T pick(List<T> list) {
    return list.get(random.nextInt(list.size()));
  }
}
