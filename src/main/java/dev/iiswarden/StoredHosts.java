package dev.iiswarden;

import dev.iiswarden.engine.HostStates;
import dev.iiswarden.engine.Snapshot;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;

/** Hosts in a store, in the form of a snapshot. */
final class StoredHosts implements HostStates {
  private final HostStore store;

  StoredHosts(HostStore store) {
    this.store = store;
  }

  @Override
  public Snapshot load(String correlationKey) {
    byte[] stored = store.load(correlationKey);
    if (stored == null) {
      return new Snapshot(0, List.of());
    }
    try {
      return Snapshot.read(new ByteArrayInputStream(stored));
    } catch (IOException e) {
      throw new UncheckedIOException("what is stored of host " + correlationKey, e);
    }
  }

  @Override
  public void save(String correlationKey, Snapshot hosts) {
    if (hosts.hosts().isEmpty()) {
      store.save(correlationKey, null);
      return;
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      hosts.write(bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    store.save(correlationKey, bytes.toByteArray());
  }
}
