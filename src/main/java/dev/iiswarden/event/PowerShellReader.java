package dev.iiswarden.event;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads a PowerShell script without running it: splits it into tokens ("about_Parsing",
 * "about_Quoting_Rules", "about_Special_Characters", Microsoft) and gives them to a {@link
 * PowerShellStack}, which puts constant texts together. Made for one script. Not safe for use by
 * several threads.
 */
final class PowerShellReader {
  private static final String WORD_ENDS = " \t\r\n\"'(){};|&,=$<>\u00a0";

  /** What texts may grow by when variables are replaced by what they stand for. */
  private static final int MOST_ADDED = 65_536;

  private static final int MOST_ENCODED = 16;

  private final String text;
  private final PowerShellStack stack;
  private final Map<String, String> variables = new HashMap<>();
  private final List<String> encoded = new ArrayList<>();
  private int budget;
  private int at;
  private boolean startsCommand = true;
  private String lead = "";
  private String option = "";

  PowerShellReader(String text) {
    this.text = text.indexOf('\0') >= 0 ? text.replace("\0", "") : text;
    stack = new PowerShellStack(variables, text.length() + MOST_ADDED);
    budget = text.length() + MOST_ADDED;
  }

  /** The scripts of encoded commands that {@link #read()} has found. */
  List<String> encoded() {
    return encoded;
  }

  String read() {
    while (at < text.length()) {
      readToken();
    }
    return stack.finish();
  }

  private void readToken() {
    char c = charAt(at);
    if (c == '\r' || c == '\n') {
      at++;
      lead = "\n";
      if (stack.endsStatementAtLineEnd()) {
        stack.endStatement();
        startsCommand = true;
      }
    } else if (isBlank(c)) {
      at++;
      lead = lead.isEmpty() ? " " : lead;
    } else if (c == '`' && (peek(1) == '\n' || peek(1) == '\r')) {
      at += 2;
      lead = " ";
    } else if (c == '#') {
      skipTo("\n", 1, 0);
    } else if (c == '<' && peek(1) == '#') {
      skipTo("#>", 2, 2);
      lead = " ";
    } else {
      readSolid(c);
      lead = "";
    }
  }

  private void readSolid(char c) {
    switch (c) {
      case '\'' -> {
        at++;
        constant(singleQuoted());
      }
      case '"' -> {
        at++;
        constant(doubleQuoted());
      }
      case '@' -> readAt();
      case '$' -> readVariable();
      case '(' -> open("(");
      case ')' -> {
        at++;
        stack.close(lead);
        startsCommand = false;
      }
      case '{', '}', ';', '|' -> {
        at++;
        stack.raw(lead, String.valueOf(c));
        stack.endStatement();
        startsCommand = true;
      }
      case '&' -> {
        at++;
        stack.call(lead, "&");
        startsCommand = true;
      }
      case ',' -> operator(",", 1);
      case '+' -> operator("+", 1);
      case '=', '<', '>' -> {
        at++;
        stack.raw(lead, String.valueOf(c));
        startsCommand = c == '=';
      }
      case '[' -> readBracket();
      default -> readWord();
    }
  }

  private void operator(String name, int length) {
    at += length;
    stack.operator(lead, name);
    startsCommand = false;
  }

  private void open(String bracket) {
    at += bracket.length();
    stack.open(lead, bracket);
    startsCommand = true;
  }

  private void constant(String content) {
    String alias = startsCommand && stack.isAfterCall() ? PowerShellAliases.of(content) : null;
    stack.constant(lead, alias == null ? content : alias);
    decode(content);
    startsCommand = false;
  }

  private void readAt() {
    char next = peek(1);
    if (next == '(') {
      open("@(");
    } else if ((next == '\'' || next == '"') && isLineEnd(at + 2)) {
      hereString(next);
    } else {
      at++;
      stack.raw(lead, "@");
    }
  }

  private boolean isLineEnd(int from) {
    int i = from;
    while (i < text.length() && isBlank(text.charAt(i)) && i - from < 64) {
      i++;
    }
    return i < text.length() && (text.charAt(i) == '\n' || text.charAt(i) == '\r');
  }

  private void hereString(char quote) {
    int line = text.indexOf('\n', at);
    int start = line < 0 ? text.length() : line + 1;
    int end = text.indexOf("\n" + quote + "@", Math.max(0, start - 1));
    int last = end < 0 ? text.length() : Math.max(start, end);
    String content = text.substring(start, last);
    at = end < 0 ? text.length() : end + 3;
    constant(quote == '"' ? expanded(content) : content);
  }

