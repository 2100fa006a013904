package dev.iiswarden.alert;

import org.jspecify.annotations.Nullable;

/**
 * The reason why an alert was suppressed. The detector makes it; see {@link Alert#suppression()}.
 * Immutable and safe for use by several threads.
 *
 * @param by the filter that suppressed the alert
 * @param entry the id of the allowlist entry; null if another filter suppressed the alert
 * @param reason the reason in words
 */
public record Suppression(By by, @Nullable String entry, String reason) {

  /** The filters that suppress alerts. */
  public enum By {
    /** An {@link Allowlist} entry allows the alert. */
    ALLOWLIST,
    /** The alert repeats a recent one: {@link dev.iiswarden.DetectorBuilder#suppressRepeats}. */
    REPEAT,
    /**
     * The rule has raised too many alerts within the hour: {@link
     * dev.iiswarden.DetectorBuilder#mostAlertsPerHour}.
     */
    QUOTA,
    /**
     * It is no alert but a report: the rule did too much to this record, so it has no say on it.
     * The reports of a rule are few, because most of its records are only counted: see {@link
     * dev.iiswarden.Counters#overBudget()}.
     */
    BUDGET
  }
}
