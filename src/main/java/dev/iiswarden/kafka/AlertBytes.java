package dev.iiswarden.kafka;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.iiswarden.alert.Alert;
import dev.iiswarden.alert.AlertFormat;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Writes alerts as JSON that fits into a record. The texts of an alert that does not fit are cut to
 * the greatest length at which it does: the longest ones, then.
 */
final class AlertBytes {
  /** Where an alert says that it was shortened, in ECS and in OCSF. */
  private static final Map<AlertFormat, String> LABELS =
      Map.of(AlertFormat.ECS, "labels", AlertFormat.OCSF, "unmapped");

  private static final String SHORTENED = "shortened";
  private static final int LONGEST = 1 << 18;
  private static final int SHORTEST = 1 << 6;
  private static final ObjectMapper JSON = new ObjectMapper();

  private AlertBytes() {}

  /** Returns an alert as JSON in UTF-8. */
  static byte[] of(Alert alert, AlertFormat format) {
    byte[] whole = format.toJson(alert).getBytes(StandardCharsets.UTF_8);
    int most = RecordSize.MOST_BYTES;
    if (whole.length <= most) {
      return whole;
    }
    Map<String, Object> document = format.toMap(alert);
    byte[] cut = whole;
    for (int length = LONGEST; length >= SHORTEST && cut.length > most; length /= 2) {
      cut =
          bytes(labelled(shortened(document, length), String.valueOf(LABELS.get(format)), length));
    }
    return cut;
  }

  private static Map<String, @Nullable Object> shortened(Map<?, ?> document, int length) {
    Map<String, @Nullable Object> cut = new LinkedHashMap<>();
    document.forEach((name, value) -> cut.put(String.valueOf(name), shortened(value, length)));
    return cut;
  }

  private static @Nullable Object shortened(@Nullable Object value, int length) {
    if (value instanceof Map<?, ?> map) {
      return shortened(map, length);
    }
    if (value instanceof List<?> list) {
      return list.stream().limit(length).map(each -> shortened(each, length)).toList();
    }
    return value instanceof String text && text.length() > length ? start(text, length) : value;
  }

  /** Does not cut a character of two parts in half. */
  private static String start(String text, int length) {
    int end = Character.isHighSurrogate(text.charAt(length - 1)) ? length - 1 : length;
    return text.substring(0, end);
  }

  private static Map<String, @Nullable Object> labelled(
      Map<String, @Nullable Object> document, String where, int length) {
    Map<String, @Nullable Object> labels = new LinkedHashMap<>();
    if (document.get(where) instanceof Map<?, ?> others) {
      others.forEach((name, value) -> labels.put(String.valueOf(name), value));
    }
    labels.put(SHORTENED, "texts to " + length + " characters, lists to " + length + " values");
    document.put(where, labels);
    return document;
  }

  private static byte[] bytes(Map<String, @Nullable Object> document) {
    try {
      return JSON.writeValueAsBytes(document);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("cannot write an alert as JSON", e);
    }
  }
}
