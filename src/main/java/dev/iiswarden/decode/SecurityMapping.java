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
 * Microsoft: events 4657, 4663 and 4688). Windows audits an object only if a SACL requests it.
 */
final class SecurityMapping {
  private static final long WRITE_DATA_OR_SET_VALUE = 0x2;
  private static final long APPEND_DATA_OR_CREATE_SUB_KEY = 0x4;
  private static final long DELETE = 0x10000;

  private static final String MULTI_SZ = "%%1879";

  private SecurityMapping() {}

  static Event fact(Logged event) {
    return switch (event.eventId()) {
      case 4657 -> registryValue(event);
      case 4663 -> objectAccess(event);
      case 4688 -> processCreation(event);
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

  private static Event objectAccess(Logged event) {
    String name = event.text(Field.OBJECT_NAME);
    String access = access(event);
    if ("Key".equals(event.text(Field.OBJECT_TYPE))) {
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
