package dev.iiswarden.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/** What a new rule begins as, by the kind of event it is about. */
enum RuleTemplate {
  FILE(
      "FileEvent",
      """
      oneOf( event.type, "creation", "change" ),
      like( file.extension, "dll" ),
      pathLike( file.path, "?:\\\\Example\\\\*" )
      """,
      """
      file.path: 'C:\\Example\\e.dll'
      process.executable: 'C:\\Windows\\System32\\cmd.exe'
      """,
      """
      file.path: 'C:\\Elsewhere\\e.dll'
      process.executable: 'C:\\Windows\\System32\\cmd.exe'
      """,
      "File creation: Sysmon 11, Security 4663 (with a SACL), ECS category file",
      "file where event.type != \"deletion\" and file.extension : \"dll\" and file.path :"
          + " \"?:\\\\Example\\\\*\"",
      "11",
      "category: file_event",
      "TargetFilename|contains: ':\\Example\\'"),
  LIBRARY(
      "LibraryEvent",
      """
      like( process.name, "w3wp.exe" ),
      pathLike( dll.path, "?:\\\\Example\\\\*" )
      """,
      """
      dll.path: 'C:\\Example\\e.dll'
      process.executable: 'C:\\Windows\\System32\\inetsrv\\w3wp.exe'
      """,
      """
      dll.path: 'C:\\Elsewhere\\e.dll'
      process.executable: 'C:\\Windows\\System32\\inetsrv\\w3wp.exe'
      """,
      "Image load: Sysmon 7, ECS category library",
      "library where process.name : \"w3wp.exe\" and dll.path : \"?:\\\\Example\\\\*\"",
      "7",
      "category: image_load",
      "ImageLoaded|contains: ':\\Example\\'"),
  REGISTRY(
      "RegistryEvent",
      """
      oneOf( event.type, "creation", "change" ),
      keyLike( registry.path, "HKLM\\\\SOFTWARE\\\\Example\\\\*" )
      """,
      """
      registry.path: 'HKLM\\SOFTWARE\\Example\\Path'
      registry.data.strings: ['C:\\e.dll']
      """,
      """
      registry.path: 'HKLM\\SOFTWARE\\Elsewhere\\Path'
      registry.data.strings: ['C:\\e.dll']
      """,
      "Registry value set: Sysmon 13, Security 4657 (with a SACL), ECS category registry",
      "registry where registry.path : \"HKLM\\\\SOFTWARE\\\\Example\\\\*\"",
      "13",
      "category: registry_set",
      "TargetObject|startswith: 'HKLM\\SOFTWARE\\Example\\'"),
  PROCESS(
      "ProcessEvent",
      """
      oneOf( event.type, "start" ),
      like( process.name, "example.exe" ),
      like( process.commandLine, "*install*" )
      """,
      """
      process.executable: 'C:\\Windows\\example.exe'
      process.command_line: 'example.exe install'
      """,
      """
      process.executable: 'C:\\Windows\\example.exe'
      process.command_line: 'example.exe list'
      """,
      "Process creation: Sysmon 1, Security 4688 (with command lines), ECS category process",
      "process where event.type == \"start\" and process.name : \"example.exe\" and"
          + " process.command_line : \"*install*\"",
      "1",
      "category: process_creation",
      "CommandLine|contains: 'install'"),
  SCRIPT(
      "ScriptBlockEvent",
      """
      like( powershell.file.scriptBlockText, "*Example-Command*" )
      """,
      """
      powershell.file.script_block_text: 'Example-Command -Force'
      """,
      """
      powershell.file.script_block_text: 'Get-Date'
      """,
      "PowerShell script block: PowerShell/Operational 4104",
      "any where event.code == \"4104\" and powershell.file.script_block_text :"
          + " \"*Example-Command*\"",
      "4104",
      "category: ps_script",
      "ScriptBlockText|contains: 'Example-Command'"),
  CONFIGURATION(
      "ConfigurationEvent",
      """
      like( iis.configuration, "*/example/*" )
      """,
      """
      iis.configuration: '/system.webServer/example/add'
      """,
      """
      iis.configuration: '/system.webServer/other/add'
      """,
      "Change of the configuration: IIS-Configuration/Operational 29, which is off by default",
      "any where winlog.channel : \"Microsoft-IIS-Configuration/Operational\"",
      "29",
      "service: iis-configuration",
      "Configuration|contains: '/example/'"),
  FAILURE(
      "ModuleLoadFailureEvent",
      """
      pathLike( dll.path, "?:\\\\Example\\\\*" )
      """,
      """
      dll.path: 'C:\\Example\\e.dll'
      """,
      """
      dll.path: 'C:\\Elsewhere\\e.dll'
      """,
      "A module that does not load: Application, W3SVC-WP 2282, 2293, 2295, 2296, 2298",
      "any where winlog.provider_name : \"Microsoft-Windows-IIS-W3SVC-WP\"",
      "2282",
      "service: application",
      "Data|contains: ':\\Example\\'");

  /** The name of the file with the JSON Schema of scenarios. */
  static final String SCHEMA = "scenario.schema.json";

  private final String type;
  private final String conditions;
  private final String firing;
  private final String silent;
  private final String sources;
  private final String eql;
  private final String eventId;
  private final String logsource;
  private final String selection;

  RuleTemplate(
      String type,
      String conditions,
      String firing,
      String silent,
      String sources,
      String eql,
      String eventId,
      String logsource,
      String selection) {
    this.type = type;
    this.conditions = conditions;
    this.firing = firing;
    this.silent = silent;
    this.sources = sources;
    this.eql = eql;
    this.eventId = eventId;
    this.logsource = logsource;
    this.selection = selection;
  }

  private Map<String, String> parts() {
    return Map.of(
        "kind", kind(),
        "type", type,
        "conditions", indented(conditions, 8),
        "firing", indented(firing, 6),
        "silent", indented(silent, 6),
        "sources", sources,
        "eql", eql,
        "eventId", eventId,
        "logsource", indented(logsource, 4),
        "selection", indented(selection, 8));
  }

  private static String indented(String text, int by) {
    return text.indent(by).stripTrailing();
  }

  /** The kind, as scenarios call it. */
  String kind() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * A file as it begins.
   *
   * @param extension of the file: {@code drl}, {@code yaml} or {@code md}
   * @param given what else there is to fill in, by its name in the template
   */
  String fill(String extension, Map<String, String> given) {
    String text = read("new-rule." + extension + ".template");
    for (Map<String, String> values : List.of(parts(), given)) {
      for (Map.Entry<String, String> value : values.entrySet()) {
        text = text.replace('{' + value.getKey() + '}', value.getValue());
      }
    }
    return text;
  }

  /** The JSON Schema of scenarios. */
  static String schema() {
    return read(SCHEMA);
  }

  private static String read(String name) {
    try (InputStream in =
        Objects.requireNonNull(RuleTemplate.class.getResourceAsStream(name), name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(name + " cannot be read", e);
    }
  }
}
