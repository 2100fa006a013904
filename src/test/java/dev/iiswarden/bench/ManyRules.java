package dev.iiswarden.bench;

import dev.iiswarden.rules.Rules;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Makes as many rules as wanted, of the kind in the pack: copies of the bundled rules that want
 * other programs, folders and words, each with a name, an id and sequences of its own.
 */
final class ManyRules {
  private static final Path RULES = Path.of("rules-drl");
  private static final Pattern NAMES =
      Pattern.compile(
          "(?m)^rule \"([^\"]+)|@id\\( \"([\\w-]+)|PendingSequence\\( (?:name == )?\"([\\w-]+)");
  private static final Pattern ALERT = Pattern.compile("@id\\(");
  private static final Pattern COMMENT = Pattern.compile("(?m)^//.*\n");

  /** A rule set has a largest size, and copies need no references. */
  private static final Pattern METADATA =
      Pattern.compile("(?ms)^(rule \"[^\"]+\"\n)(\\s+@id\\(.*?\\)\n)?.*?(?=^when$)");

  private static final Pattern CONDITIONS = Pattern.compile("(?s)\nwhen\n.*?\nthen\n");
  private static final Pattern TEXT = Pattern.compile("\"(?:[^\"\\\\]|\\\\.)*\"");
  private static final Pattern PROGRAM = Pattern.compile("(?=\\.exe)");
  private static final Pattern WORD = Pattern.compile("([A-Za-z]{4,})(?=[^A-Za-z]*\"$)");

  private ManyRules() {}

  /** Returns the bundled rules and so many copies that at least this number of rules alert. */
  static Rules of(int number) {
    Map<String, String> bundled = bundled();
    int alerting =
        (int) bundled.values().stream().flatMap(text -> ALERT.matcher(text).results()).count();
    Map<String, String> files = new LinkedHashMap<>(bundled);
    for (int copy = 1; copy * alerting < number; copy++) {
      for (Map.Entry<String, String> file : bundled.entrySet()) {
        files.put(copy + "-" + file.getKey(), copy(file.getValue(), copy));
      }
    }
    return Rules.fromFiles(files);
  }

  private static Map<String, String> bundled() {
    Map<String, String> texts = new TreeMap<>();
    try (Stream<Path> files = Files.list(RULES)) {
      List<Path> rules = files.filter(file -> file.toString().endsWith(".drl")).toList();
      for (Path file : rules) {
        texts.put(file.getFileName().toString(), Files.readString(file));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return texts;
  }

  private static String copy(String file, int number) {
    String bare = METADATA.matcher(COMMENT.matcher(file).replaceAll("")).replaceAll("$1$2");
    String named =
        NAMES
            .matcher(bare)
            .replaceAll(found -> Matcher.quoteReplacement(found.group() + "-" + number));
    return CONDITIONS
        .matcher(named)
        .replaceAll(
            found ->
                Matcher.quoteReplacement(
                    TEXT.matcher(found.group())
                        .replaceAll(
                            text -> Matcher.quoteReplacement(other(text.group(), number)))));
  }

  /** A text that no event has; what says the kind of an event, such as "creation", stays. */
  private static String other(String text, int number) {
    if (text.contains(".exe")) {
      return PROGRAM.matcher(text).replaceFirst(Integer.toString(number));
    }
    return text.contains("*") ? WORD.matcher(text).replaceFirst("$1" + number) : text;
  }
}
