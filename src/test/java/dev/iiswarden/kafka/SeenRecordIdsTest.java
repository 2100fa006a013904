package dev.iiswarden.kafka;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SeenRecordIdsTest {
  private final KeyValueStore<String, byte[]> store =
      Stores.keyValueStoreBuilder(
              Stores.inMemoryKeyValueStore("hosts"), Serdes.String(), Serdes.ByteArray())
          .withLoggingDisabled()
          .build();

  @BeforeEach
  void open() {
    MockProcessorContext<Void, Void> context = new MockProcessorContext<>();
    store.init(context.getStateStoreContext(), store);
  }

  @AfterEach
  void close() {
    store.close();
  }

  @Test
  void aRecordIsRecognisedTheSecondTimeAlsoByTheTaskThatTakesOver() {
    SeenRecordIds first = new SeenRecordIds(store);
    assertFalse(first.isRepeated(1L));
    assertTrue(first.isRepeated(1L));
    assertFalse(first.isRepeated(2L));
    SeenRecordIds second = new SeenRecordIds(store);
    assertTrue(second.isRepeated(1L));
    assertTrue(second.isRepeated(2L));
    assertFalse(second.isRepeated(3L));
    assertTrue(new SeenRecordIds(store).isRepeated(1L), "the newest has not replaced the oldest");
  }

  @Test
  void aRecordWithoutAnIdentityIsNeverRecognised() {
    SeenRecordIds seen = new SeenRecordIds(store);
    assertFalse(seen.isRepeated(null));
    assertFalse(seen.isRepeated(null));
    assertEquals(0, store.approximateNumEntries());
  }

  @Test
  void theOldestIsForgottenFirst() {
    SeenRecordIds seen = new SeenRecordIds(store);
    for (long id = 0; id < SeenRecordIds.MOST + 10; id++) {
      assertFalse(seen.isRepeated(id));
    }
    assertEquals(SeenRecordIds.MOST, store.approximateNumEntries());
    SeenRecordIds next = new SeenRecordIds(store);
    assertTrue(next.isRepeated(10L));
    assertTrue(next.isRepeated(SeenRecordIds.MOST + 9L));
    assertFalse(next.isRepeated(9L));
  }
}
