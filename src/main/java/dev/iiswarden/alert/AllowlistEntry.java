package dev.iiswarden.alert;

import dev.iiswarden.event.CodeSignatureFields;
import dev.iiswarden.event.CodeSignatures;
import dev.iiswarden.event.Eql;
import dev.iiswarden.event.WindowsPaths;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * One entry of an {@link Allowlist}: a kind of alert that needs no attention. Made by reading an
 * allowlist. Immutable and safe for use by several threads.
 *
 * @param id the entry's name in counts and logs
 * @param conditions the allowed values by field; an alert must meet every condition
 * @param reason why such alerts need no attention
 * @param owner who is responsible for the entry
 * @param expires the last day on which the entry is valid, in UTC
 */
public record AllowlistEntry(
    String id,
    Map<AllowlistField, List<String>> conditions,
    String reason,
    String owner,
    LocalDate expires) {

  /** Creates an entry and copies the conditions. */
  public AllowlistEntry {
    conditions = Map.copyOf(conditions);
  }

  /** Returns whether the entry has expired at this time. */
  boolean isExpiredAt(java.time.Instant now) {
    return now.atZone(ZoneOffset.UTC).toLocalDate().isAfter(expires);
  }

  /** Returns whether the alert meets all conditions. */
  boolean allows(Alert alert) {
    AlertSubject subject = AlertSubject.of(alert);
    return conditions.entrySet().stream()
        .allMatch(
            condition ->
                meets(
                    condition.getKey(),
                    condition.getValue().toArray(String[]::new),
                    alert,
                    subject));
  }

  private static boolean meets(
      AllowlistField field, String[] values, Alert alert, AlertSubject subject) {
    return switch (field) {
      case RULE -> Eql.like(alert.rule().id(), values);
      case HOST -> Eql.like(alert.host(), values);
      case DLL_PATH -> all(subject.dlls(), path -> WindowsPaths.pathLike(path, values));
      case FILE_PATH -> all(subject.files(), path -> WindowsPaths.pathLike(path, values));
      case HASH -> all(ofSameLength(subject.hashes(), values), hash -> Eql.like(hash, values));
      case SIGNER -> signed(subject.signatures(), values);
      case PROCESS -> all(subject.processes(), path -> WindowsPaths.pathLike(path, values));
      case COMMAND_LINE -> all(subject.commandLines(), line -> Eql.like(line, values));
      case PARENT -> all(subject.parents(), path -> WindowsPaths.pathLike(path, values));
    };
  }

  private static boolean signed(List<CodeSignatureFields> signatures, String... signers) {
    return !signatures.isEmpty()
        && signatures.stream().allMatch(signature -> CodeSignatures.signedBy(signature, signers));
  }

  /** Keeps the hashes of the entry's algorithms, which differ in the length of their hashes. */
  private static List<String> ofSameLength(List<String> hashes, String... values) {
    return hashes.stream()
        .filter(hash -> List.of(values).stream().anyMatch(value -> value.length() == hash.length()))
        .map(hash -> hash.toLowerCase(Locale.ROOT))
        .toList();
  }

  /** Returns whether there is at least one value and all meet the condition; null never does. */
  private static boolean all(
      List<? extends @Nullable String> values, Predicate<@Nullable String> condition) {
    return !values.isEmpty() && values.stream().allMatch(condition);
  }
}
