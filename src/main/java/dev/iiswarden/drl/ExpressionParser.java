package dev.iiswarden.drl;

import dev.iiswarden.drl.Token.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Parses the conditions and consequences of rules. The grammar is the part of DRL's that rules need
 * ("Drools documentation", "Drools Rule Language reference", sections "Rule conditions" and
 * "Operators in DRL pattern constraints"). Not safe for use by several threads.
 */
final class ExpressionParser {
  private static final Set<String> COMPARISONS = Set.of("==", "!=", "<", "<=", ">", ">=");
  private static final Set<String> LIST_OPERATORS =
      Set.of("in", "contains", "excludes", "memberOf");

  private final List<Token> tokens;
  private int next;

  ExpressionParser(String text) throws SyntaxProblem {
    tokens = Lexer.tokens(text);
  }

  /** Parses one constraint of a pattern: a condition, or a binding such as {@code $x : field}. */
  Constraint constraint() throws SyntaxProblem {
    String variable = null;
    if (token().kind() == Kind.NAME && tokens.get(next + 1).is(":")) {
      Token name = token();
      if (!name.text().startsWith("$")) {
        throw new SyntaxProblem(name.at(), "the name of a binding begins with $: $" + name.text());
      }
      variable = name.text();
      next += 2;
    }
    Syntax expression = or();
    if (token().kind() != Kind.END) {
      throw new SyntaxProblem(token().at(), CommonMistakes.unexpected(before(), token()));
    }
    return new Constraint(variable, expression);
  }

  /** Parses the statements of a consequence. */
  List<Insertion> consequence() throws SyntaxProblem {
    List<Insertion> insertions = new ArrayList<>();
    while (token().kind() != Kind.END) {
      if (token().is(";")) {
        next++;
      } else {
        insertions.add(insertion());
      }
    }
    return insertions;
  }

  private Insertion insertion() throws SyntaxProblem {
    int at = token().at();
    if (!token().is("insert") || !tokens.get(next + 1).is("(") || !tokens.get(next + 2).is("new")) {
      throw new SyntaxProblem(at, CommonMistakes.consequence(token()));
    }
    next += 3;
    Token type = token();
    if (type.kind() != Kind.NAME) {
      throw new SyntaxProblem(type.at(), CommonMistakes.consequence(type));
    }
    next++;
    expect("(");
    List<Syntax> arguments = arguments();
    expect(")");
    if (token().kind() != Kind.END) {
      expect(";");
    }
    return new Insertion(type.at(), type.text(), arguments);
  }

  private Syntax or() throws SyntaxProblem {
    return junction(false);
  }

  private Syntax junction(boolean isAnd) throws SyntaxProblem {
    Syntax first = isAnd ? not() : junction(true);
    String operator = isAnd ? "&&" : "||";
    if (!token().is(operator)) {
      return first;
    }
    int at = token().at();
    List<Syntax> operands = new ArrayList<>(List.of(first));
    while (token().is(operator)) {
      next++;
      operands.add(isAnd ? not() : junction(true));
    }
    return new Syntax.Junction(at, isAnd, operands);
  }

  private Syntax not() throws SyntaxProblem {
    if (token().is("!")) {
      int at = token().at();
      next++;
      return new Syntax.Not(at, not());
    }
    return comparison();
  }

  private Syntax comparison() throws SyntaxProblem {
    Syntax left = primary();
    Token operator = token();
    if (COMPARISONS.contains(operator.text()) && operator.kind() == Kind.SIGN) {
      next++;
      Syntax right = primary();
      if (COMPARISONS.contains(token().text()) && token().kind() == Kind.SIGN) {
        throw new SyntaxProblem(token().at(), "compare two values at a time, and join with &&");
      }
      return new Syntax.Comparison(operator.at(), operator.text(), left, right);
    }
    boolean negated = operator.is("not") && LIST_OPERATORS.contains(tokens.get(next + 1).text());
    Token word = negated ? tokens.get(next + 1) : operator;
    if (word.kind() != Kind.NAME || !LIST_OPERATORS.contains(word.text())) {
      return left;
    }
    next += negated ? 2 : 1;
    return switch (word.text()) {
      case "in" -> {
        expect("(");
        yield new Syntax.In(word.at(), negated, left, arguments());
      }
      case "memberOf" -> new Syntax.Contains(word.at(), negated, primary(), left);
      case "excludes" -> new Syntax.Contains(word.at(), !negated, left, primary());
      default -> new Syntax.Contains(word.at(), negated, left, primary());
    };
  }

