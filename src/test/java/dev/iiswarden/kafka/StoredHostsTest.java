package dev.iiswarden.kafka;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.iiswarden.HostStore;
import dev.iiswarden.event.HostFields;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever a sender calls its host, it reaches no entry of the store but those of that host. */
class StoredHostsTest {
  private static final String LONG = "w".repeat(255);

  private final KeyValueStore<String, byte[]> store =
      Stores.keyValueStoreBuilder(
              Stores.inMemoryKeyValueStore("hosts"), Serdes.String(), Serdes.ByteArray())
          .withLoggingDisabled()
          .build();
  private final Map<String, HostClock> clocks = new HashMap<>();
  private final StoredHosts hosts = new StoredHosts(store, clocks, () -> 17);

  @BeforeEach
  void open() {
    MockProcessorContext<Void, Void> context = new MockProcessorContext<>();
    store.init(context.getStateStoreContext(), store);
  }

  @AfterEach
  void close() {
    store.close();
  }

  /** Names that could be taken for each other, or for what else is in the store. */
  static List<String> names() {
    return List.of(
        "web01",
        "web01\u0000",
        "web01\u0000facts",
        "web01\u0000facts\u0000",
        "web01/",
        "web0",
        "web",
        "",
        " ",
        "\u0000",
        "\u0000\u0000",
        "\u0001",
        "\u0002",
        "\n",
        "\u001b[2j",
        "\u007f",
        "delivery",
        "\u0001007700650062",
        "007700650062",
        "\u0000heard/",
        "\u0000heard/web01",
        "\u0000held/",
        "\u0000held/0000000000000000/",
        "\u0000held/0000000000000011/0000000000000000/",
        "\u0000progress/",
        "\u0000progress/0_0",
        "\ud800",
        "\udc00",
        "\udc00\ud800",
        "web\ud800",
        "web\udbff",
        "web?",
        "web\ufffd",
        "web\ufffe",
        "\uffff",
        "web01\uffff",
        "\ud83d\ude00",
        "w\u00e9b",
        "we\u0301b",
        LONG,
        LONG + "w",
        LONG + "w\u0000facts",
        LONG + "\u0000",
        LONG + "\ud800",
        LONG + "\ud801",
        "\u0000".repeat(300));
  }

  private static Map<String, byte[]> parts(String name) {
    Map<String, byte[]> parts = new HashMap<>();
    for (String part : List.of("facts", "facts\u0000more", "waiting/1", "")) {
      parts.put(part, (name + "|" + part).getBytes(StandardCharsets.UTF_16BE));
    }
    return parts;
  }

  private Map<String, String> contents() {
    Map<String, String> contents = new HashMap<>();
    try (KeyValueIterator<String, byte[]> all = store.all()) {
      while (all.hasNext()) {
        KeyValue<String, byte[]> one = all.next();
        contents.put(one.key, new String(one.value, StandardCharsets.ISO_8859_1));
      }
    }
    return contents;
  }

  private void assertSaved(String name) {
    Map<String, byte[]> loaded = hosts.load(name);
    assertEquals(parts(name).keySet(), loaded.keySet(), () -> escaped(name));
    parts(name)
        .forEach((part, content) -> assertArrayEquals(content, loaded.get(part), escaped(name)));
  }

  private static String escaped(String name) {
    StringBuilder escaped = new StringBuilder();
    name.chars().limit(40).forEach(c -> escaped.append(String.format("%04x ", c)));
    return escaped.toString();
  }

  /** What else a task has in the store, and what the delivery of alerts remembers. */
  private void fillWithTheRest() {
    hosts.save(HostStore.DELIVERY, new HashMap<>(parts(HostStore.DELIVERY)));
    new InputProgress(store, 1).take(new HostRecord.Progress("0_0", 17));
    new HeldRecords(store)
        .hold(17, 0, new HostRecord.Heard(new HostFields(), Instant.ofEpochMilli(17)));
  }

  @ParameterizedTest
  @MethodSource("names")
  void aNameIsSavedLoadedAndDeletedWithoutTouchingTheRest(String name) {
    fillWithTheRest();
    for (String other : names()) {
      if (!other.equals(name)) {
        hosts.save(other, new HashMap<>(parts(other)));
      }
    }
    assertEquals(Map.of(), hosts.load(name));
    assertFalse(hosts.open(name));
    Map<String, String> before = contents();
    hosts.save(name, new HashMap<>(parts(name)));
    assertTrue(contents().entrySet().containsAll(before.entrySet()));
    assertEquals(before.size() + parts(name).size() + 1, contents().size());
    for (String each : names()) {
      assertSaved(each);
    }
    assertSaved(HostStore.DELIVERY);
    assertEquals(17, new InputProgress(store, 1).millis());
    hosts.delete(name);
    assertEquals(before, contents());
    List<Long> held = new ArrayList<>();
    new HeldRecords(store).release(0, 17, (time, record) -> held.add(time));
    assertEquals(List.of(17L), held);
  }

  @Test
  void everyNameIsFoundAgainInTheIndex() {
    fillWithTheRest();
    for (String name : names()) {
      hosts.save(name, new HashMap<>(parts(name)));
    }
    clocks.clear();
    new StoredHosts(store, clocks, () -> 17).openSome();
    assertEquals(Set.copyOf(names()), clocks.keySet());
    clocks.clear();
    for (String name : names()) {
      assertTrue(hosts.open(name), () -> escaped(name));
    }
    assertEquals(Set.copyOf(names()), clocks.keySet());
    for (String name : names()) {
      hosts.delete(name);
    }
    assertEquals(parts(HostStore.DELIVERY).size() + 2, contents().size());
  }
}
