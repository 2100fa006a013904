package dev.iiswarden.event;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class EventTest {
  private static final Instant TIME = Instant.parse("2026-03-01T10:00:00.123456789Z");

  @Test
  void aBuilderFillsTheCommonFields() {
    ProcessFields process = ProcessFields.builder().name("cmd.exe").build();
    Event event =
        FileEvent.builder()
            .timestamp(TIME)
            .id("e1")
            .type("creation", "change")
            .code("11")
            .action("create")
            .sequence(-3L)
            .hostName("WEB01")
            .process(process)
            .build();

    assertEquals(TIME, event.getTimestamp());
    assertEquals("e1", event.getEvent().getId());
    assertEquals(List.of("creation", "change"), event.getEvent().getType());
    assertEquals("11", event.getEvent().getCode());
    assertEquals("create", event.getEvent().getAction());
    assertEquals(-3L, event.getEvent().getSequence());
    assertEquals("WEB01", event.getHost().getName());
    assertSame(process, event.getProcess());
  }

  @Test
  void theKindOfEventImpliesItsCategory() {
    assertEquals(
        List.of("registry"),
        RegistryEvent.builder().timestamp(TIME).build().getEvent().getCategory());
    assertEquals(
        List.of("file"), FileEvent.builder().timestamp(TIME).build().getEvent().getCategory());
    assertEquals(
        List.of("library"),
        LibraryEvent.builder().timestamp(TIME).build().getEvent().getCategory());
    assertEquals(
        List.of("process"),
        ProcessEvent.builder().timestamp(TIME).build().getEvent().getCategory());
  }

  @Test
  void theCategoryCanBeGivenInPlaceOfTheImpliedOne() {
    Event event =
        RegistryEvent.builder()
            .timestamp(TIME)
            .category(List.of("configuration", "registry"))
            .build();

    assertEquals(List.of("configuration", "registry"), event.getEvent().getCategory());
  }

  @ParameterizedTest
  @MethodSource("eventsWithoutFields")
  void aFieldSetThatAnEventDoesNotHaveIsEmpty(Event event) {
    assertNull(event.getEvent().getSequence());
    assertNull(event.getHost().getName());
    assertNull(event.getProcess().getName());
    assertNull(event.getProcess().getParent().getParent().getPid());
    assertEquals(List.of(), event.getEvent().getType());
    if (event instanceof RegistryEvent registry) {
      assertNull(registry.getRegistry().getPath());
      assertEquals(List.of(), registry.getRegistry().getData().getStrings());
    } else if (event instanceof FileEvent file) {
      assertNull(file.getFile().getExtension());
    } else if (event instanceof LibraryEvent library) {
      assertNull(library.getDll().getPath());
    }
  }

  static Stream<Event> eventsWithoutFields() {
    return Stream.of(
        new RegistryEvent(),
        new FileEvent(),
        new LibraryEvent(),
        new ProcessEvent(),
        RegistryEvent.builder().timestamp(TIME).build(),
        FileEvent.builder().timestamp(TIME).build(),
        LibraryEvent.builder().timestamp(TIME).build(),
        ProcessEvent.builder().timestamp(TIME).build());
  }

  @Test
  void listsAreCopied() {
    List<String> given = new ArrayList<>(List.of("a"));
    RegistryEvent event =
        RegistryEvent.builder()
            .timestamp(TIME)
            .category(given)
            .type(given)
            .dataStrings(given)
            .build();

    given.set(0, "b");

    assertEquals(List.of("a"), event.getEvent().getCategory());
    assertEquals(List.of("a"), event.getEvent().getType());
    assertEquals(List.of("a"), event.getRegistry().getData().getStrings());
  }

  @Test
  void listsCannotBeChanged() {
    RegistryEvent event =
        RegistryEvent.builder().timestamp(TIME).type("change").dataStrings("a").build();

    assertThrows(
        UnsupportedOperationException.class, () -> event.getEvent().getCategory().add("file"));
    assertThrows(
        UnsupportedOperationException.class, () -> event.getEvent().getType().add("creation"));
    assertThrows(
        UnsupportedOperationException.class,
        () -> event.getRegistry().getData().getStrings().add("b"));
  }

  @Test
  void aBuilderUsedAgainLeavesTheFirstEventAsItWas() {
    FileEvent.Builder builder = FileEvent.builder().timestamp(TIME).id("1").path("C:\\a.dll");
    FileEvent first = builder.build();

    FileEvent second = builder.id("2").path("C:\\b.dll").build();

    assertEquals("1", first.getEvent().getId());
    assertEquals("C:\\a.dll", first.getFile().getPath());
    assertEquals("2", second.getEvent().getId());
    assertEquals("C:\\b.dll", second.getFile().getPath());
  }

  @Test
  void anEventNeedsATimestamp() {
    assertThrows(NullPointerException.class, FileEvent.builder()::build);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "+1000000000-12-31T23:59:59.999999999Z",
        "-1000000000-01-01T00:00:00Z",
        "+10000-01-01T00:00:00Z",
        "-0001-12-31T23:59:59.999999999Z"
      })
  void aTimestampOutsideTheYears0To9999IsRefused(Instant timestamp) {
    FileEvent.Builder builder = FileEvent.builder().timestamp(timestamp);

    assertThrows(IllegalArgumentException.class, builder::build);
  }

  @ParameterizedTest
  @CsvSource({
    "0000-01-01T00:00:00Z, 0",
    "0000-01-01T00:00:00.001Z, 1",
    "1970-01-01T00:00:00Z, 62167219200000",
    "9999-12-31T23:59:59.999999999Z, 315569519999999"
  })
  void streamTimeIsMillisecondsSinceYear0(Instant timestamp, long millis) {
    assertEquals(millis, FileEvent.builder().timestamp(timestamp).build().getSessionTime());
  }

  @Test
  void anEventWithoutAnIdIsNamedByItsLine() {
    EventFields fields = FileEvent.builder().timestamp(TIME).line(12).build().getEvent();

    assertEquals("line:12", fields.getId());
    assertFalse(fields.hasOwnId());
  }

  @Test
  void anIdGoesBeforeTheLine() {
    EventFields fields = FileEvent.builder().timestamp(TIME).line(12).id("e1").build().getEvent();

    assertEquals("e1", fields.getId());
    assertTrue(fields.hasOwnId());
  }

  @Test
  void anEventWithNeitherIdNorLineHasNoName() {
    assertNull(FileEvent.builder().timestamp(TIME).line(0).build().getEvent().getId());
  }

  @Test
  void twoEventsWithTheSameFieldsAreNotEqual() {
    assertNotEquals(
        FileEvent.builder().timestamp(TIME).id("e1").build(),
        FileEvent.builder().timestamp(TIME).id("e1").build());
  }

  @Test
  void anEventFilledByNobodyHappenedAtTheEpoch() {
    assertEquals(Instant.EPOCH, new ProcessEvent().getTimestamp());
    assertEquals(
        Duration.between(Event.EARLIEST, Instant.EPOCH).toMillis(),
        new ProcessEvent().getSessionTime());
  }
}
