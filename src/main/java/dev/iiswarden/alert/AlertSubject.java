package dev.iiswarden.alert;

import dev.iiswarden.event.CodeSignatureFields;
import dev.iiswarden.event.ConfigurationEvent;
import dev.iiswarden.event.Event;
import dev.iiswarden.event.FileEvent;
import dev.iiswarden.event.LibraryEvent;
import dev.iiswarden.event.ModuleLoadFailureEvent;
import dev.iiswarden.event.ProcessEvent;
import dev.iiswarden.event.RegistryEvent;
import dev.iiswarden.event.ScriptBlockEvent;
import dev.iiswarden.event.WindowsPaths;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Whom and what an alert is about, put together from its evidence. Immutable.
 *
 * <p>Who acted is whoever wrote, set or started something. The worker process that loads a DLL, or
 * fails to, is only taken for that where nobody else did anything.
 */
final class AlertSubject {
  private final Alert alert;
  private final List<Event> acts;

  private AlertSubject(Alert alert) {
    this.alert = alert;
    List<Event> others = alert.evidence().stream().filter(AlertSubject::isAct).toList();
    acts = others.isEmpty() ? alert.evidence() : others;
  }

  static AlertSubject of(Alert alert) {
    return new AlertSubject(alert);
  }

  private static boolean isAct(Event event) {
    return !(event instanceof LibraryEvent || event instanceof ModuleLoadFailureEvent);
  }

  /** All DLLs that were written, named or loaded, as they are spelt. */
  List<String> dlls() {
    return each(AlertSubject::dlls);
  }

  private static Stream<@Nullable String> dlls(Event event) {
    if (event instanceof FileEvent file) {
      return "dll".equalsIgnoreCase(file.getFile().getExtension())
          ? Stream.of(file.getFile().getPath())
          : Stream.empty();
    }
    if (event instanceof LibraryEvent library) {
      return Stream.of(library.getDll().getPath());
    }
    if (event instanceof ModuleLoadFailureEvent failure) {
      return Stream.of(failure.getDll().getPath());
    }
    if (event instanceof RegistryEvent registry) {
      return registry.getRegistry().getData().getStrings().stream()
          .flatMap(text -> WindowsPaths.dllsIn(text).stream());
    }
    if (event instanceof ConfigurationEvent configuration) {
      return WindowsPaths.dllsIn(configuration.getIis().getNewValue()).stream();
    }
    if (event instanceof ScriptBlockEvent script) {
      return WindowsPaths.dllsIn(script.getPowershell().getFile().getScriptBlockText()).stream();
    }
    return WindowsPaths.dllsIn(event.getProcess().getCommandLine()).stream();
  }

  /** All files that were written or read. */
  List<String> files() {
    return each(
        event ->
            event instanceof FileEvent file ? Stream.of(file.getFile().getPath()) : Stream.empty());
  }

  /** All hashes of DLLs and other files. */
  List<String> hashes() {
    return each(AlertSubject::hashes);
  }

  private static Stream<@Nullable String> hashes(Event event) {
    if (event instanceof FileEvent file) {
      return file.getFile().getHash().all().stream().map(Function.identity());
    }
    return event instanceof LibraryEvent library
        ? library.getDll().getHash().all().stream().map(Function.identity())
        : Stream.empty();
  }

  /** What is known of the signatures of the DLLs that were loaded. */
  List<CodeSignatureFields> signatures() {
    List<CodeSignatureFields> signatures = new ArrayList<>();
    for (Event event : alert.evidence()) {
      if (event instanceof LibraryEvent library) {
        signatures.add(library.getDll().getCodeSignature());
      }
    }
    return signatures;
  }

  /** The programs of those who acted; null where one is not known. */
  List<@Nullable String> processes() {
    List<@Nullable String> processes = new ArrayList<>();
    acts.forEach(event -> processes.add(event.getProcess().getExecutable()));
    return processes;
  }

  /** The programs that started the processes whose start is evidence; null where unknown. */
  List<@Nullable String> parents() {
    List<@Nullable String> parents = new ArrayList<>();
    for (Event event : acts) {
      if (event instanceof ProcessEvent) {
        parents.add(event.getProcess().getParent().getExecutable());
      }
    }
    return parents;
  }

  /** The names of the host. */
  List<String> hosts() {
    return each(event -> Stream.of(event.getHost().getName()));
  }

  /** The names of the users. */
  List<String> users() {
    return each(event -> Stream.of(event.getUser().getName()));
  }

  /** What a repetition of this alert has in common with it: rule, host, and DLLs or command. */
  String repetitionKey() {
    List<String> what = dlls().stream().map(WindowsPaths::canonicalPath).sorted().toList();
    return alert.rule().id()
        + '\0'
        + alert.hostKey()
        + '\0'
        + (what.isEmpty()
            ? acts.stream()
                .map(event -> processOf(event) + '\0' + event.getProcess().getCommandLine())
                .toList()
            : what);
  }

  private static @Nullable String processOf(Event event) {
    return event.getProcess().getExecutable() == null
        ? event.getProcess().getName()
        : event.getProcess().getExecutable();
  }

  private List<String> each(Function<Event, Stream<? extends @Nullable String>> part) {
    return alert.evidence().stream().flatMap(part).filter(Objects::nonNull).distinct().toList();
  }
}
