package dev.iiswarden.decode;

import dev.iiswarden.decode.WindowsMapping.Logged;
import dev.iiswarden.event.CodeSignatureFields;
import dev.iiswarden.event.DllFields;
import dev.iiswarden.event.Event;
import dev.iiswarden.event.EventBuilder;
import dev.iiswarden.event.FileEvent;
import dev.iiswarden.event.HashFields;
import dev.iiswarden.event.LibraryEvent;
import dev.iiswarden.event.PeFields;
import dev.iiswarden.event.ProcessEvent;
import dev.iiswarden.event.ProcessFields;
import dev.iiswarden.event.RegistryEvent;
import dev.iiswarden.event.RegistryFields;
import dev.iiswarden.event.UserFields;
import java.math.BigInteger;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Maps Sysmon events to facts with the ECS names of Elastic's Sysmon pipeline ("Sysmon", Microsoft
 * Sysinternals, section "Events"; integration "Windows", data stream {@code sysmon_operational}).
 * Some fields are misleading:
 *
 * <ul>
 *   <li>The event id determines what happened. {@code EventType} only refines event 12, because
 *       NXLog has a field of its own with that name.
 *   <li>{@code ProcessId} is the pid of the actor. {@code ProcessID} and {@code ExecutionProcessID}
 *       are pids of the Sysmon service, and the user in the record's {@code System} part is its
 *       user.
 *   <li>An {@code Image} without a folder, such as {@code System}, has no {@code process.name}.
 * </ul>
 */
final class SysmonMapping {
  /** The categories that Elastic's pipeline assigns. */
  private static final List<String> REGISTRY_CATEGORIES = List.of("configuration", "registry");

  private static final Field[] PARENT = {
    Field.PARENT_IMAGE,
    Field.PARENT_PROCESS_ID,
    Field.PARENT_PROCESS_GUID,
    Field.PARENT_COMMAND_LINE
  };

  private static final Pattern NUMBER =
      Pattern.compile("[DQ]WORD \\(0x([0-9a-fA-F]{1,16})(?:-0x([0-9a-fA-F]{8}))?\\)");

  private static final int GUID_LENGTH = 36;

  private SysmonMapping() {}

  static Event fact(Logged event) {
    return switch (event.eventId()) {
      case 1 -> fill(ProcessEvent.builder().countOnce(), event, "start").build();
      case 2 -> file(event, FileEvent.builder(), "change");
      case 7 -> imageLoaded(event);
      case 11, 29 -> file(event, FileEvent.builder().countOnce(), "creation");
      case 12 -> registry(event, RegistryEvent.builder(), createOrDelete(event));
      case 13 -> registry(event, RegistryEvent.builder().countOnce(), "change");
      case 14 -> registry(event, RegistryEvent.builder(), "change");
      case 15 -> file(event, FileEvent.builder(), "access");
      case 23, 26 -> file(event, FileEvent.builder().countOnce(), "deletion");
      default -> throw new IllegalStateException("unknown Sysmon event: " + event.eventId());
    };
  }

  private static LibraryEvent imageLoaded(Logged event) {
    return fill(LibraryEvent.builder(), event, "start")
        .dll(
            () -> {
              String path = event.text(Field.IMAGE_LOADED);
              return new DllFields(
                  path,
                  Paths.lastPart(path),
                  HashFields.ofSysmon(event.text(Field.HASHES)),
                  CodeSignatureFields.ofSysmon(
                      event.text(Field.SIGNED),
                      event.text(Field.SIGNATURE_STATUS),
                      event.text(Field.SIGNATURE)));
            })
        .build();
  }

  private static FileEvent file(Logged event, FileEvent.Builder builder, String type) {
    return fill(builder, event, type)
        .file(() -> Paths.file(event.text(Field.TARGET_FILENAME), hashes(event)))
        .build();
  }

  /** Returns the file's hashes. Event 15 has a single one. */
  private static HashFields hashes(Logged event) {
    String hashes = event.text(Field.HASHES);
    return HashFields.ofSysmon(hashes == null ? event.text(Field.HASH) : hashes);
  }