  private String singleQuoted() {
    StringBuilder content = new StringBuilder();
    while (at < text.length()) {
      if (charAt(at) != '\'') {
        content.append(text.charAt(at++));
      } else if (peek(1) == '\'') {
        content.append('\'');
        at += 2;
      } else {
        at++;
        return content.toString();
      }
    }
    return content.toString();
  }

  private String doubleQuoted() {
    StringBuilder content = new StringBuilder();
    while (at < text.length()) {
      char c = charAt(at);
      if (c == '`' && at + 1 < text.length()) {
        content.append(escaped(text.charAt(at + 1)));
        at += 2;
      } else if (c == '$') {
        expandVariable(content);
      } else if (c != '"') {
        content.append(text.charAt(at++));
      } else if (peek(1) == '"') {
        content.append('"');
        at += 2;
      } else {
        at++;
        return content.toString();
      }
    }
    return content.toString();
  }

  private String expanded(String content) {
    PowerShellReader inner = new PowerShellReader(content + '"');
    inner.variables.putAll(variables.size() > 256 ? Map.of() : variables);
    return inner.doubleQuoted();
  }

  private static char escaped(char c) {
    return switch (c) {
      case 'n' -> '\n';
      case 'r' -> '\r';
      case 't' -> '\t';
      default -> c;
    };
  }

  /** Replaces {@code $name}, {@code ${name}} or {@code $($name)} inside double quotes. */
  private void expandVariable(StringBuilder content) {
    int start = at;
    boolean inParentheses = text.startsWith("$($", at);
    int from = inParentheses ? at + 2 : at;
    int end = variableEnd(from);
    String value = end < 0 ? null : value(name(from, end));
    if (inParentheses && (end < 0 || !text.startsWith(")", end))) {
      value = null;
    }
    at = value == null ? start + 1 : inParentheses ? end + 1 : end;
    content.append(value == null ? "$" : value);
  }

  private void readVariable() {
    if (peek(1) == '(') {
      open("$(");
      return;
    }
    int end = variableEnd(at);
    if (end < 0) {
      at++;
      stack.raw(lead, "$");
      return;
    }
    String written = text.substring(at, end);
    String name = name(at, end);
    at = end;
    String assignment = assignment();
    if (!assignment.isEmpty()) {
      stack.assign(lead, written, assignment, name);
      startsCommand = true;
      return;
    }
    boolean isWord = lead.isEmpty() && stack.endsInWord();
    String value = isWord || charAt(at) == '\\' ? null : value(name);
    if (value == null) {
      stack.raw(lead, written);
    } else {
      stack.constant(lead, value);
    }
    startsCommand = false;
  }

  private @Nullable String value(String name) {
    String value = variables.get(name);
    if (value == null || value.length() > budget) {
      return null;
    }
    budget -= value.length();
    return value;
  }

  /** The assignment operator that comes next, or an empty text; reads it. */
  private String assignment() {
    int next = at;
    while (next < text.length() && next - at < 64 && isBlank(text.charAt(next))) {
      next++;
    }
    String operator = text.startsWith("+=", next) ? "+=" : text.startsWith("=", next) ? "=" : "";
    at = operator.isEmpty() ? at : next + operator.length();
    return operator;
  }

  /** The end of the variable that begins here, or -1 if none does. */
  private int variableEnd(int start) {
    int end = start + 1;
    if (end < text.length() && text.charAt(end) == '{') {
      int limit = Math.min(text.length(), start + 256);
      while (end < limit && text.charAt(end) != '}') {
        end++;
      }
      return end < limit ? end + 1 : -1;
    }
    while (end < text.length() && isNameCharacter(end)) {
      end++;
    }
    return end == start + 1 ? -1 : end;
  }

  private boolean isNameCharacter(int i) {
    char c = text.charAt(i);
    return Character.isLetterOrDigit(c)
        || c == '_'
        || (c == ':' && i + 1 < text.length() && Character.isLetterOrDigit(text.charAt(i + 1)));
  }

  private String name(int start, int end) {
    String name = text.substring(start + 1, end).toLowerCase(Locale.ROOT);
    if (name.startsWith("{")) {
      name = name.substring(1, name.length() - 1);
    }
    int colon = name.indexOf(':');
    return colon >= 0 && !name.startsWith("env:") ? name.substring(colon + 1) : name;
  }

