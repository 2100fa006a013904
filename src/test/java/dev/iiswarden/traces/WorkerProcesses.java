package dev.iiswarden.traces;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The worker processes of a server: what they load when they start, what ASP.NET compiles and
 * copies for them, and the programs that web applications start.
 */
final class WorkerProcesses {
  private static final String MICROSOFT = "Microsoft Corporation";
  private static final String FRAMEWORK = "C:\\Windows\\Microsoft.NET\\Framework64\\v4.0.30319\\";
  private static final String SHADOW_COPIES = FRAMEWORK + "Temporary ASP.NET Files\\";
  private static final String DEFENDER =
      "C:\\ProgramData\\Microsoft\\Windows Defender\\Platform\\4.18.24090.11-0\\";

  /** An agent that watches applications from within. */
  private record Agent(String signer, List<String> dlls) {}

  private static final List<Agent> AGENTS =
      List.of(
          new Agent(
              "New Relic, Inc.",
              List.of(
                  "C:\\Program Files\\New Relic\\.NET Agent\\netframework\\NewRelic.Profiler.dll",
                  "C:\\Program Files\\New Relic\\.NET Agent\\netcore\\NewRelic.Agent.Core.dll",
                  "C:\\Program Files\\New Relic\\.NET Agent\\netcore\\Extensions\\NewRelic.Providers.Wrapper.Sql.dll",
                  "C:\\ProgramData\\New Relic\\.NET Agent\\Extensions\\NewRelic.Providers.Storage.dll")),
          new Agent(
              "Datadog, Inc",
              List.of(
                  "C:\\Program Files\\Datadog\\.NET Tracer\\win-x64\\Datadog.Trace.ClrProfiler.Native.dll",
                  "C:\\Program Files\\Datadog\\.NET Tracer\\net461\\Datadog.Trace.dll",
                  "C:\\ProgramData\\Datadog\\protected\\Datadog.AutoInstrumentation.dll")),
          new Agent(
              "AppDynamics LLC",
              List.of(
                  "C:\\Program Files\\AppDynamics\\AppDynamics .NET Agent\\AppDynamics.Profiler_x64.dll",
                  "C:\\ProgramData\\AppDynamics\\DotNetAgent\\Temp\\AppDynamics.Agent.dll")),
          new Agent(
              "Dynatrace LLC",
              List.of(
                  "C:\\Program Files\\dynatrace\\oneagent\\agent\\bin\\1.299.46\\windows-x86-64\\oneagentdotnet.dll",
                  "C:\\ProgramData\\dynatrace\\oneagent\\agent\\bin\\oneagentiis.dll")),
          new Agent("", List.of()));

  private final Server server;
  private final Agent agent;
  private final boolean startsPrograms;

  WorkerProcesses(Server server) {
    this.server = server;
    agent = server.pick(AGENTS);
    startsPrograms = server.chance(30);
  }

  /** The week's recycles, and what the applications do between them. */
  void week() {
    for (int day = 0; day < AdministrationWeek.DAYS; day++) {
      for (WebSite site : server.sites) {
        if (server.chance(70)) {
          server.feed.because("recycle");
          StartedProgram worker = start(server.at(day, 1, 5), site, false);
          if (startsPrograms) {
            startPrograms(day, worker);
          }
        }
      }
    }
  }

  /**
   * Starts a worker process of a site.
   *
   * @param isNew whether the site has changed, so that ASP.NET compiles and copies it again
   */
  StartedProgram start(Instant time, WebSite site, boolean isNew) {
    StartedProgram worker = worker(site);
    Feed feed = server.feed;
    feed.fromSysmon(3);
    feed.starts(time, worker, server.services);
    Instant at = time.plusMillis(300);
    for (String dll : List.of("iiscore.dll", "w3wphost.dll", "cachuri.dll", "modrqflt.dll")) {
      feed.loads(at, worker, StartedProgram.INETSRV + dll, "Microsoft Windows");
    }
    feed.loads(at, worker, DEFENDER + "MpOav.dll", "Microsoft Windows Publisher");
    for (String dll : agent.dlls()) {
      at = at.plusMillis(20);
      feed.loads(at, worker, dll, agent.signer());
    }
    if (site.isFramework()) {
      feed.loads(at, worker, FRAMEWORK + "webengine4.dll", MICROSOFT);
      loadCopies(at, site, worker, isNew);
    } else {
      loadOwn(at, site, worker);
    }
    return worker;
  }

