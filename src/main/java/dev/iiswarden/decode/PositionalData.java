package dev.iiswarden.decode;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The order of an event's values, for collectors that pass them on without names. It is the order
 * of the event's manifest ("Sysmon", Microsoft Sysinternals, schema 4.90; "Advanced security audit
 * policy settings", Microsoft, the XML of each event; "about_Logging_Windows", Microsoft). Older
 * versions of an event lack values at the end, and older versions of Sysmon the rule's name at the
 * start.
 */
final class PositionalData {
  private static final Map<Integer, List<String>> SYSMON =
      Map.ofEntries(
          order(
              1,
              "RuleName UtcTime ProcessGuid ProcessId Image FileVersion Description Product Company"
                  + " OriginalFileName CommandLine CurrentDirectory User LogonGuid LogonId"
                  + " TerminalSessionId IntegrityLevel Hashes ParentProcessGuid ParentProcessId"
                  + " ParentImage ParentCommandLine ParentUser"),
          order(
              2,
              "RuleName UtcTime ProcessGuid ProcessId Image TargetFilename CreationUtcTime"
                  + " PreviousCreationUtcTime User"),
          order(
              7,
              "RuleName UtcTime ProcessGuid ProcessId Image ImageLoaded FileVersion Description"
                  + " Product Company OriginalFileName Hashes Signed Signature SignatureStatus User"),
          order(
              11,
              "RuleName UtcTime ProcessGuid ProcessId Image TargetFilename CreationUtcTime User"),
          order(12, "RuleName EventType UtcTime ProcessGuid ProcessId Image TargetObject User"),
          order(
              13,
              "RuleName EventType UtcTime ProcessGuid ProcessId Image TargetObject Details User"),
          order(
              14,
              "RuleName EventType UtcTime ProcessGuid ProcessId Image TargetObject NewName User"),
          order(
              15,
              "RuleName UtcTime ProcessGuid ProcessId Image TargetFilename CreationUtcTime Hash"
                  + " Contents User"),
          order(
              23,
              "RuleName UtcTime ProcessGuid ProcessId User Image TargetFilename Hashes IsExecutable"
                  + " Archived"),
          order(
              26,
              "RuleName UtcTime ProcessGuid ProcessId User Image TargetFilename Hashes"
                  + " IsExecutable"),
          order(29, "RuleName UtcTime ProcessGuid ProcessId User Image TargetFilename Hashes"));

  private static final Map<Integer, List<String>> OTHERS =
      Map.ofEntries(
          order(
              4688,
              "SubjectUserSid SubjectUserName SubjectDomainName SubjectLogonId NewProcessId"
                  + " NewProcessName TokenElevationType ProcessId CommandLine TargetUserSid"
                  + " TargetUserName TargetDomainName TargetLogonId ParentProcessName"
                  + " MandatoryLabel"),
          order(
              4657,
              "SubjectUserSid SubjectUserName SubjectDomainName SubjectLogonId ObjectName"
                  + " ObjectValueName HandleId OperationType OldValueType OldValue NewValueType"
                  + " NewValue ProcessId ProcessName"),
          order(
              4663,
              "SubjectUserSid SubjectUserName SubjectDomainName SubjectLogonId ObjectServer"
                  + " ObjectType ObjectName HandleId AccessList AccessMask ProcessId ProcessName"),
          order(
              4656,
              "SubjectUserSid SubjectUserName SubjectDomainName SubjectLogonId ObjectServer"
                  + " ObjectType ObjectName HandleId TransactionId AccessList AccessReason"
                  + " AccessMask PrivilegeList RestrictedSidCount ProcessId ProcessName"
                  + " ResourceAttributes"),
          order(
              4670,
              "SubjectUserSid SubjectUserName SubjectDomainName SubjectLogonId ObjectServer"
                  + " ObjectType ObjectName HandleId OldSd NewSd ProcessId ProcessName"),
          order(
              5145,
              "SubjectUserSid SubjectUserName SubjectDomainName SubjectLogonId ObjectType IpAddress"
                  + " IpPort ShareName ShareLocalPath RelativeTargetName AccessMask AccessList"
                  + " AccessReason"),
          order(4104, "MessageNumber MessageTotal ScriptBlockText ScriptBlockId Path"),
          order(
              29,
              "PhysicalPath ConfigPath EffectiveLocationPath Configuration EditOperationType"
                  + " OldValue NewValue"),
          order(
              50,
              "PhysicalPath ConfigPath EffectiveLocationPath Configuration EditOperationType"
                  + " OldValue NewValue"),
          order(2282, "ModuleDll"),
          order(2293, "ModuleDll"),
          order(2295, "ModuleDll"),
          order(2296, "ModuleDll"),
          order(2298, "ModuleDll"));

  /**
   * Sysmon before version 10 had no original file name, which stands in the middle; the number of
   * values tells.
   */
  private static final Map<Integer, Integer> SHORTEST_WITH_ORIGINAL_NAME = Map.of(1, 22, 7, 15);

  private static final Set<String> REGISTRY_TYPES =
      Set.of("CreateKey", "CreateValue", "DeleteKey", "DeleteValue", "SetValue", "RenameKey");

  private PositionalData() {}

  private static Map.Entry<Integer, List<String>> order(int eventId, String names) {
    return Map.entry(eventId, List.of(names.split(" ", -1)));
  }

  /** Adds values by their position, as far as the order of the event is known. */
  static void add(int eventId, boolean isSysmon, List<String> texts, FieldValues values) {
    List<String> names = (isSysmon ? SYSMON : OTHERS).get(eventId);
    if (names == null) {
      return;
    }
    boolean hasRuleName = !isSysmon || texts.isEmpty() || !isSecond(texts.get(0));
    Integer withOriginalName = isSysmon ? SHORTEST_WITH_ORIGINAL_NAME.get(eventId) : null;
    int own = texts.size() + (hasRuleName ? 0 : 1);
    int at = 0;
    for (String name : names) {
      boolean isMissing =
          (name.equals("RuleName") && !hasRuleName)
              || (name.equals("OriginalFileName")
                  && withOriginalName != null
                  && own < withOriginalName);
      if (!isMissing && at < texts.size()) {
        add(Field.ofData(name), texts.get(at++), values);
      }
    }
  }

  private static void add(@Nullable Field field, String text, FieldValues values) {
    if (field != null && !text.isEmpty() && !values.has(field)) {
      values.add(field, text);
    }
  }

  /** Whether this is what follows the rule's name: the time, or the kind of registry event. */
  private static boolean isSecond(String text) {
    return REGISTRY_TYPES.contains(text) || Timestamps.parse(text) != null;
  }
}
