package dev.iiswarden.traces;

import java.time.Instant;
import java.util.List;

/** The thousands of events of a server that have nothing to do with IIS. */
final class Background {
  private static final List<String> PROGRAMS =
      List.of(
          StartedProgram.SYSTEM + "svchost.exe",
          StartedProgram.SYSTEM + "taskhostw.exe",
          StartedProgram.SYSTEM + "wbem\\WmiPrvSE.exe",
          StartedProgram.SYSTEM + "SearchIndexer.exe",
          "C:\\Program Files\\Zabbix Agent 2\\zabbix_agent2.exe",
          "C:\\Program Files\\Microsoft SQL Server\\MSSQL15\\MSSQL\\Binn\\sqlservr.exe",
          StartedProgram.SYSTEM + "cmd.exe",
          StartedProgram.POWERSHELL);
  private static final List<String> COMMANDS =
      List.of(
          "cmd.exe /c ping -n 1 gateway",
          "powershell.exe -File C:\\scripts\\cleanup.ps1",
          "schtasks.exe /run /tn Rotate",
          "net.exe use Z: \\\\files\\share",
          "tasklist.exe /svc",
          "wevtutil.exe qe System /c:5");
  private static final List<String> FILES =
      List.of(
          "C:\\Windows\\Prefetch\\X%d.pf",
          "C:\\inetpub\\logs\\LogFiles\\W3SVC1\\u_ex%d.log",
          "C:\\Windows\\Temp\\tmp%d.tmp",
          "D:\\data\\upload%d.jpg",
          "C:\\Windows\\SoftwareDistribution\\Download\\p%d.cab",
          "C:\\Users\\admin\\AppData\\Local\\Temp\\n%d.txt",
          "C:\\Program Files\\Vendor\\Agent\\plugin%d.dll");

  private final Server server;

  Background(Server server) {
    this.server = server;
  }

  /** A number of events at any time of the week. */
  void week(int count) {
    Feed feed = server.feed;
    feed.because("background");
    feed.fromSysmon(20);
    for (int i = 0; i < count; i++) {
      Instant at = server.at(server.random.nextInt(AdministrationWeek.DAYS), 0, 24);
      String executable = server.pick(PROGRAMS);
      StartedProgram program = server.program(executable, executable);
      switch (server.random.nextInt(10)) {
        case 0, 1 ->
            feed.starts(
                at,
                server.program(StartedProgram.SYSTEM + "cmd.exe", server.pick(COMMANDS)),
                program);
        case 2, 3, 4 ->
            feed.writes(at, program, server.pick(FILES).replace("%d", Integer.toString(i)));
        case 5, 6 ->
            feed.sets(
                at,
                program,
                "HKLM\\SOFTWARE\\Vendor\\Agent\\Settings\\Value" + i % 50,
                "data " + i);
        default ->
            feed.loads(
                at,
                program,
                StartedProgram.SYSTEM + "module" + i % 400 + ".dll",
                "Microsoft Windows");
      }
    }
  }
}
