package dev.iiswarden.event;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Puts the constant texts of PowerShell expressions together, token by token, by the precedence of
 * the operators ("about_Operator_Precedence", Microsoft), and writes the script as it is read. What
 * it cannot compute stays as it is written. Not safe for use by several threads.
 */
final class PowerShellStack {
  private enum Kind {
    TEXT,
    WORD,
    CALL,
    CONSTANT,
    OPERATOR,
    JOIN,
    CAST,
    OPEN,
    ASSIGNMENT
  }

  private static final int CAST_LEVEL = 8;
  private static final int JOIN_LEVEL = 7;

  private final Map<String, String> variables;
  private final StringBuilder out = new StringBuilder();
  private final List<Item> items = new ArrayList<>();

  /** How many characters may still be computed, so that all time is linear. */
  private int budget;

  private int depth;

  PowerShellStack(Map<String, String> variables, int budget) {
    this.variables = variables;
    this.budget = budget;
  }

  String finish() {
    endStatement();
    return out.toString();
  }

  void raw(String lead, String text) {
    push(new Item(Kind.TEXT, lead, text));
  }

  void word(String lead, String text) {
    push(new Item(Kind.WORD, lead, text));
  }

  /** An ampersand or a dot before the command that it calls. */
  void call(String lead, String sign) {
    push(new Item(Kind.CALL, lead, sign));
  }

  void constant(String lead, String content) {
    Item constant = new Item(Kind.CONSTANT, lead, "");
    constant.value = PowerShellValue.of(content);
    push(constant);
  }

  /** Pushes a number; returns false if the word is none. */
  boolean number(String lead, String word) {
    PowerShellValue value = PowerShellValue.ofNumber(word);
    if (value != null) {
      Item constant = new Item(Kind.CONSTANT, lead, word);
      constant.value = value;
      push(constant);
    }
    return value != null;
  }

  void cast(String lead, String text, boolean toCharacters) {
    Item cast = new Item(Kind.CAST, lead, text);
    cast.toCharacters = toCharacters;
    push(cast);
  }

  void open(String lead, String bracket) {
    push(new Item(Kind.OPEN, lead, bracket));
    depth++;
  }

  void assign(String lead, String written, String operator, String variable) {
    Item assignment = new Item(Kind.ASSIGNMENT, lead, written + " " + operator);
    assignment.variable = variable;
    assignment.appends = operator.equals("+=");
    push(assignment);
  }

  void operator(String lead, String name) {
    int level = level(name);
    reduce(level);
    if (isConstant(items.size() - 1)) {
      items.add(new Item(Kind.OPERATOR, lead, name));
    } else {
      boolean isUnary = name.equals("-join") && !endsInValue();
      items.add(new Item(isUnary ? Kind.JOIN : Kind.TEXT, lead, name));
    }
  }

  /** Returns whether the last token ends an operand that is no constant. */
  private boolean endsInValue() {
    Item last = items.isEmpty() ? null : items.get(items.size() - 1);
    return last != null
        && (last.kind == Kind.WORD
            || (last.kind == Kind.TEXT && (last.text.endsWith(")") || last.text.startsWith("$"))));
  }

  void close(String lead) {
    depth = Math.max(0, depth - 1);
    reduce(0);
    int open = items.size() - 2;
    if (!isConstant(open + 1) || !is(open, Kind.OPEN)) {
      raw(lead, ")");
      return;
    }
    if (isCall(open)) {
      callMethod(lead, open);
      return;
    }
    Item content = items.remove(open + 1);
    content.lead = items.remove(open).lead;
    content.text = "";
    items.add(content);
  }

  /** Returns whether the parenthesis directly follows the name of a method or a variable. */
  private boolean isCall(int open) {
    return items.get(open).lead.isEmpty() && (is(open - 1, Kind.WORD) || is(open - 1, Kind.TEXT));
  }

  /** {@code 'text'.Replace('a','b')} and {@code [string]::Join('', list)}. */
  private void callMethod(String lead, int open) {
    String name = items.get(open - 1).text.toLowerCase(Locale.ROOT);
    PowerShellValue arguments = items.get(open + 1).value();
    if (name.equals(".replace") && isConstant(open - 2)) {
      PowerShellValue text = items.get(open - 2).value();
      PowerShellValue result = text.replaced(arguments, budget);
      if (result != null && spend(text.length() + result.length())) {
        replace(open - 2, result);
        return;
      }
    } else if (name.equals("[string]::join") || name.equals("[system.string]::join")) {
      PowerShellValue result = arguments.joinedByFirst();
      if (result != null) {
        replace(open - 1, result);
        return;
      }
    }
    raw(lead, ")");
  }

  boolean isAfterCall() {
    return is(items.size() - 1, Kind.CALL);
  }

  boolean endsInWord() {
    return is(items.size() - 1, Kind.WORD);
  }

  /** Returns false after an operator and inside parentheses, where the next line continues. */
  boolean endsStatementAtLineEnd() {
    return depth == 0 && !is(items.size() - 1, Kind.OPERATOR);
  }

