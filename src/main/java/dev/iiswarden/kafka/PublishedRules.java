package dev.iiswarden.kafka;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.iiswarden.alert.Allowlist;
import dev.iiswarden.rules.Rules;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.ReadOnlyKeyValueStore;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Rules and allowlist from a compacted topic. Each version has a key of its own: {@code rules/} or
 * {@code allowlist/} and its number in twelve digits. The latest valid version is used. All
 * processes therefore reject an invalid version alike, including processes that start after it was
 * published.
 */
final class PublishedRules implements RuleSource {
  static final String RULES = "rules/";
  static final String ALLOWLIST = "allowlist/";
  static final String NAME = "name";
  static final String CONTENT = "content";
  static final String FILES = "files";

  private static final Logger LOG = LoggerFactory.getLogger(PublishedRules.class);
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Set<String> rejected = new HashSet<>();
  private volatile Rules rules;
  private volatile Allowlist allowlist;
  private @Nullable String rulesKey;
  private @Nullable String allowlistKey;

  /**
   * Uses the given rules and allowlist until a valid version is published.
   *
   * @param first the initial rules
   * @param firstAllowlist the initial allowlist
   */
  PublishedRules(Rules first, Allowlist firstAllowlist) {
    rules = first;
    allowlist = firstAllowlist;
  }

  /** Returns the key of a version. */
  static String key(String kind, long version) {
    return String.format(Locale.ROOT, "%s%012d", kind, version);
  }

  @Override
  public Rules current() {
    return rules;
  }

  @Override
  public Allowlist allowlist() {
    return allowlist;
  }

  /** Returns the number of rejected versions. */
  synchronized int refusedCount() {
    return rejected.size();
  }

  /** Switches to the latest valid published versions. */
  synchronized void take(ReadOnlyKeyValueStore<String, byte[]> published) {
    Map<String, byte[]> all = new TreeMap<>(Comparator.reverseOrder());
    try (KeyValueIterator<String, byte[]> each = published.all()) {
      while (each.hasNext()) {
        KeyValue<String, byte[]> one = each.next();
        all.put(one.key, one.value);
      }
    }
    rulesKey = takeLatest(all, RULES, rulesKey);
    allowlistKey = takeLatest(all, ALLOWLIST, allowlistKey);
  }

  private @Nullable String takeLatest(
      Map<String, byte[]> latestFirst, String kind, @Nullable String inUse) {
    for (Map.Entry<String, byte[]> one : latestFirst.entrySet()) {
      String key = one.getKey();
      if (!key.startsWith(kind) || rejected.contains(key)) {
        continue;
      }
      if (key.equals(inUse) || isValid(key, one.getValue())) {
        return key;
      }
      rejected.add(key);
    }
    return inUse;
  }

  private boolean isValid(String key, byte[] value) {
    try {
      JsonNode json = JSON.readTree(value);
      if (key.startsWith(RULES)) {
        Map<String, String> files = new HashMap<>();
        json.required(FILES)
            .properties()
            .forEach(file -> files.put(file.getKey(), file.getValue().asText()));
        rules = Rules.fromFiles(files);
      } else {
        allowlist =
            Allowlist.parse(
                json.required(NAME).asText(),
                json.required(CONTENT).asText().getBytes(StandardCharsets.UTF_8));
      }
      LOG.info("now using {}", key);
      return true;
    } catch (OutOfMemoryError e) {
      throw e;
    } catch (Throwable e) {
      // All processes read the same topic: what stopped one would stop all, and again at each
      // start.
      LOG.error("{} is invalid and is rejected; the previous version stays in use", key, e);
      return false;
    }
  }

  /** Returns the published form of a rule set. */
  static byte[] toBytes(Map<String, String> ruleFiles) {
    ObjectNode json = JSON.createObjectNode();
    ObjectNode files = json.putObject(FILES);
    new TreeMap<>(ruleFiles).forEach(files::put);
    return bytes(json);
  }

  /** Returns the published form of an allowlist. */
  static byte[] toBytes(String name, String content) {
    return bytes(JSON.createObjectNode().put(NAME, name).put(CONTENT, content));
  }

  private static byte[] bytes(ObjectNode json) {
    try {
      return JSON.writeValueAsBytes(json);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("cannot write text as JSON", e);
    }
  }

  /** Returns the keys of a kind without the latest few. */
  static List<String> outdated(Iterable<String> keys, String kind, int kept) {
    List<String> ofKind = new ArrayList<>();
    keys.forEach(
        key -> {
          if (key.startsWith(kind)) {
            ofKind.add(key);
          }
        });
    ofKind.sort(null);
    return List.copyOf(ofKind.subList(0, Math.max(0, ofKind.size() - kept)));
  }
}
