package dev.iiswarden.alert;

import dev.iiswarden.event.Eql;
import dev.iiswarden.event.ProcessFields;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The programs that do the work of many, so that two acts of the same process say nothing about
 * each other: they link no alerts. {@code docs/alerts.md} lists them. An intruder who gives a
 * program one of these names loses links, not alerts.
 */
final class SharedProcesses {
  /** The names, in any letter case, with the wildcards of {@link Eql#like}. */
  static final String[] NAMES = {
    // Windows and IIS
    "System",
    "Registry",
    "w3wp.exe",
    "svchost.exe",
    "services.exe",
    "wininit.exe",
    "winlogon.exe",
    "explorer.exe",
    "msiexec.exe",
    "TrustedInstaller.exe",
    "TiWorker.exe",
    "InetMgr.exe",
    "WMSvc.exe",
    "WmiPrvSE.exe",
    "MsMpEng.exe",
    // Deployment agents
    "Calamari*.exe",
    "Tentacle.exe",
    "msdeploy.exe",
    "MsDepSvc.exe",
    "Agent.Listener.exe",
    "Agent.Worker.exe",
    "AzurePipelinesAgent.exe",
    "WaAppAgent.exe",
    "WindowsAzureGuestAgent.exe",
    "Runner.Listener.exe",
    "Runner.Worker.exe",
    "TeamCityAgentService*.exe",
    "jenkins*.exe",
    "gitlab-runner*.exe",
    "codedeploy-agent.exe",
    "amazon-ssm-agent.exe",
    "puppet*.exe",
    "chef-client.exe",
    "CcmExec.exe",
    "Plesk*.exe",
    "psa*.exe"
  };

  private SharedProcesses() {}

  /** Whether two acts of this process say nothing about each other; also if it is unnamed. */
  static boolean include(ProcessFields process) {
    String name = name(process);
    return name == null || Eql.like(name, NAMES);
  }

  /** The file name of a process in lower case; null if unknown. */
  static @Nullable String name(ProcessFields process) {
    String path = process.getExecutable() == null ? process.getName() : process.getExecutable();
    return path == null
        ? null
        : path.substring(Math.max(path.lastIndexOf('\\'), path.lastIndexOf('/')) + 1)
            .toLowerCase(Locale.ROOT);
  }
}
