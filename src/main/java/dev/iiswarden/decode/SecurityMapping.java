package dev.iiswarden.decode;

import dev.iiswarden.decode.WindowsMapping.Logged;
import dev.iiswarden.event.Event;
import dev.iiswarden.event.EventBuilder;
import dev.iiswarden.event.FileEvent;
import dev.iiswarden.event.ProcessEvent;
import dev.iiswarden.event.ProcessFields;
import dev.iiswarden.event.RegistryEvent;
import dev.iiswarden.event.RegistryFields;
import dev.iiswarden.event.UserFields;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Maps audit events of the Security log to facts ("Advanced security audit policy settings",
 * Microsoft: events 4656, 4657, 4663, 4670, 4688 and 5145). Windows audits an object only if a SACL
 * requests it, and files of a share without one.
 */
final class SecurityMapping {
  private static final long WRITE_DATA_OR_SET_VALUE = 0x2;
  private static final long APPEND_DATA_OR_CREATE_SUB_KEY = 0x4;
  private static final long DELETE = 0x10000;

  private static final String MULTI_SZ = "%%1879";

  /** The beginning of a path that the object manager resolves. */
  private static final String NT_PREFIX = "\\??\\";

  private static final String PERMISSIONS_CHANGED = "permissions changed";

  private SecurityMapping() {}

  /** Returns the fact; null if the event is about an access that no rule is interested in. */
  static @Nullable Event fact(Logged event) {
    return switch (event.eventId()) {
      case 4656 -> handleRequest(event);
      case 4657 -> registryValue(event);
      case 4663 -> objectAccess(event);
      case 4670 -> permissionsChange(event);
      case 4688 -> processCreation(event);
      case 5145 -> shareAccess(event);
      default -> throw new IllegalStateException("unknown Security event: " + event.eventId());
    };
  }

  private static RegistryEvent registryValue(Logged event) {
    return fill(RegistryEvent.builder().countOnce(), event, operation(event))
        .registry(
            () -> {
              String key = event.text(Field.OBJECT_NAME);
              String value = event.text(Field.OBJECT_VALUE_NAME);
              return new RegistryFields(
                  key == null || value == null ? key : key + '\\' + value, value, data(event));
            })
        .build();
  }

  /** The operation is a placeholder that Windows resolves for display, or the resolved text. */
  private static String operation(Logged event) {
    String operation = event.text(Field.OPERATION_TYPE);
    if (operation == null) {
      return "change";
    }
    if (operation.equals("%%1904") || operation.contains("created")) {
      return "creation";
    }
    return operation.equals("%%1906") || operation.contains("deleted") ? "deletion" : "change";
  }

  /** Returns the value's data; each string of a REG_MULTI_SZ is a separate item. */
  private static List<String> data(Logged event) {
    String value = event.text(Field.NEW_VALUE);
    if (value == null) {
      return List.of();
    }
    String type = event.text(Field.NEW_VALUE_TYPE);
    return MULTI_SZ.equals(type) || "REG_MULTI_SZ".equals(type)
        ? value.lines().filter(line -> !line.isBlank()).toList()
        : List.of(value);
  }

  /**
   * A handle that allows to write. Windows audits it also where it does not audit the writing
   * itself, which comes next as 4663. A request that was refused has no handle.
   */
  private static @Nullable Event handleRequest(Logged event) {
    Long handle = event.integer(Field.HANDLE_ID);
    return (handle == null || handle != 0) && access(event).equals("change")
        ? objectAccess(event)
        : null;
  }

  /** Tokens are objects whose permissions change all the time, too. */
  private static @Nullable Event permissionsChange(Logged event) {
    String name = event.text(Field.OBJECT_NAME);
    if (isKey(event)) {
      return fill(RegistryEvent.builder(), event, "change")
          .action(PERMISSIONS_CHANGED)
          .registry(() -> new RegistryFields(name, null, List.of()))
          .build();
    }
    return "File".equals(event.text(Field.OBJECT_TYPE))
        ? fill(FileEvent.builder(), event, "change")
            .action(PERMISSIONS_CHANGED)
            .file(() -> Paths.file(name))
            .build()
        : null;
  }

  /**
   * A file that another machine opens for writing through a share: the path is the one on this
   * machine. No process of this machine acts. Windows checks the permissions of the share here;
   * those of the file may still refuse.
   */
  private static @Nullable Event shareAccess(Logged event) {
    String share = event.text(Field.SHARE_LOCAL_PATH);
    String name = event.text(Field.RELATIVE_TARGET_NAME);
    if (share == null || name == null || !access(event).equals("change")) {
      return null;
    }
    String folder = share.startsWith(NT_PREFIX) ? share.substring(NT_PREFIX.length()) : share;
    String path = folder.endsWith("\\") ? folder + name : folder + '\\' + name;
    return event
        .fill(FileEvent.builder().countOnce(), "change")
        .user(() -> subject(event))
        .file(() -> Paths.file(path))
        .build();
  }

  private static boolean isKey(Logged event) {
    return "Key".equals(event.text(Field.OBJECT_TYPE));
  }

  private static Event objectAccess(Logged event) {
    String name = event.text(Field.OBJECT_NAME);
    String access = access(event);
    if (isKey(event)) {
      return fill(RegistryEvent.builder(), event, access)
          .registry(() -> new RegistryFields(name, null, List.of()))
          .build();
    }
    FileEvent.Builder file = FileEvent.builder();
    if (!access.equals("access")) {
      file.countOnce();
    }
    return fill(file, event, access).file(() -> Paths.file(name)).build();
  }

  private static String access(Logged event) {
    Long mask = event.integer(Field.ACCESS_MASK);
    if (mask == null) {
      return "access";
    }
    if ((mask & (WRITE_DATA_OR_SET_VALUE | APPEND_DATA_OR_CREATE_SUB_KEY)) != 0) {
      return "change";
    }
    return (mask & DELETE) != 0 ? "deletion" : "access";
  }

  private static ProcessEvent processCreation(Logged event) {
    return event
        .fill(ProcessEvent.builder().countOnce(), "start")
        .process(
            () ->
                process(event, Field.NEW_PROCESS_NAME, Field.NEW_PROCESS_ID)
                    .commandLine(event.text(Field.COMMAND_LINE))
                    .parent(process(event, Field.PARENT_PROCESS_NAME, Field.PROCESS_ID).build())
                    .build())
        .user(() -> subject(event))
        .build();
  }

  private static <B extends EventBuilder<B>> B fill(B builder, Logged event, String type) {
    return event
        .fill(builder, type)
        .process(() -> process(event, Field.PROCESS_NAME, Field.PROCESS_ID).build())
        .user(() -> subject(event));
  }

  private static ProcessFields.Builder process(Logged event, Field name, Field pid) {
    @Nullable String executable = event.text(name);
    return ProcessFields.builder()
        .name(Paths.processName(executable))
        .executable(executable)
        .pid(event.integer(pid));
  }

  private static UserFields subject(Logged event) {
    return new UserFields(
        event.text(Field.SUBJECT_USER_NAME),
        event.text(Field.SUBJECT_DOMAIN_NAME),
        event.text(Field.SUBJECT_USER_SID));
  }
}
