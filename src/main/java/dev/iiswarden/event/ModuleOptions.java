package dev.iiswarden.event;

import java.util.Locale;
import java.util.Set;

/**
 * Finds the options and attributes that name a module's file or type in a command line or a script:
 * {@code /image:D:\m.mod}, {@code -Image 'D:\m.dat'}, {@code [name='x',path='C:\a b\y.dll']},
 * {@code $e['image']='D:\m.dll'}, {@code /type:"Seo.Module, Seo"}.
 */
final class ModuleOptions {
  private static final String SIGNS = "-/\u2013\u2014\u2015";
  private static final String CLOSING = "'\"]\\";
  private static final String ENDS = "\"'`,;[]{}()<>|&\t\r\n ";

  /** MAX_PATH of Windows. */
  private static final int USUAL_PATH = 260;

  /** Files that attributes of these names may also name, and that no module is loaded from. */
  private static final Set<String> OTHER_FILES =
      Set.of(
          "exe", "com", "bat", "cmd", "ps1", "psm1", "vbs", "config", "xml", "json", "txt", "log",
          "html", "htm", "asp", "aspx", "ashx", "asmx", "php", "js", "css", "png", "jpg", "jpeg",
          "gif", "bmp", "ico", "svg", "zip", "wim", "iso", "vhd", "vhdx");

  private final String text;
  private final Set<String> names;
  private final int most;

  /** How many characters of values are still read in full, so that all time is linear. */
  private int budget;

  private ModuleOptions(String text, Set<String> names, int most) {
    this.text = text;
    this.names = names;
    this.most = most;
    budget = DllNames.LONGEST + 4 * text.length();
  }

  static void addTo(Set<String> names, String text, int most) {
    new ModuleOptions(text, names, most).search();
  }

  private void search() {
    for (int at = 0; at + 4 < text.length() && names.size() < most; at++) {
      int word =
          switch (text.charAt(at)) {
            case 'i', 'I' -> isWord(at, "image") ? 5 : 0;
            case 'p', 'P' -> isWord(at, "path") ? 4 : 0;
            case 't', 'T' -> isWord(at, "type") ? 4 : 0;
            default -> 0;
          };
      if (word > 0) {
        read(at, at + word);
      }
    }
  }

  private boolean isWord(int at, String word) {
    return text.regionMatches(true, at, word, 0, word.length())
        && (at == 0 || !isLetter(text.charAt(at - 1)));
  }

  private static boolean isLetter(char c) {
    return Character.isLetterOrDigit(c) || c == '_' || c == '$';
  }

  private void read(int start, int end) {
    int at = end;
    while (at < text.length() && at - end < 4 && CLOSING.indexOf(text.charAt(at)) >= 0) {
      at++;
    }
    boolean isQuoted = at > end;
    boolean isOption = start > 0 && SIGNS.indexOf(text.charAt(start - 1)) >= 0;
    int separator = blanks(at);
    char c = separator < text.length() ? text.charAt(separator) : 0;
    boolean isAttribute = c == '=' || (c == ',' && isQuoted);
    if (isAttribute || (c == ':' && separator == end)) {
      at = blanks(separator + 1);
    } else if (isOption && separator > end) {
      at = separator;
    } else {
      return;
    }
    boolean inQuotes = isOption && start > 1 && text.charAt(start - 2) == '"';
    add(text.charAt(start) | 0x20, isAttribute, value(at, inQuotes));
  }

  private int blanks(int from) {
    int at = from;
    while (at < text.length() && at - from < 16 && " \t\r\n".indexOf(text.charAt(at)) >= 0) {
      at++;
    }
    return at;
  }

  private String value(int from, boolean inQuotes) {
    int start = text.startsWith("\\\"", from) ? from + 1 : from;
    char first = start < text.length() ? text.charAt(start) : 0;
    String ends = inQuotes ? "\"" : ENDS;
    if (first == '"' || first == '\'') {
      ends = String.valueOf(first);
      start++;
    }
    int limit = Math.min(text.length(), start + (budget > 0 ? DllNames.LONGEST : USUAL_PATH));
    int end = start;
    while (end < limit && ends.indexOf(text.charAt(end)) < 0) {
      end++;
    }
    budget -= end - start;
    String value = text.substring(start, end).strip();
    return value.endsWith("\\") ? value.substring(0, value.length() - 1) : value;
  }

  private void add(int word, boolean isAttribute, String value) {
    String dll =
        switch (word) {
          case 't' -> DotNetTypes.dll(value);
          case 'p' -> isAttribute && isFile(value) ? value : "";
          default -> isFile(value) ? value : "";
        };
    if (!dll.isEmpty()) {
      names.add(DllNames.withVariable(dll));
    }
  }

  /** Returns whether this is the path of a file that may be a DLL under any extension. */
  static boolean isFile(String value) {
    int name = Math.max(value.lastIndexOf('\\'), value.lastIndexOf('/')) + 1;
    int dot = value.lastIndexOf('.');
    if (dot < name || value.indexOf('*') >= 0 || dot == value.length() - 1) {
      return false;
    }
    String extension = value.substring(dot + 1).toLowerCase(Locale.ROOT);
    return extension.equals("dll")
        || (DllNames.isPathStart(value, 0) && !OTHER_FILES.contains(extension));
  }
}