  /** Reads a cast of a type that makes texts, or the beginning of a word. */
  private void readBracket() {
    int limit = Math.min(text.length(), at + 32);
    int end = at + 1;
    while (end < limit && (Character.isLetter(text.charAt(end)) || text.charAt(end) == '.')) {
      end++;
    }
    String type = text.substring(at + 1, end).toLowerCase(Locale.ROOT);
    type = type.startsWith("system.") ? type.substring("system.".length()) : type;
    boolean isArray = text.startsWith("[]]", end);
    int after = end + (isArray ? 3 : 1);
    boolean isCast =
        (isArray || text.startsWith("]", end))
            && !text.startsWith("::", after)
            && (type.equals("char") || type.equals("string") || type.equals("int"));
    if (isCast) {
      stack.cast(lead, text.substring(at, after), type.equals("char"));
      at = after;
      startsCommand = false;
    } else {
      readWord();
    }
  }

  private void readWord() {
    StringBuilder word = new StringBuilder();
    while (at < text.length()) {
      char c = charAt(at);
      if (c == '`' && at + 1 < text.length()) {
        if (text.charAt(at + 1) == '\n' || text.charAt(at + 1) == '\r') {
          break;
        }
        word.append(text.charAt(at + 1));
        at += 2;
      } else if (c == '`') {
        at++;
      } else if ((WORD_ENDS.indexOf(c) >= 0 && !isInsideWord(c, word)) || endsNumber(c, word)) {
        break;
      } else if (c == '"' || c == '\'') {
        at++;
        word.append(c == '"' ? doubleQuoted() : singleQuoted());
      } else {
        word.append(c);
        at++;
      }
    }
    add(word.toString());
  }

  /** A sign of an operator ends a number, but belongs to a name: {@code 78+[char]101}. */
  private static boolean endsNumber(char c, StringBuilder word) {
    return c == '+' && word.length() > 0 && word.length() < 9 && Character.isDigit(word.charAt(0));
  }

  /** In a command's name, quotes are taken away: {@code New-Web'Global'Module}. */
  private boolean isInsideWord(char c, StringBuilder word) {
    if ((c != '"' && c != '\'') || word.length() == 0) {
      return false;
    }
    char last = word.charAt(word.length() - 1);
    return Character.isLetterOrDigit(last) || last == '-' || last == '.';
  }

  private void add(String word) {
    String lower = word.length() > 16 ? "" : word.toLowerCase(Locale.ROOT);
    String operator =
        switch (lower) {
          case "-f" -> "-f";
          case "-join" -> "-join";
          case "-replace", "-creplace", "-ireplace" -> "-replace";
          default -> "";
        };
    if (!operator.isEmpty()) {
      stack.operator(lead, operator);
      startsCommand = false;
      return;
    }
    if (startsCommand && word.equals(".")) {
      stack.call(lead, word);
      return;
    }
    String alias = startsCommand && nextSolid() != '=' ? alias(lower) : null;
    if (!word.isEmpty() && Character.isDigit(word.charAt(0)) && stack.number(lead, word)) {
      startsCommand = false;
      return;
    }
    stack.word(lead, alias == null ? word : alias);
    decode(word);
    startsCommand = false;
  }

  private @Nullable String alias(String word) {
    boolean isKeyword = word.equals("foreach") && nextSolid() == '(';
    return isKeyword ? null : PowerShellAliases.of(word);
  }

  private char nextSolid() {
    int next = at;
    while (next < text.length() && next - at < 64 && isBlank(text.charAt(next))) {
      next++;
    }
    return next < text.length() ? text.charAt(next) : 0;
  }

  /** Keeps the script of an encoded command that the script starts. */
  private void decode(String word) {
    if (!option.isEmpty() && word.length() > 7 && encoded.size() < MOST_ENCODED) {
      String script = PowerShellCommandLine.decode(option, word);
      if (script != null) {
        encoded.add(script);
      }
    }
    option = word.length() > 1 && word.length() < 20 && Option.isOption(word) ? word : "";
  }

  private void skipTo(String ending, int from, int length) {
    int end = text.indexOf(ending, at + from);
    at = end < 0 ? text.length() : end + length;
  }

  private char peek(int distance) {
    return at + distance < text.length() ? charAt(at + distance) : 0;
  }

  private char charAt(int i) {
    return i < text.length() ? folded(text.charAt(i)) : 0;
  }

  /** PowerShell takes typographic quotes and dashes for those of ASCII. */
  private static char folded(char c) {
    if (c < 0x2013 || c > 0x201e) {
      return c;
    }
    return c <= 0x2015 ? '-' : c >= 0x2018 && c <= 0x201b ? '\'' : c >= 0x201c ? '"' : c;
  }

  private static boolean isBlank(char c) {
    return c == ' ' || c == '\t' || c == '\u00a0' || c == '\f' || c == '\u000b';
  }
}
