package dev.iiswarden.kafka;

import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.streams.processor.StreamPartitioner;

/**
 * Partitions records by key, as any producer does, but sends the progress of the input to all
 * partitions.
 */
final class HostPartitioner implements StreamPartitioner<String, HostRecord> {
  @Override
  public Optional<Set<Integer>> partitions(
      String topic, String key, HostRecord value, int numPartitions) {
    return value instanceof HostRecord.Progress
        ? Optional.of(IntStream.range(0, numPartitions).boxed().collect(Collectors.toSet()))
        : Optional.empty();
  }
}
