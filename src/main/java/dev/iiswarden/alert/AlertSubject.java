package dev.iiswarden.alert;

import dev.iiswarden.event.CodeSignatureFields;
import dev.iiswarden.event.Event;
import dev.iiswarden.event.ProcessEvent;
import dev.iiswarden.event.WindowsPaths;
import dev.iiswarden.rules.Rule;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
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
  private final Rule rule;
  private final List<Event> evidence;
  private final List<Event> acts;

  private volatile @Nullable Keys keys;
  private volatile @Nullable Map<Long, IncidentLinks.Span> links;

  AlertSubject(Rule rule, List<Event> evidence) {
    this.rule = rule;
    this.evidence = evidence;
    List<Event> others = evidence.stream().filter(event -> !event.kind().isEffect()).toList();
    acts = others.isEmpty() ? evidence : others;
  }

  static AlertSubject of(Alert alert) {
    return alert.subject();
  }

  /** What links the alert to others, see {@link IncidentLinks}; the caller must not change it. */
  Map<Long, IncidentLinks.Span> links(Alert alert) {
    Map<Long, IncidentLinks.Span> known = links;
    if (known == null) {
      known = IncidentLinks.of(alert);
      links = known;
    }
    return known;
  }

  private Keys keys() {
    Keys known = keys;
    if (known == null) {
      known = new Keys(findRepetitionKey(), findOwnKey());
      keys = known;
    }
    return known;
  }

  private record Keys(String repetition, @Nullable String own) {}

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
    for (Event event : evidence) {
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

  /** The command lines of the processes whose start is evidence; an entry is null if unknown. */
  List<@Nullable String> commandLines() {
    List<@Nullable String> commandLines = new ArrayList<>();
    for (Event event : acts) {
      if (event.kind() == ProcessEvent.KIND) {
        commandLines.add(event.getProcess().getCommandLine());
      }
    }
    return commandLines;
  }

  /** The names of the host. */
  List<String> hosts() {
    return each(event -> Stream.of(event.getHost().getName()));
  }

  /** The names of the users. */
  List<String> users() {
    return each(event -> Stream.of(event.getUser().getName()));
  }

  /** The key that this alert shares with its repeats: rule, host, and what it is about. */
  String repetitionKey() {
    return keys().repetition;
  }

  private String findRepetitionKey() {
    return rule.id() + '\0' + host() + '\0' + what();
  }

  /**
   * What the alert is about: the DLLs and what is known of their hashes; if there are none, the
   * commands; if there are none either, the files, registry keys or programs and who acted on them.
   */
  private List<String> what() {
    List<String> what = new ArrayList<>();
    dlls().stream().map(WindowsPaths::canonicalPath).sorted().distinct().forEach(what::add);
    if (!what.isEmpty()) {
      evidence.stream()
          .filter(event -> !event.kind().dlls(event).isEmpty())
          .flatMap(event -> event.kind().hash(event).all().stream())
          .sorted()
          .distinct()
          .forEach(what::add);
      return what;
    }
    for (Event event : acts) {
      String command = event.getProcess().getCommandLine();
      if (command != null) {
        what.add(processOf(event) + '\0' + command);
      }
    }
    if (what.isEmpty()) {
      acts.forEach(event -> what.add(processOf(event) + '\0' + event.kind().target(event)));
    }
    return what;
  }

  /**
   * The key that this alert shares with those that its rule declares to be its repeats; null if the
   * rule declares none, or if the evidence has none of the values.
   */
  @Nullable String ownKey() {
    return keys().own;
  }

  private @Nullable String findOwnKey() {
    if (rule.suppressBy().isEmpty()) {
      return null;
    }
    Map<String, String> values = new TreeMap<>();
    for (String name : rule.suppressBy()) {
      String value = name.equals(Rule.SITE) ? site() : lastValue(name);
      if (value != null) {
        values.put(name, value);
      }
    }
    return values.isEmpty() ? null : rule.id() + '\0' + host() + '\0' + values;
  }

  /** The whole name: another machine may share the first part of it. */
  private String host() {
    String name = evidence.get(0).getHost().getName();
    return name == null ? "" : name.toLowerCase(Locale.ROOT);
  }

  /** The value of a field in the last evidence event that has one; null if none has. */
  private @Nullable String lastValue(String field) {
    for (int i = evidence.size() - 1; i >= 0; i--) {
      Object value = evidence.get(i).value(field);
      if (value != null && !List.of().equals(value)) {
        return canonical(field, value.toString());
      }
    }
    return null;
  }

  private static String canonical(String field, String value) {
    if (field.equals("registry.path")) {
      return WindowsPaths.canonicalKey(value);
    }
    return field.endsWith(".path") || field.endsWith(".executable")
        ? WindowsPaths.canonicalPath(value)
        : value.toLowerCase(Locale.ROOT);
  }

  /**
   * The folder of the web site or application of the last file or DLL, or the file itself if it is
   * in neither; null if there is none. A copy that ASP.NET has made is left out if there is another
   * file.
   */
  private @Nullable String site() {
    String file = null;
    for (int i = evidence.size() - 1; i >= 0; i--) {
      String path = path(evidence.get(i));
      String folder = WindowsPaths.applicationFolder(path);
      if (folder != null) {
        return folder;
      }
      file = file == null ? path : file;
    }
    return file == null ? null : WindowsPaths.canonicalPath(file);
  }

  private static @Nullable String path(Event event) {
    String file = event.kind().file(event);
    List<String> named = event.kind().dlls(event);
    return file == null && !named.isEmpty() ? named.get(0) : file;
  }

  private static @Nullable String processOf(Event event) {
    return event.getProcess().getExecutable() == null
        ? event.getProcess().getName()
        : event.getProcess().getExecutable();
  }

  private List<String> each(Function<Event, Stream<? extends @Nullable String>> part) {
    return evidence.stream().flatMap(part).filter(Objects::nonNull).distinct().toList();
  }
}
