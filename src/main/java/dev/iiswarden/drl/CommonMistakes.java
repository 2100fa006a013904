package dev.iiswarden.drl;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Says what to write instead of what analysts write by habit from other query languages. */
final class CommonMistakes {
  private static final Map<String, String> BY_WORD =
      Map.ofEntries(
          Map.entry("or", "or is written ||"),
          Map.entry("OR", "or is written ||"),
          Map.entry("and", "and is written &&; between the conditions of a fact, write a comma"),
          Map.entry("AND", "and is written &&; between the conditions of a fact, write a comma"),
          Map.entry("|", "or is written ||"),
          Map.entry("&", "and is written &&"),
          Map.entry(":", ": compares in EQL; here, write like( process.name, \"w3wp.exe\" )"),
          Map.entry("=", "equality is written =="),
          Map.entry("=~", "there are no regular expressions; write like( field, \"*text*\" )"),
          Map.entry("~=", "there are no regular expressions; write like( field, \"*text*\" )"),
          Map.entry("matches", "there are no regular expressions; write like( field, \"*text*\" )"),
          Map.entry("like", "like is a function: like( process.name, \"w3wp.exe\" )"),
          Map.entry("LIKE", "like is a function: like( process.name, \"w3wp.exe\" )"),
          Map.entry("like~", "like is a function: like( process.name, \"w3wp.exe\" )"),
          Map.entry("wildcard", "write like( process.name, \"w3wp*\" )"),
          Map.entry("startsWith", "write like( field, \"text*\" )"),
          Map.entry("endsWith", "write like( field, \"*text\" )"),
          Map.entry("str", "write like( field, \"text*\" ) or like( field, \"*text\" )"),
          Map.entry("soundslike", "write like( field, \"*text*\" )"),
          Map.entry(":=", "a binding is written with a colon: $path : file.path"),
          Map.entry("!.", "a missing field is null, so write a dot alone"),
          Map.entry("#", "write the field alone: a cast is not needed"),
          Map.entry("'", "a text is in double quotes"),
          Map.entry("\u201c", "a quote must be straight: \""),
          Map.entry("\u201d", "a quote must be straight: \""),
          Map.entry("\u201e", "a quote must be straight: \""),
          Map.entry("\u2018", "a quote must be straight: \""),
          Map.entry("\u2019", "a quote must be straight: \""),
          Map.entry("`", "a quote must be straight: \""));

  private static final String NOT =
      "not is written as part of the function, as in notLike( process.name, \"w3wp.exe\" ),"
          + " or as ! before a condition";

  private CommonMistakes() {}

  /** Returns what is wrong with a token that cannot follow another. */
  static String unexpected(@Nullable Token before, Token token) {
    if (token.is("not") || (before != null && before.is("not"))) {
      return NOT;
    }
    if (token.is("insert")) {
      return "then is missing before insert";
    }
    if (token.is("rule")) {
      return "end is missing before rule";
    }
    String instead = instead(token.text());
    if (instead != null && token.kind() != Token.Kind.TEXT) {
      return instead;
    }
    boolean beginsCondition =
        token.kind() == Token.Kind.NAME || token.kind() == Token.Kind.TEXT || token.is("!");
    if (before != null && beginsCondition && endsOperand(before)) {
      return "a comma is missing before " + token.shown();
    }
    if (token.kind() == Token.Kind.END) {
      return "something is missing after " + (before == null ? "the beginning" : before.shown());
    }
    return token.shown() + " is not expected here";
  }

  /** Returns what to write instead of a word or a sign; null if it is not a known mistake. */
  static @Nullable String instead(String word) {
    return BY_WORD.get(word);
  }

  private static boolean endsOperand(Token token) {
    return token.is(")")
        || token.kind() == Token.Kind.TEXT
        || token.kind() == Token.Kind.NUMBER
        || token.kind() == Token.Kind.NAME;
  }

  /** Returns what is wrong if a sign is expected and another token follows. */
  static String missing(String sign, @Nullable Token before, Token token) {
    if (sign.equals(")") && (token.kind() == Token.Kind.END || token.is(";"))) {
      return "a closing parenthesis is missing";
    }
    if (sign.equals(";") || sign.equals("(")) {
      return sign + " is missing before " + token.shown();
    }
    return unexpected(before, token);
  }

  /** Returns what a consequence may be. */
  static String consequence(Token token) {
    return token.shown()
        + " is not expected here: a consequence may only insert a Detection, a PendingSequence or a"
        + " ModuleRegistration, as in insert( new Detection( $event ) );";
  }
}
