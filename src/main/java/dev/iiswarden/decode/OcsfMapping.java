package dev.iiswarden.decode;

import dev.iiswarden.event.CodeSignatureFields;
import dev.iiswarden.event.DllFields;
import dev.iiswarden.event.Event;
import dev.iiswarden.event.EventBuilder;
import dev.iiswarden.event.FileEvent;
import dev.iiswarden.event.HashFields;
import dev.iiswarden.event.LibraryEvent;
import dev.iiswarden.event.ProcessEvent;
import dev.iiswarden.event.ProcessFields;
import dev.iiswarden.event.RegistryEvent;
import dev.iiswarden.event.RegistryFields;
import dev.iiswarden.event.UserFields;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Maps OCSF events to facts (repository ocsf/ocsf-schema: {@code events/system} with the classes
 * file_activity, module_activity and process_activity; {@code extensions/windows/events} with
 * registry_key_activity and registry_value_activity; {@code objects} and {@code
 * extensions/windows/objects} with process, file, fingerprint, user, reg_key and reg_value).
 *
 * <ul>
 *   <li>{@code reg_value.path} is the path of the key, so the value's name is appended.
 *   <li>A failed activity ({@code status_id} 2) changed nothing and is no fact, nor is an unknown
 *       one.
 *   <li>The actor of a launch is the parent of the process.
 * </ul>
 */
final class OcsfMapping {
  private static final int REGISTRY_KEY = 201_001;
  private static final int REGISTRY_VALUE = 201_002;
  private static final int FILE = 1001;
  private static final int MODULE = 1005;
  private static final int PROCESS = 1007;
  private static final int RENAME = 5;
  private static final long FAILURE = 2;

  private static final long MD5 = 1;
  private static final long SHA1 = 2;
  private static final long SHA256 = 3;

  private OcsfMapping() {}

  static Decoded decode(FieldValues values, long line) {
    int kind = small(values.firstInteger(Field.OCSF_CLASS_UID));
    int activity = small(values.firstInteger(Field.OCSF_ACTIVITY_ID));
    String type = type(kind, activity);
    Long status = values.firstInteger(Field.OCSF_STATUS_ID);
    if (type == null || (status != null && status == FAILURE)) {
      return Decoded.nothing();
    }
    Instant time = time(values);
    if (time == null) {
      return Decoded.malformed(
          values.has(Field.OCSF_TIME)
              ? "time '" + Timestamps.excerpt(values.first(Field.OCSF_TIME)) + "' is not one date"
              : "no time",
          line,
          0);
    }
    Occurrence event = new Occurrence(values, kind, activity, type, time, line);
    return Decoded.of(
        switch (kind) {
          case FILE -> event.file();
          case MODULE -> event.module();
          case PROCESS -> event.process();
          default -> event.registry();
        });
  }

  private static int small(@Nullable Long number) {
    return number == null || number < 0 || number > Integer.MAX_VALUE ? -1 : number.intValue();
  }

  /** Returns the time: milliseconds since the epoch, in a number or in text, or a date. */
  private static @Nullable Instant time(FieldValues values) {
    Object time = values.only(Field.OCSF_TIME);
    Long millis = time instanceof String ? values.firstInteger(Field.OCSF_TIME) : null;
    return Timestamps.parse(millis == null ? time : millis);
  }

  private static @Nullable String type(int kind, int activity) {
    return switch (kind) {
      case REGISTRY_KEY ->
          switch (activity) {
            case 1 -> "creation";
            case 2, 9 -> "access";
            case 3, RENAME, 6, 7, 8 -> "change";
            case 4 -> "deletion";
            default -> null;
          };
      case REGISTRY_VALUE ->
          switch (activity) {
            case 1 -> "access";
            case 2, 3 -> "change";
            case 4 -> "deletion";
            default -> null;
          };
      case FILE ->
          switch (activity) {
            case 1 -> "creation";
            case 2, 8, 9, 14 -> "access";
            case 3, RENAME, 6, 7, 10, 11 -> "change";
            case 4 -> "deletion";
            default -> null;
          };
      case MODULE, PROCESS -> activity == 1 ? "start" : null;
      default -> null;
    };
  }

