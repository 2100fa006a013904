package dev.iiswarden.simulation;

import dev.iiswarden.kafka.StreamsDetection;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.function.Consumer;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TopologyConfig;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.processor.api.FixedKeyProcessorSupplier;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;
import org.apache.kafka.streams.processor.api.ProcessorWrapper;
import org.apache.kafka.streams.processor.api.WrappedFixedKeyProcessorSupplier;
import org.apache.kafka.streams.processor.api.WrappedProcessorSupplier;

/**
 * The processors of the topology that {@link StreamsDetection} builds, taken out of it so that the
 * simulation can run them itself. Kafka Streams hands every processor of a topology to a {@link
 * ProcessorWrapper}.
 */
final class TopologyProcessors {
  private static final String COLLECTOR = "simulation.collector";

  private final Map<String, ProcessorSupplier<?, ?, ?, ?>> suppliers = new HashMap<>();

  /** Builds a topology with these settings, and takes out its processors. */
  TopologyProcessors(Consumer<StreamsDetection.Builder> settings) {
    Properties properties = properties();
    properties.put(StreamsConfig.PROCESSOR_WRAPPER_CLASS_CONFIG, Wrapper.class.getName());
    properties.put(COLLECTOR, suppliers);
    StreamsBuilder builder = new StreamsBuilder(new TopologyConfig(new StreamsConfig(properties)));
    StreamsDetection.Builder detection = StreamsDetection.builder();
    settings.accept(detection);
    detection
        .build()
        .detect(builder.stream("input", Consumed.with(Serdes.ByteArray(), Serdes.ByteArray())));
    builder.build();
  }

  /** The settings that a client of Kafka cannot be without. */
  static Properties properties() {
    Properties properties = new Properties();
    properties.put(StreamsConfig.APPLICATION_ID_CONFIG, "simulation");
    properties.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, "nowhere:1");
    return properties;
  }

  /** A new processor that decodes. */
  Processor<Object, byte[], String, Object> decode() {
    return this.<Object, byte[], String, Object>supplier("iiswarden-decode").get();
  }

  /** A new processor that detects. */
  Processor<String, Object, String, Object> detect() {
    return this.<String, Object, String, Object>supplier("iiswarden-detect").get();
  }

  /** The name of the store of the processor that detects. */
  String store() {
    return supplier("iiswarden-detect").stores().iterator().next().name();
  }

  @SuppressWarnings("unchecked") // The topology connects processors of these types.
  private <A, B, C, D> ProcessorSupplier<A, B, C, D> supplier(String name) {
    ProcessorSupplier<?, ?, ?, ?> supplier = suppliers.get(name);
    if (supplier == null) {
      throw new IllegalStateException("the topology has no processor " + name);
    }
    return (ProcessorSupplier<A, B, C, D>) supplier;
  }

  /** Collects suppliers; Kafka Streams makes it. */
  public static final class Wrapper implements ProcessorWrapper {
    private Map<String, ProcessorSupplier<?, ?, ?, ?>> collector = new HashMap<>();

    @Override
    @SuppressWarnings("unchecked") // Put there above.
    public void configure(Map<String, ?> settings) {
      collector =
          (Map<String, ProcessorSupplier<?, ?, ?, ?>>)
              Objects.requireNonNull(settings.get(COLLECTOR));
    }

    @Override
    public <A, B, C, D> WrappedProcessorSupplier<A, B, C, D> wrapProcessorSupplier(
        String name, ProcessorSupplier<A, B, C, D> supplier) {
      collector.put(name, supplier);
      return ProcessorWrapper.asWrapped(supplier);
    }

    @Override
    public <A, B, C> WrappedFixedKeyProcessorSupplier<A, B, C> wrapFixedKeyProcessorSupplier(
        String name, FixedKeyProcessorSupplier<A, B, C> supplier) {
      return ProcessorWrapper.asWrappedFixedKey(supplier);
    }
  }
}
