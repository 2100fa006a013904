package dev.iiswarden.drl;

import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Finds texts that a field can never be equal to or like, because they are of another form. */
final class Impossible {
  private static final Pattern NAME =
      Pattern.compile(".*\\.(process|parent|file|dll)\\.name|(process|parent|file|dll)\\.name");

  private static final Pattern PATH = Pattern.compile(".*\\.((file|dll)\\.path|executable)");
  private static final Pattern EXTENSION = Pattern.compile(".*\\.extension");
  private static final Set<String> PATTERN_FUNCTIONS =
      Set.of("like", "notLike", "pathLike", "notPathLike", "keyLike");

  private static final Pattern REGULAR_EXPRESSION =
      Pattern.compile("\\^.*|.*\\\\\\..*\\$|.*\\.\\*.*\\$", Pattern.DOTALL);

  /** Everything that makes a text a path or a pattern of paths. */
  private static final Pattern OF_A_PATH = Pattern.compile("[\\\\/*?:%]");

  private Impossible() {}

  /** Checks the arguments of a call whose texts are patterns or candidates. */
  static void checkPatterns(Syntax.Call call, List<Node> arguments) throws SyntaxProblem {
    boolean isPattern = PATTERN_FUNCTIONS.contains(call.name());
    if (call.on() != null || (!isPattern && !call.name().equals("oneOf"))) {
      return;
    }
    for (int i = 1; i < arguments.size(); i++) {
      int at = call.arguments().get(i).at();
      if (isPattern) {
        String text = text(arguments.get(i));
        if (text != null && REGULAR_EXPRESSION.matcher(text).matches()) {
          throw new SyntaxProblem(
              at,
              "\""
                  + text
                  + "\" is a regular expression; here, * stands for any text and ? for one"
                  + " character");
        }
        checkForm(at, arguments.get(0).text(), text);
      } else {
        checkEqual(at, arguments.get(0), arguments.get(i));
      }
    }
  }

  /** Checks a text that a field is compared with as a whole. */
  static void checkEqual(int at, Node field, Node value) throws SyntaxProblem {
    String text = text(value);
    if (text == null || !(field instanceof Node.Property || field instanceof Node.Path)) {
      return;
    }
    boolean isFileField =
        NAME.matcher(field.text()).matches()
            || PATH.matcher(field.text()).matches()
            || EXTENSION.matcher(field.text()).matches();
    String plain = text.startsWith("\\\\?\\") ? text.substring(4) : text;
    boolean hasWildcard =
        isFileField
            ? plain.indexOf('*') >= 0 || plain.indexOf('?') >= 0
            : plain.startsWith("*") || (plain.endsWith("*") && plain.length() > 1);
    if (hasWildcard) {
      throw new SyntaxProblem(
          at, "this compares the whole text, and * is no wildcard; write like( field, \"...\" )");
    }
    checkForm(at, field.text(), text);
  }

  private static void checkForm(int at, String field, @Nullable String text) throws SyntaxProblem {
    if (text == null) {
      return;
    }
    if (NAME.matcher(field).matches() && (text.indexOf('\\') >= 0 || text.indexOf('/') >= 0)) {
      throw new SyntaxProblem(
          at, "it can never match: a name has no folder; test the path or the executable");
    }
    if (EXTENSION.matcher(field).matches() && (text.indexOf('.') >= 0 || text.indexOf('\\') >= 0)) {
      throw new SyntaxProblem(at, "it can never match: an extension has no dot, as in \"dll\"");
    }
    if (PATH.matcher(field).matches() && !text.isEmpty() && !OF_A_PATH.matcher(text).find()) {
      throw new SyntaxProblem(
          at,
          "it can never match: this is a name, and the field is a whole path; write \"*\\\\"
              + text
              + "\", or test the name");
    }
  }

  private static @Nullable String text(Node node) {
    return node instanceof Node.Constant constant && constant.constant() instanceof String text
        ? text
        : null;
  }
}
