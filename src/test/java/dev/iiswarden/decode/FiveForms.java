package dev.iiswarden.decode;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Decodes one document in each of the five forms that a decoder accepts. */
final class FiveForms {
  private static final ObjectMapper JSON = new ObjectMapper();

  private FiveForms() {}

  /** Returns the result for each form as text that distinguishes all kinds, fields and errors. */
  static Map<String, String> of(EventDecoder decoder, String json) {
    byte[] utf8 = json.getBytes(StandardCharsets.UTF_8);
    byte[] around = ("\"[,}" + json + "{]\"").getBytes(StandardCharsets.UTF_8);
    JsonNode node = parsed(json);
    Map<String, Object> map = JSON.convertValue(node, new TypeReference<>() {});
    Map<String, String> outcomes = new LinkedHashMap<>();
    outcomes.put("bytes", outcome(decoder.decode(utf8)));
    outcomes.put("slice", outcome(decoder.decode(around, 4, utf8.length, 0)));
    outcomes.put("text", outcome(decoder.decode(json)));
    outcomes.put("node", outcome(decoder.decode(node)));
    outcomes.put("map", outcome(decoder.decode(map)));
    return outcomes;
  }

  /** Returns the same result for all five forms. */
  static Map<String, String> all(String outcome) {
    Map<String, String> outcomes = new LinkedHashMap<>();
    for (String form : List.of("bytes", "slice", "text", "node", "map")) {
      outcomes.put(form, outcome);
    }
    return outcomes;
  }

  static String outcome(Decoded decoded) {
    return decoded.events() + decoded.malformed().map(Object::toString).orElse("");
  }

  private static JsonNode parsed(String json) {
    try {
      return JSON.readTree(json);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("no JSON: " + json, e);
    }
  }
}
