package dev.iiswarden.traces;

import java.time.Instant;
import java.util.List;

/** What keeps a server running: scanners, monitoring, updates, installations and administrators. */
final class Upkeep {
  private static final String MICROSOFT = "Microsoft Corporation";
  private static final String DEFENDER =
      "C:\\ProgramData\\Microsoft\\Windows Defender\\Platform\\4.18.24090.11-0\\MsMpEng.exe";
  private static final String TI_WORKER =
      "C:\\Windows\\WinSxS\\amd64_microsoft-windows-servicingstack_31bf3856ad364e35"
          + "_10.0.20348.2520_none_x\\TiWorker.exe";
  private static final List<String> FEATURES =
      List.of("iprestr", "authcert", "authmap", "cgi", "compdyn", "custerr", "logcust", "redir");

  private final Server server;
  private final Feed feed;

  Upkeep(Server server) {
    this.server = server;
    feed = server.feed;
  }

  /** Everything that a week brings. */
  void week() {
    feed.fromSysmon(0);
    readConfiguration();
    listModules();
    renewCertificates();
    administer();
    if (server.chance(40)) {
      updateWindows();
    }
    if (server.chance(25)) {
      install("rewrite", StartedProgram.INETSRV + "rewrite.dll", "RewriteModule");
    }
    if (server.chance(15)) {
      install(
          "request routing",
          "C:\\Program Files\\IIS\\Application Request Routing\\requestRouter.dll",
          "ApplicationRequestRouting");
    }
    if (server.chance(25)) {
      installHostingBundle();
    }
    if (server.chance(10)) {
      addFeatures();
    }
    if (server.chance(15)) {
      mapPhp();
    }
    if (server.chance(8)) {
      updateExchange();
    }
    if (server.chance(8)) {
      updateSharePoint();
    }
  }

  private void readConfiguration() {
    feed.because("monitoring");
    StartedProgram monitoring =
        server.program(
            "C:\\Program Files\\Microsoft Monitoring Agent\\Agent\\MonitoringHost.exe",
            "MonitoringHost.exe -Embedding");
    StartedProgram defender = server.program(DEFENDER, "MsMpEng.exe");
    StartedProgram backup =
        server.program("C:\\Program Files\\Veeam\\VeeamAgent.exe", "VeeamAgent.exe");
    for (int hour = 0; hour < AdministrationWeek.DAYS * 24; hour++) {
      for (int quarter = 0; quarter < 4; quarter++) {
        feed.reads(hour(hour).plusSeconds(900L * quarter + 7), monitoring, config());
      }
      feed.reads(hour(hour).plusSeconds(1311), defender, config());
      if (hour % 24 == 2) {
        feed.reads(hour(hour).plusSeconds(77), backup, config());
      }
    }
  }

  private void listModules() {
    feed.because("inventory");
    StartedProgram agent =
        server.program("C:\\Program Files\\Zabbix Agent 2\\zabbix_agent2.exe", "zabbix_agent2");
    for (int hour = 3; hour < AdministrationWeek.DAYS * 24; hour += 6) {
      StartedProgram appcmd =
          server.program(StartedProgram.INETSRV + "appcmd.exe", "appcmd.exe list modules /xml");
      feed.starts(hour(hour), appcmd, agent);
      StartedProgram shell =
          server.program(StartedProgram.POWERSHELL, "powershell.exe -File C:\\zabbix\\modules.ps1");
      feed.starts(hour(hour).plusSeconds(20), shell, agent);
      feed.runs(hour(hour).plusSeconds(21), shell, "Get-WebGlobalModule | ConvertTo-Json");
      StartedProgram sites =
          server.program(StartedProgram.INETSRV + "appcmd.exe", "appcmd.exe list site");
      feed.starts(hour(hour).plusSeconds(40), sites, agent);
    }
  }

  private void renewCertificates() {
    feed.because("certificates");
    for (int day = 0; day < AdministrationWeek.DAYS; day++) {
      StartedProgram scheduler =
          server.program(StartedProgram.SYSTEM + "svchost.exe", "svchost.exe -k netsvcs");
      StartedProgram client = server.program("C:\\win-acme\\wacs.exe", "wacs.exe --renew");
      Instant at = server.at(day, 4, 5);
      feed.starts(at, client, scheduler);
      if (server.chance(15)) {
        feed.overwrites(at.plusSeconds(20), client, config());
        feed.starts(
            at.plusSeconds(25),
            server.program(
                StartedProgram.SYSTEM + "netsh.exe", "netsh http add sslcert ipport=0.0.0.0:443"),
            client);
      }
    }
  }

