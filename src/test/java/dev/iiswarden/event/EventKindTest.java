package dev.iiswarden.event;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.beans.Introspector;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Tests the declarations of the kinds of events. */
class EventKindTest {
  private static final Instant TIME = Instant.parse("2026-03-01T10:00:00Z");

  /** Getters of values that are computed from fields. */
  private static final Set<String> COMPUTED =
      Set.of("ProcessFields.key", "HostFields.correlationKey");

  static Stream<Class<?>> fieldClasses() {
    return EventKind.fieldClasses().stream();
  }

  @Test
  void everyFactClassIsAKind() {
    Set<String> facts = new TreeSet<>();
    EventKind.all().forEach(kind -> facts.add(kind.factName()));
    Set<String> found = new TreeSet<>();
    for (Class<?> type :
        new com.tngtech.archunit.core.importer.ClassFileImporter()
                .withImportOption(
                    new com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests())
                .importPackages("dev.iiswarden.event")
                .stream()
                .filter(each -> each.isAssignableTo(Event.class))
                .map(each -> each.reflect())
                .toList()) {
      if (!Modifier.isAbstract(type.getModifiers())) {
        found.add(type.getSimpleName());
      }
    }
    assertEquals(found, facts);
  }

  @ParameterizedTest
  @MethodSource("fieldClasses")
  void everyGetterOfAFieldIsDeclaredInItsFieldSet(Class<?> type) throws Exception {
    Set<String> declared = new TreeSet<>();
    Field fields = type.getDeclaredField("FIELDS");
    fields.setAccessible(true);
    ((FieldSet<?>) fields.get(null))
        .forEach(
            "",
            event -> {
              throw new AssertionError("nothing is read");
            },
            (name, field) -> declared.add(field.property()));
    Set<String> first = new TreeSet<>();
    declared.forEach(property -> first.add(property.split("\\.", 2)[0]));
    Set<String> getters = new TreeSet<>();
    for (Method method : type.getMethods()) {
      String property = property(method);
      if (!property.isEmpty() && !COMPUTED.contains(type.getSimpleName() + '.' + property)) {
        getters.add(property);
      }
    }
    assertEquals(getters, first);
  }

  private static String property(Method method) {
    boolean isGetter =
        method.getName().startsWith("get")
            && method.getParameterCount() == 0
            && !Modifier.isStatic(method.getModifiers())
            && method.getDeclaringClass() != Object.class;
    return isGetter ? Introspector.decapitalize(method.getName().substring(3)) : "";
  }

  @ParameterizedTest
  @MethodSource("dev.iiswarden.event.EventKind#all")
  void anEventWithoutFieldsCanBeDescribed(EventKind kind) {
    Event event = kind.event(TIME, Map.of());
    assertEquals(kind, event.kind());
    assertTrue(!kind.action(event).isBlank());
    assertTrue(kind.subject(event).contains("?"), () -> kind.subject(event));
    assertEquals(List.of(), kind.dlls(event));
    assertEquals(List.of(), kind.hash(event).all());
    assertEquals(null, kind.file(event));
    assertEquals(null, kind.target(event));
  }

  @Test
  void namesOfKindsAreUnique() {
    List<String> names = new ArrayList<>();
    EventKind.all().forEach(kind -> names.add(kind.name()));
    assertEquals(names.size(), new HashSet<>(names).size());
  }

  @Test
  void aValueOfAnotherTypeIsRefusedByTheNameOfItsField() {
    IllegalArgumentException refused =
        assertThrows(
            IllegalArgumentException.class,
            () -> ProcessEvent.KIND.event(TIME, Map.of("process.pid", "many")));
    assertEquals("process.pid must be a number, not many", refused.getMessage());
  }

  @Test
  void aFieldOfAnotherKindIsRefused() {
    IllegalArgumentException refused =
        assertThrows(
            IllegalArgumentException.class,
            () -> FileEvent.KIND.event(TIME, Map.of("dll.path", "C:\\a.dll")));
    assertEquals("a file event has no field dll.path", refused.getMessage());
  }
}