  private static RegistryEvent registry(Logged event, RegistryEvent.Builder builder, String type) {
    return fill(builder, event, type)
        .category(REGISTRY_CATEGORIES)
        .registry(
            () -> {
              String path = event.text(Field.TARGET_OBJECT);
              String details = event.text(Field.DETAILS);
              return new RegistryFields(
                  path,
                  Paths.lastPart(path),
                  details == null ? List.of() : List.of(decimal(details)),
                  event.text(Field.NEW_NAME));
            })
        .build();
  }

  /** Converts {@code DWORD (0x00000004)} to 4, as in ECS. A QWORD consists of two halves. */
  private static String decimal(String details) {
    if (!details.startsWith("WORD (0x", 1)) {
      return details;
    }
    Matcher number = NUMBER.matcher(details);
    if (!number.matches()) {
      return details;
    }
    String low = number.group(2) == null ? "" : number.group(2);
    return new BigInteger(number.group(1) + low, 16).toString();
  }

  private static String createOrDelete(Logged event) {
    String type = event.values().first(Field.EVENT_TYPE);
    String operation = operation(type);
    return operation == null ? fromMessage(event.values().first(Field.MESSAGE)) : operation;
  }

  private static @Nullable String operation(@Nullable String eventType) {
    return switch (eventType == null ? "" : eventType) {
      case "CreateKey", "CreateValue" -> "creation";
      case "DeleteKey", "DeleteValue" -> "deletion";
      default -> null;
    };
  }

  /**
   * Reads the event type from the event's text, in case a collector has overwritten {@code
   * EventType}.
   */
  private static String fromMessage(@Nullable String message) {
    String label = "EventType: ";
    int start = message == null ? -1 : message.indexOf(label);
    if (message == null || start < 0) {
      return "change";
    }
    int word = start + label.length();
    int end = word;
    while (end < message.length() && Character.isLetter(message.charAt(end))) {
      end++;
    }
    String operation = operation(message.substring(word, end));
    return operation == null ? "change" : operation;
  }

  private static <B extends EventBuilder<B>> B fill(B builder, Logged event, String type) {
    return event.fill(builder, type).process(() -> actor(event)).user(() -> user(event));
  }

  private static ProcessFields actor(Logged event) {
    return named(event.text(Field.IMAGE))
        .rest(
            () ->
                ProcessFields.builder()
                    .pid(event.integer(Field.PROCESS_ID))
                    .entityId(entityId(event.text(Field.PROCESS_GUID)))
                    .commandLine(event.text(Field.COMMAND_LINE))
                    .pe(new PeFields(event.text(Field.ORIGINAL_FILE_NAME)))
                    .parent(parent(event))
                    .build())
        .build();
  }

  private static @Nullable ProcessFields parent(Logged event) {
    return event.values().hasAny(PARENT)
        ? named(event.text(Field.PARENT_IMAGE))
            .pid(event.integer(Field.PARENT_PROCESS_ID))
            .entityId(entityId(event.text(Field.PARENT_PROCESS_GUID)))
            .commandLine(event.text(Field.PARENT_COMMAND_LINE))
            .build()
        : null;
  }

  private static ProcessFields.Builder named(@Nullable String executable) {
    return ProcessFields.builder().name(Paths.processName(executable)).executable(executable);
  }

  /**
   * Normalises a GUID: some collectors omit the braces, and a GUID of zeros means that there is
   * none.
   */
  private static @Nullable String entityId(@Nullable String guid) {
    if (guid == null
        || guid.startsWith("{00000000-0000-0000-0000-")
        || guid.startsWith("00000000-0000-0000-0000-")) {
      return null;
    }
    return guid.length() == GUID_LENGTH && guid.charAt(0) != '{' ? '{' + guid + '}' : guid;
  }

  /** Splits {@code DOMAIN\name}. */
  private static UserFields user(Logged event) {
    String user = event.text(Field.USER);
    int backslash = user == null ? -1 : user.indexOf('\\');
    return user == null || backslash < 0
        ? new UserFields(user, null, null)
        : new UserFields(user.substring(backslash + 1), user.substring(0, backslash), null);
  }
}