  /** A worker process of a site, not yet logged. */
  StartedProgram worker(WebSite site) {
    return server.program(
        StartedProgram.INETSRV + "w3wp.exe",
        "c:\\windows\\system32\\inetsrv\\w3wp.exe -ap \"" + site.name() + "\" -v \"v4.0\"");
  }

  /** ASP.NET Core runs in the worker process, which loads the site's DLLs where they are. */
  private void loadOwn(Instant time, WebSite site, StartedProgram worker) {
    Instant at = time;
    for (String dll : site.dlls()) {
      at = at.plusMillis(15);
      String signer = site.signer().isEmpty() ? null : site.signer();
      server.feed.loads(at, worker, site.bin() + "\\" + dll, signer);
    }
    for (int i = 0; i < 12; i++) {
      at = at.plusMillis(15);
      server.feed.loads(
          at, worker, site.bin() + "\\Microsoft.Extensions.Part" + i + ".dll", MICROSOFT);
    }
  }

  /** ASP.NET of the .NET Framework loads copies of the site's DLLs, and compiles its pages. */
  private void loadCopies(Instant time, WebSite site, StartedProgram worker, boolean isNew) {
    String root =
        SHADOW_COPIES + site.name() + String.format(Locale.ROOT, "\\%08x", site.name().hashCode());
    Instant at = time;
    int copies = Math.min(site.dlls().size(), 25);
    for (int i = 0; i < copies; i++) {
      at = at.plusMillis(30);
      String copy = root + "\\assembly\\dl3\\" + i + "\\00a1b2c3\\" + site.dlls().get(i);
      if (isNew) {
        server.feed.writes(at, worker, copy);
      }
      server.feed.loads(at.plusMillis(5), worker, copy, null);
    }
    int pages = isNew ? server.between(1, 5) : 0;
    for (int i = 0; i < pages; i++) {
      at = at.plusSeconds(3);
      compile(at, root, worker);
    }
  }

  private void compile(Instant time, String root, StartedProgram worker) {
    String page = root + String.format(Locale.ROOT, "\\App_Web_%08x.dll", server.random.nextInt());
    StartedProgram compiler =
        server.program(
            FRAMEWORK + "csc.exe", "\"csc.exe\" /noconfig /fullpaths @\"" + page + ".cmdline\"");
    Feed feed = server.feed;
    feed.starts(time, compiler, worker);
    feed.starts(time.plusMillis(20), console(), compiler);
    feed.starts(
        time.plusMillis(200),
        server.program(FRAMEWORK + "cvtres.exe", "cvtres.exe /NOLOGO /MACHINE:IX86"),
        compiler);
    feed.writes(time.plusMillis(700), compiler, page);
    feed.loads(time.plusMillis(900), worker, page, null);
  }

  private StartedProgram console() {
    return server.program(StartedProgram.SYSTEM + "conhost.exe", "conhost.exe 0xffffffff -ForceV1");
  }

  /** A web application that does its work with other programs. */
  private void startPrograms(int day, StartedProgram worker) {
    server.feed.because("programs of a web application");
    Map<String, String> work =
        Map.of(
            StartedProgram.SYSTEM + "cmd.exe",
            "cmd.exe /c magick convert in.png -resize 200x200 out.png",
            "C:\\Program Files\\ImageMagick-7.1.1-Q16-HDRI\\magick.exe",
            "magick.exe convert D:\\data\\in.jpg -resize 50% D:\\data\\out.jpg",
            "C:\\Program Files\\wkhtmltopdf\\bin\\wkhtmltopdf.exe",
            "wkhtmltopdf.exe http://localhost/invoice/17 D:\\data\\17.pdf",
            "C:\\Program Files\\PHP\\v8.2\\php-cgi.exe",
            "\"C:\\Program Files\\PHP\\v8.2\\php-cgi.exe\"");
    List<String> programs = work.keySet().stream().sorted().toList();
    for (int i = 0; i < 4; i++) {
      String executable = programs.get(i);
      Instant at = server.at(day, 7, 19);
      StartedProgram program = server.program(executable, work.getOrDefault(executable, ""));
      server.feed.starts(at, program, worker);
      server.feed.starts(at.plusMillis(20), console(), program);
      server.feed.writes(at.plusMillis(300), program, "D:\\data\\out" + day + i + ".jpg");
    }
    if (server.chance(20)) {
      StartedProgram reporter =
          server.program(
              StartedProgram.SYSTEM + "WerFault.exe", "WerFault.exe -u -p " + worker.pid());
      server.feed.starts(server.at(day, 7, 19), reporter, worker);
    }
  }
}
