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
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Maps events of CrowdStrike's Falcon Data Replicator to facts. CrowdStrike's data dictionary is
 * not public. The names are those that public integrations read: elastic/integrations, package
 * {@code crowdstrike}, data stream {@code fdr} ({@code categorize.yml}: which events concern files
 * and the registry); SigmaHQ/pySigma-backend-crowdstrike, Falcon pipeline ({@code
 * ClassifiedModuleLoad}: {@code ImageFileName} is the library, {@code TargetImageFileName} the
 * process); ExabeamLabs/Content-Library-CIM2, CrowdStrike Falcon parsers ({@code AsepValueUpdate}:
 * {@code RegObjectName}, {@code RegValueName}, {@code RegStringValue}).
 *
 * <ul>
 *   <li>Only enriched events have a {@code ComputerName}. Otherwise the host is the agent id.
 *   <li>{@code ContextTimeStamp} is the sensor's time in seconds; {@code timestamp} is the cloud's
 *       in milliseconds.
 *   <li>An event without {@code ContextBaseFileName} and {@code ContextImageFileName} has an actor
 *       without a name.
 *   <li>Paths begin with a device such as {@code \Device\HarddiskVolume3}.
 * </ul>
 */
final class CrowdstrikeMapping {
  private static final Pattern SECONDS = Pattern.compile("[0-9]{1,11}(\\.[0-9]{1,9})?");

  private CrowdstrikeMapping() {}

  static Decoded decode(FieldValues values, long line) {
    String name = values.first(Field.FALCON_EVENT_SIMPLE_NAME);
    String platform = values.first(Field.FALCON_EVENT_PLATFORM);
    Kind kind = name == null ? Kind.OTHER : kind(name);
    if (name == null || kind == Kind.OTHER || (platform != null && !platform.equals("Win"))) {
      return Decoded.nothing();
    }
    Instant time = time(values);
    if (time == null) {
      return Decoded.malformed(
          "neither ContextTimeStamp '"
              + Timestamps.excerpt(values.first(Field.FALCON_CONTEXT_TIME_STAMP))
              + "' nor timestamp '"
              + Timestamps.excerpt(values.first(Field.FALCON_TIMESTAMP))
              + "' is one time",
          line,
          0);
    }
    return Decoded.of(fact(new Occurrence(values, name, time, line), kind));
  }

  private enum Kind {
    REGISTRY,
    WRITTEN,
    RENAMED,
    DELETED,
    LOADED,
    STARTED,
    OTHER
  }

  private static Kind kind(String name) {
    return switch (name) {
      case "AsepValueUpdate",
          "AsepKeyUpdate",
          "RegGenericValueUpdate",
          "RegSystemConfigValueUpdate" ->
          Kind.REGISTRY;
      case "NewExecutableRenamed" -> Kind.RENAMED;
      case "ExecutableDeleted" -> Kind.DELETED;
      case "ClassifiedModuleLoad" -> Kind.LOADED;
      case "ProcessRollup2", "SyntheticProcessRollup2" -> Kind.STARTED;
      // One event for each type of file: PeFileWritten, NewExecutableWritten, ZipFileWritten ...
      default -> name.endsWith("Written") ? Kind.WRITTEN : Kind.OTHER;
    };
  }

  private static @Nullable Instant time(FieldValues values) {
    String context = values.first(Field.FALCON_CONTEXT_TIME_STAMP);
    if (context != null && SECONDS.matcher(context).matches()) {
      BigDecimal seconds = new BigDecimal(context);
      long whole = seconds.longValue();
      return Timestamps.parse(
          Instant.ofEpochSecond(
              whole, seconds.subtract(BigDecimal.valueOf(whole)).movePointRight(9).longValue()));
    }
    Object received = values.only(Field.FALCON_TIMESTAMP);
    Long millis = received instanceof String ? values.firstInteger(Field.FALCON_TIMESTAMP) : null;
    return Timestamps.parse(millis == null ? received : millis);
  }

