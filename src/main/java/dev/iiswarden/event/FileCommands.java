package dev.iiswarden.event;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Finds the files that commands of {@code cmd.exe} and PowerShell write under a new name. Reads
 * {@code copy}, {@code move}, {@code ren}, {@code xcopy} and {@code robocopy} ("Windows Commands",
 * Microsoft) and the cmdlets for items and downloads with their aliases.
 */
final class FileCommands {
  private enum Verb {
    RENAME,
    COPY,
    ROBOCOPY,
    CREATE,
    DOWNLOAD
  }

  private static final Map<String, Verb> VERBS =
      Map.ofEntries(
          Map.entry("ren", Verb.RENAME),
          Map.entry("rename", Verb.RENAME),
          Map.entry("rni", Verb.RENAME),
          Map.entry("rename-item", Verb.RENAME),
          Map.entry("copy", Verb.COPY),
          Map.entry("move", Verb.COPY),
          Map.entry("xcopy", Verb.COPY),
          Map.entry("cp", Verb.COPY),
          Map.entry("mv", Verb.COPY),
          Map.entry("mi", Verb.COPY),
          Map.entry("cpi", Verb.COPY),
          Map.entry("copy-item", Verb.COPY),
          Map.entry("move-item", Verb.COPY),
          Map.entry("robocopy", Verb.ROBOCOPY),
          Map.entry("ni", Verb.CREATE),
          Map.entry("new-item", Verb.CREATE),
          Map.entry("iwr", Verb.DOWNLOAD),
          Map.entry("curl", Verb.DOWNLOAD),
          Map.entry("wget", Verb.DOWNLOAD),
          Map.entry("invoke-webrequest", Verb.DOWNLOAD));

  private static final List<String> SWITCHES =
      List.of("force", "recurse", "passthru", "whatif", "confirm", "verbose", "container");

  private FileCommands() {}

  static @Nullable String writtenFile(String commandLine) {
    String first = null;
    for (List<String> command : commands(commandLine)) {
      String written = written(command);
      if (written != null && written.toLowerCase(Locale.ROOT).endsWith(".dll")) {
        return written;
      }
      first = first == null ? written : first;
    }
    return first;
  }

  private static List<List<String>> commands(String commandLine) {
    List<String> words = Arguments.withProgram(commandLine);
    List<List<String>> commands = new ArrayList<>();
    int shell = PowerShellCommandLine.shell(words);
    if (shell >= 0) {
      commands.addAll(PowerShellWords.commands(PowerShellCommandLine.script(words, shell)));
    } else if (Arguments.isProgram(words.get(0), "cmd")) {
      CommandShell.commands(commandLine).forEach(one -> commands.add(Arguments.words(one)));
    } else {
      commands.add(words);
    }
    return commands;
  }

  private static @Nullable String written(List<String> words) {
    if (words.isEmpty()) {
      return null;
    }
    Verb verb = VERBS.get(verb(words.get(0)));
    if (verb == null) {
      return null;
    }
    Parameters given = Parameters.of(words.subList(1, words.size()));
    return switch (verb) {
      case RENAME -> renamed(given.get(0, "path", "literalpath"), given.get(1, "newname"));
      case COPY -> copied(given.get(0, "path", "literalpath"), given.target());
      case ROBOCOPY -> within(given.get(1), given.get(2));
      case CREATE -> created(given);
      case DOWNLOAD -> given.get(-1, "outfile", "o");
    };
  }

  private static String verb(String word) {
    String name = word.substring(Math.max(word.lastIndexOf('\\'), word.lastIndexOf('/')) + 1);
    String lower = name.toLowerCase(Locale.ROOT);
    return lower.endsWith(".exe") ? lower.substring(0, lower.length() - 4) : lower;
  }

  private static @Nullable String renamed(@Nullable String source, @Nullable String name) {
    if (source == null || name == null || hasWildcard(name)) {
      return null;
    }
    int slash = lastSlash(source);
    return lastSlash(name) >= 0 || slash < 0 ? name : source.substring(0, slash + 1) + name;
  }

  private static @Nullable String copied(@Nullable String source, @Nullable String target) {
    if (source == null || target == null) {
      return null;
    }
    String name = source.substring(lastSlash(source) + 1);
    String last = target.substring(lastSlash(target) + 1);
    boolean isFolder = last.isEmpty() || last.indexOf('.') <= 0;
    return isFolder ? within(target, name) : hasWildcard(last) ? null : target;
  }

  private static @Nullable String created(Parameters given) {
    String kind = given.get(-1, "itemtype", "type");
    if (kind != null && kind.equalsIgnoreCase("directory")) {
      return null;
    }
    String path = given.get(0, "path");
    String name = given.get(-1, "name");
    return name == null ? path : path == null ? name : within(path, name);
  }

  private static @Nullable String within(@Nullable String folder, @Nullable String name) {
    if (folder == null || name == null || name.isEmpty() || hasWildcard(name)) {
      return null;
    }
    return folder + (folder.endsWith("\\") || folder.endsWith("/") ? "" : "\\") + name;
  }

  private static boolean hasWildcard(String name) {
    return name.indexOf('*') >= 0 || name.indexOf('?') >= 0;
  }

  private static int lastSlash(String path) {
    return Math.max(path.lastIndexOf('\\'), path.lastIndexOf('/'));
  }

  /** The words of a command: those after an option of PowerShell by its name, and the others. */
  private record Parameters(List<String> words, List<String> names, List<String> values) {

    static Parameters of(List<String> arguments) {
      Parameters parameters =
          new Parameters(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
      for (int i = 0; i < arguments.size(); i++) {
        String word = arguments.get(i);
        if (!Option.isOption(word)) {
          parameters.words.add(word);
        } else if (word.length() > 1 && word.charAt(0) != '/' && i + 1 < arguments.size()) {
          String name = word.substring(1).toLowerCase(Locale.ROOT);
          if (SWITCHES.stream().noneMatch(one -> one.startsWith(name))) {
            parameters.names.add(name);
            parameters.values.add(arguments.get(++i));
          }
        }
      }
      return parameters;
    }

    /** The value of a named parameter, or the word at a place among those without a name. */
    @Nullable String get(int place, String... parameters) {
      int before = 0;
      for (int i = 0; i < names.size(); i++) {
        for (String parameter : parameters) {
          if (parameter.startsWith(names.get(i))) {
            return values.get(i);
          }
        }
        before += isPlaced(names.get(i)) ? 1 : 0;
      }
      int index = place - before;
      return place >= 0 && index >= 0 && index < words.size() ? words.get(index) : null;
    }

    private static boolean isPlaced(String name) {
      return "path".startsWith(name) || "literalpath".startsWith(name);
    }

    /** The target of a copy: named, or the last word if there is one beside the source. */
    @Nullable String target() {
      String named = get(-1, "destination");
      if (named != null) {
        return named;
      }
      boolean hasSource = names.stream().anyMatch(Parameters::isPlaced);
      return words.size() > (hasSource ? 0 : 1) ? words.get(words.size() - 1) : null;
    }
  }
}
