package dev.iiswarden.alert;

import dev.iiswarden.rules.Rule;
import org.jspecify.annotations.Nullable;

/**
 * The tactic and technique of MITRE ATT&amp;CK that a rule names, split into ids and names: {@code
 * TA0003 Persistence} and {@code T1505.004 Server Software Component: IIS Components}.
 */
record Attack(
    String tacticId,
    String tacticName,
    String techniqueId,
    String techniqueName,
    @Nullable String subtechniqueId,
    String subtechniqueName) {

  static Attack of(Rule rule) {
    String id = before(rule.technique(), " ");
    String name = after(rule.technique(), " ");
    boolean isSub = id.contains(".");
    return new Attack(
        before(rule.tactic(), " "),
        after(rule.tactic(), " "),
        before(id, "."),
        isSub ? before(name, ": ") : name,
        isSub ? id : null,
        isSub ? after(name, ": ") : "");
  }

  /** The address of ATT&amp;CK's page on a technique or subtechnique. */
  static String technique(String id) {
    return "https://attack.mitre.org/techniques/" + id.replace('.', '/') + "/";
  }

  /** The address of ATT&amp;CK's page on a tactic. */
  static String tactic(String id) {
    return "https://attack.mitre.org/tactics/" + id + "/";
  }

  private static String before(String text, String separator) {
    int at = text.indexOf(separator);
    return at < 0 ? text : text.substring(0, at);
  }

  private static String after(String text, String separator) {
    int at = text.indexOf(separator);
    return at < 0 ? "" : text.substring(at + separator.length());
  }
}
