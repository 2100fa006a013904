package dev.iiswarden.decode;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.iiswarden.event.ConfigurationEvent;
import dev.iiswarden.event.Event;
import dev.iiswarden.event.FileEvent;
import dev.iiswarden.event.ModuleLoadFailureEvent;
import dev.iiswarden.event.ProcessEvent;
import dev.iiswarden.event.RegistryEvent;
import dev.iiswarden.event.ScriptBlockEvent;
import dev.iiswarden.testing.WindowsEvent;
import java.time.Instant;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Events of all providers except Sysmon. */
class WindowsProvidersTest {
  private static final Instant TIME = Instant.parse("2026-03-04T22:12:07.226Z");

  private static final List<Function<WindowsEvent, String>> WRITERS =
      List.of(
          WindowsEvent::xml,
          WindowsEvent::indentedXml,
          WindowsEvent::evtxDump,
          WindowsEvent::logstash,
          WindowsEvent::winlogbeat6,
          WindowsEvent::winlogbeat,
          WindowsEvent::azure);

  private static WindowsEvent event(
      String provider, String channel, int id, String... namesAndValues) {
    Map<String, String> data = new LinkedHashMap<>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      data.put(namesAndValues[i], namesAndValues[i + 1]);
    }
    return new WindowsEvent(provider, channel, id, TIME, "WEB01", data);
  }

  private static WindowsEvent security(int id, String... namesAndValues) {
    return event("Microsoft-Windows-Security-Auditing", "Security", id, namesAndValues);
  }

  private static final WindowsEvent SETTING =
      event(
          "Microsoft-Windows-IIS-Configuration",
          "Microsoft-IIS-Configuration/Operational",
          29,
          "PhysicalPath",
          "\\\\?\\C:\\Windows\\system32\\inetsrv\\config\\applicationHost.config",
          "ConfigPath",
          "MACHINE/WEBROOT/APPHOST",
          "EffectiveLocationPath",
          "",
          "Configuration",
          "/system.webServer/globalModules/add[@name=\"x\"]/@image",
          "EditOperationType",
          "3",
          "OldValue",
          "",
          "NewValue",
          "%windir%\\System32\\inetsrv\\x.dll");

  private static <E extends Event> E fact(Class<E> kind, String record) {
    Decoded decoded = EventDecoders.auto().decode(record);
    assertEquals(1, decoded.events().size(), () -> decoded.malformed() + " " + record);
    return assertInstanceOf(kind, decoded.events().get(0));
  }

  @Test
  void aSettingOfIisIsChangedByTheProcessThatLogsIt() {
    for (Function<WindowsEvent, String> writer : WRITERS) {
      ConfigurationEvent event = fact(ConfigurationEvent.class, writer.apply(SETTING));

      assertEquals("29", event.getEvent().getCode());
      assertEquals("Microsoft-Windows-IIS-Configuration", event.getEvent().getProvider());
      assertEquals("WEB01", event.getHost().getName());
      assertEquals(
          "\\\\?\\C:\\Windows\\system32\\inetsrv\\config\\applicationHost.config",
          event.getIis().getPhysicalPath());
      assertEquals("MACHINE/WEBROOT/APPHOST", event.getIis().getConfigPath());
      assertEquals(null, event.getIis().getEffectiveLocationPath());
      assertEquals(
          "/system.webServer/globalModules/add[@name=\"x\"]/@image",
          event.getIis().getConfiguration());
      assertEquals("3", event.getIis().getEditOperationType());
      assertEquals("%windir%\\System32\\inetsrv\\x.dll", event.getIis().getNewValue());
    }
    ConfigurationEvent event = fact(ConfigurationEvent.class, SETTING.xml());
    assertEquals(3208, event.getProcess().getPid());
    assertEquals("S-1-5-18", event.getUser().getId());
  }

  @Test
  void iisSettingsAreCommitted() {
    WindowsEvent commit =
        event(
            "Microsoft-Windows-IIS-Configuration",
            "Microsoft-IIS-Configuration/Operational",
            50,
            "ConfigPath",
            "MACHINE/WEBROOT/APPHOST");

    assertEquals("50", fact(ConfigurationEvent.class, commit.xml()).getEvent().getCode());
  }

  @ParameterizedTest
  @ValueSource(ints = {2282, 2293, 2295, 2296, 2298})
  void aModuleThatFailedToLoadIsNoLibraryThatWasLoaded(int id) {
    WindowsEvent failure =
        event(
            "Microsoft-Windows-IIS-W3SVC-WP",
            "Application",
            id,
            "ModuleDll",
            "C:\\Windows\\System32\\inetsrv\\x.dll",
            "ProcessorArchitecture",
            "x64");
    for (Function<WindowsEvent, String> writer : WRITERS) {
      ModuleLoadFailureEvent event = fact(ModuleLoadFailureEvent.class, writer.apply(failure));

      assertEquals("C:\\Windows\\System32\\inetsrv\\x.dll", event.getDll().getPath());
      assertEquals("x.dll", event.getDll().getName());
      assertEquals(List.of("error"), event.getEvent().getType());
    }
  }

  @ParameterizedTest
  @CsvSource({
    "Microsoft-Windows-PowerShell, Microsoft-Windows-PowerShell/Operational",
    "PowerShellCore, PowerShellCore/Operational"
  })
  void aScriptBlockIsCode(String provider, String channel) {
    WindowsEvent block =
        event(
            provider,
            channel,
            4104,
            "MessageNumber",
            "1",
            "MessageTotal",
            "2",
            "ScriptBlockText",
            "New-WebGlobalModule -Name \"x\" -Image C:\\x.dll\nif (1 -lt 2) { }",
            "ScriptBlockId",
            "0d5c7ac0-2e22-4e4e-a9a4-000000000001",
            "Path",
            "C:\\Users\\Public\\x.ps1");
    for (Function<WindowsEvent, String> writer : WRITERS) {
      ScriptBlockEvent event = fact(ScriptBlockEvent.class, writer.apply(block));

      assertEquals(
          "New-WebGlobalModule -Name \"x\" -Image C:\\x.dll\nif (1 -lt 2) { }",
          event.getPowershell().getFile().getScriptBlockText());
      assertEquals(
          "0d5c7ac0-2e22-4e4e-a9a4-000000000001",
          event.getPowershell().getFile().getScriptBlockId());
      assertEquals(1, event.getPowershell().getSequence());
      assertEquals(2, event.getPowershell().getTotal());
      assertEquals("x.ps1", event.getFile().getName());
    }
  }

  @Test
  void elasticsPipelineNamesAScriptBlockDifferently() {
    ScriptBlockEvent event =
        fact(
            ScriptBlockEvent.class,
            "{\"@timestamp\":\"2026-03-04T22:12:07.226Z\",\"event\":{\"category\":[\"process\"],\"code\":\"4104\","
                + "\"provider\":\"Microsoft-Windows-PowerShell\",\"type\":[\"info\"]},\"winlog\":{\"event_id\":\"4104\","
                + "\"computer_name\":\"WEB01\"},\"powershell\":{\"sequence\":1,\"total\":1,\"file\":"
                + "{\"script_block_text\":\"Get-WebGlobalModule\",\"script_block_id\":\"1\"}}}");

    assertEquals("Get-WebGlobalModule", event.getPowershell().getFile().getScriptBlockText());
    assertEquals(1, event.getPowershell().getTotal());
  }

  @Test
  void theSecurityLogNamesProcessesInHexadecimal() {
    WindowsEvent creation =
        security(
            4688,
            "SubjectUserSid",
            "S-1-5-21-1",
            "SubjectUserName",
            "eve",
            "SubjectDomainName",
            "CORP",
            "NewProcessId",
            "0x2964",
            "NewProcessName",
            "C:\\Windows\\System32\\inetsrv\\appcmd.exe",
            "ProcessId",
            "0x60c",
            "CommandLine",
            "appcmd install module /name:x",
            "ParentProcessName",
            "C:\\Windows\\System32\\cmd.exe");
    for (Function<WindowsEvent, String> writer : WRITERS) {
      ProcessEvent event = fact(ProcessEvent.class, writer.apply(creation));

      assertEquals("appcmd.exe", event.getProcess().getName());
      assertEquals(10596, event.getProcess().getPid());
      assertEquals("appcmd install module /name:x", event.getProcess().getCommandLine());
      assertEquals("cmd.exe", event.getProcess().getParent().getName());
      assertEquals(1548, event.getProcess().getParent().getPid());
      assertEquals("eve", event.getUser().getName());
      assertEquals("CORP", event.getUser().getDomain());
      assertEquals("S-1-5-21-1", event.getUser().getId());
    }
  }

  @ParameterizedTest
  @CsvSource({
    "%%1904, creation",
    "%%1905, change",
    "%%1906, deletion",
    "New registry value created, creation"
  })
  void theOperationOnARegistryValueIsAPlaceholder(String operation, String type) {
    WindowsEvent audit =
        security(
            4657,
            "ObjectName",
            "\\REGISTRY\\MACHINE\\SOFTWARE\\x",
            "ObjectValueName",
            "Path",
            "OperationType",
            operation);

    assertEquals(List.of(type), fact(RegistryEvent.class, audit.xml()).getEvent().getType());
  }

  @ParameterizedTest
  @CsvSource({"0x2, change", "0x6, change", "0x1, access", "0x10000, deletion", "-, access"})
  void theAccessMaskSaysWhatWasDoneToAFile(String mask, String type) {
    WindowsEvent audit =
        security(4663, "ObjectType", "File", "ObjectName", "C:\\a\\x.dll", "AccessMask", mask);

    assertEquals(List.of(type), fact(FileEvent.class, audit.xml()).getEvent().getType());
  }

  @Test
  void anAuditedKeyIsARegistryEvent() {
    WindowsEvent audit =
        security(
            4663, "ObjectType", "Key", "ObjectName", "\\REGISTRY\\MACHINE\\x", "AccessMask", "0x2");

    assertEquals(
        "\\REGISTRY\\MACHINE\\x", fact(RegistryEvent.class, audit.xml()).getRegistry().getPath());
  }

  @ParameterizedTest
  @CsvSource({
    "System, System, 29",
    "Microsoft-Windows-Kernel-General, System, 13",
    "Microsoft-Windows-IIS-Configuration, Microsoft-IIS-Configuration/Operational, 11",
    "Microsoft-Windows-Security-Auditing, Security, 4658",
    "Microsoft-Windows-PowerShell, Microsoft-Windows-PowerShell/Operational, 4103"
  })
  void anEventIdMeansNothingWithoutItsProvider(String provider, String channel, int id) {
    for (Function<WindowsEvent, String> writer : WRITERS) {
      Decoded decoded =
          EventDecoders.auto().decode(writer.apply(event(provider, channel, id, "x", "y")));

      assertEquals(List.of(), decoded.events());
      assertTrue(decoded.malformed().isEmpty());
    }
  }

  private static WindowsEvent handle(String type, String name, String handle, String mask) {
    return security(
        4656,
        "SubjectUserSid",
        "S-1-5-21-1",
        "SubjectUserName",
        "eve",
        "SubjectDomainName",
        "CORP",
        "SubjectLogonId",
        "0x4367b",
        "ObjectServer",
        "Security",
        "ObjectType",
        type,
        "ObjectName",
        name,
        "HandleId",
        handle,
        "TransactionId",
        "{00000000-0000-0000-0000-000000000000}",
        "AccessList",
        "%%4417\n\t\t\t\t",
        "AccessReason",
        "%%4417:\t%%1801\tD:(A;ID;FA;;;BA)",
        "AccessMask",
        mask,
        "PrivilegeList",
        "-",
        "RestrictedSidCount",
        "0",
        "ProcessId",
        "0x60c",
        "ProcessName",
        "C:\\Windows\\System32\\cmd.exe",
        "ResourceAttributes",
        "-");
  }

  @Test
  void aHandleThatAllowsToWriteIsAChange() {
    WindowsEvent request = handle("File", "C:\\inetpub\\x.dll", "0x5a4", "0x120196");
    for (Function<WindowsEvent, String> writer : WRITERS) {
      FileEvent event = fact(FileEvent.class, writer.apply(request));

      assertEquals(List.of("change"), event.getEvent().getType());
      assertEquals("C:\\inetpub\\x.dll", event.getFile().getPath());
      assertEquals("dll", event.getFile().getExtension());
      assertEquals("cmd.exe", event.getProcess().getName());
      assertEquals(1548, event.getProcess().getPid());
      assertEquals("eve", event.getUser().getName());
      assertTrue(event.isCountedOnce(), "what follows as 4663 is the same action");
    }
    assertEquals(
        "\\REGISTRY\\MACHINE\\x",
        fact(RegistryEvent.class, handle("Key", "\\REGISTRY\\MACHINE\\x", "0x10", "0x2").xml())
            .getRegistry()
            .getPath());
  }

  @ParameterizedTest
  @CsvSource({
    "0x5a4, 0x120089, read",
    "0x5a4, 0x10000, delete",
    "0x5a4, -, unknown",
    "0x0, 0x120196, refused"
  })
  void aHandleThatDoesNotIsNotOfInterest(String handle, String mask, String why) {
    for (Function<WindowsEvent, String> writer : WRITERS) {
      Decoded decoded =
          EventDecoders.auto()
              .decode(writer.apply(handle("File", "C:\\inetpub\\x.dll", handle, mask)));

      assertEquals(Outcome.NOT_OF_INTEREST, decoded.outcome(), why);
    }
  }

  private static WindowsEvent permissions(String type, String name) {
    return security(
        4670,
        "SubjectUserName",
        "eve",
        "ObjectServer",
        "Security",
        "ObjectType",
        type,
        "ObjectName",
        name,
        "HandleId",
        "0x3f0",
        "OldSd",
        "D:AI(A;ID;FA;;;BA)",
        "NewSd",
        "D:ARAI(A;;FA;;;WD)",
        "ProcessId",
        "0xdb0",
        "ProcessName",
        "C:\\Windows\\System32\\icacls.exe");
  }

  @Test
  void aChangeOfPermissionsIsAChange() {
    for (Function<WindowsEvent, String> writer : WRITERS) {
      FileEvent event =
          fact(FileEvent.class, writer.apply(permissions("File", "C:\\inetpub\\web.config")));

      assertEquals(List.of("change"), event.getEvent().getType());
      assertEquals("permissions changed", event.getEvent().getAction());
      assertEquals("C:\\inetpub\\web.config", event.getFile().getPath());
      assertEquals("icacls.exe", event.getProcess().getName());
      assertEquals("eve", event.getUser().getName());

      RegistryEvent key =
          fact(RegistryEvent.class, writer.apply(permissions("Key", "\\REGISTRY\\MACHINE\\x")));

      assertEquals("\\REGISTRY\\MACHINE\\x", key.getRegistry().getPath());
      assertEquals("permissions changed", key.getEvent().getAction());

      Decoded token = EventDecoders.auto().decode(writer.apply(permissions("Token", "-")));
      assertEquals(Outcome.NOT_OF_INTEREST, token.outcome());
    }
  }

  private static WindowsEvent share(String path, String name, String mask) {
    return security(
        5145,
        "SubjectUserSid",
        "S-1-5-21-1",
        "SubjectUserName",
        "eve",
        "SubjectDomainName",
        "CORP",
        "SubjectLogonId",
        "0x38d34",
        "ObjectType",
        "File",
        "IpAddress",
        "10.0.0.7",
        "IpPort",
        "56926",
        "ShareName",
        "\\\\*\\ADMIN$",
        "ShareLocalPath",
        path,
        "RelativeTargetName",
        name,
        "AccessMask",
        mask,
        "AccessList",
        "%%4417",
        "AccessReason",
        "%%4417: %%1801 D:(A;;FA;;;BA)");
  }

  @ParameterizedTest
  @CsvSource({
    "\\??\\C:\\Windows, System32\\x.dll, C:\\Windows\\System32\\x.dll",
    "\\??\\C:\\, inetpub\\x.dll, C:\\inetpub\\x.dll",
    "D:\\Sites, x.dll, D:\\Sites\\x.dll"
  })
  void aFileThatIsOpenedThroughAShareHasAPathOnItsMachine(String share, String name, String path) {
    for (Function<WindowsEvent, String> writer : WRITERS) {
      FileEvent event = fact(FileEvent.class, writer.apply(share(share, name, "0x20196")));

      assertEquals(List.of("change"), event.getEvent().getType());
      assertEquals(path, event.getFile().getPath());
      assertEquals("x.dll", event.getFile().getName());
      assertEquals("eve", event.getUser().getName());
      assertEquals(null, event.getProcess().getExecutable());
      assertEquals(null, event.getProcess().getPid());
    }
  }

  @ParameterizedTest
  @CsvSource({
    "\\??\\C:\\Windows, x.dll, 0x100081, read",
    "-, srvsvc, 0x12019f, a pipe",
    "\\??\\C:\\Windows, -, 0x2, no name"
  })
  void whatElseIsOpenedThroughAShareIsNotOfInterest(
      String share, String name, String mask, String why) {
    for (Function<WindowsEvent, String> writer : WRITERS) {
      Decoded decoded = EventDecoders.auto().decode(writer.apply(share(share, name, mask)));

      assertEquals(Outcome.NOT_OF_INTEREST, decoded.outcome(), why);
    }
  }

  @Test
  void splunksTextHasTheSame() {
    String text =
        """
        03/04/2026 05:12:07 PM
        LogName=Security
        EventCode=%s
        ComputerName=WEB01
        Message=A sentence.

        Subject:
        \tAccount Name:\t\teve

        %s
        """;
    String share =
        """
        Network Information:
        \tObject Type:\t\tFile
        \tSource Address:\t\t192.168.16.15
        \tSource Port:\t\t45122

        Share Information:
        \tShare Name:\t\t\\\\*\\ADMIN$
        \tShare Path:\t\t\\??\\C:\\Windows
        \tRelative Target Name:\tSystem32\\my x.dll

        Access Request Information:
        \tAccess Mask:\t\t0x20196
        \tAccesses:\t\tREAD_CONTROL

        Access Check Results:
        \tREAD_CONTROL:\tGranted by\tD:(A;;0x1301bf;;;WD)
        """;
    String request =
        """
        Object:
        \tObject Server:\t\tSecurity
        \tObject Type:\t\tFile
        \tObject Name:\t\tC:\\inetpub\\x.dll
        \tHandle ID:\t\t%s
        \tResource Attributes:\t-

        Process Information:
        \tProcess ID:\t\t0x60c
        \tProcess Name:\t\tC:\\Windows\\System32\\cmd.exe

        Access Request Information:
        \tTransaction ID:\t\t{00000000-0000-0000-0000-000000000000}
        \tAccesses:\t\tWriteData (or AddFile)
        \tAccess Reasons:\t\tWriteData (or AddFile):\tGranted by\tD:(A;ID;FA;;;BA)
        \tAccess Mask:\t\t0x120196
        \tPrivileges Used for Access Check:\t-
        \tRestricted SID Count:\t0
        """;
    EventDecoder decoder = EventDecoders.auto(ZoneId.of("UTC"));
    for (boolean isOneLine : new boolean[] {false, true}) {
      Function<String, Decoded> read = line -> decoder.decode(isOneLine ? oneLineOf(line) : line);
      FileEvent shared =
          assertInstanceOf(
              FileEvent.class, read.apply(text.formatted(5145, share)).events().get(0));
      assertEquals("C:\\Windows\\System32\\my x.dll", shared.getFile().getPath());
      assertEquals("eve", shared.getUser().getName());

      FileEvent opened =
          assertInstanceOf(
              FileEvent.class,
              read.apply(text.formatted(4656, request.formatted("0x5a4"))).events().get(0));
      assertEquals("C:\\inetpub\\x.dll", opened.getFile().getPath());
      assertEquals("cmd.exe", opened.getProcess().getName());
      assertEquals(
          Outcome.NOT_OF_INTEREST,
          read.apply(text.formatted(4656, request.formatted("0x0"))).outcome());
    }
  }

  /** The message with blanks for its line ends, as some collectors send it. */
  private static String oneLineOf(String text) {
    int message = text.indexOf("Message=");
    return text.substring(0, message) + text.substring(message).replaceAll("\\s+", " ");
  }

  @Test
  void aSecurityEventRowOfAzureHasItsFieldsAtTheTop() {
    ProcessEvent event =
        fact(
            ProcessEvent.class,
            "{\"TimeGenerated\":\"2026-03-04T22:12:07.226Z\",\"Computer\":\"WEB01\",\"EventID\":4688,"
                + "\"EventSourceName\":\"Microsoft-Windows-Security-Auditing\",\"Channel\":\"Security\","
                + "\"NewProcessName\":\"C:\\\\Windows\\\\x.exe\",\"NewProcessId\":\"0x10\"}");

    assertEquals(TIME, event.getTimestamp());
    assertEquals("x.exe", event.getProcess().getName());
    assertEquals(16, event.getProcess().getPid());
  }

  @Test
  void azureHandsOnEventDataAsXmlInOneTable() {
    String data =
        "<EventData xmlns=\\\"http://x\\\"><Data Name=\\\"ModuleDll\\\">C:\\\\x.dll</Data></EventData>";
    ModuleLoadFailureEvent event =
        fact(
            ModuleLoadFailureEvent.class,
            "{\"TimeGenerated\":\"2026-03-04T22:12:07.226Z\",\"Computer\":\"WEB01\",\"EventID\":2282,"
                + "\"Provider\":\"Microsoft-Windows-IIS-W3SVC-WP\",\"EventData\":\""
                + data
                + "\"}");

    assertEquals("C:\\x.dll", event.getDll().getPath());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{x        | EventData is not valid JSON: Unexpected character",
        "[1]       | EventData: not a JSON object",
        "<x        | not valid XML: ",
      })
  void eventDataThatIsBrokenIsMalformed(String data, String reason) {
    String record =
        "{\"TimeGenerated\":\"2026-03-04T22:12:07Z\",\"EventID\":11,\"EventData\":\""
            + data
            + "\"}";

    String complaint = EventDecoders.auto().decode(record).malformed().orElseThrow().reason();
    assertTrue(complaint.startsWith(reason), complaint);
  }

  // Splunk's text

  private static final String AUDITED =
      """
      03/04/2026 05:12:07 PM
      LogName=Security
      EventCode=4657
      EventType=0
      ComputerName=WEB01.corp.example
      SourceName=Microsoft Windows security auditing.
      Type=Information
      RecordNumber=144601
      Keywords=Audit Success
      TaskCategory=Registry
      OpCode=Info
      Message=A registry value was modified.

      Subject:
      \tSecurity ID:\t\tS-1-5-21-1
      \tAccount Name:\t\teve
      \tAccount Domain:\t\tCORP
      \tLogon ID:\t\t0x89DA2

      Object:
      \tObject Name:\t\t\\REGISTRY\\MACHINE\\SYSTEM\\ControlSet001\\Services\\W3SVC\\Parameters
      \tObject Value Name:\tFilterDLLs
      \tHandle ID:\t\t0xb70
      \tOperation Type:\t\tExisting registry value modified

      Process Information:
      \tProcess ID:\t\t0x60c
      \tProcess Name:\t\tC:\\Windows\\System32\\reg.exe

      Change Information:
      \tOld Value Type:\t\tREG_SZ
      \tOld Value:\t\t
      \tNew Value Type:\t\tREG_SZ
      \tNew Value:\t\tC:\\inetpub\\x.dll
      """;

  @Test
  void splunksDateIsTakenIfItsZoneIsKnown() {
    Decoded decoded = EventDecoders.auto(ZoneId.of("America/New_York")).decode(AUDITED);
    RegistryEvent event = assertInstanceOf(RegistryEvent.class, decoded.events().get(0));

    assertEquals(Instant.parse("2026-03-04T22:12:07Z"), event.getTimestamp());
    assertEquals("WEB01.corp.example", event.getHost().getName());
    assertEquals("reg.exe", event.getProcess().getName());
    assertEquals(1548, event.getProcess().getPid());
    assertEquals("eve", event.getUser().getName());
    assertEquals("FilterDLLs", event.getRegistry().getValue());
    assertEquals(List.of("C:\\inetpub\\x.dll"), event.getRegistry().getData().getStrings());
    assertEquals(List.of("change"), event.getEvent().getType());
  }

  @Test
  void splunksDateIsRefusedIfItsZoneIsNot() {
    assertEquals(
        "no UtcTime, and the date has no time zone: set --zone or use EventDecoders.auto(zone)",
        EventDecoders.auto().decode(AUDITED).malformed().orElseThrow().reason());
  }

  @Test
  void aScriptBlockInSplunksTextEndsWhereItsIdStands() {
    String text =
        """
        03/04/2026 05:12:07 PM
        LogName=Microsoft-Windows-PowerShell/Operational
        EventCode=4104
        ComputerName=WEB01
        Message=Creating Scriptblock text (1 of 2):
        $x = "Path: no"
        New-WebGlobalModule

        ScriptBlock ID: 0d5c7ac0
        Path: C:\\x.ps1
        """;
    Decoded decoded = EventDecoders.auto(ZoneId.of("UTC")).decode(text);
    ScriptBlockEvent event = assertInstanceOf(ScriptBlockEvent.class, decoded.events().get(0));

    assertEquals(
        "$x = \"Path: no\"\nNew-WebGlobalModule",
        event.getPowershell().getFile().getScriptBlockText());
    assertEquals("0d5c7ac0", event.getPowershell().getFile().getScriptBlockId());
    assertEquals("C:\\x.ps1", event.getFile().getPath());
    assertEquals(2, event.getPowershell().getTotal());
  }

  @Test
  void whatASplunkTextSaysASecondTimeIsNotBelieved() {
    String text = AUDITED + "\tNew Value:\t\tnothing\nProcess Name: C:\\msiexec.exe\n";
    Decoded decoded = EventDecoders.auto(ZoneId.of("UTC")).decode(text);
    RegistryEvent event = assertInstanceOf(RegistryEvent.class, decoded.events().get(0));

    assertEquals(List.of("C:\\inetpub\\x.dll"), event.getRegistry().getData().getStrings());
    assertEquals("reg.exe", event.getProcess().getName());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "03/04/2026 25:12:07 PM | '03/04/2026 25:12:07 PM' is not a date such as 03/04/2026 03:12:07 AM",
        "03/04/2026 05:12:07 PM | no EventCode"
      })
  void aBrokenSplunkTextIsMalformed(String text, String reason) {
    assertEquals(reason, EventDecoders.auto().decode(text).malformed().orElseThrow().reason());
  }
}
