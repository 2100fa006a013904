package dev.iiswarden.decode;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads a record in the shape that the place of its event id shows, and says what it lacks. */
final class KnownShapes {
  private static final Field[] IDS = {
    Field.EVENT_ID, Field.SYSTEM_EVENT_ID, Field.WINLOG_EVENT_ID, Field.BEAT_EVENT_ID
  };

  /** Each event that rules can match has at least one of these. */
  private static final Field[] KEY_VALUES = {
    Field.UTC_TIME,
    Field.IMAGE,
    Field.NEW_PROCESS_NAME,
    Field.OBJECT_NAME,
    Field.RELATIVE_TARGET_NAME,
    Field.SCRIPT_BLOCK_TEXT,
    Field.CONFIGURATION,
    Field.CONFIG_PATH,
    Field.PHYSICAL_PATH,
    Field.MODULE_DLL
  };

  /** The events whose text has labels in the language of Windows. */
  private static final Set<String> LABELLED =
      Set.of("4656", "4657", "4663", "4670", "4688", "5145", "4104");

  private static final Field[] MARKS_OF_ECS = {Field.ECS_EVENT_CATEGORY, Field.ECS_MARK};

  private final JsonRecords json;

  KnownShapes(JsonRecords json) {
    this.json = json;
  }

  /** Reads an object; null if it is none of these shapes. */
  @Nullable Reading read(JsonNode object, Surroundings around, long line)
      throws MalformedRecordException {
    FieldValues values = json.read(object);
    if (!isRecognised(values)) {
      return null;
    }
    around.complete(values);
    return read(values, Shape.ofJson(values), line);
  }

  static boolean isRecognised(FieldValues values) {
    return values.hasAny(IDS)
        || values.hasAny(MARKS_OF_ECS)
        || !(Shape.ofJson(values) == Shape.ECS || Shape.ofJson(values).isWindowsEvent());
  }

  static Reading read(FieldValues values, Shape shape, long line) {
    Decoded decoded =
        switch (shape) {
          case ECS -> EcsMapping.decode(values, line);
          case DEFENDER -> DefenderMapping.decode(values, line);
          case OCSF -> OcsfMapping.decode(values, line);
          case CROWDSTRIKE_FDR -> CrowdstrikeMapping.decode(values, line);
          default -> WindowsMapping.decode(values, shape, line);
        };
    if (hasUnknownLabels(values, shape, decoded)) {
      Decoded lost =
          Decoded.unrecognised(
              "the event has none of its values: the labels in its text are not known, as in a"
                  + " language that is not supported",
              line);
      return new Reading(lost.as(shape), false);
    }
    boolean isSettled =
        shape == Shape.ECS
            ? isSettledEcs(values, decoded)
            : !shape.isWindowsEvent() || isSettledEvent(values, decoded);
    return new Reading(decoded.as(shape), isSettled);
  }

  private static boolean isSettledEcs(FieldValues values, Decoded decoded) {
    return switch (decoded.outcome()) {
      case FACTS -> hasHost(decoded);
      case NOT_OF_INTEREST ->
          values.hasAny(MARKS_OF_ECS)
              && !values.mayHoldRecord(Field.ECS_MESSAGE)
              && !values.mayHoldRecord(Field.ECS_ORIGINAL);
      case NO_TIME, UNRECOGNISED, MALFORMED -> false;
    };
  }

  private static boolean isSettledEvent(FieldValues values, Decoded decoded) {
    return switch (decoded.outcome()) {
      case FACTS -> hasHost(decoded) && values.hasAny(KEY_VALUES);
      case NOT_OF_INTEREST ->
          values.isOfNoInterest() || values.has(Field.PROVIDER) || values.has(Field.CHANNEL);
      case NO_TIME, UNRECOGNISED, MALFORMED -> false;
    };
  }

  private static boolean hasHost(Decoded decoded) {
    return decoded.events().get(0).getHost().getName() != null;
  }

  /**
   * Whether an event lacks nothing but its time, and has those of NXLog and the Mordor data sets,
   * which are often local times marked as UTC. Then no other reading finds a better one.
   */
  static boolean lacksOnlyTime(FieldValues values, Reading reading) {
    return reading.decoded().outcome() == Outcome.NO_TIME
        && values.has(Field.HOSTNAME)
        && values.hasAny(Field.EVENT_TIME, Field.TIME_CREATED)
        && values.hasAny(KEY_VALUES);
  }

  /**
   * Whether an event that was read from its text has none of its values: then the labels of the
   * text are in a language that is not known.
   */
  private static boolean hasUnknownLabels(FieldValues values, Shape shape, Decoded decoded) {
    return (shape == Shape.SPLUNK || shape == Shape.COLLECTOR)
        && !decoded.events().isEmpty()
        && LABELLED.contains(String.valueOf(decoded.events().get(0).getEvent().getCode()))
        && !values.hasAny(KEY_VALUES);
  }
}
