package dev.iiswarden.drl;

import java.util.ArrayList;
import java.util.List;

/** Splits an expression into tokens. Comments are skipped. */
final class Lexer {
  private static final List<String> SIGNS =
      List.of("&&", "||", "==", "!=", "<=", ">=", ":=", "=~", "~=", "!.");

  private final String text;
  private final List<Token> tokens = new ArrayList<>();
  private int at;

  private Lexer(String text) {
    this.text = text;
  }

  /** Returns the tokens; the last one is {@link Token.Kind#END}. */
  static List<Token> tokens(String text) throws SyntaxProblem {
    Lexer lexer = new Lexer(text);
    lexer.read();
    return lexer.tokens;
  }

  private void read() throws SyntaxProblem {
    while (at < text.length()) {
      char c = text.charAt(at);
      if (Character.isWhitespace(c)) {
        at++;
      } else if (text.startsWith("//", at)) {
        at = orEnd(text.indexOf('\n', at));
      } else if (text.startsWith("/*", at)) {
        int end = text.indexOf("*/", at + 2);
        at = end < 0 ? text.length() : end + 2;
      } else if (c == '"') {
        quoted();
      } else if (Character.isJavaIdentifierStart(c)) {
        word(Token.Kind.NAME);
      } else if (c >= '0' && c <= '9') {
        word(Token.Kind.NUMBER);
      } else {
        sign();
      }
    }
    tokens.add(new Token(Token.Kind.END, "", text.length()));
  }

  private int orEnd(int end) {
    return end < 0 ? text.length() : end;
  }

  private void word(Token.Kind kind) {
    int start = at;
    while (at < text.length() && Character.isJavaIdentifierPart(text.charAt(at))) {
      at++;
    }
    tokens.add(new Token(kind, text.substring(start, at), start));
  }

  private void sign() {
    for (String sign : SIGNS) {
      if (text.startsWith(sign, at)) {
        tokens.add(new Token(Token.Kind.SIGN, sign, at));
        at += sign.length();
        return;
      }
    }
    int character = text.codePointAt(at);
    tokens.add(new Token(Token.Kind.SIGN, Character.toString(character), at));
    at += Character.charCount(character);
  }

  /** Only a quote and a backslash can be escaped; a path with one backslash is a mistake. */
  private void quoted() throws SyntaxProblem {
    int start = at;
    StringBuilder value = new StringBuilder();
    for (at++; at < text.length() && text.charAt(at) != '"'; at++) {
      char c = text.charAt(at);
      if (c == '\n') {
        throw new SyntaxProblem(start, "this text has no closing quote on its line");
      }
      if (c == '\\') {
        char escaped = at + 1 < text.length() ? text.charAt(at + 1) : ' ';
        if (escaped != '\\' && escaped != '"') {
          throw new SyntaxProblem(
              at,
              "\\" + escaped + " in a text: a backslash is written twice, as in \"C:\\\\inetpub\"");
        }
        at++;
        value.append(escaped);
      } else {
        value.append(c);
      }
    }
    if (at >= text.length()) {
      throw new SyntaxProblem(start, "this text has no closing quote");
    }
    at++;
    tokens.add(new Token(Token.Kind.TEXT, value.toString(), start));
  }
}