  private record Occurrence(
      FieldValues values, int kind, int activity, String type, Instant time, long line) {

    Event registry() {
      return fill(RegistryEvent.builder())
          .registry(() -> kind == REGISTRY_KEY ? key() : value())
          .build();
    }

    private RegistryFields key() {
      String path = RegistryPaths.of(text(Field.OCSF_REG_KEY_PATH), null);
      String previous = RegistryPaths.of(text(Field.OCSF_PREV_REG_KEY_PATH), null);
      return activity == RENAME && previous != null
          ? new RegistryFields(previous, null, List.of(), path)
          : new RegistryFields(path, null, List.of());
    }

    private RegistryFields value() {
      String name = text(Field.OCSF_REG_VALUE_NAME);
      List<String> data = new ArrayList<>(values.all(Field.OCSF_REG_VALUE_REG_STRING_DATA));
      data.addAll(values.all(Field.OCSF_REG_VALUE_REG_STRING_LIST_DATA));
      data.addAll(values.all(Field.OCSF_REG_VALUE_REG_INTEGER_DATA));
      return new RegistryFields(
          RegistryPaths.of(text(Field.OCSF_REG_VALUE_PATH), name),
          name,
          data.isEmpty() ? values.all(Field.OCSF_REG_VALUE_DATA) : data);
    }

    Event file() {
      return fill(FileEvent.builder())
          .file(
              () -> {
                String result = activity == RENAME ? text(Field.OCSF_FILE_RESULT_PATH) : null;
                return Paths.file(
                    result == null ? text(Field.ECS_FILE_PATH) : result,
                    hashes(Field.OCSF_FILE_HASHES_ALGORITHM_ID, Field.OCSF_FILE_HASHES_VALUE));
              })
          .build();
    }

    Event module() {
      return fill(LibraryEvent.builder())
          .dll(
              () -> {
                String path = text(Field.OCSF_MODULE_FILE_PATH);
                String name = text(Field.OCSF_MODULE_FILE_NAME);
                return new DllFields(
                    path,
                    name == null ? Paths.lastPart(path) : name,
                    hashes(
                        Field.OCSF_MODULE_FILE_HASHES_ALGORITHM_ID,
                        Field.OCSF_MODULE_FILE_HASHES_VALUE),
                    new CodeSignatureFields());
              })
          .build();
    }

    Event process() {
      return fill(ProcessEvent.builder())
          .process(
              () ->
                  named(
                          Field.ECS_PROCESS_NAME,
                          Field.OCSF_PROCESS_FILE_PATH,
                          Field.OCSF_PROCESS_PATH)
                      .pid(values.firstInteger(Field.ECS_PROCESS_PID))
                      .entityId(text(Field.OCSF_PROCESS_UID))
                      .commandLine(text(Field.OCSF_PROCESS_CMD_LINE))
                      .parent(actor().build())
                      .build())
          .user(
              () ->
                  values.hasAny(Field.OCSF_PROCESS_USER_NAME, Field.OCSF_PROCESS_USER_UID)
                      ? user(
                          Field.OCSF_PROCESS_USER_NAME,
                          Field.OCSF_PROCESS_USER_DOMAIN,
                          Field.OCSF_PROCESS_USER_UID)
                      : actingUser())
          .build();
    }

    private <B extends EventBuilder<B>> B fill(B builder) {
      String hostname = text(Field.OCSF_DEVICE_HOSTNAME);
      return builder
          .timestamp(time)
          .id(text(Field.OCSF_METADATA_UID))
          .line(line)
          .type(type)
          .provider(text(Field.OCSF_METADATA_PRODUCT_NAME))
          .code(Integer.toString(kind))
          .computerName(hostname == null ? text(Field.OCSF_DEVICE_NAME) : hostname)
          .process(
              () ->
                  actor()
                      .parent(
                          named(
                                  Field.OCSF_ACTOR_PROCESS_PARENT_PROCESS_NAME,
                                  Field.OCSF_ACTOR_PROCESS_PARENT_PROCESS_FILE_PATH,
                                  Field.OCSF_ACTOR_PROCESS_PARENT_PROCESS_PATH)
                              .pid(values.firstInteger(Field.OCSF_ACTOR_PROCESS_PARENT_PROCESS_PID))
                              .entityId(text(Field.OCSF_ACTOR_PROCESS_PARENT_PROCESS_UID))
                              .commandLine(text(Field.OCSF_ACTOR_PROCESS_PARENT_PROCESS_CMD_LINE))
                              .build())
                      .build())
          .user(this::actingUser);
    }

    private ProcessFields.Builder actor() {
      return named(
              Field.OCSF_ACTOR_PROCESS_NAME,
              Field.OCSF_ACTOR_PROCESS_FILE_PATH,
              Field.OCSF_ACTOR_PROCESS_PATH)
          .pid(values.firstInteger(Field.OCSF_ACTOR_PROCESS_PID))
          .entityId(text(Field.OCSF_ACTOR_PROCESS_UID))
          .commandLine(text(Field.OCSF_ACTOR_PROCESS_CMD_LINE));
    }

    /** The name may be a whole path in some products; the file's path is sure to be one. */
    private ProcessFields.Builder named(Field nameField, Field filePath, Field ownPath) {
      String file = text(filePath);
      String path = file == null ? text(ownPath) : file;
      String name = path == null ? Paths.lastPart(text(nameField)) : Paths.lastPart(path);
      return ProcessFields.builder().name(name).executable(path);
    }

    private UserFields actingUser() {
      return values.hasAny(Field.OCSF_ACTOR_USER_NAME, Field.OCSF_ACTOR_USER_UID)
          ? user(
              Field.OCSF_ACTOR_USER_NAME, Field.OCSF_ACTOR_USER_DOMAIN, Field.OCSF_ACTOR_USER_UID)
          : user(
              Field.OCSF_ACTOR_PROCESS_USER_NAME,
              Field.OCSF_ACTOR_PROCESS_USER_DOMAIN,
              Field.OCSF_ACTOR_PROCESS_USER_UID);
    }

    private UserFields user(Field name, Field domain, Field uid) {
      return new UserFields(text(name), text(domain), text(uid));
    }

    /** Pairs each hash with its algorithm. If one of them is missing, no pair is certain. */
    private HashFields hashes(Field algorithms, Field hashes) {
      List<String> ids = values.all(algorithms);
      List<String> texts = values.all(hashes);
      return ids.size() != texts.size()
          ? new HashFields()
          : new HashFields(hash(ids, texts, MD5), hash(ids, texts, SHA1), hash(ids, texts, SHA256));
    }

    private static @Nullable String hash(List<String> ids, List<String> texts, long algorithm) {
      int at = ids.indexOf(Long.toString(algorithm));
      return at < 0 ? null : texts.get(at);
    }

    private @Nullable String text(Field field) {
      String text = values.first(field);
      return text == null || text.isEmpty() ? null : text;
    }
  }
}
