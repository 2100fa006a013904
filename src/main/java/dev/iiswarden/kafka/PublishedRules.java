package dev.iiswarden.kafka;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.iiswarden.alert.Allowlist;
import dev.iiswarden.rules.Rules;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.ReadOnlyKeyValueStore;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Rules and allowlist from a compacted topic. Each version has a key of its own: {@code rules/} or
 * {@code allowlist/} and its number in twelve digits. Records with other keys are ignored. The
 * latest valid version is used. All processes therefore reject an invalid version alike, including
 * processes that start after it was published.
 */
final class PublishedRules implements RuleSource {
  static final String RULES = "rules/";
  static final String ALLOWLIST = "allowlist/";
  static final String NAME = "name";
  static final String CONTENT = "content";
  static final String FILES = "files";

  /** The highest number of a version. */
  static final long LAST = 999_999_999_999L;

  /** Far more than any rule set has: those that come with iiswarden have a few hundred kB. */
  static final int MOST_BYTES = 8 * 1024 * 1024;

  private static final Pattern KEY = Pattern.compile("(rules|allowlist)/[0-9]{12}");
  private static final int MOST_IGNORED_KEYS = 100;
  private static final int MOST_SHOWN = 100;
  private static final Logger LOG = LoggerFactory.getLogger(PublishedRules.class);
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Set<Version> rejected = new HashSet<>();
  private final Set<String> ignored = new HashSet<>();
  private volatile Rules rules;
  private volatile Allowlist allowlist;
  private @Nullable Version rulesInUse;
  private @Nullable Version allowlistInUse;

  /**
   * What was published under a key. The same key may be written again, though not by a publisher.
   */
  private record Version(String key, int hash) {}

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

  /** Whether a key is that of a version. */
  static boolean isVersion(@Nullable String key) {
    return key != null && KEY.matcher(key).matches();
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

  /** Logs a record whose key is not that of a version, once for each key. */
  synchronized void ignore(@Nullable String key) {
    String quoted = key == null ? "null" : TextNode.valueOf(key).toString();
    String shown = quoted.length() <= MOST_SHOWN ? quoted : quoted.substring(0, MOST_SHOWN) + "...";
    if (ignored.size() < MOST_IGNORED_KEYS && ignored.add(shown)) {
      LOG.error("the key {} is not that of a version, so its record is ignored", shown);
    }
  }

  /** Switches to the latest valid published versions. */
  synchronized void take(ReadOnlyKeyValueStore<String, byte[]> published) {
    Map<Version, byte[]> all =
        new TreeMap<>(Comparator.comparing(Version::key, Comparator.reverseOrder()));
    try (KeyValueIterator<String, byte[]> each = published.all()) {
      while (each.hasNext()) {
        KeyValue<String, byte[]> one = each.next();
        if (isVersion(one.key)) {
          all.put(new Version(one.key, Arrays.hashCode(one.value)), one.value);
        } else {
          ignore(one.key);
        }
      }
    }
    rejected.removeIf(version -> !all.containsKey(version));
    rulesInUse = takeLatest(all, RULES, rulesInUse);
    allowlistInUse = takeLatest(all, ALLOWLIST, allowlistInUse);
  }

  private @Nullable Version takeLatest(
      Map<Version, byte[]> latestFirst, String kind, @Nullable Version inUse) {
    for (Map.Entry<Version, byte[]> one : latestFirst.entrySet()) {
      Version version = one.getKey();
      if (!version.key().startsWith(kind) || rejected.contains(version)) {
        continue;
      }
      if (version.equals(inUse) || isValid(version.key(), one.getValue())) {
        return version;
      }
      rejected.add(version);
    }
    return inUse;
  }

  private boolean isValid(String key, byte[] value) {
    if (value.length > MOST_BYTES) {
      LOG.error(
          "{} is invalid and is rejected; the previous version stays in use: it has {} bytes, more"
              + " than {}",
          key,
          value.length,
          MOST_BYTES);
      return false;
    }
    try {
      JsonNode json = JSON.readTree(value);
      if (key.startsWith(RULES)) {
        Map<String, String> files = new HashMap<>();
        json.required(FILES)
            .properties()
            .forEach(file -> files.put(file.getKey(), file.getValue().asText()));
        Rules compiled = Rules.fromFiles(files);
        if (compiled.all().isEmpty()) {
          throw new IllegalArgumentException(RulesPublisher.NO_RULE);
        }
        rules = compiled;
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

  /** Returns the keys of the versions of a kind without the latest few. */
  static List<String> outdated(Iterable<String> keys, String kind, int kept) {
    List<String> ofKind = new ArrayList<>();
    keys.forEach(
        key -> {
          if (isVersion(key) && key.startsWith(kind)) {
            ofKind.add(key);
          }
        });
    ofKind.sort(null);
    return List.copyOf(ofKind.subList(0, Math.max(0, ofKind.size() - kept)));
  }
}
