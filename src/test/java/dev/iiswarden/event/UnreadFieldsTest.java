package dev.iiswarden.event;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Tests field sets that an event reads on first access. */
class UnreadFieldsTest {
  private static final Instant TIME = Instant.parse("2026-03-01T10:00:00Z");
  private static final ProcessFields PROCESS = ProcessFields.builder().name("cmd.exe").build();

  private final AtomicInteger reads = new AtomicInteger();
  private RegistryEvent registry;
  private FileEvent file;
  private LibraryEvent library;

  @BeforeEach
  void buildEventsOfUnreadFields() {
    registry =
        RegistryEvent.builder()
            .timestamp(TIME)
            .process(counted(PROCESS))
            .registry(counted(new RegistryFields("HKLM\\A\\DLL", "DLL", List.of("a.dll"))))
            .build();
    file =
        FileEvent.builder()
            .timestamp(TIME)
            .process(counted(PROCESS))
            .file(counted(new FileFields("C:\\a.dll", "a.dll", "dll")))
            .build();
    library =
        LibraryEvent.builder()
            .timestamp(TIME)
            .process(counted(PROCESS))
            .dll(counted(new DllFields("C:\\a.dll", "a.dll")))
            .build();
  }

  private <T> Supplier<T> counted(T fields) {
    return () -> {
      reads.incrementAndGet();
      return fields;
    };
  }

  @Test
  void nothingIsReadBeforeItIsAskedFor() {
    assertEquals(List.of("registry"), registry.getEvent().getCategory());
    assertNull(registry.getHost().getName());
    assertEquals(Duration.between(Event.EARLIEST, TIME).toMillis(), file.getSessionTime());

    assertEquals(0, reads.get());
  }

  @Test
  void aFieldSetIsReadOnceHoweverOftenItIsAskedFor() {
    for (int i = 0; i < 3; i++) {
      assertEquals("DLL", registry.getRegistry().getValue());
      assertEquals("dll", file.getFile().getExtension());
      assertEquals("a.dll", library.getDll().getName());
    }

    assertEquals(3, reads.get());
  }

  @Test
  void theProcessIsReadByItself() {
    assertEquals("cmd.exe", registry.getProcess().getName());
    assertEquals("cmd.exe", registry.getProcess().getName());

    assertEquals(1, reads.get());
  }

  @Test
  void placingAnEventReadsAllOfItOnceAndForAll() {
    Event placed = registry.placed(1, 0);
    assertEquals(2, reads.get());

    placed.toMap();
    placed.placed(2, 0).toMap();

    assertEquals(2, reads.get());
  }

  @Test
  void unreadFieldsMakeTheSameEventAsGivenOnes() {
    assertEquals(
        RegistryEvent.builder()
            .timestamp(TIME)
            .processName("cmd.exe")
            .path("HKLM\\A\\DLL")
            .value("DLL")
            .dataStrings("a.dll")
            .build()
            .toString(),
        registry.toString());
    assertEquals(
        FileEvent.builder()
            .timestamp(TIME)
            .processName("cmd.exe")
            .path("C:\\a.dll")
            .name("a.dll")
            .extension("dll")
            .build()
            .toString(),
        file.toString());
    assertEquals(
        LibraryEvent.builder()
            .timestamp(TIME)
            .processName("cmd.exe")
            .path("C:\\a.dll")
            .name("a.dll")
            .build()
            .toString(),
        library.toString());
  }

  @Test
  void unreadFieldsTakeThePlaceOfSingleOnes() {
    FileEvent event =
        FileEvent.builder()
            .timestamp(TIME)
            .name("single.txt")
            .file(() -> new FileFields("C:\\a.dll", null, null))
            .build();

    assertEquals("C:\\a.dll", event.getFile().getPath());
    assertNull(event.getFile().getName());
  }

  @Test
  void aProcessNameTakesThePlaceOfAnyOtherProcess() {
    Event event =
        ProcessEvent.builder().timestamp(TIME).process(counted(PROCESS)).processName("x").build();

    assertEquals("x", event.getProcess().getName());
    assertEquals(0, reads.get());
  }

  @Test
  void whatMostRulesNeverAskOfAProcessIsReadApart() {
    ProcessFields rest =
        ProcessFields.builder()
            .pid(4L)
            .entityId("{1}")
            .commandLine("cmd /c x")
            .parent(ProcessFields.builder().name("explorer.exe").build())
            .build();
    ProcessEvent event =
        ProcessEvent.builder()
            .timestamp(TIME)
            .process(ProcessFields.builder().name("cmd.exe").rest(counted(rest)).build())
            .build();

    assertEquals("cmd.exe", event.getProcess().getName());
    assertEquals(0, reads.get());
    assertEquals(4, event.getProcess().getPid());
    assertEquals("{1}", event.getProcess().getEntityId());
    assertEquals("explorer.exe", event.getProcess().getParent().getName());
    assertEquals(1, reads.get());
    assertEquals(event.toMap(), event.placed(1, 0).toMap());
  }
}
