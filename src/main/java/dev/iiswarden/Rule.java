package dev.iiswarden;

import java.util.List;

/**
 * What a rule says of itself, from the annotations in its DRL.
 *
 * @param id {@code @id}: names the rule for good, in lower-case words with hyphens
 * @param name the name after {@code rule}
 * @param description {@code @description}: what the rule sees and why it matters
 * @param severity {@code @severity}: {@code low}, {@code medium}, {@code high} or {@code critical}
 * @param confidence {@code @confidence}: how sure a match is, {@code low}, {@code medium} or {@code
 *     high}
 * @param tactic {@code @tactic}: the ATT&amp;CK tactic, id then name
 * @param technique {@code @technique}: the ATT&amp;CK technique, id then name
 * @param references {@code @references}: where to read on
 * @param falsePositives {@code @falsePositives}: what else looks like this
 * @param author {@code @author}
 * @param version {@code @version}
 */
public record Rule(
    String id,
    String name,
    String description,
    String severity,
    String confidence,
    String tactic,
    String technique,
    List<String> references,
    List<String> falsePositives,
    String author,
    String version) {

  /** A rule; lists are copied. */
  public Rule {
    references = List.copyOf(references);
    falsePositives = List.copyOf(falsePositives);
  }
}
