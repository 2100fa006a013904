package dev.iiswarden.traces;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The deployments of a server's sites, with the tools that teams use for them. */
final class Deployments {
  private static final List<String> OTHER_FILES =
      List.of("js", "css", "html", "json", "pdb", "png", "cshtml", "map");
  private static final int MOST_DLLS_PERCENT = 60;

  /** How a team brings files to a server. */
  private enum Tool {
    OCTOPUS("C:\\Octopus\\Calamari\\28.1.0\\Calamari.exe", "Calamari.exe deploy-package"),
    AZURE_DEVOPS(
        "C:\\azagent\\A1\\_work\\_tasks\\IISWebAppDeploymentOnMachineGroup\\0.1\\msdeploy.exe",
        "msdeploy.exe -verb:sync -source:package='C:\\azagent\\A1\\drop.zip'"),
    WEB_DEPLOY(StartedProgram.INETSRV + "WMSvc.exe", "WMSvc.exe"),
    ROBOCOPY(StartedProgram.SYSTEM + "Robocopy.exe", "robocopy \\\\build\\drop D:\\stage /MIR"),
    JENKINS(
        StartedProgram.POWERSHELL, "powershell.exe -NonInteractive -File C:\\Jenkins\\copy.ps1"),
    GIT("C:\\Program Files\\Git\\mingw64\\bin\\git.exe", "git.exe pull --ff-only"),
    COPY_BY_HAND("C:\\Windows\\explorer.exe", "C:\\Windows\\Explorer.EXE");

    private final String executable;
    private final String commandLine;

    Tool(String executable, String commandLine) {
      this.executable = executable;
      this.commandLine = commandLine;
    }
  }

  private final Server server;
  private final WorkerProcesses workers;
  private final List<Tool> toolOfSite = new ArrayList<>();

  Deployments(Server server, WorkerProcesses workers) {
    this.server = server;
    this.workers = workers;
    // A team keeps to its tool; a second one is for emergencies.
    server.sites.forEach(site -> toolOfSite.add(server.pick(List.of(Tool.values()))));
  }

  /** Several on each working day, and now and then one on a weekend. */
  void week() {
    for (int day = 0; day < AdministrationWeek.DAYS; day++) {
      boolean isWeekend = day >= 5;
      int count = isWeekend ? (server.chance(15) ? 1 : 0) : server.between(2, 5);
      for (int i = 0; i < count; i++) {
        int site = server.random.nextInt(server.sites.size());
        Tool tool = server.chance(90) ? toolOfSite.get(site) : server.pick(List.of(Tool.values()));
        deploy(server.at(day, 8, 18), server.sites.get(site), tool);
      }
    }
  }

  private void deploy(Instant time, WebSite site, Tool tool) {
    Feed feed = server.feed;
    feed.because("deployment with " + tool.name().toLowerCase(Locale.ROOT));
    feed.fromSysmon(5);
    StartedProgram program = server.program(tool.executable, tool.commandLine);
    feed.starts(time, program, parent(tool));
    Instant at = time;
    int files = server.chance(15) ? server.between(100, 300) : server.between(3, 60);
    for (int i = 0; i < files; i++) {
      at = at.plusMillis(server.between(5, 400));
      feed.writes(at, program, file(site, i, files));
    }
    if (server.chance(60)) {
      feed.writes(at.plusMillis(50), program, site.folder() + "\\web.config");
    }
    at = at.plusSeconds(2);
    if (tool == Tool.OCTOPUS) {
      // It points the site to the folder of the new version.
      StartedProgram script =
          server.program(
              StartedProgram.POWERSHELL, "powershell.exe -File C:\\Octopus\\Work\\iis.ps1");
      feed.starts(at, script, program);
      feed.renames(at.plusSeconds(1), script, AdministrationWeek.CONFIGURATION);
    } else if (server.chance(40)) {
      restartPool(at, site, program);
    }
    workers.start(at.plusSeconds(server.between(3, 60)), site, true);
  }

  private String file(WebSite site, int number, int files) {
    int dlls = Math.max(1, files * MOST_DLLS_PERCENT / 100);
    if (number < dlls) {
      return site.bin() + "\\" + site.dlls().get(number % site.dlls().size());
    }
    return site.folder() + "\\content\\f" + number + "." + server.pick(OTHER_FILES);
  }

  private void restartPool(Instant time, WebSite site, StartedProgram by) {
    if (server.random.nextBoolean()) {
      server.feed.starts(
          time,
          server.program(
              StartedProgram.INETSRV + "appcmd.exe",
              "appcmd.exe recycle apppool /apppool.name:" + site.name()),
          by);
      return;
    }
    StartedProgram shell =
        server.program(
            StartedProgram.POWERSHELL,
            "powershell.exe -Command Restart-WebAppPool -Name " + site.name());
    server.feed.starts(time, shell, by);
    server.feed.runs(
        time.plusMillis(400),
        shell,
        "Import-Module WebAdministration; Restart-WebAppPool -Name '" + site.name() + "'");
  }

  private StartedProgram parent(Tool tool) {
    return switch (tool) {
      case OCTOPUS ->
          server.program("C:\\Program Files\\Octopus Deploy\\Tentacle\\Tentacle.exe", "Tentacle");
      case AZURE_DEVOPS ->
          server.program("C:\\azagent\\A1\\bin\\Agent.Worker.exe", "Agent.Worker.exe spawnclient");
      case WEB_DEPLOY -> server.program(StartedProgram.SYSTEM + "services.exe", "services.exe");
      case ROBOCOPY, GIT ->
          server.program(StartedProgram.SYSTEM + "cmd.exe", "cmd.exe /c D:\\scripts\\deploy.cmd");
      case JENKINS -> server.program("C:\\Jenkins\\jre\\bin\\java.exe", "java -jar agent.jar");
      case COPY_BY_HAND -> server.explorer;
    };
  }
}
