package dev.iiswarden.traces;

/**
 * A running program.
 *
 * @param executable its path
 * @param pid its process id
 * @param commandLine how it was started
 */
record StartedProgram(String executable, int pid, String commandLine) {
  static final String INETSRV = "C:\\Windows\\System32\\inetsrv\\";
  static final String SYSTEM = "C:\\Windows\\System32\\";
  static final String POWERSHELL = SYSTEM + "WindowsPowerShell\\v1.0\\powershell.exe";

  /** The name of the program file. */
  String name() {
    return Feed.lastPart(executable, '\\');
  }
}