  void endStatement() {
    reduce(0);
    assign();
    for (int i = 0; i < items.size(); i++) {
      write(i);
    }
    items.clear();
    depth = 0;
  }

  private void assign() {
    int last = items.size() - 1;
    while (last >= 0 && is(last, Kind.TEXT)) {
      last--;
    }
    int from = isConstant(last) ? last - 1 : items.size();
    while (is(from, Kind.ASSIGNMENT)) {
      define(items.get(from), items.get(last).value());
      from--;
    }
    for (int i = 0; i < Math.min(from + 1, items.size()); i++) {
      if (is(i, Kind.ASSIGNMENT)) {
        variables.remove(items.get(i).variable);
      }
    }
  }

  private void define(Item assignment, PowerShellValue value) {
    String before = assignment.appends ? variables.get(assignment.variable) : "";
    String added = value.single();
    if (before == null || added == null || !spend(before.length() + added.length())) {
      variables.remove(assignment.variable);
    } else {
      variables.put(assignment.variable, before + added);
    }
  }

  private boolean spend(int characters) {
    if (characters > budget) {
      return false;
    }
    budget -= characters;
    return true;
  }

  private void write(int i) {
    Item item = items.get(i);
    boolean isCalled = is(i, Kind.CALL) && isConstant(i + 1) && items.get(i + 1).isText();
    if (isCalled) {
      out.append(item.lead);
      return;
    }
    if (!isConstant(i) || !item.text.isEmpty()) {
      out.append(item.lead).append(item.text);
      return;
    }
    boolean isName = is(i - 1, Kind.CALL);
    boolean isMember = is(i - 1, Kind.WORD) && items.get(i - 1).text.endsWith(".");
    if (item.isText() && (isName || (isMember && item.lead.isEmpty()))) {
      out.append(isName ? "" : item.lead).append(item.value().single());
    } else {
      out.append(item.lead);
      item.value().writeTo(out);
    }
  }

  private void push(Item item) {
    if (item.kind != Kind.CONSTANT || isConstant(items.size() - 1)) {
      reduce(0);
    }
    items.add(item);
  }

  private static int level(String operator) {
    return switch (operator) {
      case "," -> 6;
      case "-f" -> 5;
      case "+" -> 3;
      default -> 2;
    };
  }

  /** Computes what is on top of the stack, as far as it binds at least as tightly as the level. */
  private void reduce(int level) {
    while (isConstant(items.size() - 1)) {
      int before = items.size() - 2;
      boolean isDone;
      if (is(before, Kind.CAST) && level <= CAST_LEVEL) {
        isDone = cast(before);
      } else if (is(before, Kind.JOIN) && level <= JOIN_LEVEL) {
        isDone = replace(before, items.get(before + 1).value().joined(""));
      } else if (is(before, Kind.OPERATOR) && level <= level(items.get(before).text)) {
        isDone = compute(before);
      } else {
        return;
      }
      if (!isDone) {
        items.get(before).kind = Kind.TEXT;
      }
    }
  }

  private boolean cast(int at) {
    Item cast = items.get(at);
    PowerShellValue value = items.get(at + 1).value();
    PowerShellValue converted = cast.toCharacters ? value.characters() : value;
    return converted != null && replace(at, converted);
  }

  private boolean compute(int at) {
    PowerShellValue left = items.get(at - 1).value();
    PowerShellValue right = items.get(at + 1).value();
    PowerShellValue result =
        switch (items.get(at).text) {
          case "," -> left.and(right);
          case "+" -> left.plus(right);
          case "-join" -> joined(left, right);
          case "-f" -> left.formatted(right, budget);
          default -> left.replaced(right, budget);
        };
    boolean copies = !items.get(at).text.equals(",") && !items.get(at).text.equals("+");
    if (result == null || (copies && !spend(left.length() + result.length()))) {
      return false;
    }
    return replace(at - 1, result);
  }

  private static @Nullable PowerShellValue joined(PowerShellValue left, PowerShellValue right) {
    String separator = right.single();
    return separator == null || separator.length() > 16 ? null : left.joined(separator);
  }

  /** Replaces the items from here on by a value. */
  private boolean replace(int from, PowerShellValue value) {
    String lead = items.get(from).lead;
    while (items.size() > from) {
      items.remove(items.size() - 1);
    }
    Item constant = new Item(Kind.CONSTANT, lead, "");
    constant.value = value;
    items.add(constant);
    return true;
  }

  private boolean isConstant(int i) {
    return is(i, Kind.CONSTANT);
  }

  private boolean is(int i, Kind kind) {
    return i >= 0 && i < items.size() && items.get(i).kind == kind;
  }

  private static final class Item {
    private Kind kind;
    private String lead;
    private String text;
    private @Nullable PowerShellValue value;
    private boolean toCharacters;
    private boolean appends;
    private String variable = "";

    Item(Kind kind, String lead, String text) {
      this.kind = kind;
      this.lead = lead;
      this.text = text;
    }

    PowerShellValue value() {
      return Objects.requireNonNull(value);
    }

    boolean isText() {
      return value != null && value.single() != null;
    }
  }
}