  private void administer() {
    feed.because("administrator");
    int changes = server.between(1, 4);
    for (int i = 0; i < changes; i++) {
      Instant at = server.at(server.random.nextInt(5), 9, 17);
      StartedProgram manager =
          server.program(StartedProgram.INETSRV + "InetMgr.exe", "InetMgr.exe");
      feed.starts(at, manager, server.explorer);
      feed.overwrites(at.plusSeconds(90), manager, config());
      feed.configures(
          at.plusSeconds(90), "security/requestFiltering/@allowDoubleEscaping", "false");
    }
    int edits = server.between(0, 3);
    for (int i = 0; i < edits; i++) {
      Instant at = server.at(server.random.nextInt(5), 9, 17);
      WebSite site = server.pick(server.sites);
      String file = server.chance(20) ? config() : site.folder() + "\\web.config";
      StartedProgram editor =
          server.program(StartedProgram.SYSTEM + "notepad.exe", "notepad.exe " + file);
      feed.starts(at, editor, server.explorer);
      feed.overwrites(at.plusSeconds(70), editor, file);
    }
  }

  private void updateWindows() {
    feed.because("update of Windows");
    Instant at = server.at(1, 2, 4);
    StartedProgram worker = server.program(TI_WORKER, "TiWorker.exe -Embedding");
    int files = server.between(20, 120);
    for (int i = 0; i < files; i++) {
      at = at.plusMillis(600);
      feed.renames(at, worker, StartedProgram.INETSRV + "w3u" + i + ".dll");
    }
  }

  private void install(String what, String dll, String module) {
    feed.because("installation of " + what);
    Instant at = server.at(server.random.nextInt(5), 9, 17);
    StartedProgram installer =
        server.program(
            StartedProgram.SYSTEM + "msiexec.exe", "msiexec.exe /i " + what + ".msi /qn");
    feed.starts(
        at, installer, server.program(StartedProgram.SYSTEM + "services.exe", "services.exe"));
    feed.writes(at.plusSeconds(5), installer, dll);
    register(at.plusSeconds(8), module, dll);
    StartedProgram worker =
        server.program(StartedProgram.INETSRV + "w3wp.exe", "w3wp.exe -ap DefaultAppPool");
    feed.starts(at.plusSeconds(60), worker, server.services);
    feed.loads(at.plusSeconds(61), worker, dll, MICROSOFT);
  }

  private void register(Instant time, String module, String dll) {
    feed.configures(time, "globalModules/add[@name=\"" + module + "\"]/@image", dll);
    feed.configures(time.plusMillis(9), "modules/add[@name=\"" + module + "\"]/@name", module);
  }

  private void installHostingBundle() {
    feed.because("installation of the hosting bundle");
    Instant at = server.at(server.random.nextInt(5), 9, 17);
    StartedProgram bundle =
        server.program(
            "C:\\ProgramData\\Package Cache\\{5c1d2f}\\dotnet-hosting-8.0.11-win.exe",
            "dotnet-hosting-8.0.11-win.exe /quiet");
    StartedProgram installer =
        server.program(StartedProgram.SYSTEM + "msiexec.exe", "msiexec.exe /V");
    feed.writes(at, bundle, "C:\\Windows\\Temp\\{A1}\\.ba\\wixstdba.dll");
    String module = "C:\\Program Files\\IIS\\Asp.Net Core Module\\V2\\aspnetcorev2.dll";
    feed.writes(at.plusSeconds(10), installer, module);
    feed.writes(
        at.plusSeconds(11), installer, StartedProgram.INETSRV + "aspnetcorev2_inprocess.dll");
    register(at.plusSeconds(14), "AspNetCoreModuleV2", module);
    StartedProgram worker = server.program(StartedProgram.INETSRV + "w3wp.exe", "w3wp.exe -ap api");
    feed.starts(at.plusSeconds(90), worker, server.services);
    feed.loads(at.plusSeconds(91), worker, module, MICROSOFT);
  }

