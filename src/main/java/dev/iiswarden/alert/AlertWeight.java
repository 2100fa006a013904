package dev.iiswarden.alert;

import dev.iiswarden.event.CodeSignatureFields;
import dev.iiswarden.event.CodeSignatures;
import dev.iiswarden.event.Event;
import org.jspecify.annotations.Nullable;

/**
 * How much an alert counts in its incident. It is the severity of its rule, or less if the DLLs
 * were only loaded and are validly signed.
 */
enum AlertWeight {
  LOW(21),
  MEDIUM(47),
  HIGH(73);

  /**
   * The names in Microsoft's own certificates; those of .NET and of the libraries of others that
   * Microsoft signs are among them.
   */
  private static final String[] MICROSOFT = {
    "Microsoft Windows",
    "Microsoft Windows Publisher",
    "Microsoft Corporation",
    "Microsoft Dynamic Code Publisher",
    "Microsoft 3rd Party Application Component",
    ".NET"
  };

  private final int usualScore;

  AlertWeight(int usualScore) {
    this.usualScore = usualScore;
  }

  static AlertWeight of(Alert alert) {
    AlertWeight own = ofSeverity(alert);
    AlertWeight most = HIGH;
    if (isOnlySigned(alert)) {
      most = isOnlySigned(alert, MICROSOFT) ? LOW : MEDIUM;
    }
    return own.compareTo(most) <= 0 ? own : most;
  }

  private static AlertWeight ofSeverity(Alert alert) {
    return switch (alert.rule().severity()) {
      case "critical", "high" -> HIGH;
      case "low" -> LOW;
      default -> MEDIUM;
    };
  }

  /** The risk score of an alert of this weight. */
  int score(Alert alert) {
    int own = alert.rule().riskScore();
    return this == ofSeverity(alert) ? own : Math.min(own, usualScore);
  }

  /** Whether the alert is about DLLs that were loaded, and not also dropped or registered. */
  private static boolean isOnlySigned(Alert alert, String... signers) {
    boolean isAboutDlls = false;
    for (Event event : alert.evidence()) {
      if (!event.kind().dlls(event).isEmpty()) {
        if (!isSigned(event, signers)) {
          return false;
        }
        isAboutDlls = true;
      }
    }
    return isAboutDlls;
  }

  private static boolean isSigned(Event event, String... signers) {
    @Nullable CodeSignatureFields signature = event.kind().signature(event);
    return event.kind().isEffect()
        && signature != null
        && !Boolean.FALSE.equals(signature.getExists())
        && Boolean.TRUE.equals(signature.getValid())
        && (signers.length == 0 || CodeSignatures.signedBy(signature, signers));
  }
}
