package dev.iiswarden.decode;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.iiswarden.testing.Readme;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The table of shapes in {@code docs/shapes.md} agrees with the code. */
class ShapesTableTest {
  private static final List<Field> IDS =
      List.of(
          Field.EVENT_ID,
          Field.SYSTEM_EVENT_ID,
          Field.WINLOG_EVENT_ID,
          Field.BEAT_EVENT_ID,
          Field.DEFENDER_ACTION_TYPE,
          Field.OCSF_CLASS_UID,
          Field.FALCON_EVENT_SIMPLE_NAME);

  private static final List<Field> HOSTS =
      List.of(
          Field.HOSTNAME,
          Field.COMPUTER,
          Field.DEFENDER_DEVICE_NAME,
          Field.DEFENDER_DEVICE_ID,
          Field.OCSF_DEVICE_HOSTNAME,
          Field.OCSF_DEVICE_NAME,
          Field.FALCON_COMPUTER_NAME,
          Field.FALCON_AID);

  @ParameterizedTest
  @EnumSource
  void thePageSaysWhereTheFieldsOfAShapeLie(Shape shape) {
    String expected =
        row(
            shape.label(),
            shape == Shape.ECS
                ? "`event.category`"
                : places(shape, IDS.stream().filter(id -> has(shape, id)).toList()),
            places(shape, HOSTS.stream().filter(name -> has(shape, name)).toList()),
            places(shape, Layout.of(shape).times()),
            actor(shape),
            path(shape));
    List<String> rows = Readme.rowsUnder("Shapes");

    assertTrue(rows.contains(expected), () -> expected + "\nis not one of\n" + rows);
  }

  private static boolean has(Shape shape, Field field) {
    return !Layout.of(shape).placesOf(field).isEmpty();
  }

  private static String actor(Shape shape) {
    return places(
        shape,
        List.of(
            switch (shape) {
              case ECS -> Field.ECS_PROCESS_EXECUTABLE;
              case DEFENDER -> Field.DEFENDER_INITIATING_PROCESS_FOLDER_PATH;
              case OCSF -> Field.OCSF_ACTOR_PROCESS_FILE_PATH;
              case CROWDSTRIKE_FDR -> Field.FALCON_CONTEXT_IMAGE_FILE_NAME;
              default -> Field.IMAGE;
            }));
  }

  private static String path(Shape shape) {
    return places(
        shape,
        List.of(
            switch (shape) {
              case ECS, OCSF -> Field.ECS_FILE_PATH;
              case DEFENDER -> Field.DEFENDER_FOLDER_PATH;
              case CROWDSTRIKE_FDR -> Field.FALCON_TARGET_FILE_NAME;
              default -> Field.TARGET_FILENAME;
            }));
  }

  private static String places(Shape shape, List<Field> fields) {
    String places =
        fields.stream()
            .flatMap(field -> Layout.of(shape).placesOf(field).stream())
            .map(place -> "`" + place + "`")
            .collect(Collectors.joining(", "));
    return shape == Shape.ECS && fields.contains(Field.COMPUTER)
        ? places + ", `host.name`"
        : places;
  }

  private static String row(String... cells) {
    return "| " + String.join(" | ", cells) + " |";
  }
}
