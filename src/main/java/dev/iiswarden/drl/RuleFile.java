package dev.iiswarden.drl;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.drools.drl.ast.descr.BaseDescr;
import org.drools.drl.ast.descr.BehaviorDescr;
import org.drools.drl.ast.descr.FunctionImportDescr;
import org.drools.drl.ast.descr.ImportDescr;
import org.drools.drl.ast.descr.PackageDescr;
import org.drools.drl.ast.descr.RuleDescr;
import org.drools.drl.parser.DrlParser;
import org.drools.drl.parser.DroolsError;
import org.drools.drl.parser.DroolsParserException;
import org.jspecify.annotations.Nullable;
import org.kie.internal.builder.conf.LanguageLevelOption;

/**
 * Reads a rule file with the DRL parser of Drools, and refuses what rules do not need. A file has a
 * package and imports the events and their functions; a rule has annotations and a salience; joins
 * facts by {@code and}, {@code or}, {@code not} and {@code exists}; tests them with fields,
 * functions and comparisons; and inserts detections, sequences and registrations. Not safe for use
 * by several threads.
 */
final class RuleFile {
  static final long MILLIS_A_DAY = 86_400_000L;

  private static final Pattern SPAN = Pattern.compile("(\\d+)\\s*(ms|s|m|h|d)?");
  private static final Pattern PLACE = Pattern.compile("Line (\\d+):(\\d+)");
  private static final Pattern FILE_NAME = Pattern.compile("[\\w.-]{1,200}\\.drl");

  /** The package is a label: all interpreted rules are in one package of their own. */
  private static final Pattern PACKAGE = Pattern.compile("[a-z]\\w*(\\.[a-z]\\w*)*");

  private static final Pattern IMPORT = Pattern.compile("dev\\.iiswarden\\.event\\.(\\*|\\w+)");

  private final SourceText source;
  private final List<Problem> problems = new ArrayList<>();
  private final Set<String> imports = new HashSet<>();

  private RuleFile(SourceText source) {
    this.source = source;
  }

  /** Returns what is wrong with the name of a file; null if nothing is. */
  static @Nullable Problem checkName(String name) {
    return FILE_NAME.matcher(name).matches()
        ? null
        : new Problem(
            printable(name),
            0,
            0,
            "the name of a rule file has letters, digits, - and _, and ends in .drl");
  }

  private static String printable(String name) {
    return name.replaceAll("[^\\x20-\\x7e]", "?");
  }

  /**
   * Reads a file.
   *
   * @param rules receives the rules that are right
   * @return what is wrong with the file; empty if nothing is
   */
  static List<Problem> read(String name, String text, List<ParsedRule> rules) {
    // An editor may put a byte order mark before a text in UTF-8.
    String content = text.startsWith("\ufeff") ? text.substring(1) : text;
    SourceText source = new SourceText(name, content);
    RuleFile file = new RuleFile(source);
    file.problems.addAll(FileScanner.scan(source, content));
    if (file.problems.isEmpty()) {
      try {
        file.read(rules);
      } catch (StackOverflowError e) {
        file.refuse(0, "the file is nested too deeply to be read");
      }
    }
    return file.problems;
  }

  private void refuse(int at, String reason) {
    problems.add(source.problem(at, reason));
  }

  private void refuse(BaseDescr part, String reason) {
    refuse(source.offsetOf(part, ""), reason);
  }

  private void read(List<ParsedRule> rules) {
    PackageDescr parsed = parse();
    if (parsed == null) {
      return;
    }
    checkHead(parsed);
    List<ParsedRule> read = new ArrayList<>();
    for (RuleDescr rule : parsed.getRules()) {
      RuleReader reader = new RuleReader(source, imports, rule);
      ParsedRule one = reader.read();
      problems.addAll(reader.problems());
      if (one != null) {
        read.add(one);
      }
    }
    rules.addAll(read);
  }

  private @Nullable PackageDescr parse() {
    DrlParser parser = new DrlParser(LanguageLevelOption.DRL6);
    try {
      PackageDescr parsed = parser.parse(null, source.text());
      if (!parser.hasErrors() && parsed != null) {
        return parsed;
      }
    } catch (DroolsParserException e) {
      refuse(0, "the file cannot be parsed: " + e.getMessage());
      return null;
    }
    // What follows the first error is often its consequence.
    if (parser.getErrors().isEmpty()) {
      refuse(0, "the file cannot be parsed");
    } else {
      refuse(parser.getErrors().get(0));
    }
    return null;
  }

