package dev.iiswarden.traces;

import static dev.iiswarden.traces.StartedProgram.INETSRV;
import static dev.iiswarden.traces.StartedProgram.POWERSHELL;
import static dev.iiswarden.traces.StartedProgram.SYSTEM;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;

/**
 * An intruder who comes in through a web application and stays as an IIS module.
 *
 * @param host the server
 * @param begin when
 * @param dll the path of the module's DLL
 * @param way how it was installed, in a few words
 */
record Intrusion(String host, Instant begin, String dll, String way) {
  private static final List<String> NAMES =
      List.of("cachehlp", "httpauth2", "staticex", "w3flt", "compress64", "reqlog");
  private static final List<String> VENDOR_FOLDERS =
      List.of("C:\\Program Files\\Common Files\\System\\", "C:\\Program Files\\IIS\\");

  /** The name of the DLL's file. */
  String dllName() {
    return Feed.lastPart(dll, '\\');
  }

  /** How the DLL is registered. */
  private enum Registration {
    APPCMD,
    CMDLET,
    SCRIPT_BLOCK,
    CONFIGURATION_LOG,
    EDITOR,
    WEB_CONFIG
  }

  /** Lets an intruder in; the steps come minutes to hours after each other. */
  static Intrusion on(Server server, Random random) {
    Feed feed = server.feed;
    feed.because("intrusion");
    // All steps come from one collector, as they do on one machine.
    feed.fromSysmon(random.nextInt(4) == 0 ? 100 : 0);
    WebSite site = server.sites.get(random.nextInt(server.sites.size()));
    Instant begin = AdministrationWeek.someTime(random);
    Steps steps = new Steps(random, begin);
    StartedProgram worker = new WorkerProcesses(server).worker(site);
    StringBuilder way = new StringBuilder();

    feed.starts(begin.minusSeconds(3_000), worker, server.services);
    if (random.nextBoolean()) {
      feed.writes(
          steps.next(5), worker, site.folder() + "\\upload\\img" + random.nextInt(99) + ".aspx");
      way.append("web shell, ");
    }
    StartedProgram shell =
        random.nextBoolean()
            ? server.program(SYSTEM + "cmd.exe", "cmd.exe /c whoami /priv")
            : server.program(POWERSHELL, "powershell.exe -nop -w hidden -enc SQBFAFgA");
    feed.starts(steps.next(30), shell, worker);

    Registration registration = registration(random);
    String name = NAMES.get(random.nextInt(NAMES.size())) + random.nextInt(100);
    String dll = folder(site, registration, random) + name + ".dll";
    StartedProgram writer = random.nextInt(3) == 0 ? worker : shell;
    feed.writes(steps.next(20), writer, dll);
    way.append(writer.name()).append(" writes ").append(dll).append(", ").append(registration);
    register(server, steps, registration, site, name, dll, shell);

    StartedProgram loader = new WorkerProcesses(server).worker(site);
    Instant load = steps.next(random.nextBoolean() ? 2 : 300);
    feed.starts(load, loader, server.services);
    feed.loads(load.plusSeconds(1), loader, dll, null);
    if (random.nextBoolean()) {
      feed.starts(
          steps.next(60), server.program(SYSTEM + "cmd.exe", "cmd.exe /c net user"), loader);
      way.append(", used");
    }
    return new Intrusion(server.host, begin, dll, way.toString());
  }

  private static Registration registration(Random random) {
    Registration[] all = Registration.values();
    return all[random.nextInt(all.length)];
  }

  /** A site's web.config names managed modules only, which lie in the site's bin. */
  private static String folder(WebSite site, Registration registration, Random random) {
    int place = registration == Registration.WEB_CONFIG ? 2 : random.nextInt(3);
    return switch (place) {
      case 0 -> INETSRV;
      case 1 -> VENDOR_FOLDERS.get(random.nextInt(VENDOR_FOLDERS.size()));
      default -> site.folder() + "\\bin\\";
    };
  }

  private static void register(
      Server server,
      Steps steps,
      Registration registration,
      WebSite site,
      String name,
      String dll,
      StartedProgram shell) {
    Feed feed = server.feed;
    Instant at = steps.next(40);
    String cmdlet = "New-WebGlobalModule -Name " + name + " -Image '" + dll + "'";
    switch (registration) {
      case APPCMD -> {
        StartedProgram appcmd =
            server.program(
                INETSRV + "appcmd.exe",
                INETSRV + "appcmd.exe install module /name:" + name + " /image:\"" + dll + "\"");
        feed.starts(at, appcmd, shell);
        feed.overwrites(at.plusSeconds(1), appcmd, AdministrationWeek.CONFIGURATION);
      }
      case CMDLET -> feed.starts(at, powershell(server, "-c " + cmdlet), shell);
      case SCRIPT_BLOCK -> {
        StartedProgram script = powershell(server, "-File C:\\Windows\\Temp\\s.ps1");
        feed.starts(at, script, shell);
        feed.runs(at.plusSeconds(1), script, "Import-Module WebAdministration; " + cmdlet);
      }
      case CONFIGURATION_LOG -> {
        feed.configures(at, "globalModules/add[@name=\"" + name + "\"]/@image", dll);
        feed.configures(at.plusMillis(5), "modules/add[@name=\"" + name + "\"]/@name", name);
      }
      case EDITOR -> feed.writes(at, shell, AdministrationWeek.CONFIGURATION);
      case WEB_CONFIG -> feed.writes(at, shell, site.folder() + "\\web.config");
    }
  }

  private static StartedProgram powershell(Server server, String arguments) {
    return server.program(POWERSHELL, "powershell.exe -nop " + arguments);
  }

  /** The times of the intruder's steps. */
  private static final class Steps {
    private final Random random;
    private Instant last;

    Steps(Random random, Instant begin) {
      this.random = random;
      last = begin;
    }

    /** The time of the next step, at most some minutes after the last one. */
    Instant next(int mostMinutes) {
      last = last.plus(Duration.ofSeconds(20 + random.nextInt(mostMinutes * 60)));
      return last;
    }
  }
}