  private static Event fact(Occurrence event, Kind kind) {
    return switch (kind) {
      case WRITTEN -> event.file("creation");
      case RENAMED -> event.file("change");
      case DELETED -> event.file("deletion");
      case LOADED -> event.dllLoad();
      case STARTED -> event.process();
      default -> event.registry();
    };
  }

  private record Occurrence(FieldValues values, String name, Instant time, long line) {

    Event registry() {
      return fill(RegistryEvent.builder(), operation())
          .process(this::context)
          .registry(
              () -> {
                String value = text(Field.FALCON_REG_VALUE_NAME);
                String data = text(Field.FALCON_REG_STRING_VALUE);
                return new RegistryFields(
                    RegistryPaths.of(text(Field.FALCON_REG_OBJECT_NAME), value),
                    value,
                    data == null ? List.of() : List.of(data));
              })
          .build();
    }

    /** The numbers of the operations are not public, so only their names are read. */
    private String operation() {
      String operation = text(Field.FALCON_REG_OPERATION_TYPE);
      if (operation == null) {
        return "change";
      }
      if (operation.contains("DELETE")) {
        return "deletion";
      }
      return operation.contains("CREATE") ? "creation" : "change";
    }

    Event file(String type) {
      return fill(FileEvent.builder(), type)
          .process(this::context)
          .file(() -> Paths.file(text(Field.FALCON_TARGET_FILE_NAME), hashes()))
          .build();
    }

    Event dllLoad() {
      return fill(LibraryEvent.builder(), "start")
          .process(
              () -> {
                String loader = text(Field.FALCON_TARGET_IMAGE_FILE_NAME);
                return loader == null
                    ? context()
                    : ProcessFields.builder()
                        .name(Paths.lastPart(loader))
                        .executable(loader)
                        .entityId(text(Field.FALCON_TARGET_PROCESS_ID))
                        .build();
              })
          .dll(
              () -> {
                String path = text(Field.FALCON_IMAGE_FILE_NAME);
                return new DllFields(
                    path, Paths.lastPart(path), hashes(), new CodeSignatureFields());
              })
          .build();
    }

    Event process() {
      return fill(ProcessEvent.builder(), "start")
          .process(
              () -> {
                String path = text(Field.FALCON_IMAGE_FILE_NAME);
                return ProcessFields.builder()
                    .name(Paths.lastPart(path))
                    .executable(path)
                    .pid(values.firstInteger(Field.FALCON_RAW_PROCESS_ID))
                    .entityId(text(Field.FALCON_TARGET_PROCESS_ID))
                    .commandLine(text(Field.COMMAND_LINE))
                    .parent(
                        ProcessFields.builder()
                            .name(text(Field.FALCON_PARENT_BASE_FILE_NAME))
                            .entityId(text(Field.PARENT_PROCESS_ID))
                            .build())
                    .build();
              })
          .build();
    }

    private ProcessFields context() {
      String path = text(Field.FALCON_CONTEXT_IMAGE_FILE_NAME);
      String base = text(Field.FALCON_CONTEXT_BASE_FILE_NAME);
      return ProcessFields.builder()
          .name(base == null ? Paths.lastPart(path) : base)
          .executable(path)
          .entityId(text(Field.FALCON_CONTEXT_PROCESS_ID))
          .build();
    }

    private HashFields hashes() {
      return new HashFields(
          text(Field.FALCON_MD5_HASH_DATA),
          text(Field.FALCON_SHA1_HASH_DATA),
          text(Field.FALCON_SHA256_HASH_DATA));
    }

    private <B extends EventBuilder<B>> B fill(B builder, String type) {
      builder
          .timestamp(time)
          .id(text(Field.FALCON_ID))
          .line(line)
          .type(type)
          .provider("CrowdStrike")
          .action(name)
          .user(
              () ->
                  new UserFields(text(Field.FALCON_USER_NAME), null, text(Field.FALCON_USER_SID)));
      String computer = text(Field.FALCON_COMPUTER_NAME);
      return computer == null
          ? builder.hostName(text(Field.FALCON_AID))
          : builder.computerName(computer);
    }

    private @Nullable String text(Field field) {
      String text = values.first(field);
      return text == null || text.isEmpty() ? null : text;
    }
  }
}
