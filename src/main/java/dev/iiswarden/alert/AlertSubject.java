package dev.iiswarden.alert;

import dev.iiswarden.event.CodeSignatureFields;
import dev.iiswarden.event.Event;
import dev.iiswarden.event.ProcessEvent;
import dev.iiswarden.event.WindowsPaths;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The hosts, users, programs, files and DLLs that an alert is about, collected from its evidence.
 * Immutable.
 *
 * <p>The actors are the processes that wrote, set or started something. A worker process that loads
 * a DLL, or fails to, counts as an actor only if no other process acted.
 */
final class AlertSubject {
  private final Alert alert;
  private final List<Event> acts;

  private AlertSubject(Alert alert) {
    this.alert = alert;
    List<Event> others =
        alert.evidence().stream().filter(event -> !event.kind().isEffect()).toList();
    acts = others.isEmpty() ? alert.evidence() : others;
  }

  static AlertSubject of(Alert alert) {
    return new AlertSubject(alert);
  }

  /** All DLLs that were written, named or loaded, as the events spell them. */
  List<String> dlls() {
    return each(event -> event.kind().dlls(event).stream());
  }

  /** All files that were written or read. */
  List<String> files() {
    return each(
        event -> event.kind().isEffect() ? Stream.empty() : Stream.of(event.kind().file(event)));
  }

  /** All hashes of DLLs and other files. */
  List<String> hashes() {
    return each(event -> event.kind().hash(event).all().stream());
  }

  /** The known signature fields of the DLLs that were loaded. */
  List<CodeSignatureFields> signatures() {
    List<CodeSignatureFields> signatures = new ArrayList<>();
    for (Event event : alert.evidence()) {
      CodeSignatureFields signature = event.kind().signature(event);
      if (signature != null) {
        signatures.add(signature);
      }
    }
    return signatures;
  }

  /** The programs of the actors; an entry is null if the program is unknown. */
  List<@Nullable String> processes() {
    List<@Nullable String> processes = new ArrayList<>();
    acts.forEach(event -> processes.add(event.getProcess().getExecutable()));
    return processes;
  }

  /** The parent programs of the processes whose start is evidence; an entry is null if unknown. */
  List<@Nullable String> parents() {
    List<@Nullable String> parents = new ArrayList<>();
    for (Event event : acts) {
      if (event.kind() == ProcessEvent.KIND) {
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

  /** The key that this alert shares with its repeats: rule, host, and DLLs or command. */
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
