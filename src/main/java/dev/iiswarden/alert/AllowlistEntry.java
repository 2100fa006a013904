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
 * What an {@link Allowlist} has of one kind of alert that needs no attention. Immutable.
 *
 * @param id names the entry in counts and logs
 * @param conditions all of which an alert must meet: what it may be, by the name of the field
 * @param reason why
 * @param owner who answers for it
 * @param expires the last day on which it holds, in UTC
 */
public record AllowlistEntry(
    String id,
    Map<AllowlistField, List<String>> conditions,
    String reason,
    String owner,
    LocalDate expires) {

  /** An entry; the conditions are copied. */
  public AllowlistEntry {
    conditions = Map.copyOf(conditions);
  }

  /** Whether the entry no longer holds at this time. */
  boolean isExpiredAt(java.time.Instant now) {
    return now.atZone(ZoneOffset.UTC).toLocalDate().isAfter(expires);
  }

  /** Whether the alert meets all conditions. */
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
      case PARENT -> all(subject.parents(), path -> WindowsPaths.pathLike(path, values));
    };
  }

  private static boolean signed(List<CodeSignatureFields> signatures, String... signers) {
    return !signatures.isEmpty()
        && signatures.stream().allMatch(signature -> CodeSignatures.signedBy(signature, signers));
  }

  /** Of the algorithms that the entry speaks of, of which hashes differ in length. */
  private static List<String> ofSameLength(List<String> hashes, String... values) {
    return hashes.stream()
        .filter(hash -> List.of(values).stream().anyMatch(value -> value.length() == hash.length()))
        .map(hash -> hash.toLowerCase(Locale.ROOT))
        .toList();
  }

  /** Whether there is something, and all of it is as it should: what is not known is not. */
  private static boolean all(
      List<? extends @Nullable String> values, Predicate<@Nullable String> condition) {
    return !values.isEmpty() && values.stream().allMatch(condition);
  }
}
