package dev.iiswarden.event;

import static dev.iiswarden.event.Eql.like;
import static dev.iiswarden.event.Eql.notLike;
import static dev.iiswarden.event.Eql.oneOf;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.reflect.Field;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * KIE's scenario simulation can fill facts: it calls the constructor without arguments, then sets
 * each field by reflection along the path of its names.
 */
class ScenarioFillingTest {

  @Test
  void aRegistryEventCanBeFilled() {
    RegistryEvent event = new RegistryEvent();
    fill(event, "timestamp", Instant.parse("2026-03-01T10:00:00Z"));
    fill(event, "event.id", "e1");
    fill(event, "event.category", new ArrayList<>(List.of("registry")));
    fill(event, "event.type", new ArrayList<>(List.of("change")));
    fill(event, "host.name", "WEB01");
    fill(event, "process.name", "reg.exe");
    fill(event, "registry.path", "HKLM\\Software\\Sample\\DLL");
    fill(event, "registry.value", "DLL");
    fill(event, "registry.data.strings", new ArrayList<>(List.of("C:\\sample.dll")));

    assertTrue(oneOf(event.getEvent().getCategory(), "registry"));
    assertTrue(oneOf(event.getEvent().getType(), "creation", "change"));
    assertTrue(like(event.getRegistry().getPath(), "*\\sample\\*"));
    assertTrue(like(event.getRegistry().getValue(), "dll"));
    assertTrue(like(event.getRegistry().getData().getStrings(), "*.dll*"));
    assertTrue(notLike(event.getProcess().getName(), "msiexec.exe"));
    assertEquals("WEB01", event.getHost().getName());
    assertEquals(63_939_578_400_000L, event.getSessionTime());
  }

  @Test
  void aFileEventCanBeFilled() {
    FileEvent event = new FileEvent();
    fill(event, "event.sequence", 7L);
    fill(event, "file.path", "C:\\inetpub\\sample.dll");
    fill(event, "file.name", "sample.dll");
    fill(event, "file.extension", "DLL");

    assertEquals(7L, event.getEvent().getSequence());
    assertTrue(like(event.getFile().getPath(), "*\\inetpub\\*"));
    assertTrue(like(event.getFile().getName(), "*.dll"));
    assertTrue(like(event.getFile().getExtension(), "dll"));
    assertTrue(notLike(event.getProcess().getName(), "msiexec.exe"));
  }

  @Test
  void aLibraryEventCanBeFilled() {
    LibraryEvent event = new LibraryEvent();
    fill(event, "event.code", "7");
    fill(event, "event.action", "load");
    fill(event, "dll.path", "C:\\Users\\sample.dll");
    fill(event, "dll.name", "sample.dll");

    assertEquals("7", event.getEvent().getCode());
    assertEquals("load", event.getEvent().getAction());
    assertTrue(like(event.getDll().getPath(), "*\\users\\*"));
    assertTrue(like(event.getDll().getName(), "*.dll"));
  }

  @Test
  void aProcessEventCanBeFilled() {
    ProcessEvent event = new ProcessEvent();
    fill(event, "process.name", "appcmd.exe");
    fill(event, "process.executable", "C:\\Windows\\System32\\inetsrv\\appcmd.exe");
    fill(event, "process.pid", 42L);
    fill(event, "process.entityId", "{1}");
    fill(event, "process.commandLine", "appcmd install module");
    fill(event, "process.parent.name", "cmd.exe");
    fill(event, "process.parent.parent.name", "w3wp.exe");

    assertTrue(like(event.getProcess().getExecutable(), "*\\inetsrv\\*"));
    assertTrue(like(event.getProcess().getCommandLine(), "*install*"));
    assertEquals(42L, event.getProcess().getPid());
    assertEquals("{1}", event.getProcess().getEntityId());
    assertEquals("cmd.exe", event.getProcess().getParent().getName());
    assertEquals("w3wp.exe", event.getProcess().getParent().getParent().getName());
  }

  @Test
  void whatIsFilledIsPartOfTheDocument() {
    FileEvent event = new FileEvent();
    fill(event, "file.name", "sample.dll");
    fill(event, "host.name", "WEB01");

    assertEquals(
        "{@timestamp=1970-01-01T00:00:00Z, host={name=WEB01}, file={name=sample.dll}}",
        event.toMap().toString());
  }

  @Test
  void oneFactsFieldsAreNotAnothers() {
    fill(new FileEvent(), "host.name", "WEB01");

    assertEquals("FileEvent{@timestamp=1970-01-01T00:00:00Z}", new FileEvent().toString());
  }

  private static void fill(Object fact, String path, Object value) {
    try {
      Object at = fact;
      int start = 0;
      for (int dot = path.indexOf('.'); dot >= 0; dot = path.indexOf('.', start)) {
        at = nested(at, path.substring(start, dot));
        start = dot + 1;
      }
      field(at.getClass(), path.substring(start)).set(at, value);
    } catch (ReflectiveOperationException e) {
      throw new LinkageError("cannot fill " + path, e);
    }
  }

  private static Object nested(Object owner, String name) throws ReflectiveOperationException {
    Field field = field(owner.getClass(), name);
    Object present = field.get(owner);
    if (present == null) {
      present = field.getType().getDeclaredConstructor().newInstance();
      field.set(owner, present);
    }
    return present;
  }

  private static Field field(Class<?> type, String name) throws NoSuchFieldException {
    for (Class<?> at = type; at != null; at = at.getSuperclass()) {
      for (Field field : at.getDeclaredFields()) {
        if (field.getName().equals(name)) {
          field.setAccessible(true);
          return field;
        }
      }
    }
    throw new NoSuchFieldException(name);
  }
}
