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
 * @param riskScore {@code @riskScore}, from 0 to 100; by default 21 for low, 47 for medium, 73 for
 *     high and 99 for critical, as Elastic's own rules have it
 * @param sources {@code @sources}: the events it needs, and where they come from
 * @param blindSpots {@code @blindSpots}: what it does not see
 * @param guide {@code @guide}: where to read what to do about an alert; empty if there is none
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
    int riskScore,
    List<String> sources,
    List<String> blindSpots,
    String guide,
    String author,
    String version) {

  /** A rule; lists are copied. */
  public Rule {
    references = List.copyOf(references);
    falsePositives = List.copyOf(falsePositives);
    sources = List.copyOf(sources);
    blindSpots = List.copyOf(blindSpots);
  }
}
