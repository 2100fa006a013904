package dev.iiswarden.alert;

import org.jspecify.annotations.Nullable;

/**
 * Why an alert went to the sink of suppressed alerts.
 *
 * @param by what held it back
 * @param entry the id of the allowlist's entry, if it was that
 * @param reason in words
 */
public record Suppression(By by, @Nullable String entry, String reason) {

  /** What holds alerts back. */
  public enum By {
    /** An entry of the {@link Allowlist}. */
    ALLOWLIST,
    /** The same was said a short while ago: {@link DetectorBuilder#suppressRepeats}. */
    REPEAT,
    /** Its rule has said too much within the hour: {@link DetectorBuilder#mostAlertsPerHour}. */
    QUOTA
  }
}