  private Syntax primary() throws SyntaxProblem {
    Syntax read = operand();
    while (token().is(".")) {
      next++;
      Token name = token();
      if (name.kind() != Kind.NAME) {
        throw new SyntaxProblem(name.at(), CommonMistakes.unexpected(before(), name));
      }
      next++;
      if (token().is("(")) {
        next++;
        read = new Syntax.Call(name.at(), read, name.text(), arguments());
      } else {
        read = new Syntax.Field(name.at(), read, name.text());
      }
    }
    return read;
  }

  private Syntax operand() throws SyntaxProblem {
    Token first = token();
    next++;
    return switch (first.kind()) {
      case TEXT -> new Syntax.Literal(first.at(), first.text());
      case NUMBER -> new Syntax.Literal(first.at(), number(first, ""));
      case NAME -> name(first);
      default -> signed(first);
    };
  }

  private Syntax signed(Token first) throws SyntaxProblem {
    if (first.is("-") && token().kind() == Kind.NUMBER) {
      Token number = token();
      next++;
      return new Syntax.Literal(first.at(), number(number, "-"));
    }
    if (first.is("(")) {
      Syntax inner = or();
      expect(")");
      boolean isCast = inner instanceof Syntax.Name && token().kind() == Kind.NAME;
      if (isCast && !LIST_OPERATORS.contains(token().text()) && !token().is("not")) {
        throw new SyntaxProblem(
            first.at(), "a cast is not needed: every field of an earlier event can be named");
      }
      return inner;
    }
    next--;
    throw new SyntaxProblem(first.at(), CommonMistakes.unexpected(before(), first));
  }

  private Syntax name(Token first) throws SyntaxProblem {
    return switch (first.text()) {
      case "true" -> new Syntax.Literal(first.at(), true);
      case "false" -> new Syntax.Literal(first.at(), false);
      case "null" -> new Syntax.Literal(first.at(), null);
      default -> {
        if (token().is("(")) {
          next++;
          yield new Syntax.Call(first.at(), null, first.text(), arguments());
        }
        yield new Syntax.Name(first.at(), first.text());
      }
    };
  }

  private static Long number(Token token, String sign) throws SyntaxProblem {
    try {
      return Long.valueOf(sign + token.text());
    } catch (NumberFormatException e) {
      throw new SyntaxProblem(token.at(), token.text() + " is not a whole number");
    }
  }

  /** Parses arguments after the opening parenthesis, up to the closing one. */
  private List<Syntax> arguments() throws SyntaxProblem {
    List<Syntax> arguments = new ArrayList<>();
    if (token().is(")")) {
      next++;
      return arguments;
    }
    arguments.add(or());
    while (token().is(",")) {
      next++;
      arguments.add(or());
    }
    expect(")");
    return arguments;
  }

  private void expect(String sign) throws SyntaxProblem {
    if (!token().is(sign)) {
      throw new SyntaxProblem(token().at(), CommonMistakes.missing(sign, before(), token()));
    }
    next++;
  }

  private Token token() {
    return tokens.get(Math.min(next, tokens.size() - 1));
  }

  private @Nullable Token before() {
    return next == 0 ? null : tokens.get(next - 1);
  }

  /**
   * A constraint of a pattern.
   *
   * @param variable the variable it binds; null if it is a condition
   * @param expression the condition, or the bound value
   */
  record Constraint(@Nullable String variable, Syntax expression) {}

  /**
   * A statement of a consequence.
   *
   * @param at the offset of the type
   * @param type the name of the inserted fact's class
   * @param arguments the arguments of its constructor
   */
  record Insertion(int at, String type, List<Syntax> arguments) {}
}