  private void refuse(DroolsError error) {
    Matcher place = PLACE.matcher(error.getMessage());
    if (!place.find()) {
      refuse(0, "the file cannot be parsed");
      return;
    }
    int at = source.offset(Integer.parseInt(place.group(1)), Integer.parseInt(place.group(2)) + 1);
    try {
      List<Token> tokens = Lexer.tokens(source.text());
      int index = 0;
      while (index < tokens.size() - 1 && tokens.get(index).at() < at) {
        index++;
      }
      Token before = index == 0 ? null : tokens.get(index - 1);
      Token token = tokens.get(index);
      String reason =
          token.kind() == Token.Kind.END
              ? "the file ends within a rule: end is missing"
              : isInBrackets(tokens, index)
                  ? CommonMistakes.unexpected(before, token)
                  : token.text().startsWith("$")
                      ? "when is missing before " + token.shown()
                      : CommonMistakes.unexpected(null, token);
      boolean isAtEndOfLine = before != null && reason.startsWith("a comma is missing");
      refuse(isAtEndOfLine ? Math.max(0, endOf(before)) : token.at(), reason);
    } catch (SyntaxProblem e) {
      refuse(e.at(), e.reason());
    }
  }

  private static boolean isInBrackets(List<Token> tokens, int index) {
    int depth = 0;
    for (Token token : tokens.subList(0, index)) {
      depth += token.is("(") ? 1 : token.is(")") ? -1 : 0;
    }
    return depth > 0;
  }

  private int endOf(@Nullable Token token) {
    int at = token == null ? 0 : token.at();
    int end = token != null && token.kind() == Token.Kind.TEXT ? at + token.text().length() : at;
    return Math.min(end, source.text().length());
  }

  private void checkHead(PackageDescr parsed) {
    String name = parsed.getName();
    if (!PACKAGE.matcher(name).matches()) {
      refuse(
          source.offsetOf("package", 0),
          name.isEmpty()
              ? "the file needs a package, as in: package analyst;"
              : "the name of a package is in lower case, as in: package analyst;");
    }
    for (ImportDescr one : parsed.getImports()) {
      imports.add(one.getTarget());
      if (!IMPORT.matcher(one.getTarget()).matches()) {
        refuse(
            one,
            "import " + one.getTarget() + "; only imports from dev.iiswarden.event are allowed");
      }
    }
    for (FunctionImportDescr one : parsed.getFunctionImports()) {
      imports.add(one.getTarget());
      checkFunctionImport(one);
    }
    refuseAny("import accumulate", parsed.getAccumulateImports());
    refuseAny("a global", parsed.getGlobals());
    refuseAny("a function", parsed.getFunctions());
    refuseAny("a declared type", parsed.getTypeDeclarations());
    refuseAny("a declared enum", parsed.getEnumDeclarations());
    refuseAny("a declared entry point", parsed.getEntryPointDeclarations());
    refuseAny("a declared window", parsed.getWindowDeclarations());
    refuseAny("an attribute of the whole file", parsed.getAttributes());
    if (parsed.getUnit() != null) {
      refuse(parsed.getUnit(), "a rule unit is not allowed");
    }
  }

  private void checkFunctionImport(FunctionImportDescr one) {
    String target = one.getTarget();
    int dot = target.lastIndexOf('.');
    boolean isKnown =
        dot > 0
            && Vocabulary.FUNCTION_CLASSES.stream()
                .anyMatch(type -> type.getName().equals(target.substring(0, dot)));
    if (!isKnown) {
      refuse(
          one,
          "import function "
              + target
              + "; only functions of "
              + String.join(
                  ", ", Vocabulary.FUNCTION_CLASSES.stream().map(Class::getSimpleName).toList())
              + " can be imported");
    }
  }

  private void refuseAny(String what, Iterable<? extends BaseDescr> descrs) {
    descrs.forEach(descr -> refuse(descr, what + " is not allowed"));
  }

  /** Returns how long a sliding window is, in milliseconds. */
  static long millis(BehaviorDescr window) {
    long millis = 0;
    Matcher span = SPAN.matcher(String.join(" ", window.getParameters()));
    while (span.find()) {
      String unit = span.group(2) == null ? "ms" : span.group(2);
      long length =
          switch (unit) {
            case "ms" -> 1;
            case "s" -> 1_000;
            case "m" -> 60_000;
            case "h" -> 3_600_000;
            default -> MILLIS_A_DAY;
          };
      millis += Long.parseLong(span.group(1)) * length;
    }
    return millis;
  }
}