  private void addFeatures() {
    feed.because("installation of IIS features");
    Instant at = server.at(server.random.nextInt(5), 9, 17);
    StartedProgram worker = server.program(TI_WORKER, "TiWorker.exe -Embedding");
    StartedProgram setup =
        server.program(StartedProgram.INETSRV + "iissetup.exe", "iissetup.exe /install");
    feed.starts(at, setup, worker);
    for (String feature : FEATURES) {
      at = at.plusSeconds(4);
      String dll = "%windir%\\System32\\inetsrv\\" + feature + ".dll";
      feed.writes(at, worker, StartedProgram.INETSRV + feature + ".dll");
      feed.starts(
          at.plusSeconds(1),
          server.program(
              StartedProgram.INETSRV + "appcmd.exe",
              "\"C:\\Windows\\system32\\inetsrv\\appcmd.exe\" install module /name:"
                  + feature
                  + "Module /image:"
                  + dll
                  + " /add:false"),
          setup);
      register(at.plusSeconds(2), feature + "Module", dll);
      feed.overwrites(at.plusSeconds(2), setup, config());
    }
    StartedProgram counters =
        server.program(StartedProgram.SYSTEM + "lodctr.exe", "lodctr.exe w3ctrs.ini");
    feed.sets(
        at.plusSeconds(9),
        counters,
        "HKLM\\SYSTEM\\CurrentControlSet\\Services\\W3SVC\\Performance\\Library",
        "w3ctrs.dll");
  }

  private void mapPhp() {
    feed.because("mapping of PHP");
    Instant at = server.at(server.random.nextInt(5), 9, 17);
    StartedProgram manager = server.program(StartedProgram.INETSRV + "InetMgr.exe", "InetMgr.exe");
    feed.overwrites(at, manager, config());
    feed.configures(
        at.plusSeconds(1),
        "handlers/add[@name=\"php-8.2\"]/@scriptProcessor",
        "C:\\Program Files\\PHP\\v8.2\\php-cgi.exe");
  }

  private void updateExchange() {
    feed.because("update of Exchange");
    String exchange = "C:\\Program Files\\Microsoft\\Exchange Server\\V15\\";
    Instant at = server.at(5, 8, 12);
    StartedProgram installer =
        server.program(StartedProgram.SYSTEM + "msiexec.exe", "msiexec.exe /V");
    StartedProgram setup =
        server.program("C:\\Windows\\Temp\\ExchangeSetup\\ExSetup.exe", "ExSetup.exe /m:upgrade");
    for (int i = 0; i < 300; i++) {
      feed.writes(at.plusSeconds(i), installer, exchange + "Bin\\M" + i + ".dll");
    }
    for (int i = 0; i < 40; i++) {
      Instant then = at.plusSeconds(400 + 5L * i);
      feed.writes(then, setup, exchange + "FrontEnd\\HttpProxy\\bin\\F" + i + ".dll");
      feed.overwrites(then.plusSeconds(1), setup, config());
    }
    feed.starts(
        at.plusSeconds(700),
        server.program(
            StartedProgram.INETSRV + "appcmd.exe",
            "appcmd.exe add module /name:exppw /image:\"" + exchange + "Bin\\exppw.dll\""),
        setup);
    StartedProgram worker =
        server.program(StartedProgram.INETSRV + "w3wp.exe", "w3wp.exe -ap MSExchangeOWA");
    feed.starts(at.plusSeconds(900), worker, server.services);
    for (int i = 0; i < 40; i++) {
      feed.loads(
          at.plusSeconds(901),
          worker,
          exchange + "FrontEnd\\HttpProxy\\bin\\F" + i + ".dll",
          MICROSOFT);
    }
  }

  private void updateSharePoint() {
    feed.because("update of SharePoint");
    String extensions =
        "C:\\Program Files\\Common Files\\microsoft shared\\Web Server Extensions\\16\\";
    String site = "C:\\inetpub\\wwwroot\\wss\\VirtualDirectories\\80\\";
    Instant at = server.at(6, 8, 12);
    StartedProgram installer =
        server.program(StartedProgram.SYSTEM + "msiexec.exe", "msiexec.exe /V");
    StartedProgram timer = server.program(extensions + "BIN\\OWSTIMER.EXE", "OWSTIMER.EXE");
    StartedProgram configurator =
        server.program(extensions + "BIN\\psconfig.exe", "psconfig.exe -cmd");
    feed.writes(at, installer, extensions + "ISAPI\\Microsoft.SharePoint.dll");
    feed.overwrites(at.plusSeconds(60), configurator, config());
    feed.overwrites(at.plusSeconds(70), timer, site + "web.config");
    feed.writes(at.plusSeconds(75), timer, site + "bin\\webparts.dll");
  }

  private static Instant hour(int hour) {
    return Server.MONDAY.plusSeconds(3600L * hour);
  }

  private static String config() {
    return AdministrationWeek.CONFIGURATION;
  }
}
