package dev.iiswarden.decode;

import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The labels of values in an event's text. Sysmon's are its field names in every language. Those of
 * the Security log are in the language of Windows; here in English, German, French, Spanish,
 * Japanese, Chinese and Russian, and the most important ones in some more.
 */
final class MessageLabels {
  /** One line a field: its labels in all languages. */
  private static final String SECURITY =
      """
      SubjectUserSid: Security ID | Sicherheits-ID | ID de sécurité | Id. de seguridad | セキュリティ ID | 安全 ID | ИД безопасности
      SubjectUserName: Account Name | Kontoname | Nom du compte | Nom de compte | Nombre de cuenta | アカウント名 | 帐户名 | 帐户名称 | Имя учетной записи
      SubjectDomainName: Account Domain | Kontodomäne | Domaine du compte | Domaine de compte | Dominio de cuenta | アカウント ドメイン | 帐户域 | Домен учетной записи
      ObjectType: Object Type | Objekttyp | Type d’objet | Type d'objet | Tipo de objeto | オブジェクトの種類 | オブジェクト タイプ
      ObjectName: Object Name | Objektname | Nom de l’objet | Nom de l'objet | Nom d’objet | Nom d'objet | Nombre de objeto | Nombre del objeto | オブジェクト名 | 对象名 | 对象名称 | Имя объекта
      ObjectValueName: Object Value Name | Objektwertname | Name des Objektwerts | Nom de la valeur de l’objet | Nom de la valeur de l'objet | Nom de valeur d’objet | Nom de valeur d'objet | Nombre de valor de objeto | Nombre del valor de objeto | オブジェクト値名 | オブジェクトの値の名前 | Nom de valeur de l’objet | Nom de valeur de l'objet | 对象值名称 | Имя значения объекта
      HandleId: Handle ID | Handle-ID
      ShareLocalPath: Share Path | Freigabepfad
      RelativeTargetName: Relative Target Name | Relativer Zielname
      OperationType: Operation Type | Vorgangstyp | Operationstyp | Type d’opération | Type d'opération | Tipo de operación | 操作の種類
      AccessMask: Access Mask | Zugriffsmaske | Masque d’accès | Masque d'accès | Máscara de acceso | アクセス マスク
      NewValueType: New Value Type | Neuer Werttyp | Nouveau type de valeur | Type de la nouvelle valeur | Nuevo tipo de valor | Tipo de valor nuevo | 新しい値の種類
      NewValue: New Value | Neuer Wert | Nouvelle valeur | Nuevo valor | Valor nuevo | 新しい値 | 新值 | Новое значение
      ProcessId: Process ID | Creator Process ID | Prozess-ID | Erstellerprozess-ID | Ersteller-Prozess-ID | ID du processus | ID de processus | ID du processus créateur | Id. de proceso | Id. del proceso | Id. de proceso creador | Id. del proceso creador | Id. de proceso del creador | プロセス ID | クリエーター プロセス ID | 作成元プロセス ID | 进程 ID | 创建者进程 ID | ИД процесса | ИД процесса-создателя
      ProcessName: Process Name | Prozessname | Nom du processus | Nom de processus | Nombre de proceso | Nombre del proceso | プロセス名 | 进程名 | 进程名称 | Имя процесса
      NewProcessId: New Process ID | Neue Prozess-ID | ID du nouveau processus | Id. de proceso nuevo | Id. del nuevo proceso | Nuevo Id. de proceso | 新しいプロセス ID | ID des neuen Prozesses | Id. de nuevo proceso | 新进程 ID | ИД нового процесса
      NewProcessName: New Process Name | Neuer Prozessname | Nom du nouveau processus | Nombre de proceso nuevo | Nombre del nuevo proceso | Nuevo nombre de proceso | 新しいプロセス名 | Nombre de nuevo proceso | 新进程名称 | Имя нового процесса | Nome nuovo processo | Nome do Novo Processo | Nazwa nowego procesu
      ParentProcessName: Creator Process Name | Erstellerprozessname | Name des Erstellerprozesses | Ersteller-Prozessname | Nom du processus créateur | Nombre de proceso creador | Nombre del proceso creador | Nombre de proceso del creador | クリエーター プロセス名 | 作成元プロセス名 | 创建者进程名称 | Имя процесса-создателя | Nome processo creatore | Nome do Processo Criador
      CommandLine: Process Command Line | Prozessbefehlszeile | Befehlszeile des Prozesses | Prozess-Befehlszeile | Ligne de commande du processus | Línea de comandos de proceso | Línea de comandos del proceso | プロセスのコマンド ライン | プロセス コマンド ライン | 进程命令行 | Командная строка процесса | Riga di comando processo | Linha de Comando do Processo | Wiersz polecenia procesu
      """;

  /** Labels of values that no rule reads, which end the value before them. */
  private static final String UNREAD =
      "RuleName|ParentUser|FileVersion|Description|Product|Company|CurrentDirectory|LogonGuid|LogonId"
          + "|TerminalSessionId|IntegrityLevel|CreationUtcTime|PreviousCreationUtcTime|IsExecutable"
          + "|Archived|Contents|SubjectLogonId|TokenElevationType|TargetUserSid|TargetUserName"
          + "|TargetDomainName|TargetLogonId|MandatoryLabel|OldValueType|ObjectServer"
          + "|AccessList|ResourceAttributes|Subject|Creator Subject|Target Subject"
          + "|Process Information|Logon ID|Token Elevation Type|Mandatory Label|Object|Object Server"
          + "|Access Request Information|Accesses|Change Information|Old Value Type"
          + "|Old Value|Resource Attributes|ScriptBlock ID|Prozessinformationen|Antragsteller"
          + "|Anmelde-ID|Tokenerhöhungstyp|Informations sur le processus|Sujet|Información de proceso"
          + "|Asunto|Firmante|TransactionId|AccessReason|PrivilegeList|RestrictedSidCount|OldSd|NewSd"
          + "|IpAddress|IpPort|ShareName|Transaction ID|Access Reasons"
          + "|Privileges Used for Access Check|Restricted SID Count|Permissions Change"
          + "|Original Security Descriptor|New Security Descriptor|Network Information"
          + "|Source Address|Source Port|Share Information|Share Name|Access Check Results";

  private static final Map<String, Field> LABELS = new HashMap<>();

  /** A label where a value may begin: after a blank, and followed by a colon and a blank. */
  private static final Pattern ANY;

  static {
    for (Field field : Field.values()) {
      if (field.part() == Field.Part.DATA) {
        LABELS.put(field.label(), field);
      }
    }
    SECURITY.lines().forEach(MessageLabels::addLine);
    String known = LABELS.keySet().stream().map(Pattern::quote).collect(Collectors.joining("|"));
    ANY = Pattern.compile("(?<![^\\s.])(" + known + "|" + UNREAD + ")\\h?[:：](?=\\s|$)");
  }

  private MessageLabels() {}

  private static void addLine(String line) {
    int colon = line.indexOf(':');
    Field field = Field.ofData(line.substring(0, colon));
    if (field == null) {
      throw new IllegalStateException("no field " + line.substring(0, colon));
    }
    for (String label : line.substring(colon + 1).split("\\|", -1)) {
      LABELS.put(label.strip(), field);
    }
  }

  /** Returns the field with this label, or null. */
  static @Nullable Field field(String label) {
    return LABELS.get(label);
  }

  /** Returns a pattern that finds the labels in a text whose lines have been joined. */
  static Pattern any() {
    return ANY;
  }
}
