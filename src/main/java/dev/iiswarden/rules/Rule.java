package dev.iiswarden.rules;

import dev.iiswarden.drl.Metadata;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a rule says of itself in the annotations of its DRL. Made when rules are loaded; the
 * {@linkplain #builder(String) builder} is for tests of what reads alerts. Immutable and safe for
 * use by several threads.
 */
public final class Rule {
  /** What {@link #stages()} may contain, in the order in which an intrusion goes through it. */
  public static final List<String> STAGES = Metadata.STAGES;

  /** What {@link #suppressBy()} contains for the folder of a web site. */
  public static final String SITE = Metadata.SITE;

  private final String id;
  private final String name;
  private final String description;
  private final String severity;
  private final String confidence;
  private final String tactic;
  private final String technique;
  private final List<String> references;
  private final List<String> falsePositives;
  private final int riskScore;
  private final List<String> sources;
  private final List<String> blindSpots;
  private final String guide;
  private final String author;
  private final String version;
  private final String ruleset;
  private final List<String> stages;
  private final List<String> suppressBy;
  private final Duration suppressFor;

  private Rule(Builder builder) {
    id = builder.id;
    name = builder.name;
    description = builder.description;
    severity = builder.severity;
    confidence = builder.confidence;
    tactic = builder.tactic;
    technique = builder.technique;
    references = builder.references;
    falsePositives = builder.falsePositives;
    riskScore = builder.riskScore();
    sources = builder.sources;
    blindSpots = builder.blindSpots;
    guide = builder.guide;
    author = builder.author;
    version = builder.version;
    ruleset = builder.ruleset;
    stages = builder.stages;
    suppressBy = builder.suppressBy;
    suppressFor = builder.suppressFor;
  }

  /**
   * A builder of a rule of medium severity and confidence without further metadata.
   *
   * @param id the rule's id, which is also its name until another one is set
   */
  public static Builder builder(String id) {
    return new Builder(id);
  }

  /** A builder that begins with everything this rule says. */
  public Builder toBuilder() {
    return new Builder(this);
  }

  /** {@code @id}: names the rule for good, in lower-case words with hyphens. */
  public String id() {
    return id;
  }

  /** The name after {@code rule}. */
  public String name() {
    return name;
  }

  /** {@code @description}: what the rule detects and why it matters. */
  public String description() {
    return description;
  }

  /** {@code @severity}: {@code low}, {@code medium}, {@code high} or {@code critical}. */
  public String severity() {
    return severity;
  }

  /** {@code @confidence}: how sure a match is, {@code low}, {@code medium} or {@code high}. */
  public String confidence() {
    return confidence;
  }

  /** {@code @tactic}: the ATT&amp;CK tactic, id then name; empty if there is none. */
  public String tactic() {
    return tactic;
  }

  /** {@code @technique}: the ATT&amp;CK technique, id then name; empty if there is none. */
  public String technique() {
    return technique;
  }

  /** {@code @references}: where to read on. */
  public List<String> references() {
    return references;
  }

  /** {@code @falsePositives}: what else looks like this. */
  public List<String> falsePositives() {
    return falsePositives;
  }

  /**
   * {@code @riskScore}, from 0 to 100. Without it, 21 for low, 47 for medium, 73 for high and 99
   * for critical, as in Elastic's own rules.
   */
  public int riskScore() {
    return riskScore;
  }

  /** {@code @sources}: the events the rule needs, and where they come from. */
  public List<String> sources() {
    return sources;
  }

  /** {@code @blindSpots}: what the rule does not see. */
  public List<String> blindSpots() {
    return blindSpots;
  }

  /** {@code @guide}: where to read what to do about an alert; empty if there is none. */
  public String guide() {
    return guide;
  }

  /** {@code @author}; empty if there is none. */
  public String author() {
    return author;
  }

  /** {@code @version}; empty if there is none. */
  public String version() {
    return version;
  }

  /**
   * {@code @ruleset}: the set it belongs to, such as {@code base-query}; empty if there is none.
   */
  public String ruleset() {
    return ruleset;
  }

  /**
   * {@code @stages}: what a match shows of an intrusion: {@code dropped} (a component was put on
   * the host), {@code registered} (IIS was told to load it), {@code loaded}, {@code used} (it did
   * something). Empty if there is none.
   */
  public List<String> stages() {
    return stages;
  }

  /**
   * {@code @suppressBy}: the fields of the evidence by which alerts of this rule are repeats of
   * each other: ECS names, or {@code site} for the folder of the web site that the file or DLL is
   * in. Empty if the rule suppresses no repeats.
   */
  public List<String> suppressBy() {
    return suppressBy;
  }

  /**
   * {@code @suppressFor}: how long after an alert its repeats are suppressed, in event time; a day
   * if the rule does not say. Meaningless if {@link #suppressBy()} is empty.
   */
  public Duration suppressFor() {
    return suppressFor;
  }

  private List<Object> values() {
    return List.of(
        id,
        name,
        description,
        severity,
        confidence,
        tactic,
        technique,
        references,
        falsePositives,
        riskScore,
        sources,
        blindSpots,
        guide,
        author,
        version,
        ruleset,
        stages,
        suppressBy,
        suppressFor);
  }

  /** Whether the other rule says exactly the same of itself. */
  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Rule rule && values().equals(rule.values());
  }

  @Override
  public int hashCode() {
    return values().hashCode();
  }

  /** The rule's id, for logs. */
  @Override
  public String toString() {
    return "Rule " + id;
  }

  /** Builds a rule. Not safe for use by several threads. */
  public static final class Builder {
    private String id;
    private String name;
    private String description = "";
    private String severity = "medium";
    private String confidence = "medium";
    private String tactic = "";
    private String technique = "";
    private List<String> references = List.of();
    private List<String> falsePositives = List.of();
    private @Nullable Integer riskScore;
    private List<String> sources = List.of();
    private List<String> blindSpots = List.of();
    private String guide = "";
    private String author = "";
    private String version = "";
    private String ruleset = "";
    private List<String> stages = List.of();
    private List<String> suppressBy = List.of();
    private Duration suppressFor = Metadata.USUAL_SUPPRESSION;

    private Builder(String id) {
      this.id = id;
      name = id;
    }

    private Builder(Rule rule) {
      id = rule.id;
      name = rule.name;
      description = rule.description;
      severity = rule.severity;
      confidence = rule.confidence;
      tactic = rule.tactic;
      technique = rule.technique;
      references = rule.references;
      falsePositives = rule.falsePositives;
      riskScore = rule.riskScore;
      sources = rule.sources;
      blindSpots = rule.blindSpots;
      guide = rule.guide;
      author = rule.author;
      version = rule.version;
      ruleset = rule.ruleset;
      stages = rule.stages;
      suppressBy = rule.suppressBy;
      suppressFor = rule.suppressFor;
    }

    /** {@link Rule#id()}. */
    public Builder id(String text) {
      id = text;
      return this;
    }

    /** {@link Rule#name()}. */
    public Builder name(String text) {
      name = text;
      return this;
    }

    /** {@link Rule#description()}. */
    public Builder description(String text) {
      description = text;
      return this;
    }

    /** {@link Rule#severity()}. */
    public Builder severity(String text) {
      severity = text;
      return this;
    }

    /** {@link Rule#confidence()}. */
    public Builder confidence(String text) {
      confidence = text;
      return this;
    }

    /** {@link Rule#tactic()}. */
    public Builder tactic(String text) {
      tactic = text;
      return this;
    }

    /** {@link Rule#technique()}. */
    public Builder technique(String text) {
      technique = text;
      return this;
    }

    /** {@link Rule#references()}. */
    public Builder references(List<String> texts) {
      references = List.copyOf(texts);
      return this;
    }

    /** {@link Rule#falsePositives()}. */
    public Builder falsePositives(List<String> texts) {
      falsePositives = List.copyOf(texts);
      return this;
    }

    /**
     * {@link Rule#riskScore()}.
     *
     * @throws IllegalArgumentException if it is not between 0 and 100
     */
    public Builder riskScore(int score) {
      if (score < 0 || score > 100) {
        throw new IllegalArgumentException("risk score " + score + " is not between 0 and 100");
      }
      riskScore = score;
      return this;
    }

    /** {@link Rule#sources()}. */
    public Builder sources(List<String> texts) {
      sources = List.copyOf(texts);
      return this;
    }

    /** {@link Rule#blindSpots()}. */
    public Builder blindSpots(List<String> texts) {
      blindSpots = List.copyOf(texts);
      return this;
    }

    /** {@link Rule#guide()}. */
    public Builder guide(String text) {
      guide = text;
      return this;
    }

    /** {@link Rule#author()}. */
    public Builder author(String text) {
      author = text;
      return this;
    }

    /** {@link Rule#version()}. */
    public Builder version(String text) {
      version = text;
      return this;
    }

    /** {@link Rule#ruleset()}. */
    public Builder ruleset(String text) {
      ruleset = text;
      return this;
    }

    /**
     * {@link Rule#stages()}.
     *
     * @throws IllegalArgumentException if one of them is no stage
     */
    public Builder stages(List<String> texts) {
      if (!Metadata.STAGES.containsAll(texts)) {
        throw new IllegalArgumentException("stages are " + Metadata.STAGES + ", not " + texts);
      }
      stages = List.copyOf(texts);
      return this;
    }

    /**
     * {@link Rule#suppressBy()}.
     *
     * @throws IllegalArgumentException if one of them is neither a field of events nor {@code site}
     */
    public Builder suppressBy(List<String> texts) {
      if (!texts.stream().allMatch(Metadata::isSuppressionField)) {
        throw new IllegalArgumentException(
            "suppressBy takes fields of events, or site, not " + texts);
      }
      suppressBy = List.copyOf(texts);
      return this;
    }

    /**
     * {@link Rule#suppressFor()}.
     *
     * @throws IllegalArgumentException if it is not between a second and 7 days
     */
    public Builder suppressFor(Duration span) {
      if (!Metadata.isSuppressionSpan(span)) {
        throw new IllegalArgumentException(span + " is not between a second and 7 days");
      }
      suppressFor = span;
      return this;
    }

    private int riskScore() {
      if (riskScore != null) {
        return riskScore;
      }
      return switch (severity) {
        case "critical" -> 99;
        case "high" -> 73;
        case "low" -> 21;
        default -> 47;
      };
    }

    /** The rule. */
    public Rule build() {
      return new Rule(this);
    }
  }
}
