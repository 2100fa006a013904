package dev.iiswarden.inventory;

import dev.iiswarden.event.ConfigurationEvent;
import dev.iiswarden.event.IisConfigurationFields;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What IIS on a host was configured to load at a time: modules, handlers, filters, extensions,
 * sites and what else {@link ComponentKind} lists. Read it from configuration files, keep it as
 * {@linkplain InventoryJson JSON Lines}, and compare it with an earlier one.
 *
 * <p>A new or changed component becomes an event like event 29 of {@code
 * Microsoft-Windows-IIS-Configuration}, which IIS would have logged for it. Rules therefore see a
 * registration, even where that log is off or somebody edited the file. Its {@code event.provider}
 * is {@code iiswarden} and its {@code event.action} is {@code inventory}. Its time is that of the
 * inventory: the registration happened at some time since the earlier one.
 *
 * <p>Immutable and safe for use by several threads.
 */
public final class Inventory {
  /** The {@code event.provider} of events. */
  static final String PROVIDER = "iiswarden";

  /** The {@code event.action} of events. */
  static final String ACTION = "inventory";

  /** The {@code event.code} by which rules know a changed attribute. */
  static final String CODE = "29";

  /** Larger than the configuration of ten thousand sites. */
  private static final int LARGEST = 64 << 20;

  private final @Nullable String host;
  private final Instant time;
  private final List<Component> components;

  private Inventory(@Nullable String host, Instant time, List<Component> components) {
    this.host = host;
    this.time = time;
    this.components = List.copyOf(components);
  }

  /** Returns the inventory of a host that has these components. */
  public static Inventory of(@Nullable String host, Instant time, List<Component> components) {
    return new Inventory(host, time, components);
  }

  /**
   * Reads the configuration files of a host: {@code applicationHost.config}, {@code
   * administration.config}, {@code redirection.config} and any {@code web.config}. Sections in
   * files of their own ({@code configSource}) are read as well.
   *
   * @param host the name of the host, as Windows reports it; without one, events take part in no
   *     sequence
   * @param time when the files were as they are
   * @throws InventoryException if a file is not such a configuration
   * @throws IOException if a file cannot be read
   */
  public static Inventory read(@Nullable String host, Instant time, List<Path> files)
      throws IOException {
    List<Component> components = new ArrayList<>();
    for (Path file : files) {
      String name = file.toString();
      components.addAll(components(name, bytes(name, file), file.toAbsolutePath().getParent()));
    }
    return new Inventory(host, time, components);
  }

  /**
   * Reads the components of one configuration file that is not on disk, such as the content of a
   * record.
   *
   * @param name the name of the file, for components and messages
   * @throws InventoryException if it is not such a configuration, or has a section in another file
   */
  public static List<Component> components(String name, byte[] content) throws InventoryException {
    return components(name, content, null);
  }

  /**
   * Reads the components of one configuration file.
   *
   * @param name the name of the file, for components and messages
   * @param folder the folder with the files that {@code configSource} may name; null if there is
   *     none
   * @throws InventoryException if it is not such a configuration
   */
  public static List<Component> components(String name, byte[] content, @Nullable Path folder)
      throws InventoryException {
    requireSize(name, content.length);
    return ConfigurationReader.read(name, content, folder);
  }

  static byte[] bytes(String name, Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      return bytes(name, in);
    }
  }

  /**
   * Reads a stream into memory.
   *
   * @throws InventoryException if it is longer than 64 MiB
   */
  public static byte[] bytes(String name, InputStream in) throws IOException {
    byte[] bytes = in.readNBytes(LARGEST + 1);
    requireSize(name, bytes.length);
    return bytes;
  }

  private static void requireSize(String name, int length) throws InventoryException {
    if (length > LARGEST) {
      throw new InventoryException(
          name, 0, "larger than " + (LARGEST >> 20) + " MiB, which no configuration of IIS is");
    }
  }

  /** Returns the name of the host; null if unknown. */
  public @Nullable String host() {
    return host;
  }

  /** Returns when the host was configured like this. */
  public Instant time() {
    return time;
  }

  /** Returns all components, in the order of the files. */
  public List<Component> components() {
    return components;
  }

  /**
   * Returns what an earlier inventory of the host does not have, or has with another value. What
   * {@linkplain Component#isOwn() is IIS's own} is left out, and what is no longer there.
   */
  public List<Change> changesSince(Inventory earlier) {
    Map<String, Set<String>> known = new LinkedHashMap<>();
    for (Component one : earlier.components) {
      known.computeIfAbsent(one.key(), ignored -> new LinkedHashSet<>()).add(one.value());
    }
    List<Change> changes = new ArrayList<>();
    for (Component one : components) {
      Set<String> values = known.getOrDefault(one.key(), Set.of());
      if (!values.contains(one.value()) && !one.isOwn()) {
        changes.add(new Change(one, values.stream().reduce((first, last) -> last).orElse(null)));
      }
    }
    return List.copyOf(changes);
  }

  /** Returns an event for each of the {@linkplain #changesSince changes} since an earlier one. */
  public List<ConfigurationEvent> since(Inventory earlier) {
    return changesSince(earlier).stream().map(this::event).toList();
  }

  private ConfigurationEvent event(Change change) {
    Component component = change.component();
    return ConfigurationEvent.builder()
        .timestamp(time)
        .computerName(host)
        .type(change.oldValue() == null ? "creation" : "change")
        .provider(PROVIDER)
        .code(CODE)
        .action(ACTION)
        .iis(
            IisConfigurationFields.builder()
                .physicalPath(component.file())
                .effectiveLocationPath(component.location())
                .configuration(component.configuration())
                .oldValue(change.oldValue())
                .newValue(component.value())
                .build())
        .build();
  }

  @Override
  public String toString() {
    return "Inventory{" + host + ", " + time + ", " + components.size() + " components}";
  }
}
